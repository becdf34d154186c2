"""The home view: all that is going on, on one card, as it stands now; obtainable at any time and never queued."""

import re

import pytest
import sqlalchemy as sa

from adapters.slack.limits import WINDOW_BLOCKS
from adapters.slack.render import blocks
from adapters.teams.render import pages
from bot.domain.people import Platform
from bot.engine.tables import Tables
from bot.language import LANGUAGES, translator
from bot.messages import Card, Sender
from bot.store.tables import deliveries
from tests.stories.test_agreement import WANTED, talked, written
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import WORKSPACE, Fingers, World, read, world


def shown(person: Fingers) -> Card:
    assert person.shown is not None
    return person.shown


def labels(person: Fingers) -> list[str]:
    return [button.label for button in shown(person).buttons]


def queued(database: sa.Engine) -> int:
    with database.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(deliveries)) or 0


def told(company: World, name: str) -> Card | None:
    """Return what a platform with a place for the home view would show."""
    person_id = company.people[name].id if name in company.people else name
    return company.app.engine.home(Sender(Platform.PLAYGROUND, WORKSPACE, person_id))


async def test_half_a_year_in_the_home_view(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        assert "You are in no mentorship now" in await ana.command("home")

        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        said = await ana.command("home")
        assert "With Ben\nHow it stands: invited" in said
        assert "Asked of you now" in said
        assert "Ben could be your mentor" in said
        assert labels(ana)[:2] == ["Yes, gladly", "Not this time"]
        await ana.press("Yes, gladly")
        assert "Asked of you now" not in await ana.command("home"), "answered there, it is asked no more"
        await ben.command("home")
        await ben.press("Yes, gladly")

        await company.until("2027-01-15", "09:30")
        said = await ana.command("home")
        assert "Three short questions before you meet" in said
        await ana.press("Introduce myself")
        answers = {"What brought you to where you are?": "a", "What would make these months worth your time?": "b"}
        await ana.fill({**answers, "On which day?": "2027-01-19", "At what time?": "10:00"})
        await company.until("2027-01-15", "10:00")
        await ben.press("Works for me")
        said = await ana.command("home")
        assert "With Ben\nHow it stands: on track\nYou meet: Tue, Jan 19, 10:00" in said
        (link,) = [link for section in shown(ana).sections for link in section.links]
        assert link.label == "Add to my calendar"
        assert labels(ana)[:3] == ["Topics", "Another time", "Record"]

        await company.until("2027-01-19", "11:00")
        said = await ana.command("home")
        assert "You meet:" not in said, "it is over"
        assert "Did you and Ben get to talk?" in said


async def test_a_question_and_its_reminder_are_one_thing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.command("home")
        await ana.press("Yes, gladly")
        await ben.command("home")
        await ben.press("Yes, gladly")
        await company.until("2027-01-21", "12:00")
        assert sum("Three short questions" in text for text in ana.messages()) == 2, "it was asked, and asked again"
        assert (await ana.command("home")).count("Three short questions") == 1


async def test_agreement_steps_and_goals_stand_there_each_persons_own(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await written(company)
        assert "Your agreement: stands" not in await ana.command("home")
        await ben.press("I agree")
        await ana.press("Reflect")
        assert await ana.fill({"One next step of yours": "Say no once", "Until when?": "2027-02-01"}) == {}
        await ana.command("goal")
        assert await ana.fill({"What do you want to reach?": "Two free evenings by May"}) == {}
        said = await ana.command("home")
        assert "Your agreement: stands" in said
        assert "Your open steps\nwith Ben, until Mon, Feb 1, 2027: Say no once" in said
        goals = said.partition("Your goals\n")[2]
        assert "with Ben, until Fri, Apr 30, 2027: Two free evenings a week" in goals, "what she wanted of it"
        assert "with Ben: Two free evenings by May" in goals
        await ana.press("Agreement")
        assert WANTED["I want …"] in read(shown(ana))
        theirs = await ben.command("home")
        assert "Your agreement: stands" in theirs
        assert "Say no once" not in theirs
        assert "Two free evenings" not in theirs


async def test_settings_stand_there_as_they_are_now(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.command("away from 18 January to 20 January")
        await ana.command("fewer")
        await ana.command("pause until 1 February")
        said = await ana.command("home")
        assert "I write to you: Monday to Friday, 09:00 to 17:00" in said
        assert "Your time zone: Europe/Berlin\nYour language: English" in said
        assert "You are away: Mon, Jan 18, 2027 to Wed, Jan 20, 2027" in said
        assert "Unasked, at most: one message a week" in said
        assert "Nothing before: Mon, Feb 1" in said
        await company.until("2027-02-01", "12:00")
        said = await ana.command("home")
        assert "You are away" not in said
        assert "Nothing before" not in said
        await ana.command("language de")
        assert "Deutsch" in await ana.command("home")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_leads_somewhere_and_every_quoted_word_is_understood(
    database: sa.Engine, language: str
) -> None:
    async with world(database, MONDAY) as company:
        ana, t = company.hands("Ana"), translator(language)
        await paired(company)
        await ana.command(f"language {language}")
        await ana.command("home")
        known = {t(word) for command in Tables().commands for word in command.words}
        quoted = re.findall(r"'([^']+)'", read(shown(ana)))
        assert quoted
        assert all(any(f"{words} ".startswith(f"{word} ") for word in known) for words in quoted), quoted
        for button in shown(ana).buttons:
            before = ana.form
            await ana.press_old(button)
            lost = t("I do not find that, or it is not yours to change.")
            assert ana.form is not before or lost not in read(shown(ana)), button.label


async def test_it_is_never_queued_and_a_platform_may_ask_for_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        before = queued(database)
        said = await ana.command("home")
        home = told(company, "Ana")
        assert home is not None
        assert read(home) == said
        assert queued(database) == before
        assert told(company, "nobody that I know") is None
        assert home.summary == "About your mentoring"
        await ana.type("home")
        assert ana.messages()[-1] == said, "who types it gets it as a message"


async def test_a_mentor_of_twelve_sees_ten_and_it_fits_everywhere(database: sa.Engine) -> None:
    mentees = tuple(f"Ana{letter}" for letter in "bcdefghijklm")
    async with world(database, MONDAY, names=("Ada", "Ben", *mentees)) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        for name in mentees:
            await ada.command(f"pair @Ben Sample, @{name} Sample")
        await company.until("2027-01-11", "10:00")
        said = await ben.command("home")
        assert said.count("How it stands: invited") == 10
        assert "There are 2 more: 'status' shows them all." in said
        assert "There are 7 more. They come up as you answer these." in said
        drawn = list(blocks(shown(ben)))
        assert len(drawn) < WINDOW_BLOCKS
        assert all(len(section.text) < 3000 for section in shown(ben).sections)
        assert len(pages(shown(ben))) == 1
        assert "The programme" not in said
        assert "The programme" in await ada.command("home")
