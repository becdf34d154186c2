"""A company on Teams, with the whole application behind it: installed, paired, blocked, back again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from adapters.teams.app import Teams
from adapters.teams.tokens import by_secret
from bot.app import App
from bot.domain.people import Platform
from bot.ports import Messenger
from bot.store import Sealer
from tests.adapters.teams.elsewhere import CHANNEL, TEAM, Hall, employ
from tests.adapters.teams.microsoft import APP_ID, PASSWORD, TENANT, Microsoft
from tests.adapters.teams.user import TeamsUser
from tests.world import KEY, Chat, Dial, World

NAMES = ("Ada", "Ana", "Ben")


@dataclass
class Office:
    """The company, Microsoft around it, and everybody at a Teams client."""

    world: World
    microsoft: Microsoft
    teams: Teams
    people: dict[str, TeamsUser] = field(default_factory=dict)

    def hall(self, name: str) -> Hall:
        return Hall(self.microsoft, self.people[name])

    @property
    def ids(self) -> list[str]:
        return [f"29:{user.user_id}" for user in self.people.values()]

    def appoint(self, name: str) -> None:
        """Let somebody run the programme, as an operator would."""
        with self.world.app.store.unit() as unit:
            workspace = unit.people.workspace(Platform.TEAMS, TENANT)
            assert workspace is not None
            self.world.organization_id = workspace.organization_id
            person = unit.people.by_external_id(workspace.id, self.people[name].user_id)
            assert person is not None
            person.is_admin = True
            unit.commit()

    def known(self) -> list[tuple[str, str]]:
        with self.world.app.store.unit() as unit:
            workspace = unit.people.workspace(Platform.TEAMS, TENANT)
            found = unit.people.everybody(workspace.organization_id) if workspace else []
            return [(person.name, person.email) for person in found]


@pytest.fixture
async def office(database: sa.Engine) -> AsyncIterator[Office]:
    clock = Dial(datetime(2027, 3, 1, 8, tzinfo=UTC))
    messengers: dict[str, Messenger] = {}
    app = App(database, Sealer([KEY]), clock, messengers)
    async with app.running(), Microsoft(clock).running() as microsoft, httpx.AsyncClient() as http:
        teams = Teams(
            app_id=APP_ID,
            asking=by_secret(APP_ID, PASSWORD, TENANT, f"{microsoft.url}/login/"),
            openid_url=f"{microsoft.url}/openid",
            service_hosts=("smba.trafficmanager.net",),
            local=True,
            receiver=app,
            http=http,
            clock=clock,
        )
        messengers[Platform.TEAMS] = teams.messenger
        asgi = Starlette(routes=teams.routes)

        async def settle() -> None:
            await app.tick()

        office = Office(World(app, clock, Chat(clock), "", "Europe/Berlin"), microsoft, teams)
        for name in NAMES:
            office.people[name] = TeamsUser(asgi, microsoft, f"{name} Sample", settle=settle)
        employ(microsoft, *office.people.values())
        yield office
        for user in office.people.values():
            await user.aclose()


async def test_whoever_installs_is_welcomed_once_and_sees_all_on_one_card(office: Office) -> None:
    # Monday: Ana installs the app; Teams tells it twice.
    await office.hall("Ana").install()
    ana = office.people["Ana"]
    welcome, home = ana.messages()
    assert "Who sees it" in welcome
    assert "You are in no mentorship now" in home
    assert office.known() == [("Ana Sample", "ana-sample@sample.example")]

    # She writes from Berlin, which installing did not tell: nobody greets her again, and she is asked where she is.
    await ana.type("home")
    assert len([text for text in ana.messages() if "Who sees it" in text]) == 1
    assert "Your device is on Berlin time" in ana.messages()[-1]
    await ana.press("Use Berlin")

    # She takes it off and installs it anew: nothing was to be said meanwhile, so nothing is said now.
    said = len(ana.messages())
    await office.hall("Ana").take_off()
    await office.hall("Ana").install()
    assert len(ana.messages()) == said


async def test_a_team_is_known_from_the_day_it_has_the_app_and_is_written_to_when_there_is_something_to_say(
    office: Office,
) -> None:
    # Monday: Ada adds the app to the team of mentors. Nobody but the channel hears of it.
    await office.hall("Ada").add_to_team(*office.ids)
    assert len(office.microsoft.chats[CHANNEL]) == 1
    assert [name for name, _ in office.known()] == ["Ada Sample", "Ana Sample", "Ben Sample"]
    assert all(not user.messages() for user in office.people.values())

    # She runs the programme, and pairs two who have never heard of the bot.
    office.appoint("Ada")
    await office.people["Ada"].type("pair Ben Sample and Ana Sample")
    for label in ("Propose it", "Yes"):
        if label in office.people["Ada"].buttons():
            await office.people["Ada"].press(label)
    await office.world.until("2027-03-02", "16:00")

    # Both are asked, and the first thing that they read says what is kept.
    for name in ("Ana", "Ben"):
        first = office.people[name].messages()[0]
        assert first.startswith("Hello. I keep mentoring going")
        assert "Who sees it" in first
        assert office.people[name].buttons(), "and asks them, on the same card"


async def test_who_has_blocked_the_bot_counts_as_not_reached_until_they_have_it_back(office: Office) -> None:
    # Monday: a pair begins, and Ben takes the app off without having answered.
    await office.hall("Ada").add_to_team(*office.ids)
    office.appoint("Ada")
    ada, ben = office.people["Ada"], office.people["Ben"]
    await ada.type("pair Ben Sample and Ana Sample")
    office.microsoft.directory.teams[TEAM].remove(f"29:{ben.user_id}")
    await office.hall("Ben").take_off()
    await office.world.until("2027-03-02", "16:00")
    assert not ben.messages()

    # Ada reads a count, and nothing of who it is.
    await ada.type("status")
    assert "cannot be reached: 1" in ada.messages()[-1]

    # Ben has it back: he is greeted, and counts as anybody.
    await office.hall("Ben").install()
    assert ben.messages()
    await ada.type("status")
    assert "cannot be reached" not in ada.messages()[-1]
