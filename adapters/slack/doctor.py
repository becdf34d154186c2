"""Looks whether Slack's settings work: tokens, what they may do, the signing secret, the clock."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import FAILURES, code_of
from adapters.slack.manifest import SOCKET_SCOPE, missing
from bot.findings import Finding

SKEW = timedelta(seconds=60)
"""How far this machine's clock may be from Slack's; five minutes make every signed request a forgery."""

_SECRET = re.compile(r"[0-9a-f]{32}")


async def bot_token(
    client: AsyncWebClient, name: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AsyncIterator[Finding]:
    """Look at a bot's token, what it may do, and the clock; `name` is what the token is called."""
    try:
        answer = await client.auth_test()
    except FAILURES as error:
        yield Finding(name, False, f"Slack answers {code_of(error)}", _of_token(code_of(error)))
        return
    yield Finding(name, True, f"works in {answer['team']} ({answer['team_id']})")
    for finding in (*_scopes(answer), *_clock(answer, now())):
        yield finding


async def app_token(client: AsyncWebClient, token: str) -> Finding:
    """Look whether a socket could be opened; none is."""
    try:
        await client.apps_connections_open(app_token=token)
    except FAILURES as error:
        mend = f"Make an app token with {SOCKET_SCOPE} under Basic Information, and enable Socket Mode."
        return Finding("Socket Mode", False, f"Slack answers {code_of(error)}", mend)
    return Finding("Socket Mode", True, "a connection can be opened")


def signing_secret(secret: str) -> Finding:
    """Look at the form of a signing secret; whether it is the right one shows with the first request only."""
    if _SECRET.fullmatch(secret):
        return Finding("Signing secret", True, "has the form of one; the first request shows whether it is right")
    mend = "Copy 'Signing Secret' under Basic Information; the verification token and the client secret are others."
    return Finding("Signing secret", False, "is not 32 hexadecimal digits", mend)


def _scopes(answer: AsyncSlackResponse) -> Iterator[Finding]:
    granted = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")}
    lacking = missing(granted)
    if not lacking:
        yield Finding("Scopes", True, "all are granted")
    for scope in lacking:
        told = f"{scope.name} is not granted: with it the bot {scope.why}"
        yield Finding("Scopes", scope.optional, told, "Take over the newest manifest, and install the app again.")


def _clock(answer: AsyncSlackResponse, now: datetime) -> Iterator[Finding]:
    """A header that is no date says nothing."""
    try:
        off = abs(parsedate_to_datetime(answer.headers.get("Date", "")) - now)
    except (ValueError, TypeError):
        return
    told = f"{off.total_seconds():.0f} s from Slack's"
    if off <= SKEW:
        yield Finding("Clock", True, told)
    else:
        yield Finding("Clock", False, told, "Let this machine set its clock by the network (NTP).")


def _of_token(code: str) -> str:
    if code in ("invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"):
        return "Copy 'Bot User OAuth Token' (xoxb-…) under OAuth & Permissions, after the app was installed."
    return "Look whether this machine reaches MENTRONOME_SLACK_API_URL, through a proxy if there is one."
