"""A message that Ana wants to talk about: from its menu into the agenda, even where a window does not open."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.flow import RUN
from bot.messages import Card, Form, Pressed, Sender
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.reading import buttons_of
from tests.adapters.slack.things import Fault
from tests.adapters.teams.user import TeamsUser
from tests.platforms import BY_SOCKET, Company, Settled, on
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_goals_and_actions import two_mentors
from tests.world import WORKSPACE, Fingers, World, read, world

MESSAGE = "Do you know *<Carla>* & co?"
TOPICS = "Topics, one a line"


async def paired(company: Company) -> None:
    """Friday, 15 January: Ana and Ben are a pair, and their first meeting is to come."""
    await company.hands("Ada").type("pair Ben Sample, Ana Sample")
    await company.until("2027-01-11", "10:00")
    for name in ("Ana", "Ben"):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")


async def chosen(hands: Settled) -> None:
    """Choose 'Add to our agenda' in the menu of a message."""
    if isinstance(hands.hands, SlackUser):
        await hands.hands.shortcut("add_to_agenda", message=MESSAGE)
    else:
        assert isinstance(hands.hands, TeamsUser)
        await hands.hands.open_menu("add_to_agenda", f"<p>{MESSAGE.replace('&', '&amp;').replace('<', '&lt;')}</p>")


async def topics_of(hands: Settled) -> str:
    await hands.type("record")
    return hands.messages()[-1]


@pytest.mark.parametrize("way", ["slack", BY_SOCKET, "teams"])
async def test_a_message_goes_into_the_agenda(way: str, database: sa.Engine) -> None:
    async with on(way, database, MONDAY) as company:
        await paired(company)
        ana = company.hands("Ana")
        await chosen(ana)
        assert await ana.fill({}) == {}
        assert MESSAGE in await topics_of(ana)


async def test_where_slack_opens_no_window_the_text_waits_behind_a_button(database: sa.Engine) -> None:
    async with on("slack", database, MONDAY) as company:
        await paired(company)
        ana = company.hands("Ana")
        assert isinstance(ana.hands, SlackUser)
        slack = ana.hands.slack
        slack.faults["views.open"] = [Fault("expired_trigger_id"), Fault("expired_trigger_id")]
        await chosen(ana)
        assert ana.hands.form is None
        assert "Please try again" in ana.hands.whispers()[-1]
        offered = [button for whisper in slack.whispers[ana.hands.id] for _, button in buttons_of(whisper["blocks"])]
        assert offered
        assert "Carla" not in repr(offered), "a button carries no words"
        with database.connect() as reading:
            assert "Carla" not in repr(reading.execute(sa.text("SELECT * FROM drafts")).all()), "it is sealed"
        await ana.press("Add to our agenda")
        assert await ana.fill({}) == {}
        assert MESSAGE in await topics_of(ana)


class Screen:
    """Ana at a platform that opens windows, in the chat in memory."""

    def __init__(self, company: World) -> None:
        self.company, user = company, company.people["Ana"].id
        self.sender, self.hands = Sender("playground", WORKSPACE, user, user), company.hands("Ana")

    async def choose(self, message: str) -> Form | Card | None:
        press = Pressed((uuid4().hex,), self.sender, RUN, "", "agenda", quoted=message)
        return (await self.company.app.answer(press)).show

    async def press(self, label: str, shown: Card) -> Form:
        button = next(button for button in shown.buttons if button.label == label)
        await self.hands.press_old(button)
        assert self.hands.form
        return self.hands.form


def topics(shown: Form | Card | None) -> object:
    assert isinstance(shown, Form)
    return shown.fields[0].initial


async def one_mentor(company: World) -> Fingers:
    await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    for name in ("Ana", "Ben"):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")
    return company.hands("Ana")


async def test_with_several_meetings_the_text_waits_for_the_choice(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        await two_mentors(company)
        ana = Screen(company)
        which = await ana.choose(MESSAGE)
        assert isinstance(which, Card)
        await ana.hands.type("agenda")
        form = await ana.press("Carl", which)
        assert topics(form) == MESSAGE
        assert await ana.hands.submit(form, {"topics": MESSAGE}) == {}
        assert topics(await ana.press("Ben", which)) == "", "it is told once"


async def test_it_stands_behind_what_is_there_as_far_as_it_fits(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = await one_mentor(company)
        screen = Screen(company)
        await ana.command("agenda")
        assert await ana.fill({TOPICS: "Speaking up"}) == {}
        assert topics(await screen.choose(MESSAGE)) == f"Speaking up\n{MESSAGE}"
        long = topics(await screen.choose("word " * 3000))
        assert isinstance(long, str)
        assert len(long) == 2000
        assert long.endswith("…")


async def test_another_message_takes_its_place_and_after_a_while_none_does(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = await one_mentor(company)
        screen = Screen(company)
        await screen.choose("first")
        assert topics(await screen.choose("second")) == "second"
        await company.jump(timedelta(minutes=31))
        await ana.command("agenda")
        assert topics(ana.form) == ""


async def test_it_is_told_once_whatever_was_opened_meanwhile(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = await one_mentor(company)
        form = await Screen(company).choose(MESSAGE)
        await ana.command("note")
        assert isinstance(form, Form)
        assert await ana.submit(form, {"topics": MESSAGE}) == {}
        await ana.command("agenda")
        assert topics(ana.form) == MESSAGE


async def test_what_was_half_typed_elsewhere_is_not_lost(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = await one_mentor(company)
        screen = Screen(company)
        await ana.type("win")
        await ana.type("I gave a talk")
        form = await screen.choose(MESSAGE)
        assert topics(form) == MESSAGE
        assert isinstance(form, Form)
        assert await ana.submit(form, {"topics": MESSAGE}) == {}
        await ana.type("resume")
        assert "I gave a talk" in ana.messages()[-1]


async def test_nothing_waits_where_no_form_comes_of_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = await one_mentor(company)
        await ana.type("pause")
        await ana.press("Pause: Ben")
        shown = await Screen(company).choose(MESSAGE)
        assert isinstance(shown, Card)
        assert "no meeting to come" in read(shown)
        await ana.command("note")
        assert topics(ana.form) == ""
