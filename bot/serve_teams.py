"""Teams as it is configured; who is in its teams is read every night."""

import ipaddress
import socket
from contextlib import AsyncExitStack

import httpx

from adapters.http import CannotListen
from adapters.teams.app import Teams
from adapters.teams.tokens import proof
from bot.app import App
from bot.settings import Settings
from scheduler.ticker import Ticker

NIGHTLY = 24 * 3600.0
AT_FIRST = 60.0
"""Seconds between two readings of the teams, and from the start to the first."""


def only_here(opened: socket.socket, settings: Settings) -> None:
    """Raise CannotListen where what comes without a token would be taken from other machines too."""
    host = str(opened.getsockname()[0])
    if settings.teams_local and not ipaddress.ip_address(host).is_loopback:
        raise CannotListen(
            "MENTRONOME_TEAMS_LOCAL takes what comes without a token, and so serves this machine alone: "
            "unset it, or leave out --host."
        )


async def open_teams(settings: Settings, app: App, stack: AsyncExitStack) -> Teams:
    """Open what sends and what takes requests, until the stack is closed."""
    assert settings.teams_app_id and settings.teams_tenant_id
    secret = settings.teams_app_password.get_secret_value() if settings.teams_app_password else ""
    return Teams(
        app_id=settings.teams_app_id,
        asking=proof(settings.teams_app_id, secret, settings.teams_tenant_id, settings.teams_login_url),
        openid_url=settings.teams_openid_metadata_url,
        service_hosts=settings.teams_service_hosts,
        local=settings.teams_local,
        receiver=app,
        http=await stack.enter_async_context(httpx.AsyncClient(timeout=10)),
        clock=app.clock,
    )


def read_nightly(teams: Teams, stack: AsyncExitStack) -> None:
    """Read who is in the teams soon, and every night; call it once the rest of the house runs."""
    reading = Ticker(teams.rosters.read_all, NIGHTLY, AT_FIRST)
    reading.start()
    stack.push_async_callback(reading.stop)
