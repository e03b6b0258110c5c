"""/lock: a PIN before anything kept is shown. It never stands before /help, /hide or /forget.

Presses: `lock:now`, `lock:new`, `lock:off:TOKEN`, `lock:show`.

`Profile.lock` holds what is kept of the PIN (`hash`), whether it is `closed`, wrong `tries` in a
row, `until` when (epoch ms, UTC) no more are looked at, and the press that is `then` done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.commands import care, loose
from bot.lookup import checked
from bot.person import epoch_ms, from_ms
from bot.pins import as_pin
from bot.visit import Visit

#: Two questions: the PIN, and the same once more.
NEW, AGAIN = "lock_new", "lock_again"
ASKING = (NEW, AGAIN)
IDLE = timedelta(minutes=10)
TRIES, PAUSE = 5, timedelta(minutes=15)
#: What is done while it is closed: none of it shows anything kept.
_COMMANDS = ("help", "helplines", "hide", "forget", "about", "ground")
_TAPS = ("help", "hide", "forget", "care")


def closed(visit: Visit) -> bool:
    """Whether the PIN is asked for first; it closes by itself after ten idle minutes."""
    lock = visit.person.profile.lock
    if not lock.get("hash"):
        return False
    if not lock.get("closed") and visit.idle >= IDLE:
        _set(visit, closed=True)
        return True
    return bool(lock.get("closed"))


def lets_through(visit: Visit) -> bool:
    """Whether this update may be handled as ever, although it is closed."""
    incoming = visit.incoming
    if incoming.kind == "command":
        return incoming.command in _COMMANDS
    # "Stop" was confirmed: it shows nothing either, and needs no PIN.
    stops = incoming.press.startswith("quiet:good:")
    return incoming.kind == "tap" and (stops or incoming.press.partition(":")[0] in _TAPS)


async def before(visit: Visit) -> None:
    """The plain screen, unless the PIN came; words are held, and care goes before everything."""
    incoming = visit.incoming
    if incoming.kind == "text" and (pin := as_pin(incoming.text)) is not None:
        await _try(visit, pin)
        return
    if incoming.text and incoming.kind != "edit":
        loose.hold(visit)
        heard = visit.house.listener.listen(incoming.text)
        if heard is not None and not care.is_quiet(visit, heard):
            care.answer_to(visit, heard)
            return
    if incoming.kind == "tap":
        _set(visit, then=incoming.press)
    elif incoming.kind == "command":
        _set(visit, then=f"cmd:{incoming.command}")
    _screen(visit)


async def _try(visit: Visit, pin: str) -> None:
    lock = visit.person.profile.lock
    _delete_message(visit)
    if int(lock.get("until", 0)) > visit.now_ms:
        _screen(visit)
        return
    if checked(visit.incoming, pin, str(lock["hash"])).right:
        visit.person.keep_profile(lock={"hash": lock["hash"]})
        visit.follow = str(lock.get("then") or "cmd:today")
        return
    tries = int(lock.get("tries", 0)) + 1
    if tries >= TRIES:
        _set(visit, tries=0, until=epoch_ms(visit.now + PAUSE))
    else:
        _set(visit, tries=tries)
    _screen(visit)


def _screen(visit: Visit) -> None:
    """The same whether something was wrong or nothing was tried."""
    until = int(visit.person.profile.lock.get("until", 0))
    help_button = visit.button("lock.help_button", "help:open")
    if until > visit.now_ms:
        at = visit.person.local(from_ms(until) + timedelta(minutes=1))
        visit.say("lock.wait", help_button, time=f"{at:%H:%M}")
    else:
        visit.say("lock.closed", help_button)


# --- setting it ---


async def show(visit: Visit) -> None:
    """What it is, or what can be done about the one that is set."""
    visit.asked()
    back = visit.button("lock.back_button", "cmd:privacy")
    if not visit.person.profile.lock.get("hash"):
        visit.ask(NEW)
        visit.say("lock.ask_new", back)
        return
    token = visit.house.token()
    visit.ask("lock", token=token)
    visit.say(
        "lock.is_on",
        visit.button("lock.now_button", "lock:now"),
        visit.button("lock.new_button", "lock:new"),
        visit.button("lock.off_button", f"lock:off:{token}"),
        back,
    )


async def tapped(visit: Visit, action: str, token: str, _: str) -> None:
    """A button of /lock."""
    asking = visit.person.profile.asking
    has_lock = bool(visit.person.profile.lock.get("hash"))
    if action == "now" and has_lock:
        visit.asked()
        _set(visit, closed=True)
        _screen(visit)
    elif action == "new" and has_lock:
        visit.ask(NEW)
        visit.say("lock.ask_new", visit.button("lock.back_button", "lock:show"))
    elif action == "off" and token and asking.get("token") == token:
        visit.asked()
        visit.person.keep_profile(lock={})
        visit.say("lock.off", visit.button("lock.back_button", "cmd:privacy"))
    else:
        await show(visit)


async def typed(visit: Visit) -> None:
    """A new PIN, or the same once more; the message is deleted at once."""
    asking = visit.person.profile.asking
    back = visit.button("lock.back_button", "cmd:privacy")
    pin = as_pin(visit.incoming.text)
    if pin is None:
        loose.hold(visit)
        visit.say("lock.no_pin", back)
        return
    _delete_message(visit)
    if asking.get("what") == NEW:
        kept = checked(visit.incoming, pin).kept
        visit.ask(AGAIN, hash=kept)
        visit.say("lock.ask_again", back)
    elif checked(visit.incoming, pin, str(asking["hash"])).right:
        visit.person.keep_profile(lock={"hash": asking["hash"]})
        visit.asked()
        visit.say("lock.on", visit.button("lock.now_button", "lock:now"), back)
    else:
        visit.ask(NEW)
        visit.say("lock.not_alike", back)


def left(visit: Visit) -> None:
    """The question for a PIN is passed over."""
    visit.asked()
    visit.follow = "cmd:privacy"


def _delete_message(visit: Visit) -> None:
    if visit.incoming.message is not None:
        visit.deletes.append(visit.incoming.message)


def _set(visit: Visit, **changes: Any) -> None:
    visit.person.keep_profile(lock={**visit.person.profile.lock, **changes})
