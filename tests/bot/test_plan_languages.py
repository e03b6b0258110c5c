"""The safety plan in the language somebody wrote in: opened from care, left, restarted, listed."""

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .walks import agree, begin, has

#: What is written, the plan's button, its question, Skip, Later, what is said then, Welcome back.
PLANS = {
    "es": (
        *("ya no quiero vivir", "Mi plan de seguridad", "¿En qué notas", "Saltar"),
        *("Luego", "Queda aquí por ahora", "Hola de nuevo", "¿Qué te ayuda un poco"),
    ),
    "pt": (
        *("não quero mais viver", "Meu plano de segurança", "Como você nota", "pular"),
        *("Depois", "Fica aqui por agora", "Olá de novo", "O que ajuda um pouco"),
    ),
    "fr": (
        *("je ne veux plus vivre", "Mon plan de sécurité", "À quoi vois-tu", "passer"),
        *("Pause", "Cela reste ici", "Te revoilà", "Qu'est-ce qui t'aide un peu"),
    ),
    "de": (
        *("ich will nicht mehr leben", "Mein Sicherheitsplan", "Woran merkst du", "weiter"),
        *("Später", "Es bleibt für jetzt hier", "Da bist du wieder", "Was hilft dir ein wenig"),
    ),
    "ru": (
        *("я не хочу больше жить", "Мой план безопасности", "По чему видно", "дальше"),
        *("Позже", "Пока остановимся здесь", "С возвращением", "Что немного помогает"),
    ),
}
SPANISH, PLAN = PLANS["es"][:2]
KITCHEN = "Voces en la cocina"


async def open_plan(person: Person) -> None:
    """From a hit in Spanish to the first question of the plan."""
    await person.send(SPANISH)
    await person.wait_for(has(PLAN))
    await person.press(PLAN)
    await person.wait_for("¿En qué notas")


async def end_plan(person: Person) -> None:
    """From its first question to its end, with one sign in it."""
    await person.send(KITCHEN)
    await person.wait_for(f"1. {KITCHEN}")
    await person.send("hecho")
    for question in ("¿Qué te ayuda", "¿Quién podría", "¿Adónde podrías", "¿Qué llevarías"):
        await person.wait_for(question)
        await person.send("saltar")
    await person.wait_for("/safe lo abre")


@pytest.mark.parametrize("language", sorted(PLANS))
async def test_it_is_held_in_that_language_also_after_leaving_and_a_restart(
    ann: Person, bot: TheBot, language: str
) -> None:
    wrote, plan, question, skip, later, left, back, further = PLANS[language]
    await agree(ann)
    await ann.send(wrote)
    await ann.wait_for(has(plan))
    await ann.press(plan)
    await ann.wait_for(question)
    await ann.press(later)
    await ann.wait_for(left)
    await bot.restart()
    await ann.send("/safe")
    await ann.wait_for(back, ever=True)
    await ann.send(skip)
    await ann.wait_for(further)
    await ann.send("/today")
    await ann.wait_for("Not finished")
    await ann.press("Go on")
    await ann.wait_for(lambda shown: back in shown.text and further in shown.text)


