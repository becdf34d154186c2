"""A whole company in the fake Slack, with the real house behind it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.client import OneWorkspace, connected
from adapters.slack.installed import OnlyOne
from adapters.slack.socket import Socket
from bot.app import App
from bot.domain.people import Platform
from bot.ports import Messenger
from bot.store import Sealer
from bot.store.appointing import appoint
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import APP_TOKEN, SECRET, TEAM, TOKEN, FakeSlack
from tests.world import KEY, Chat, Dial, World, settled

ZONE = "Europe/Berlin"


@dataclass
class SlackCompany:
    """What runs, whom it runs for, and the moves that let time pass."""

    slack: FakeSlack
    app: App
    endpoint: SlackEndpoint
    client: AsyncWebClient
    world: World
    database: sa.Engine

    def joining(self, name: str, **flags: Any) -> SlackUser:
        """Let a person join the workspace."""
        return SlackUser.joining(self.slack, name, **flags)

    async def read_directory(self, admin: SlackUser) -> None:
        """Do what the first start does; then the operator says who runs the programme."""
        assert await self.endpoint.people.read(TEAM)
        assert appoint(self.database, admin.id, self.app.clock.now()) == [admin.name]

    async def settle(self) -> None:
        """Let the bot finish what it has to do, the home tabs too."""
        await settled(self.app, self.world.clock)
        await self.endpoint.close()

    async def until(self, day: str, hour: str = "09:00") -> None:
        """Let time pass until a day and hour in Berlin."""
        await self.world.until(day, hour)
        await self.endpoint.close()


@asynccontextmanager
async def slack_company(
    database: sa.Engine, start: datetime, *, by_socket: bool = False
) -> AsyncIterator[SlackCompany]:
    """Open a company that has just installed the app, with nobody in it."""
    clock = Dial(start.astimezone(UTC))
    messengers: dict[str, Messenger] = {}
    app = App(database, Sealer([KEY]), clock, messengers)
    async with (
        FakeSlack(clock) as slack,
        connected(TOKEN, slack.api_url) as client,
        app.running(),
        AsyncExitStack() as stack,
    ):
        endpoint = slack.app = SlackEndpoint(OneWorkspace(client), SECRET, app, OnlyOne(), clock)
        messengers[Platform.SLACK] = endpoint.messenger
        app.registers[Platform.SLACK] = endpoint.people
        if by_socket:
            slack.by_socket, slack.app = True, None
            await stack.enter_async_context(Socket(APP_TOKEN, client, endpoint).running())
            await slack.sockets.until(lambda: slack.sockets.opened == 1)
        yield SlackCompany(slack, app, endpoint, client, World(app, clock, Chat(clock), "", ZONE), database)
        await endpoint.close()
