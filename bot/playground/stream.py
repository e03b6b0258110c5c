"""The stream of what happens, as server-sent events, for the chat page."""

import asyncio

from aiohttp import web

from bot.playground.server import Server
from bot.playground.wire import Json, encode

_BEAT_SECONDS = 15.0
_BEHIND = 10_000
_Queue = asyncio.Queue[Json | None]


class Stream:
    """Passes every change of the world on to every page that listens."""

    def __init__(self, server: Server) -> None:
        self._queues: set[_Queue] = set()
        server.world.listeners.append(self._tell)
        server.closing.append(self._close)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """All that happens, to one chat where `chat` is given in the query."""
        only = request.query.get("chat", "0")
        if not only.lstrip("-").isdecimal():
            raise web.HTTPBadRequest
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        queue: _Queue = asyncio.Queue(_BEHIND)
        self._queues.add(queue)
        try:
            await response.prepare(request)
            await response.write(b"retry: 500\n: here\n\n")
            while await _pass_on(queue, response, int(only)):
                pass
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._queues.discard(queue)
        return response

    def _tell(self, event: Json) -> None:
        for queue in tuple(self._queues):
            if queue.full():
                # A page that lags this far loses its stream, comes back and reads history again.
                self._queues.discard(queue)
                queue.get_nowait()
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)

    def _close(self) -> None:
        for queue in self._queues:
            if not queue.full():
                queue.put_nowait(None)


async def _pass_on(queue: _Queue, response: web.StreamResponse, only: int) -> bool:
    """Send the next event or a sign of life; False where the stream is over."""
    try:
        event = await asyncio.wait_for(queue.get(), _BEAT_SECONDS)
    except TimeoutError:
        await response.write(b": here\n\n")
        return True
    if event is None:
        return False
    if not only or event["chat_id"] in (0, only):
        await response.write(b"data: " + encode(event) + b"\n\n")
    return True
