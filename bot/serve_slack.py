"""Slack as it is configured: one workspace or several, by a socket or by HTTP; its directory is read every night."""

import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack

import sqlalchemy as sa
import structlog
from starlette.routing import BaseRoute, Mount

from adapters.slack.app import SlackEndpoint
from adapters.slack.client import FAILURES, Clients, OneWorkspace, code_of, connected
from adapters.slack.installed import Installed, OnlyOne, oauth_flow
from adapters.slack.socket import Socket
from bot.app import App
from bot.domain.people import Platform
from bot.installations import Installations
from bot.ports import Messenger
from bot.settings import Settings
from bot.store import Sealer
from scheduler.ticker import Ticker

NIGHTLY = 24 * 3600.0
AT_ONCE = 1.0
"""Seconds between two readings of the directory, and from the start to the first."""

LOOK_AGAIN = 15.0
"""Seconds between two looks whether Slack takes a token again that it has refused."""

ORGANIZATION = "E"
"""How the ids of organizations begin, whose people are those of their workspaces."""

UNINSTALLED = "uninstalled: install the app again in Slack"

log = structlog.stdlib.get_logger(__name__)


class SlackSide:
    """All that runs for Slack. `messenger` sends, `routes` take requests, `state` is what `/readyz` tells."""

    def __init__(self, settings: Settings, app: App, database: sa.Engine, sealer: Sealer) -> None:
        self._settings = settings
        self._app = app
        self._vault = Installations(Platform.SLACK, database, sealer, app.store, app.clock, app.threads)
        self._only = OnlyOne()
        self._socket: Socket | None = None
        self._reading = Ticker(self.read_directories, NIGHTLY, AT_ONCE)
        self._coming_back = Ticker(self._look_again, LOOK_AGAIN)

    async def open(self, stack: AsyncExitStack) -> tuple[Messenger, list[BaseRoute]]:
        """Open what sends and what takes requests, until the stack is closed."""
        settings = self._settings
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        self._client = await stack.enter_async_context(connected(token, settings.slack_api_url))
        self._endpoint = self._endpoint_for(token)
        self._app.registers[Platform.SLACK] = self._endpoint.people
        return self._endpoint.messenger, [Mount("/", app=self._endpoint)]

    async def start(self, stack: AsyncExitStack) -> None:
        """Read the directories soon and every night, and connect the socket; call it once the rest of the house runs.

        What was answered with 'one moment' is finished before the rest of the house stops.
        """
        stack.push_async_callback(self._endpoint.close)
        self._reading.start()
        stack.push_async_callback(self._reading.stop)
        self._coming_back.start()
        stack.push_async_callback(self._coming_back.stop)
        if self._settings.slack_app_token is not None:
            app_token = self._settings.slack_app_token.get_secret_value()
            self._socket = Socket(app_token, self._client, self._endpoint)
            await stack.enter_async_context(self._socket.running())

    def state(self) -> dict[str, str]:
        """Return 'ok' or what is wrong, of the connection and of the tokens."""
        refused = self._only.ended | self._endpoint.messenger.refused
        several = self._settings.slack_bot_token is None
        told = UNINSTALLED if self._only.ended else ", ".join(sorted(set(refused.values())))
        state = {"slack": "ok" if not refused else f"ok, {len(refused)} refused: {told}" if several else told}
        return state | ({"slack_socket": self._socket.state()} if self._socket else {})

    async def read_directories(self) -> None:
        """Read the directory of every workspace."""
        for team in await self._teams():
            await self._endpoint.people.read(team)

    async def _look_again(self) -> None:
        """Go on as if nothing had been, once Slack takes the only token again."""
        refused = (self._only.ended, self._endpoint.messenger.refused)
        if self._settings.slack_bot_token is None or not any(refused) or not await self._teams():
            return
        for told in refused:
            told.clear()
        log.info("installed again")
        await self.read_directories()

    def _endpoint_for(self, token: str) -> SlackEndpoint:
        """Without a signing secret nobody has one: then no request that comes by HTTP is taken."""
        given = self._settings.slack_signing_secret
        secret = given.get_secret_value() if given else secrets.token_hex()
        if token:
            clients: Clients = OneWorkspace(self._client)
            return SlackEndpoint(clients, secret, self._app, self._only, self._app.clock)
        settings, vault = self._settings, self._vault
        assert settings.slack_client_id and settings.slack_client_secret
        installed = Installed(vault, self._client, self._reading.wake)
        pages = oauth_flow(
            settings.slack_client_id,
            settings.slack_client_secret.get_secret_value(),
            settings.public_url,
            self._client,
            vault,
            installed,
        )
        return SlackEndpoint(installed, secret, self._app, installed, self._app.clock, oauth=pages)

    async def _teams(self) -> Sequence[str]:
        if self._settings.slack_bot_token is None:
            return [team for team in await self._vault.workspaces() if not team.startswith(ORGANIZATION)]
        try:
            return [(await self._client.auth_test())["team_id"]]
        except FAILURES as error:
            log.error("Slack does not say whose token this is", code=code_of(error))
            return []
