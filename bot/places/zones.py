"""Zone names, offsets and abbreviations as people type them; needs nothing large."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import fuzz, process

from bot.places.models import Looked, Place

#: At least this alike, of 100, is a slip of the finger and not another zone.
_ALIKE = 88
_OFFSET = re.compile(r"(?:utc|gmt|z)?\s*([+-])\s*(\d{1,2}|\d{4})(?::(\d{2})|[.,](\d{1,2}))?")
_FRACTIONS = {"5": 30, "50": 30, "25": 15, "75": 45, "0": 0, "00": 0}
_WESTMOST, _EASTMOST = -12 * 60, 14 * 60

#: What an abbreviation may stand for, the likeliest first.
_ABBREVIATIONS: Final[dict[str, tuple[str, ...]]] = {
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "acdt": ("Australia/Adelaide",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    "akst": ("America/Anchorage",),
    "akdt": ("America/Anchorage",),
    "art": ("America/Argentina/Buenos_Aires",),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "adt": ("America/Halifax",),
    "awst": ("Australia/Perth",),
    "brt": ("America/Sao_Paulo",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cat": ("Africa/Maputo",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana", "America/Costa_Rica"),
    "cdt": ("America/Chicago", "America/Havana"),
    "ct": ("America/Chicago",),
    "eat": ("Africa/Nairobi",),
    "eet": ("Europe/Kyiv", "Africa/Cairo"),
    "eest": ("Europe/Kyiv", "Africa/Cairo"),
    "est": ("America/New_York", "America/Panama", "America/Jamaica"),
    "edt": ("America/New_York",),
    "et": ("America/New_York",),
    "gst": ("Asia/Dubai",),
    "hkt": ("Asia/Hong_Kong",),
    "hst": ("Pacific/Honolulu",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "idt": ("Asia/Jerusalem",),
    "irst": ("Asia/Tehran",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "msk": ("Europe/Moscow",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "mt": ("America/Denver",),
    "npt": ("Asia/Kathmandu",),
    "nst": ("America/St_Johns",),
    "ndt": ("America/St_Johns",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "pht": ("Asia/Manila",),
    "pkt": ("Asia/Karachi",),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pdt": ("America/Los_Angeles",),
    "pt": ("America/Los_Angeles",),
    "sast": ("Africa/Johannesburg",),
    "sgt": ("Asia/Singapore",),
    "wat": ("Africa/Lagos",),
    "west": ("Europe/Lisbon",),
    "wet": ("Europe/Lisbon",),
    "wib": ("Asia/Jakarta",),
    "eastern": ("America/New_York",),
    "central": ("America/Chicago",),
    "central european": ("Europe/Berlin",),
    "mountain": ("America/Denver",),
    "pacific": ("America/Los_Angeles",),
    "utc": ("+00:00",),
    "gmt": ("+00:00", "Europe/London"),
    "z": ("+00:00",),
}


@cache
def _names() -> dict[str, str]:
    """Every zone with an area, by its name in small letters."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in listed if "/" in name or name[-1].isdigit()}


def label_of(zone: str) -> str:
    """A zone's own name for a button: "Buenos Aires", "UTC+05:45"."""
    return f"UTC{zone}" if zone[0] in "+-" else zone.rpartition("/")[2].replace("_", " ")


def offset_name(minutes: int) -> str:
    """The offset as a zone's name: 345 minutes are "+05:45"."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def find_zone(text: str) -> Looked:
    """The zone that a name, an offset or an abbreviation means; several where it means several."""
    typed = unicodedata.normalize("NFKC", text).casefold().replace("−", "-").strip()
    typed = typed.removesuffix(" time").strip()
    if (offset := _offset(typed)) is not None:
        return _looked((offset_name(offset),))
    if typed in _ABBREVIATIONS:
        return _looked(_ABBREVIATIONS[typed])
    name = re.sub(r"\s*/\s*", "/", typed).replace(" ", "_")
    if name in _names():
        return _looked((_names()[name],))
    area, slash, _ = name.partition("/")
    areas = {known.partition("/")[0] for known in _names()}
    # A slip in the area is forgiven as well, but "Mars/Olympus" is no slip of any.
    if not slash or not process.extractOne(area, areas, scorer=fuzz.ratio, score_cutoff=75):
        return Looked()
    near = process.extract(name, _names().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    return Looked(tuple(_place(_names()[found]) for found, _, _ in near))


def _offset(typed: str) -> int | None:
    """Minutes east of UTC; None where it is no offset that any clock has."""
    found = _OFFSET.fullmatch(typed)
    if found is None:
        return None
    sign, digits, minute, fraction = found.groups()
    if len(digits) == 4:
        digits, minute = digits[:2], digits[2:]
    if fraction is not None and fraction not in _FRACTIONS:
        return None
    rest = int(minute) if minute else _FRACTIONS.get(fraction or "", 0)
    offset = (int(digits) * 60 + rest) * (-1 if sign == "-" else 1)
    well = rest in (0, 15, 30, 45) and _WESTMOST <= offset <= _EASTMOST
    return offset if well else None


def _looked(zones: tuple[str, ...]) -> Looked:
    return Looked(tuple(map(_place, zones)), sure=len(zones) == 1)


def _place(zone: str) -> Place:
    return Place(label_of(zone), zone)
