"""A server that answers exactly as a test says, for what no well-behaved Bot API would answer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Answer = Callable[[str, dict[str, Any]], Awaitable[tuple[int, bytes]]]


@asynccontextmanager
async def scripted(answer: Answer) -> AsyncIterator[str]:
    """Serve `answer(method, parameters) -> status, body`; gives the address."""

    async def handle(request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        params = dict(await (request.json() if is_json else request.post()))
        status, body = await answer(request.match_info["method"], params)
        return web.Response(status=status, body=body)

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
