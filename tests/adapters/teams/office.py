"""A company on Teams with the whole application behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import sqlalchemy as sa
from starlette.applications import Starlette

from adapters.teams.app import Teams
from adapters.teams.tokens import by_secret
from bot.app import App
from bot.domain.people import Platform
from bot.ports import Messenger
from bot.store import Sealer
from tests.adapters.teams.elsewhere import Hall, employ
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


@asynccontextmanager
async def opened(database: sa.Engine) -> AsyncIterator[Office]:
    """Open the company on a Monday morning; nobody has the app yet."""
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
        app.registers[Platform.TEAMS] = teams.rosters
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
