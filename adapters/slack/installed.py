"""Several workspaces: the app is installed by a visit to `/slack/install`, and removed in Slack."""

import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urljoin

import structlog
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import patient, quiet, silent
from adapters.slack.manifest import INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.slack.ports import Vault

REMEMBERED = 300.0
"""Seconds until a token is looked up again: another copy of the bot may have been given a new one."""

ACCESS_REVOKED = "team_access_revoked"
"""Slack's name for that one workspace of an organization may not use the app any more, whose token lives on."""

log = structlog.stdlib.get_logger(__name__)


class Installed:
    """The `Clients` and `Installations` of an app that several workspaces have.

    All clients share the session of `bare`, which has no token. `grown` is called when a workspace has been added;
    `clock` counts seconds.
    """

    def __init__(
        self,
        vault: Vault,
        bare: AsyncWebClient,
        grown: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._vault = vault
        self._bare = bare
        self._grown = grown
        self._clock = clock
        self._known: dict[str, tuple[AsyncWebClient | None, float]] = {}

    async def of(self, team: str) -> AsyncWebClient | None:
        """Return the client of a workspace; None where the app is not installed there, or no longer."""
        client, until = self._known.get(team, (None, 0.0))
        if self._clock() < until:
            return client
        token = await self._vault.token(team)
        client = self._client(token) if token else None
        self._known[team] = client, self._clock() + REMEMBERED
        return client

    async def save(self, installation: Installation) -> None:
        """Keep what an installation has brought; of an organization, for all its workspaces that have the app."""
        token, enterprise = installation.bot_token or "", installation.enterprise_id or ""
        if installation.is_enterprise_install:
            await self._vault.keep(enterprise, installation.enterprise_name or "", token)
            await self._keep_all(enterprise, await _workspaces(self._client(token)), token)
        else:
            await self._vault.keep(installation.team_id or "", installation.team_name or "", token)
        self._known.clear()
        self._grown()
        log.info("installed", workspace=installation.team_id or enterprise)

    async def end(self, team: str, reason: str) -> None:
        """Note that the app may do nothing any more in a workspace, or in all of an organization by its id."""
        await self._vault.end(team, reason, token_lives=reason == ACCESS_REVOKED)
        self._known.clear()
        log.error("installation ended", workspace=team, reason=reason)

    async def grant(self, enterprise: str, teams: Sequence[str]) -> None:
        """Let some workspaces of an organization share its token."""
        token = await self._vault.token(enterprise)
        if token:
            await self._keep_all(enterprise, [(team, "") for team in teams], token)
            self._known.clear()
            self._grown()

    async def _keep_all(self, enterprise: str, teams: Sequence[tuple[str, str]], token: str) -> None:
        for team, name in teams:
            await self._vault.keep(team, name, token, within=enterprise)

    def _client(self, token: str) -> AsyncWebClient:
        bare = self._bare
        return AsyncWebClient(token, base_url=bare.base_url, session=bare.session, retry_handlers=[], logger=quiet)


class OnlyOne:
    """`Installations` of an app whose one token the operator has set: there is nothing to delete but to be told."""

    def __init__(self) -> None:
        self.ended: dict[str, str] = {}

    async def end(self, team: str, reason: str) -> None:
        """Note that the token is of no use any more."""
        self.ended[team] = reason
        log.error("installation ended", workspace=team, reason=reason)

    async def grant(self, enterprise: str, teams: Sequence[str]) -> None:
        """Let it be: a token of one workspace is of no use in others."""


def oauth_flow(
    client_id: str, client_secret: str, public_url: str, bare: AsyncWebClient, vault: Vault, installed: Installed
) -> AsyncOAuthFlow:
    """Return what leads from `/slack/install` to Slack's consent and back, at Slack's own address or another."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=[scope.name for scope in SCOPES],
        user_scopes=[],
        redirect_uri=public_url.rstrip("/") + REDIRECT_PATH,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=urljoin(bare.base_url, "/oauth/v2/authorize"),
        installation_store=_Store(installed.save),
        installation_store_bot_only=True,
        state_store=_States(vault),
        logger=silent,
    )
    return AsyncOAuthFlow(client=bare, logger=silent, settings=settings)


class _Store(AsyncInstallationStore):
    """Saves what an installation brings; whoever needs a token asks `Installed`."""

    def __init__(self, save: Callable[[Installation], Awaitable[None]]) -> None:
        self._save = save

    async def async_save(self, installation: Installation) -> None:
        await self._save(installation)


class _States(AsyncOAuthStateStore):
    """States need no table: they tell by themselves that they are ours, and Slack takes each code only once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        return self._vault.new_state()

    async def async_consume(self, state: str) -> bool:
        return self._vault.is_state(state)


async def _workspaces(client: AsyncWebClient) -> list[tuple[str, str]]:
    """Return the workspaces of an organization that have the app, with their names."""
    found: list[tuple[str, str]] = []
    cursor: str | None = None
    while True:
        page = await patient(client).auth_teams_list(cursor=cursor)
        found += [(team["id"], team["name"]) for team in page["teams"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return found
