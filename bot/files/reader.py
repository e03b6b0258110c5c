"""Everything as a document to read: kept words, finished and unfinished talks, days, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bot.commands.affirm_practice import OWN
from bot.commands.list_kinds import KINDS
from bot.commands.told import answers_of, last_answer
from bot.files import document
from bot.files.everything import Everything
from bot.logs import log_failure
from bot.person import Keepsake, from_ms
from bot.planning import DAILY
from conversations.flow import Flow
from conversations.known import KeptLine
from conversations.library import Library
from conversations.quiet import HardDate, Quiet
from conversations.schedule import in_words, zone_of
from conversations.spoken import tie_label
from conversations.turn import Known, State

#: What comes once and is told; a timer is over soon.
SHOWN = ("second_look", "look_again", "reminder")
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
        sections.append(self._settings())
        lead = self._say("export.lead", day=self._day(self._known.at))
        there = [section for section in sections if section["texts"]]
        return document.recipe(self._say("export.title"), lead, there, self._all.language)

    def _say(self, key: str, **values: str) -> str:
        return self._library.phrases(key, self._all.language, **values)

    def _day(self, at: datetime) -> str:
        return self._in_words(at.astimezone(self._zone).date())

    def _in_words(self, day: date) -> str:
        """A day with its year: a document is read years later."""
        words = in_words(day.isoformat(), self._library.phrases, self._all.language)
        return self._say("then.with_year", day=words, year=str(day.year))

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
            yield self._whole(state)
        finished = {state.talk for state in self._all.reflections}
        for state in self._all.talks:
            if state.talk not in finished:
                section = self._whole(state)
                yield {**section, "title": self._say("export.begun", title=section["title"])}

    def _whole(self, state: State) -> Section:
        """A talk question by question; where that fails, its words alone: none may be missing."""
        if (flow := self._library.flows.get(state.flow)) is not None:
            try:
                return self._talk(flow, state)
            except Exception as error:
                log_failure("talk_not_told", error)
        texts = [("", answer.text) for answer in state.answers.values() if answer.text]
        return {"title": flow.title if flow else state.flow, "texts": texts}

    def _talk(self, flow: Flow, state: State) -> Section:
        newest = last_answer(state, self._known.at)
        about = self._about(state.tie)
        title = f"{flow.title} · {about}" if about else flow.title
        answers = answers_of(flow, state, self._known, self._library.phrases)
        return {"title": f"{title}, {self._day(newest)}", "texts": list(answers.values())}

    def _days(self) -> Section:
        texts = []
        for one in self._all.check_ins:
            day = self._in_words(one.day)
            texts.append((self._say("look_back.day", day=day, number=str(one.mood)), one.line))
        return {"title": self._say("progress.title"), "texts": texts}

    def _coming(self) -> Section:
        texts = []
        for made in self._all.appointments:
            if made.repeat is None and made.local and made.kind in SHOWN:
                at = datetime.fromisoformat(made.local)
                flow = self._library.flows.get(made.flow)
                name = self._say(f"reminders.{made.kind}")
                day = self._in_words(at.date())
                texts.append((f"{day}, {at:%H:%M}", made.text or (flow.title if flow else name)))
        return {"title": self._say("reminders.title"), "texts": texts}

    def _settings(self) -> Section:
        profile, usual = self._all.profile, Quiet()
        begins = profile.quiet_begins or f"{usual.begins:%H:%M}"
        ends = profile.quiet_ends or f"{usual.ends:%H:%M}"
        lines = [self._say("settings.line_quiet_hours", begins=begins[:5], ends=ends[:5])]
        for made in self._all.appointments:
            if made.repeat is not None and made.kind in DAILY and made.kind not in profile.off:
                when = f"{made.repeat.wish.at:%H:%M}"
                lines.append(self._say(f"settings.line_{made.kind}", when=when))
        for number, entry in enumerate(profile.hard_dates, 1):
            hard = HardDate(**entry)
            month = self._say(f"time.month_{hard.month}")
            values = {"number": str(number), "day": str(hard.day), "month": month}
            lines.append(self._say(f"settings.date_{hard.manner}", **values))
        texts = [("", "\n".join(lines))]
        return {"title": self._say("settings.title"), "texts": texts}

    def _held(self) -> Section:
        texts = [("", str(text)) for text, _ in self._all.profile.held]
        return {"title": self._say("find.held"), "texts": texts}
