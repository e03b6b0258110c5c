"""The chat page: static files that load nothing from elsewhere."""

from pathlib import Path

from aiohttp import web

_HERE = Path(__file__).parent
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}


def add_page(router: web.UrlDispatcher) -> None:
    """Serve the page at / and its parts beside it."""
    router.add_get("/", _serve)
    for part in _HERE.iterdir():
        if part.suffix in _KINDS:
            router.add_get(f"/{part.name}", _serve)


async def _serve(request: web.Request) -> web.Response:
    part = _HERE / (request.path.lstrip("/") or "index.html")
    return web.Response(
        text=part.read_text("utf-8"), content_type=_KINDS[part.suffix], headers=_HEADERS
    )
