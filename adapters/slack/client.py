"""The one connection to Slack's web API: one session for all calls, time-outs, and no retry behind our back."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

ANSWERS_WITHIN = 10.0
"""Seconds until a call counts as unanswered; the trigger of a window is long dead by then."""

CONNECTS_WITHIN = 5.0
"""Seconds until Slack counts as unreachable; nothing has been sent by then."""

quiet = logging.getLogger(f"{__name__}.library")
quiet.setLevel(logging.WARNING)
"""The library's own log, never below warnings: on debug it shows whole messages."""


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
