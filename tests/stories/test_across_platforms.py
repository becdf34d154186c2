"""One company on Slack and Teams: who says so in both is one person, and a pair may sit in both."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.people import Platform
from bot.ports import Member, Messenger
from bot.store import Sealer
from bot.store.appointing import appoint
from bot.store.tying import CannotTie, tie
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM
from tests.adapters.teams.directory import Entry
from tests.adapters.teams.elsewhere import Hall
from tests.adapters.teams.microsoft import TENANT
from tests.adapters.teams.user import TeamsUser
from tests.platforms import Settled, _slack, _teams
from tests.world import KEY, PUBLIC_URL, Chat, Dial, World

SLACK, TEAMS = (Platform.SLACK, TEAM), (Platform.TEAMS, TENANT)


@dataclass
class Both:
    """The company's application, and its people at Slack and at Teams."""

    app: App
    world: World
    slack: dict[str, SlackUser]
    teams: dict[str, TeamsUser]

    async def in_slack(self, name: str) -> None:
        """Let Slack's directory tell of somebody."""
        email = f"{name.lower()}.sample@company.example"
        await self.app.take_note(Platform.SLACK, TEAM, [Member(self.slack[name].id, f"{name} Sample", email)])

    async def in_teams(self, name: str) -> None:
        """Let somebody install the app in Teams."""
        user = self.teams[name]
        user.microsoft.directory.add(Entry(user.user_id, user.name, f"{name}.Sample@company.example"))
        await Hall(user.microsoft, user).install()

    def names(self) -> list[str]:
        with self.app.store.unit() as unit:
            workspace = unit.people.workspace(*SLACK)
            assert workspace is not None
            return [person.name for person in unit.people.everybody(workspace.organization_id)]


@pytest.fixture
async def both(database: sa.Engine) -> AsyncIterator[Both]:
    clock, messengers = Dial(datetime(2027, 3, 1, 8, tzinfo=UTC)), dict[str, Messenger]()
    app = App(database, Sealer([KEY]), clock, messengers, PUBLIC_URL)
    async with AsyncExitStack() as stack:
        slack = await _slack(app, messengers, clock, stack)
        teams = await _teams(app, messengers, clock, stack)
        await stack.enter_async_context(app.running())
        yield Both(app, World(app, clock, Chat(clock), "", "Europe/Berlin"), slack, teams)


async def test_a_mentor_in_teams_and_a_mentee_in_slack(both: Both, database: sa.Engine) -> None:
    # Monday: Slack tells of Ada and Ana; the operator ties Teams to the same company, where Ben installs the app.
    await both.in_slack("Ada")
    await both.in_slack("Ana")
    tie(database, SLACK, TEAMS)
    await both.in_teams("Ben")
    assert both.names() == ["Ada Sample", "Ana Sample", "Ben Sample"]

    # Ada pairs them from Slack.
    ada, ana, ben = (
        Settled(one, both.app, both.world.clock) for one in (both.slack["Ada"], both.slack["Ana"], both.teams["Ben"])
    )
    appoint(database, "ada.sample@company.example", both.world.clock.now())
    await ada.type("pair Ben Sample and Ana Sample")
    await both.world.until("2027-03-02", "16:00")

    # Each is asked where they are, and nobody anywhere else.
    assert "Would you be a mentor to Ana?" in "\n".join(ben.messages())
    assert "Either answer is fine" in "\n".join(ana.messages())
    assert not both.slack["Ben"].messages()
    assert not both.teams["Ana"].messages()

    # Both say yes, and hear on Friday that they are a pair.
    for one in (ben, ana):
        await one.press(next(label for label in one.buttons() if label.startswith("Yes")))
    await both.world.until("2027-03-05", "16:00")
    assert "Ana" in ben.messages()[-1]
    assert "Ben" in ana.messages()[-1]


async def test_who_is_in_both_is_one_person_and_is_answered_where_they_ask(both: Both, database: sa.Engine) -> None:
    await both.in_slack("Ada")
    tie(database, SLACK, TEAMS)
    tie(database, SLACK, TEAMS)
    await both.in_teams("Ada")
    in_slack, in_teams = (Settled(one, both.app, both.world.clock) for one in (both.slack["Ada"], both.teams["Ada"]))
    await in_slack.type("home")
    for one in (in_teams, in_slack):
        await one.press("Yes, that is me")
    assert both.names() == ["Ada Sample"]

    said = len(in_teams.messages())
    await in_slack.type("home")
    assert "You are in no mentorship now" in "\n".join(in_slack.messages())
    assert len(in_teams.messages()) == said
    await in_teams.type("home")
    assert len(in_teams.messages()) > said


async def test_what_cannot_be_tied_is_said(both: Both, database: sa.Engine) -> None:
    with pytest.raises(CannotTie, match="known yet"):
        tie(database, SLACK, TEAMS)
    await both.in_slack("Ada")
    await both.in_teams("Ben")
    with pytest.raises(CannotTie, match="of its own"):
        tie(database, SLACK, TEAMS)
