"""Somebody with an account in Slack and one in Teams: one person after a yes in both, two people after a no."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.people import Person
from bot.messages import Card, Pressed, Sender
from bot.ports import Messenger, UnitOfWork
from bot.roster import read as read_roster
from bot.store import Sealer
from bot.store.appointing import appoint
from bot.store.roster import bring_in
from bot.store.tying import tie
from tests.platforms import Settled, _slack, _teams
from tests.stories.test_across_platforms import SLACK, TEAMS, Both
from tests.world import KEY, PUBLIC_URL, Chat, Dial, World, read

QUESTION = "Are you also on"


@pytest.fixture
async def both(database: sa.Engine) -> AsyncIterator[Both]:
    clock, messengers = Dial(datetime(2027, 3, 1, 8, tzinfo=UTC)), dict[str, Messenger]()
    app = App(database, Sealer([KEY]), clock, messengers, PUBLIC_URL)
    async with AsyncExitStack() as stack:
        slack = await _slack(app, messengers, clock, stack)
        teams = await _teams(app, messengers, clock, stack)
        await stack.enter_async_context(app.running())
        yield Both(app, World(app, clock, Chat(clock), "", "Europe/Berlin"), slack, teams)


def hands(both: Both, name: str) -> tuple[Settled, Settled]:
    return Settled(both.slack[name], both.app, both.world.clock), Settled(
        both.teams[name], both.app, both.world.clock
    )


def known(both: Both) -> list[Person]:
    with both.app.store.unit() as unit:
        workspace = unit.people.workspace(*SLACK)
        assert workspace
        return list(unit.people.everybody(workspace.organization_id))


async def pair(both: Both, database: sa.Engine, mentor: str, mentee: str) -> None:
    """Ada, who runs the programme in Slack, pairs two people there, and both say yes."""
    appoint(database, "ada.sample@company.example", both.world.clock.now())
    await Settled(both.slack["Ada"], both.app, both.world.clock).type(f"pair {mentor} Sample and {mentee} Sample")
    await both.world.until("2027-03-02", "16:00")
    for name in (mentor, mentee):
        slack = hands(both, name)[0]
        await slack.press(next(label for label in slack.buttons() if label.startswith("Yes")))
    await both.world.until("2027-03-05", "16:00")


async def test_a_yes_in_both_makes_one_person_of_two(both: Both, database: sa.Engine) -> None:
    # Monday: Slack tells of everybody. Ben mentors Ana there by Friday.
    for name in ("Ada", "Ana", "Ben"):
        await both.in_slack(name)
    tie(database, SLACK, TEAMS)
    await pair(both, database, "Ben", "Ana")
    in_slack, in_teams = hands(both, "Ana")
    asked_in_slack = "\n".join(in_slack.messages()).count(QUESTION)
    assert asked_in_slack == 0, "nobody has two accounts yet"

    # On Friday evening she installs the app in Teams as well: she sees nothing of Slack there, and is asked.
    await both.in_teams("Ana")
    assert "You are in no mentorship now" in "\n".join(in_teams.messages())
    assert "Are you also on Slack?" in in_teams.messages()[-1]
    assert "Ben" not in "\n".join(in_teams.messages())
    assert len(known(both)) == 4

    # On Saturday she says yes in Teams. In Slack she is asked too, in her hours, and not before.
    await both.world.until("2027-03-06", "12:00")
    await in_teams.press("Yes, that is me")
    assert "I ask on Slack too" in "\n".join(in_teams.messages())
    assert "Are you also on Microsoft Teams?" not in "\n".join(in_slack.messages())
    assert len(known(both)) == 4
    await both.world.until("2027-03-08", "16:00")
    assert "Are you also on Microsoft Teams?" in "\n".join(in_slack.messages())

    # She says yes there, and is one person: what she is in can be reached from Teams, and she is asked no more.
    await in_slack.press("Yes, that is me")
    assert [one.name for one in known(both)] == ["Ada Sample", "Ana Sample", "Ben Sample"]
    assert "Both accounts are yours" in "\n".join(in_teams.messages())
    assert "Yes, that is me" not in [*in_slack.buttons(), *in_teams.buttons()]
    await in_teams.type("home")
    assert "With Ben" in in_teams.messages()[-1]

    # From now on she is written to where she was last, and nobody is anywhere twice.
    said = len(in_slack.messages())
    await both.world.until("2027-03-20", "16:00")
    assert len(in_slack.messages()) == said
    assert QUESTION not in in_teams.messages()[-1]


@pytest.mark.parametrize("first", [0, 1])
async def test_a_no_in_either_ends_it_for_good(both: Both, database: sa.Engine, first: int) -> None:
    await both.in_slack("Ada")
    await both.in_slack("Ana")
    tie(database, SLACK, TEAMS)
    await both.in_teams("Ana")
    accounts = hands(both, "Ana")
    if first == 0:
        await accounts[0].type("home")
        assert "Are you also on Microsoft Teams?" in accounts[0].messages()[-1]
    else:
        await accounts[1].press("Yes, that is me")
        await both.world.until("2027-03-03", "16:00")
    before = "\n".join(accounts[0].messages()).count(QUESTION)
    await accounts[0].press("No")
    assert before == 1
    assert len(known(both)) == 3
    assert "these are two people" in "\n".join(accounts[0].messages())

    # Neither another night nor another month asks again, and an old yes does nothing any more.
    await both.in_slack("Ana")
    await both.in_teams("Ana")
    await accounts[1].type("home")
    await both.world.until("2027-05-03", "16:00")
    assert QUESTION not in "\n".join(message for one in accounts for message in one.messages())
    assert len(known(both)) == 3


async def test_after_a_no_the_buttons_of_old_cards_and_forged_ones_do_nothing(
    both: Both, database: sa.Engine
) -> None:
    await both.in_slack("Ada")
    await both.in_slack("Ana")
    tie(database, SLACK, TEAMS)
    await both.in_teams("Ana")
    in_teams = hands(both, "Ana")[1]
    with both.app.store.unit() as unit:
        everybody = unit.people.everybody(known_company(unit))
        asked = next(found for one in everybody for found in unit.ties.of_person(one.id))
    await in_teams.press("No")
    people = {TEAMS: both.teams["Ana"].user_id, SLACK: both.slack["Ana"].id}
    for (platform, workspace), user in people.items():
        yes = Pressed((f"old-{platform}",), Sender(platform, workspace, user), "tying.yes", asked.id)
        await both.app.answer(yes)
    forged = Pressed(("forged",), Sender(*SLACK, both.slack["Ada"].id), "tying.yes", asked.id)
    shown = (await both.app.answer(forged)).show
    assert isinstance(shown, Card) and "I do not find that" in read(shown)
    assert len(known(both)) == 3


def known_company(unit: UnitOfWork) -> str:
    workspace = unit.people.workspace(*SLACK)
    assert workspace
    return workspace.organization_id


async def test_typing_answers_as_well(both: Both, database: sa.Engine) -> None:
    await both.in_slack("Ana")
    tie(database, SLACK, TEAMS)
    await both.in_teams("Ana")
    in_slack, in_teams = hands(both, "Ana")
    await in_teams.type("that is me")
    await in_slack.type("help")
    await in_slack.type("yes")
    assert len(known(both)) == 1


async def test_who_is_in_the_roster_alone_is_not_asked(both: Both, database: sa.Engine) -> None:
    await both.in_slack("Ada")
    tie(database, SLACK, TEAMS)
    bring_in(
        database, known(both)[0].organization_id, read_roster(b"name,email\nAna Maria,ana.sample@company.example\n")
    )
    await both.in_teams("Ana")
    assert [one.name for one in known(both)] == ["Ada Sample", "Ana Maria"]
    assert QUESTION not in "\n".join(hands(both, "Ana")[1].messages())
