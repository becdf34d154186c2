"""The same company on each platform: the in-memory chat, Slack over real sockets, Teams over real sockets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import sqlalchemy as sa
from starlette.applications import Starlette

from adapters.slack.app import SlackEndpoint
from adapters.slack.client import OneWorkspace, connected
from adapters.slack.installed import OnlyOne
from adapters.slack.socket import Socket
from adapters.teams.app import Teams
from adapters.teams.tokens import by_secret
from bot.app import App
from bot.domain.people import Platform
from bot.ports import Messenger
from bot.store import Sealer
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import APP_TOKEN, SECRET, TEAM, TOKEN, FakeSlack
from tests.adapters.teams.microsoft import APP_ID, PASSWORD, TENANT, Microsoft
from tests.adapters.teams.user import TeamsUser
from tests.world import KEY, PUBLIC_URL, Chat, Dial, Fingers, Hands, World, read, settled, world

NAMES = ("Ada", "Ana", "Ben")
BY_SOCKET = "slack by socket"
WAYS: tuple[str, ...] = (*Platform, BY_SOCKET)
"""The platforms, and Slack once more with a connection that the bot has opened."""


@dataclass
class Settled:
    """A person on a platform; after each move the bot finishes what it has to do."""

    hands: Hands
    app: App
    clock: Dial

    async def type(self, text: str) -> None:
        await self.hands.type(text)
        await settled(self.app, self.clock)

    async def reply(self, to: str, text: str) -> None:
        await self.hands.reply(to, text)
        await settled(self.app, self.clock)

    async def command(self, text: str) -> str:
        answer = await self.hands.command(text)
        await settled(self.app, self.clock)
        return answer

    async def press(self, label: str) -> None:
        await self.hands.press(label)
        await settled(self.app, self.clock)

    async def fill(self, values: dict[str, str]) -> dict[str, str]:
        problems = await self.hands.fill(values)
        await settled(self.app, self.clock)
        return problems

    def messages(self) -> list[str]:
        return self.hands.messages()

    def buttons(self) -> list[str]:
        return self.hands.buttons()

    def links(self) -> dict[str, str]:
        return self.hands.links()

    def shown(self) -> str:
        """Return what is shown to this person alone, as an answer in a window, a dialog or a line; '' for nothing."""
        match self.hands:
            case Fingers(shown=card) if card:
                return read(card)
            case SlackUser() as user:
                return user.window or "\n".join(user.whispers()[-1:])
            case TeamsUser() as user:
                return user.dialog_text or user.messages()[-1]
        return ""


@dataclass
class Company:
    """A company on one platform, and its people's hands."""

    world: World
    people: Mapping[str, Settled] = field(default_factory=dict)

    def hands(self, name: str) -> Settled:
        return self.people[name]

    async def until(self, day: str, hour: str = "09:00") -> None:
        await self.world.until(day, hour)


@asynccontextmanager
async def on(way: str, engine: sa.Engine, start: datetime, names: tuple[str, ...] = NAMES) -> AsyncIterator[Company]:
    """Open a company on one of `WAYS`; everybody has said hello, and Ada runs the programme.

    The names come in the order of the alphabet, Ada's first.
    """
    platform = Platform.SLACK if way == BY_SOCKET else Platform(way)
    if platform is Platform.PLAYGROUND:
        async with world(engine, start, names=names) as company:
            yield Company(company, {name: Settled(company.hands(name), company.app, company.clock) for name in names})
        return
    clock = Dial(start.astimezone(UTC))
    messengers: dict[str, Messenger] = {}
    app = App(engine, Sealer([KEY]), clock, messengers, PUBLIC_URL)
    async with AsyncExitStack() as stack:
        opened = _slack if platform is Platform.SLACK else _teams
        joined = await opened(app, messengers, clock, stack, names)
        people = {name: Settled(hands, app, clock) for name, hands in joined.items()}
        await stack.enter_async_context(app.running())
        if way == BY_SOCKET:
            await _by_socket(people["Ada"], stack)
        for hands in people.values():
            await hands.type("hello")
        workspace = TEAM if platform is Platform.SLACK else TENANT
        organization_id = _name_everybody(app, platform, workspace, names)
        yield Company(World(app, clock, Chat(clock), organization_id, "Europe/Berlin"), people)


async def _slack(
    app: App,
    messengers: dict[str, Messenger],
    clock: Dial,
    stack: AsyncExitStack,
    names: tuple[str, ...] = NAMES,
) -> dict[str, SlackUser]:
    slack = await stack.enter_async_context(FakeSlack(clock))
    client = await stack.enter_async_context(connected(TOKEN, slack.api_url))
    endpoint = slack.app = SlackEndpoint(OneWorkspace(client), SECRET, app, OnlyOne(), clock)
    messengers[Platform.SLACK] = endpoint.messenger
    app.registers[Platform.SLACK] = endpoint.people
    stack.push_async_callback(endpoint.close)
    return {name: SlackUser.joining(slack, f"{name} Sample") for name in names}


async def _by_socket(somebody: Settled, stack: AsyncExitStack) -> None:
    """Let everything come by a socket from now on."""
    assert isinstance(somebody.hands, SlackUser)
    slack = somebody.hands.slack
    endpoint, slack.app, slack.by_socket = slack.app, None, True
    client = await stack.enter_async_context(connected("", slack.api_url))
    await stack.enter_async_context(Socket(APP_TOKEN, client, endpoint).running())
    await slack.sockets.until(lambda: slack.sockets.opened == 1)


async def _teams(
    app: App,
    messengers: dict[str, Messenger],
    clock: Dial,
    stack: AsyncExitStack,
    names: tuple[str, ...] = NAMES,
) -> dict[str, TeamsUser]:
    microsoft = await stack.enter_async_context(Microsoft(clock).running())
    http = await stack.enter_async_context(httpx.AsyncClient())
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

    return {
        name: await stack.enter_async_context(TeamsUser(asgi, microsoft, f"{name} Sample", settle=settle))
        for name in names
    }


def _name_everybody(app: App, platform: Platform, workspace: str, names: tuple[str, ...]) -> str:
    """Give those who said hello the names and the zone that a directory would tell, in the order of their hellos."""
    with app.store.unit() as unit:
        found = unit.people.workspace(platform, workspace)
        assert found is not None
        known = {person.name: person for person in unit.people.everybody(found.organization_id)}
        assert len(known) == len(names)
        for name, person in zip(names, (known[key] for key in sorted(known)), strict=True):
            person.name, person.zone, person.is_admin = f"{name} Sample", "Europe/Berlin", name == "Ada"
        unit.commit()
    return found.organization_id
