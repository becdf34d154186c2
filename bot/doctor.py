"""Looks at what is configured, and changes nothing: for each setting what works, and the mend for what does not."""

from collections.abc import AsyncIterator

import httpx
import sqlalchemy as sa

from adapters.slack import doctor as slack
from adapters.slack.client import connected
from adapters.teams import doctor as teams
from adapters.teams.tokens import proof
from bot.clock import SystemClock
from bot.findings import Finding
from bot.settings import PREFIX, Settings
from bot.store import Sealer, connect, migrate
from bot.store.purpose import WrongDatabase, check_purpose
from bot.store.tokens import Tokens

SLACK = "slack"


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what was found, one after the other, since Slack may take its time to answer."""
    database, sealer = connect(settings.database_url), Sealer(settings.secret_keys)
    found = _database(database, sealer)
    yield found
    if not settings.on_slack:
        yield Finding("Slack", True, f"is not configured ({PREFIX}SLACK_BOT_TOKEN is not set)")
    else:
        async for finding in _slack(settings, Tokens(database, sealer) if found.works else None):
            yield finding
    if settings.teams_app_id is not None:
        async for finding in _teams(settings):
            yield finding
    elif not settings.on_slack:
        yield Finding("Teams", True, f"is not configured ({PREFIX}TEAMS_APP_ID is not set)")
    if not settings.public_url:
        mend = f"Set {PREFIX}PUBLIC_URL, where people's browsers reach this service."
        yield Finding("Links", True, "no calendar files and exports are offered", mend)


def _database(database: sa.Engine, sealer: Sealer) -> Finding:
    try:
        check_purpose(database, "platform", sealer)
        current = migrate.is_current(database)
    except WrongDatabase as error:
        return Finding("Database", False, "cannot be used", f"{error}.")
    except sa.exc.SQLAlchemyError as error:
        return Finding("Database", False, f"does not answer ({type(error).__name__})", f"Check {PREFIX}DATABASE_URL.")
    if not current:
        return Finding("Database", True, "is empty or of an earlier version; 'mentronome run' brings it up to date")
    return Finding("Database", True, "answers, and is up to date")


async def _slack(settings: Settings, tokens: Tokens | None) -> AsyncIterator[Finding]:
    given = settings.slack_bot_token
    async with connected(given.get_secret_value() if given else "", settings.slack_api_url) as client:
        if given:
            async for finding in slack.bot_token(client, "Bot token"):
                yield finding
        if settings.slack_app_token:
            yield await slack.app_token(client, settings.slack_app_token.get_secret_value())
    if settings.slack_signing_secret:
        yield slack.signing_secret(settings.slack_signing_secret.get_secret_value())
    if settings.slack_client_id:
        async for finding in _installed(settings, tokens):
            yield finding


async def _teams(settings: Settings) -> AsyncIterator[Finding]:
    assert settings.teams_app_id and settings.teams_tenant_id
    secret = settings.teams_app_password.get_secret_value() if settings.teams_app_password else ""
    asking = proof(settings.teams_app_id, secret, settings.teams_tenant_id, settings.teams_login_url)
    url = settings.teams_openid_metadata_url
    async with httpx.AsyncClient() as http:
        async for finding in teams.examine(
            settings.teams_app_id, asking, url, settings.public_url, http, SystemClock()
        ):
            yield finding


async def _installed(settings: Settings, tokens: Tokens | None) -> AsyncIterator[Finding]:
    """Look at the token of every workspace in which the app was installed."""
    workspaces = tokens.workspaces(SLACK) if tokens else ()
    if not workspaces:
        address = f"{settings.public_url.rstrip('/')}/slack/install"
        yield Finding("Workspaces", True, "the app is installed in none yet", f"Open {address} in a browser.")
    for team in workspaces:
        token = tokens.token(SLACK, team) if tokens else None
        async with connected(token or "", settings.slack_api_url) as client:
            async for finding in slack.bot_token(client, f"Token of {team}"):
                yield finding
    for team, reason in tokens.ended(SLACK).items() if tokens else ():
        yield Finding("Workspaces", True, f"{team} has removed the app ({reason})")
