"""The connection to Slack's web API: one session for all calls, time-outs, and no retry behind our back."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

ANSWERS_WITHIN = 10.0
"""Seconds until a call counts as unanswered; the trigger of a window is long dead by then."""

CONNECTS_WITHIN = 5.0
"""Seconds until Slack counts as unreachable; nothing has been sent by then."""

PATIENT = 10
"""How often a call that only reads is made again after Slack has asked to wait."""

FAILURES = (SlackApiError, ClientError, TimeoutError)
"""How a call ends that did not work out: refused, broken off, or unanswered."""

quiet = logging.getLogger(f"{__name__}.library")
quiet.setLevel(logging.WARNING)
"""The library's own log, never below warnings: on debug it shows whole messages."""

silent = quiet.getChild("silent")
silent.setLevel(logging.CRITICAL)
"""For parts of the library whose warnings show what opens something: a socket's address, an installation's code."""


@asynccontextmanager
async def connected(
    token: str,
    api_url: str = AsyncWebClient.BASE_URL,
    answers_within: float = ANSWERS_WITHIN,
    connects_within: float = CONNECTS_WITHIN,
) -> AsyncIterator[AsyncWebClient]:
    """Open the web client of one workspace, and close it when done.

    The library retries nothing: its handler for broken connections posts a message again whose answer was lost, and
    the one for rate limits sleeps where the outbox would wait.
    """
    timeout = ClientTimeout(total=answers_within, connect=connects_within)
    async with ClientSession(timeout=timeout) as session:
        yield AsyncWebClient(token, base_url=api_url, session=session, retry_handlers=[], logger=quiet)


class Clients(Protocol):
    """The web clients of all workspaces in which the app is installed."""

    async def of(self, team: str) -> AsyncWebClient | None:
        """Return the client of a workspace; None where the app is not installed there, or no longer."""


class OneWorkspace:
    """`Clients` with one token, for whatever workspace it is of."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def of(self, team: str) -> AsyncWebClient | None:
        """Return the only client."""
        return self._client


def patient(client: AsyncWebClient) -> AsyncWebClient:
    """Return a client for calls that only read and that nobody waits for: where Slack asks to wait, it waits."""
    return AsyncWebClient(
        client.token,
        base_url=client.base_url,
        session=client.session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=PATIENT)],
        logger=quiet,
    )


def code_of(error: Exception) -> str:
    """Return Slack's short reason for a failure, or what kind of failure it is; never what was sent."""
    data = getattr(getattr(error, "response", None), "data", None)
    return str(data.get("error", "unknown")) if isinstance(data, dict) else type(error).__name__
