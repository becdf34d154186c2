"""Socket Mode: Slack's requests come by a connection that the bot opens, so that nothing need be reachable.

The library holds the connection, tells by pings whether it is alive, and opens another where it is not. What it
does not notice is watched here: a connection that stays away is replaced, client and all.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import silent
from adapters.slack.ports import Takes

PINGED_EVERY = 5.0
"""Seconds between two pings; without an answer for four times as long the library opens another connection."""

REPLACED_AFTER = 60.0
"""Seconds after which a connection that is away is given up together with its client."""

Calls = Callable[[], Coroutine[Any, Any, None]]
"""What the library does not tell the type of."""

log = structlog.stdlib.get_logger(__name__)


class Socket:
    """One connection to Slack, for as long as `running` lasts.

    What was answered well is acknowledged by its envelope; Slack sends the rest again. `clock` counts seconds.
    """

    def __init__(
        self,
        app_token: str,
        web: AsyncWebClient,
        takes: Takes,
        *,
        pinged_every: float = PINGED_EVERY,
        replaced_after: float = REPLACED_AFTER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app_token = app_token
        self._web = web
        self._takes = takes
        self._pinged_every = pinged_every
        self._replaced_after = replaced_after
        self._clock = clock
        self._alive_at = clock()
        self._connected = False
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep connected while the block lasts."""
        watching = asyncio.ensure_future(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            await self._close()

    def state(self) -> str:
        """Return 'ok' while the connection is alive, else for how long it has been away."""
        return "ok" if self._connected else f"away for {self._clock() - self._alive_at:.0f} s"

    async def _watch(self) -> None:
        await self._open()
        while True:
            await asyncio.sleep(self._pinged_every / 5)
            before, self._connected = self._connected, await self._is_alive()
            if before is not self._connected:
                log.warning("socket", state=self.state())
            if self._connected:
                self._alive_at = self._clock()
            elif self._clock() - self._alive_at > self._replaced_after:
                log.warning("socket replaced", state=self.state())
                await self._close()
                await self._open()
                self._alive_at = self._clock()

    async def _is_alive(self) -> bool:
        """The library takes a session for connected that has not answered its first ping yet."""
        client = self._client
        return client is not None and client.last_ping_pong_time is not None and bool(await client.is_connected())

    async def _open(self) -> None:
        """Connecting goes on in its own task, however long Slack is away: a wrong token is only logged there."""
        client = self._client = SocketModeClient(
            self._app_token, logger=silent, web_client=self._web, ping_interval=self._pinged_every
        )
        client.socket_mode_request_listeners.append(self._received)
        connect: Calls = client.connect
        self._connecting = asyncio.create_task(connect())

    async def _close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._client is not None:
            close: Calls = self._client.close
            await close()
        self._connected = False

    async def _received(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """The library runs this for each envelope by itself, so that a slow one holds up no other."""
        answer = await self._takes.take(request.payload)
        if answer.status != 200:
            log.warning("envelope not acknowledged", status=answer.status, envelope=request.envelope_id)
            return
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, _told(answer)))


def _told(answer: BoltResponse) -> dict[str, Any] | None:
    """A command may be answered by plain text, everything else is JSON."""
    if not answer.body:
        return None
    if answer.headers.get("content-type", [""])[0].startswith("application/json"):
        told: dict[str, Any] = json.loads(answer.body)
        return told
    return {"text": answer.body}
