"""How every picture looks: one dark, quiet card that is easy on the eyes by day and by night.

Moods differ in lightness and in size, never in hue alone, and no colour says good or bad.
"""

from __future__ import annotations

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

#: Pixels across; what a phone shows whole.
WIDTH = 1080
DPI = 100
GROUND, GRID, FAINT, WORDS = "#232931", "#343c47", "#3d4652", "#c9cfd6"
#: From 1 to 5.
SHADES = {1: "#7083ab", 2: "#7c9db9", 3: "#95b6bd", 4: "#bccfbd", 5: "#f0e6bf"}
#: Points of what is written.
LETTERS = 21
#: Of dots, in square points, from 1 to 5.
SIZES = {1: 80, 2: 150, 3: 240, 4: 360, 5: 500}
#: A palette keeps a picture at some ten kilobytes.
COLOURS = 64


def card(height: int) -> tuple[Figure, Axes]:
    """An empty card of `WIDTH` by `height` pixels, its axes over all of it in those pixels."""
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=GROUND)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def words(
    axes: Axes, x: float, y: float, text: str, *, align: str = "left", bold: bool = False
) -> None:
    """A line of text, its middle at that height."""
    axes.text(
        x,
        y,
        text,
        color=WORDS,
        fontsize=LETTERS,
        fontweight="bold" if bold else "normal",
        ha=align,
        va="center",
        # A name of a month may be in any script, and none of its signs is a formula.
        parse_math=False,
    )


def dots(axes: Axes, spots: list[tuple[float, float, int]], size: float | None = None) -> None:
    """A dot at each (x, y) for its mood; all of one size where their place tells them apart."""
    axes.scatter(
        [x for x, _, _ in spots],
        [y for _, y, _ in spots],
        s=[size or SIZES[mood] for _, _, mood in spots],
        c=[SHADES[mood] for _, _, mood in spots],
        linewidths=0,
        zorder=3,
    )


def png(figure: Figure) -> bytes:
    """The card as a PNG with a palette."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png", facecolor=GROUND)
    image = Image.open(drawn).convert("RGB").quantize(COLOURS)
    small = BytesIO()
    image.save(small, format="png", optimize=True)
    return small.getvalue()