async def test_to_its_end_and_what_it_offers_then_is_in_that_language(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await open_plan(ann)
    await end_plan(ann)
    await bot.noted()
    assert not bot.holds(KITCHEN)
    assert not bot.holds("Señales")
    await ann.press("Ayuda y líneas")
    await ann.wait_for("Primero, una persona")
    await ann.press("Un minuto de calma")
    await ann.wait_for("Cinco cosas que puedes ver")


async def test_its_list_is_in_that_language_from_its_page_to_a_line_taken_out(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await open_plan(ann)
    await end_plan(ann)
    await bot.restart()
    await ann.send("/safe")
    shown = await ann.wait_for("Tu plan de seguridad", ever=True)
    assert "Señales" in shown.text
    await ann.press("Añadir")
    await ann.wait_for("¿Qué debe estar en él?")
    await ann.send("Música en la radio")
    await ann.wait_for("Guardado. Puede seguir")
    await ann.send("hecho")
    await ann.wait_for("Música en la radio")
    await ann.press("1")
    shown = await ann.wait_for("domingo 22 de noviembre · Un plan de seguridad · Señales")
    labels = [label for row in shown.buttons for label in row]
    assert labels == [
        *("Arriba", "Abajo", "Al principio", "Cambiar", "Quitar", "El plan de seguridad")
    ]
    await ann.press("Cambiar")
    await ann.wait_for("Escríbelo de nuevo")
    await ann.send("Voces en el pasillo")
    await ann.wait_for("Voces en el pasillo")
    await ann.press("Quitar")
    await ann.wait_for("Quitado.")
    await ann.press("Deshacer")
    await ann.wait_for("Tu plan de seguridad")
    await ann.press("Buscar")
    await ann.wait_for("¿Qué palabra busco?")
    await ann.send("/cancel")
    await ann.wait_for("Tu plan de seguridad")


async def test_an_english_plan_goes_on_in_spanish_for_whoever_writes_spanish(ann: Person) -> None:
    await agree(ann)
    await ann.send("/safe")
    await ann.wait_for("hard hour is coming")
    await ann.send("Noise in the hall")
    await ann.wait_for("1. Noise in the hall")
    await ann.press("Later")
    await ann.wait_for("Everything you wrote stays")
    await ann.send(SPANISH)
    await ann.wait_for(has(PLAN))
    await ann.press(PLAN)
    await ann.wait_for("Uno de estos no está terminado")
    await ann.press("Seguir")
    assert "1. Noise in the hall" in (await ann.wait_for("¿En qué notas")).text


async def test_what_is_known_already_brings_one_quiet_line_in_that_language(ann: Person) -> None:
    await agree(ann)
    await ann.send("mi marido me pegó ayer")
    await ann.wait_for("Te creo")
    await ann.press(PLAN)
    await ann.wait_for("¿En qué notas")
    await ann.send("Cuando me pega en la cocina")
    shown = await ann.wait_for("Si se trata de tu seguridad")
    assert "1. Cuando me pega" in shown.text
    await ann.press("Ayuda y líneas")
    await ann.wait_for("Primero, una persona")


async def test_care_in_english_within_a_spanish_plan_goes_on_in_english(ann: Person) -> None:
    await agree(ann)
    await open_plan(ann)
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.press("One calm minute")
    await ann.wait_for("Five things you can see")
    await ann.press("Go on")
    await ann.wait_for("¿En qué notas")


async def test_help_and_the_calm_minute_speak_as_the_open_plan_does(ann: Person) -> None:
    await agree(ann)
    await open_plan(ann)
    await ann.send("/help")
    await ann.wait_for("Primero, una persona")
    await ann.send("/ground")
    await ann.wait_for("Cinco cosas que puedes ver")
    await ann.send("/helplines España")
    await ann.wait_for("Emergencias, España")
    await ann.send("/more")
    await ann.wait_for("All that is here")


async def test_you_misread_me_is_answered_in_that_language(ann: Person) -> None:
    await begin(ann)
    await ann.send(SPANISH)
    await ann.wait_for("¿Estás a salvo")
    await ann.press("Me leíste mal")
    shown = await ann.wait_for("Gracias por decirlo")
    assert "For yourself, first" in shown.text
    assert SPANISH in shown.text


async def test_outside_of_a_talk_the_words_are_given_back_in_that_language(ann: Person) -> None:
    await agree(ann)
    await ann.send(SPANISH)
    await ann.wait_for("¿Estás a salvo")
    await ann.press("Me leíste mal")
    shown = await ann.wait_for("Gracias por decirlo")
    assert SPANISH in shown.text
    await ann.press("Una nota")
    await ann.wait_for("Guardado.")
    await ann.press("Todas las notas")
    await ann.wait_for("Your notes")


async def test_a_stranger_is_thanked_and_let_go_in_that_language(ann: Person) -> None:
    await ann.send(SPANISH)
    await ann.wait_for("¿Estás a salvo")
    await ann.press("Me leíste mal")
    await ann.wait_for("Gracias por decirlo")
    await ann.send(SPANISH)
    await ann.wait_for("¿Estás a salvo")
    await ann.press("Parar")
    await ann.wait_for("Se queda como está")


async def test_stopping_after_care_is_said_in_that_language(ann: Person) -> None:
    await begin(ann)
    await ann.send(SPANISH)
    await ann.wait_for("¿Estás a salvo")
    await ann.press("Parar")
    await ann.wait_for("Queda aquí por ahora")
    await ann.press("Seguir")
    await ann.wait_for("And for them")
