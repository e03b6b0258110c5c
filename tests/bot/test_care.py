"""Care, as a person meets it: in a talk, outside of one, and when it was misread."""

from bot.playground.client import Person

from .conftest import TheBot
from .walks import agree, answer_wants, begin, has

DANGER = "he hits me and I am scared of him"
SELF_HARM = "I want to kill myself"


async def test_self_harm_in_mid_talk_asks_openly_and_keeps_the_answer(ann: Person) -> None:
    await begin(ann)
    await ann.send(SELF_HARM)
    shown = await ann.wait_for("Are you safe right now?")
    labels = {label for row in shown.buttons for label in row}
    assert {"I am safe", "Not sure", "I need help now", "You misread me", "Go on"} <= labels
    assert "kill" not in shown.text
    await ann.press("I need help now")
    await ann.wait_for("first a voice")
    await ann.press("Go on")
    shown = await ann.wait_for("for them, what do you want")
    assert "Welcome back" not in shown.text
    await ann.send("/back")
    assert SELF_HARM in (await ann.wait_for("Here it is again")).text


async def test_the_answer_to_are_you_safe_can_be_typed(ann: Person) -> None:
    await begin(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.send("No")
    await ann.wait_for("first a voice")


async def test_i_am_not_sure_can_be_typed_outside_of_a_talk_too(ann: Person) -> None:
    await agree(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.send("I don’t know")
    await ann.wait_for("Not being sure is reason enough")


async def test_danger_shows_hide_first_and_rests_what_assumes_goodwill(ann: Person) -> None:
    await begin(ann)
    await ann.send(DANGER)
    shown = await ann.wait_for("I believe you")
    assert shown.buttons[0] == ["Hide this chat"]
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
    await ann.send("Nothing")
    await ann.wait_for("between you")
    await ann.send("Nothing")
    await ann.wait_for("heat")
    await ann.press("Now")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("talked about it")
    await ann.press("Once or twice")
    await ann.wait_for("What happened")
    await ann.send("They listened")
    await ann.wait_for("purpose you share")
    await ann.press("Yes")
    await ann.wait_for("in your own words")
    await ann.send("The children")
    await ann.wait_for("Whom else")


async def test_misread_shows_the_very_question_with_the_answer_and_takes_the_mark_back(
    ann: Person,
) -> None:
    await begin(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.press("You misread me")
    shown = await ann.wait_for("For yourself, first")
    assert DANGER in shown.text
    await ann.press("Keep it as it is")
    await ann.wait_for("for them, what do you want")
    await ann.send("Nothing")
    await ann.wait_for("between you")
    await ann.send("Nothing")
    await ann.wait_for("heat")
    await ann.press("Now")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("gets things wrong")


async def test_no_to_the_safe_question_is_listened_to_and_the_way_goes_on(ann: Person) -> None:
    await agree(ann)
    await ann.press("I am deciding")
    await ann.wait_for("no hurry")
    await ann.press("A partner")
    await ann.wait_for("safe to speak")
    await ann.press("No")
    shown = await ann.wait_for("nothing here will ask you to speak your mind")
    assert shown.buttons[0] == ["Hide this chat"]
    await ann.press("Go on")
    await ann.wait_for("What do you really want")
    await answer_wants(ann)
    await ann.press("Now")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("talked about it")


async def test_one_minute_of_grounding_leads_back(ann: Person) -> None:
    await begin(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.press("One calm minute")
    await ann.wait_for("Five things you can see")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")


async def test_stop_after_care_rests_the_talk(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.press("Stop")
    await ann.wait_for("Everything you wrote stays")
    assert bot.tables()["talks"] == 1


async def test_outside_of_a_talk_the_words_are_held_and_care_answers(ann: Person) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.press("You misread me")
    assert DANGER in (await ann.wait_for("I take that back")).text


async def test_held_words_with_a_hit_come_back_only_when_asked_for(ann: Person) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.send("/today")
    shown = await ann.wait_for("while no question was open")
    assert DANGER not in shown.text
    await ann.press("Show it")
    await ann.wait_for(DANGER)


async def test_a_misread_reason_is_shown_again_and_may_come_back_by_itself(ann: Person) -> None:
    await begin(ann)
    await ann.send("/why")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.press("You misread me")
    assert DANGER in (await ann.wait_for("I take that back")).text
    await ann.press("All reasons")
    await ann.wait_for("Your reasons")
    await ann.press("One at random")
    assert DANGER in (await ann.wait_for(has("Remove"))).text
    await ann.press("Go on")
    await ann.wait_for("What do you really want")


async def test_words_behind_a_command_are_listened_to(ann: Person) -> None:
    await agree(ann)
    await ann.send(f"/why {DANGER}")
    await ann.wait_for("I believe you")


async def test_care_knows_the_country_that_was_chosen(ann: Person) -> None:
    await begin(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("Ireland")
    await ann.wait_for("Emergency, Ireland")
    await ann.send(SELF_HARM)
    shown = await ann.wait_for("Are you safe right now?")
    assert "Emergency, Ireland" in shown.text


async def test_words_at_a_question_for_a_day_are_held_and_not_lost(ann: Person) -> None:
    await agree(ann)
    await ann.send("/growth")
    await ann.wait_for("more of, for yourself")
    await ann.press("Skip")
    await ann.wait_for("one small thing")
    await ann.send("A short walk by the canal")
    await ann.wait_for("Which day is it for?")
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.press("Go on")
    await ann.wait_for("Which day is it for?")
    await ann.send("/today")
    shown = await ann.wait_for("while no question was open")
    assert SELF_HARM not in shown.text
    await ann.press("Show it")
    await ann.wait_for(SELF_HARM)


async def test_the_same_phrase_is_not_raised_again_and_a_different_one_beside_it_is(
    ann: Person,
) -> None:
    await begin(ann)
    await ann.send("I want to kill myself, as the song goes")
    await ann.wait_for("Are you safe right now?")
    await ann.press("You misread me")
    await ann.wait_for("For yourself, first")
    await ann.press("Keep it as it is")
    await ann.wait_for("for them, what do you want")
    await ann.send("I want to kill myself, the same song again")
    await ann.wait_for("between you")
    await ann.send("I want to kill myself, that song. He hits me and I am scared of him.")
    shown = await ann.wait_for("I believe you")
    assert shown.buttons[0] == ["Hide this chat"]


async def test_care_and_its_buttons_speak_the_language_somebody_wrote_in(ann: Person) -> None:
    await agree(ann)
    await ann.send("ya no quiero vivir")
    await ann.wait_for("¿Estás a salvo en este momento?")
    await ann.send("no sé")
    await ann.wait_for("No saberlo ya es motivo")
    await ann.press("Un minuto de calma")
    await ann.wait_for("Cinco cosas que puedes ver")
    await ann.press("Líneas de ayuda")
    await ann.wait_for("Primero, una persona")


async def test_a_stranger_is_answered_in_the_language_they_wrote_in(ann: Person) -> None:
    await ann.send("meu marido me bateu ontem")
    await ann.wait_for("Acredito em você")
    await ann.press("Alguém de confiança")
    await ann.wait_for("Basta uma frase")
