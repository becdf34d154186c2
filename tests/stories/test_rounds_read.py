"""What is read and typed in a round: no name where counts only are shown, German throughout, words with slips.

And what the employer's hierarchy changes after the pairs were found, which nobody is told.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from babel.messages.pofile import read_po

from bot import language
from bot.messages import Button, Card, Form
from tests.rounds import approved, carried_on, decided, found, offers, pairs, shown, wants
from tests.stories.test_aggregate_only import counts_only
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_rounds import MENTEES, MENTORS, NAMES, joined
from tests.world import Fingers, World, read, world


def seen(hands: Fingers) -> list[str]:
    """Return all that somebody reads on the cards in their conversation, and on what is shown to them now."""
    cards = [post.card for post in hands.posts] + ([hands.shown] if hands.shown else [])
    return [*map(with_buttons, cards), *([with_fields(hands.form)] if hands.form else [])]


def with_buttons(card: Card) -> str:
    return "\n".join([read(card), card.summary, *(button.label for button in card.buttons)])


def with_fields(form: Form) -> str:
    labels = (f"{one.label}\n{one.hint}\n" + "\n".join(option.label for option in one.options) for one in form.fields)
    return "\n".join([form.title, form.intro, form.submit, *labels])


async def test_where_counts_only_are_shown_a_round_names_nobody(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        await counts_only(company)
        await company.hands("Ada").command("skills add Python, Negotiating, SQL")
        for name, skills in MENTORS.items():
            await offers(company.hands(name), skills)
        for name, skills in MENTEES.items():
            await wants(company.hands(name), skills)
        ada = await found(company)
        told = seen(ada)
        assert "The pairs" not in ada.buttons()
        with company.app.store.unit() as unit:
            program = unit.programs.main(company.organization_id, company.clock.now())
            (of,) = unit.rounds.of_program(company.organization_id, program.id)
            pair = unit.rounds.pairs(of.id, 0, 1)[0]
        for action, subject in (
            *(("proposed.page", of.id), ("round_report.left", of.id), ("round_report.show", of.id)),
            *((f"proposed.{does}", pair.id) for does in ("show", "take", "pin", "forbid", "open")),
            *(("proposed.bring", of.id), ("rounds.what_if", of.id), ("rounds.sure", of.id)),
        ):
            await ada.press_old(
                Button("", action, subject, value=f"{pair.mentor_id} {pair.seeker_id}", rev=of.version)
            )
            told += seen(ada)
            ada.form = None
        for line in ("proposal @Ana Sample", "proposal @Ben Sample @Ana Sample"):
            said = await ada.command(line)
            assert said.startswith("No round that waits for an approval proposes anybody")
        await ada.command("match")
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        for name in ("Ben", "Ana", "Cem"):
            await company.hands(name).press("Yes, gladly")
        await decided(company, "2027-01-15")
        told += seen(ada)
        assert any("Pairs that begin: fewer than five" in text for text in told)
        names = re.compile("|".join((*MENTORS, *MENTEES)))
        assert [text for text in told if names.search(text)] == []
        with company.app.store.unit() as unit:
            assert unit.rounds.words(of.id) == [], "and nothing was changed by what was forged"


def english() -> Iterator[str]:
    """Yield the parts of all English sentences that read otherwise in German, between what is put in."""
    with (Path(language.__file__).parent / "locale" / "de.po").open("rb") as lines:
        for message in read_po(lines, locale="de"):
            if isinstance(message.id, str) and message.id and message.id != message.string:
                yield from (part for part in re.split(r"\{\w+\}", message.id) if len(part.split()) > 2)


async def test_a_round_in_german_holds_no_english_sentence(database: sa.Engine) -> None:
    """Ada speaks German and goes through every card and form of a round; so does Ana, who is asked, and Eva."""
    async with joined(database) as company:
        told: list[str] = []
        for name in ("Ada", "Ana", "Eva"):
            await company.hands(name).type("language de")
        ada = company.hands("Ada")
        begun = len(ada.posts)
        await ada.command("paaren")
        told += seen(ada)
        await ada.fill({})
        told += [with_buttons(post.card) for post in ada.posts[begun:]]
        await carried_on(company.app)
        for label in ("Die Paare", "Bericht", "Wer das ist", "Was wäre, wenn"):
            await ada.press(label)
            told += seen(ada)[begun:]
        assert ada.form
        await ada.submit(ada.form, {one.name: one.initial for one in ada.form.fields} | {"diversity": "4"})
        await carried_on(company.app)
        await ada.command("proposal Ana Sample")
        told += seen(ada)[begun:]
        for label in ("Ändern", "Zusammen lassen", "Wieder offen", "Nicht diese zwei", "Freigeben"):
            await ada.press(label)
            told += seen(ada)[begun:]
        await ada.command("proposal @Ben Sample @Dan Sample")
        told += seen(ada)[begun:]
        await ada.press("Noch einmal laufen lassen")
        await carried_on(company.app)
        told += seen(ada)[begun:]
        for label in ("Freigeben", "Ja, "):
            await ada.press(label)
            told += seen(ada)[begun:]
        await carried_on(company.app)
        await company.until("2027-01-11", "10:30")
        told += seen(ada)[begun:]
        await decided(company, "2027-01-15")
        told += seen(ada)[begun:]
        for name in ("Ana", "Eva"):
            told += [with_buttons(post.card) for post in company.hands(name).posts[2:]]
        assert any("Für dich" in text or "niemand" in text for text in told)
        left = {part.strip(): text for part in english() for text in told if part in text}
        assert left == {}


async def test_a_mentor_who_becomes_the_manager_after_the_round_was_found_is_not_invited(database: sa.Engine) -> None:
    """At night the company's hierarchy is read: Ben is Ana's manager now. Nobody is told that this was the reason."""
    async with world(database, MONDAY) as company:
        await company.hands("Ada").command("skills add Python")
        await offers(company.hands("Ben"), "Python 3")
        await wants(company.hands("Ana"), "Python 1")
        ada = await found(company)
        assert await pairs(ada) == {("Ben", "Ana")}
        _manages(company, "Ben", "Ana")
        await company.until("2027-01-12", "02:00")
        await company.app.keep_house()
        await company.until("2027-01-12", "09:30")
        await approved(company, ada)
        await company.until("2027-01-12", "12:00")
        assert not any("Shall we try?" in text for name in ("Ana", "Ben") for text in company.hands(name).messages())
        assert "Nobody who fits has a free seat now." in company.hands("Ana").messages()[-1]
        assert "People without anybody: 1" in ada.messages()[-1]
        everything = " ".join(text for name in ("Ada", "Ana", "Ben") for text in company.hands(name).messages())
        assert "reporting line" not in everything
        await ada.command("match")
        await ada.fill({})
        await carried_on(company.app)
        assert "People with somebody: 0 of 1" in ada.messages()[-1]
        await ada.press("Report")
        assert "nobody who fits has a free seat: 1" in shown(ada), "the hierarchy is not told as a reason"


def _manages(company: World, manager: str, other: str) -> None:
    with company.app.store.unit() as unit:
        boss, person = (unit.people.get(company.organization_id, company.people[one].id) for one in (manager, other))
        assert boss
        assert person
        boss.email = "boss@sample.example"
        unit.profiles.of(person).manager_email = boss.email
        unit.commit()


async def test_a_round_by_typing_with_slips(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = company.hands("Ada")
        await ada.type("mtach")
        assert "In which form?" in ada.messages()[-1]
        await ada.type("cancel")
        await ada.type("match Nowhere")
        assert "I know no programme of this name." in ada.messages()[-1]
        await ada.type("match mentoring")
        await ada.type("1")
        assert "You may go on with other things." in ada.messages()[-1]
        await carried_on(company.app)
        await ada.type("proposal Ana")
        assert "Ben Sample – Ana Sample" in ada.messages()[-1]
        await ada.type("proposal Nobody")
        assert "Whose pair shall I show?" in ada.messages()[-1]
        await ada.type("match")
        await ada.type("approve")
        assert "I invite 2 pairs" in ada.messages()[-1]
        await ada.type("no")
        assert "Nothing was changed." in ada.messages()[-1]
        await ada.type("match")
        await ada.type("aprove")
        assert "Did you mean 'Approve'?" in ada.messages()[-1]
        await ada.type("yes")
        await ada.type("yes")
        await carried_on(company.app)
        await company.until("2027-01-11", "10:30")
        assert "Shall we try?" in company.hands("Ana").messages()[-1]
        await company.hands("Ana").type("proposal Ben")
        assert "Only those who run the programme" in company.hands("Ana").messages()[-1]
        for name in ("Ana", "Ben"):
            await company.hands(name).type("yes")
        await decided(company, "2027-01-15")
        assert "Pairs that begin: 1" in ada.messages()[-1]


async def test_with_several_programmes_ada_is_asked_which_and_each_has_rounds_of_its_own(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = company.hands("Ada")
        await ada.command("programs add Leadership")
        await ada.press("Yes, add it")
        await ada.command("match")
        assert "In which programme?" in shown(ada)
        await ada.press("Leadership")
        assert ada.form and ada.form.title == "Match Leadership"
        await ada.fill({})
        await carried_on(company.app)
        assert "Matching in Leadership" in ada.messages()[-1]
        await ada.command("match in Mentoring")
        assert ada.form.title == "Match Mentoring"
