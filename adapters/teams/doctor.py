"""Looks whether Teams' settings work: app id, the bot's own token, Microsoft's keys, the endpoint, the clock."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

import httpx

from adapters.teams.activity import CHANNEL
from adapters.teams.keys import SigningKeys
from adapters.teams.tokens import SKEW, Asking
from bot.findings import Finding
from bot.ports import Clock

PATH = "/api/messages"
NETWORK = "Look whether this machine reaches it, through a proxy if there is one."


async def examine(
    app_id: str, asking: Asking, openid_url: str, public_url: str, http: httpx.AsyncClient, clock: Clock
) -> AsyncIterator[Finding]:
    """Yield what was found, one after the other; nothing is written to anybody.

    `public_url` is where Teams reaches the service, '' where that is not set.
    """
    yield _app_id(app_id)
    async for finding in _token(asking, http, clock):
        yield finding
    yield await _keys(SigningKeys(openid_url, http, clock))
    yield await _endpoint(public_url, http)


def _app_id(app_id: str) -> Finding:
    try:
        UUID(app_id)
    except ValueError:
        mend = "Copy 'Application (client) ID' from the app registration; the object id is another."
        return Finding("App id", False, "is no GUID", mend)
    return Finding("App id", True, "has the form of one")


async def _token(asking: Asking, http: httpx.AsyncClient, clock: Clock) -> AsyncIterator[Finding]:
    try:
        answer = await asking(http)
    except httpx.HTTPError as error:
        told = f"Microsoft's login does not answer ({type(error).__name__})"
        yield Finding("Token", False, told, NETWORK)
        return
    if answer.is_success:
        yield Finding("Token", True, "Microsoft's login gives one")
    else:
        yield Finding("Token", False, f"Microsoft's login answers {answer.status_code}", _of_login(_code(answer)))
    for finding in _clock(answer, clock.now()):
        yield finding


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("error", ""))
    except (ValueError, AttributeError):
        return ""


def _of_login(code: str) -> str:
    match code:
        case "invalid_client":
            return "The client secret is wrong or has run out: make a new one under Certificates & secrets."
        case "unauthorized_client" | "invalid_request":
            return "The app id is not of this tenant: compare both with the app registration's overview."
    return "Compare app id, tenant id and client secret with the app registration."


def _clock(answer: httpx.Response, now: datetime) -> Iterator[Finding]:
    """A header that is no date says nothing."""
    try:
        off = abs(parsedate_to_datetime(answer.headers.get("Date", "")) - now)
    except (ValueError, TypeError):
        return
    told = f"{off / timedelta(seconds=1):.0f} s from Microsoft's"
    mend = "" if off <= SKEW else "Let this machine set its clock by the network (NTP)."
    yield Finding("Clock", off <= SKEW, told, mend)


async def _keys(keys: SigningKeys) -> Finding:
    """Look whether what comes in could be checked; no key has an empty id, so that all of them are fetched."""
    await keys.find("")
    if keys.endorsed(CHANNEL):
        return Finding("Signing keys", True, "those of the Bot Connector are there")
    return Finding("Signing keys", False, "none that vouch for Teams could be had", NETWORK)


async def _endpoint(public_url: str, http: httpx.AsyncClient) -> Finding:
    if not public_url:
        mend = "Set MENTRONOME_PUBLIC_URL, and give Azure the same with /api/messages behind it."
        return Finding("Endpoint", True, "where Teams reaches it is not set", mend)
    url = public_url.rstrip("/") + PATH
    try:
        answer = await http.post(url, json={"type": "message"}, timeout=10)
    except httpx.HTTPError as error:
        told = f"{url} does not answer ({type(error).__name__})"
        return Finding("Endpoint", True, told, "Start 'mentronome run', and look at what stands before it.")
    if answer.status_code == 401:
        return Finding("Endpoint", True, f"{url} answers, and refuses what has no token")
    told = f"{url} answers {answer.status_code} to a request without a token; it should be 401"
    return Finding("Endpoint", False, told, "Let requests for /api/messages through to 'mentronome run' as they are.")
