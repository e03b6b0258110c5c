"""Everything as a document to read: kept words, finished and unfinished talks, days, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.commands.affirm_practice import OWN
from bot.commands.list_kinds import KINDS
from bot.commands.told import answers_of
from bot.files import document
from bot.files.everything import Everything
from bot.person import Keepsake, from_ms
from conversations.known import KeptLine
from conversations.library import Library
from conversations.schedule import in_words, zone_of
from conversations.spoken import tie_label
from conversations.turn import Known, State

Section = dict[str, Any]


def page(all_of_it: Everything, library: Library, now: datetime) -> bytes:
    """The HTML file, UTF-8; `now` is aware."""
    return document.html(_Reader(all_of_it, library, now).recipe())


class _Reader:
    """Puts one person's words in order; days are those of their own clock."""

    def __init__(self, all_of_it: Everything, library: Library, now: datetime) -> None:
        self._all, self._library = all_of_it, library
        self._zone = zone_of(all_of_it.zone)
        lines = [KeptLine(k.id, k.kind, k.text, k.tie, k.direction) for k in all_of_it.kept]
        self._known = Known(
            at=now.astimezone(self._zone),
            language=all_of_it.language,
            ties=tuple(all_of_it.ties),
            kept=tuple(lines),
        )

    def recipe(self) -> Any:
        """What the document is made of; sections without texts are left out."""
        sections = [*self._lists(), *self._talks(), self._days(), self._coming(), self._held()]
        lead = self._say("export.lead", day=self._day(self._known.at))
        there = [section for section in sections if section["texts"]]
        return document.recipe(self._say("export.title"), lead, there, self._all.language)

    def _say(self, key: str, **values: str) -> str:
        return self._library.phrases(key, self._all.language, **values)

    def _day(self, at: datetime) -> str:
        day = at.astimezone(self._zone).date().isoformat()
        return in_words(day, self._library.phrases, self._all.language)

    def _about(self, tie: int | None) -> str:
        known = self._known.tie(tie)
        return tie_label(known.number, self._known, self._library.phrases) if known else ""

    def _lists(self) -> Iterator[Section]:
        for kind in (*KINDS, OWN):
            title = "affirm.own_title" if kind == OWN else f"lists.title_{kind}"
            its = [k for k in self._all.kept if k.kind == kind]
            yield {"title": self._say(title), "texts": [self._item(k) for k in its]}

    def _item(self, kept: Keepsake) -> tuple[str, str]:
        parts = [self._day(from_ms(kept.at)), self._about(kept.tie)]
        if kept.kind == "reason":
            parts.append(self._say(f"lists.direction_{kept.direction}"))
        if kept.done:
            parts.append(self._say(f"lists.is_done_{kept.kind}"))
        words = "\n\n".join(
            [kept.text, *(self._say("export.earlier", text=e) for e in kept.earlier)]
        )
        return " · ".join(part for part in parts if part), words

    def _talks(self) -> Iterator[Section]:
        for state in self._all.reflections:
            yield self._talk(state)
        finished = {state.talk for state in self._all.reflections}
        for state in self._all.talks:
            if state.talk not in finished:
                section = self._talk(state)
                yield {**section, "title": self._say("export.begun", title=section["title"])}

    def _talk(self, state: State) -> Section:
        flow = self._library.flows.get(state.flow)
        if flow is None:
            texts = [("", answer.text) for answer in state.answers.values() if answer.text]
            return {"title": state.flow, "texts": texts}
        newest = max((a.at for a in state.answers.values()), default=self._known.at)
        about = self._about(state.tie)
        title = f"{flow.title} · {about}" if about else flow.title
        answers = answers_of(flow, state, self._known, self._library.phrases)
        return {"title": f"{title}, {self._day(newest)}", "texts": list(answers.values())}

    def _days(self) -> Section:
        texts = []
        for one in self._all.check_ins:
            day = in_words(one.day.isoformat(), self._library.phrases, self._all.language)
            texts.append((self._say("look_back.day", day=day, number=str(one.mood)), one.line))
        return {"title": self._say("progress.title"), "texts": texts}

    def _coming(self) -> Section:
        texts = []
        for made in self._all.appointments:
            if made.repeat is None and made.local:
                at = datetime.fromisoformat(made.local)
                flow = self._library.flows.get(made.flow)
                name = self._say(f"reminders.{made.kind}")
                day = in_words(at.date().isoformat(), self._library.phrases, self._all.language)
                texts.append((f"{day}, {at:%H:%M}", made.text or (flow.title if flow else name)))
        return {"title": self._say("reminders.title"), "texts": texts}

    def _held(self) -> Section:
        texts = [("", str(text)) for text, _ in self._all.profile.held]
        return {"title": self._say("find.held"), "texts": texts}
