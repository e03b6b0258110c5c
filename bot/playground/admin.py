"""The people's side over HTTP under /_play/: what a person does, what the server shall do."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.playground import people, profile
from bot.playground.faults import Fault, Kind
from bot.playground.page import add_page
from bot.playground.server import Call, Server
from bot.playground.stream import Stream
from bot.playground.wire import Json, RefusedError, encode
from bot.playground.world import Chat

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Admin:
    """The handlers of /_play/; every body is JSON unless said otherwise."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.world = server.world

    async def list_people(self, _: web.Request) -> web.Response:
        """Everyone with a private chat."""
        return _json(
            [
                {"id": chat.chat_id, "name": chat.person["first_name"], "blocked": chat.blocked}
                for chat in self.world.chats.values()
                if chat.private
            ]
        )

    async def add_person(self, request: web.Request) -> web.Response:
        """Someone new: `name`, optionally `language`."""
        body = await _body(request)
        chat = self.world.add_person(_words(body, "name"), body.get("language", "en"))
        return _json({"id": chat.chat_id})

    async def show_chat(self, request: web.Request) -> web.Response:
        """All that stands in a chat, and what the page shows around it."""
        chat = self._chat(request)
        language = chat.person.get("language_code", "")
        return _json(
            {
                "seq": self.world.sequence,
                "person": chat.person,
                "bot": self.world.bot,
                "description": profile.text_of(self.world, "description", language),
                "commands": profile.commands_for(self.world, chat.chat_id),
                "messages": [chat.messages[number] for number in sorted(chat.messages)],
                "keyboard": chat.keyboard,
                "blocked": chat.blocked,
            }
        )

    async def act(self, request: web.Request) -> web.Response:
        """One act of a person; the last part of the address names it."""
        chat, body = self._chat(request), await _body(request)
        return _json(self._act(chat, request.match_info["act"], body))

    def _act(self, chat: Chat, act: str, body: Json) -> Any:
        world = self.world
        match act:
            case "write":
                return people.write(world, chat, _words(body, "text"))
            case "press" if "data" in body:
                return people.press(world, chat, int(body["message_id"]), _words(body, "data"))
            case "press":
                place = (int(body[name]) for name in ("message_id", "row", "column"))
                return people.press_at(world, chat, *place)
            case "edit":
                return people.edit(world, chat, int(body["message_id"]), _words(body, "text"))
            case "delete":
                return people.delete(world, chat, [int(each) for each in body["message_ids"]])
            case "location":
                where = float(body["latitude"]), float(body["longitude"])
                return people.send_location(world, chat, *where)
            case "content":
                return people.say(world, chat, dict(body))
            case "block":
                return people.block(world, chat)
            case "unblock":
                return people.unblock(world, chat)
            case "clear":
                return people.clear(world, chat)
        raise people.ImpossibleError(f"no such act: {act}")

    async def send_file(self, request: web.Request) -> web.Response:
        """A file as the request's body; `name` and `caption` in the query."""
        chat, kind, query = self._chat(request), request.match_info["kind"], request.query
        data, name = await request.read(), query.get("name", "file.bin")
        caption = query.get("caption", "")
        return _json(
            people.send_file(self.world, chat, kind, name=name, data=data, caption=caption)
        )

    async def stored_file(self, request: web.Request) -> web.Response:
        """A file's bytes, for the page."""
        stored = self.world.files.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff"}
        if stored.kind == "photo":
            return web.Response(body=stored.data, content_type="image/png", headers=headers)
        return web.Response(
            body=stored.data,
            content_type="application/octet-stream",
            headers=headers | {"Content-Disposition": "attachment"},
        )

    async def show_faults(self, _: web.Request) -> web.Response:
        """The rules in force and what they did."""
        faults = self.server.faults
        return _json(
            {
                "rules": [asdict(fault) for fault in faults.rules],
                "struck": faults.struck,
                "outage_left": faults.outage_left,
            }
        )

    async def set_faults(self, request: web.Request) -> web.Response:
        """`{"outage": seconds}`, or one rule with the fields of `Fault`."""
        body = await _body(request)
        if "outage" in body:
            self.server.faults.outage(float(body["outage"]))
        else:
            self.server.faults.add(_fault(body))
        self.world.tell("faults", 0)
        return await self.show_faults(request)

    async def replace_faults(self, request: web.Request) -> web.Response:
        """A list of rules in place of all that are in force; an outage stays."""
        rules = json.loads(await request.read())
        self.server.faults.replace_rules(map(_fault, rules))
        self.world.tell("faults", 0)
        return await self.show_faults(request)

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Behave well again."""
        self.server.faults.clear()
        self.world.tell("faults", 0)
        return await self.show_faults(request)

    async def inject(self, request: web.Request) -> web.Response:
        """Queue the request's body, verbatim, as an update."""
        return _json({"counted_as": self.world.updates.inject(await request.read())})

    async def show_calls(self, _: web.Request) -> web.Response:
        """The newest thousand calls, without their parameters."""
        return _json([_brief(call) for call in list(self.server.calls)[-1000:]])

    def _chat(self, request: web.Request) -> Chat:
        return self.world.chat(int(request.match_info["chat_id"]))


def add_admin(server: Server) -> None:
    """Add /_play/ and the page to a server that has not started yet."""
    admin, add = Admin(server), server.app.router.add_route
    for method, path, handler in (
        ("GET", "people", admin.list_people),
        ("POST", "people", admin.add_person),
        ("GET", r"chats/{chat_id:-?\d+}", admin.show_chat),
        ("POST", r"chats/{chat_id:-?\d+}/{act}", admin.act),
        ("POST", r"chats/{chat_id:-?\d+}/files/{kind}", admin.send_file),
        ("GET", "files/{file_id}", admin.stored_file),
        ("GET", "faults", admin.show_faults),
        ("POST", "faults", admin.set_faults),
        ("PUT", "faults", admin.replace_faults),
        ("DELETE", "faults", admin.clear_faults),
        ("POST", "updates", admin.inject),
        ("GET", "calls", admin.show_calls),
    ):
        add(method, f"/_play/{path}", _kindly(handler))
    add("GET", "/_play/events", Stream(server).serve)
    add_page(server.app.router)


def _kindly(handler: _Handler) -> _Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except RefusedError as refused:
            return _json({"error": refused.description}, status=refused.code)
        except people.ImpossibleError as why:
            return _json({"error": str(why)}, status=409)
        except (KeyError, TypeError, ValueError, AttributeError):
            return _json({"error": "the request cannot be read"}, status=400)

    return answer


async def _body(request: web.Request) -> Json:
    body = json.loads(await request.read() or b"{}")
    if not isinstance(body, dict):
        raise TypeError
    return body


def _fault(fields: Json) -> Fault:
    return Fault(**(fields | {"kind": Kind(fields["kind"])}))


def _words(body: Json, name: str) -> str:
    if not isinstance(body[name], str):
        raise TypeError
    text: str = body[name]
    return text


def _brief(call: Call) -> Json:
    return {
        "method": call.method,
        "chat_id": call.chat_id,
        "at": call.at,
        "status": call.status,
        "done": call.done,
    }


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(body=encode(value), status=status, content_type="application/json")
