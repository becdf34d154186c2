"""Socket Mode of the fake Slack: connections by single-use tickets, envelopes, and connections that fall silent."""

import asyncio
import itertools
import json
from collections.abc import Callable

from aiohttp import WSMsgType, web

from tests.adapters.slack.things import Json, Refused


class Sockets:
    """All connections of one app. A `silent` one stands, and answers nothing, pings neither.

    As many connections as are `refused` fail with their ticket used.
    """

    def __init__(self, app_token: str) -> None:
        self.silent = False
        self.refused = 0
        self.acknowledged: dict[str, Json] = {}
        self.opened = 0
        self._app_token = app_token
        self._numbers = itertools.count(1)
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._changed = asyncio.Condition()

    def ticket(self, authorization: str) -> str:
        """Return what opens one connection."""
        if authorization != f"Bearer {self._app_token}":
            raise Refused("invalid_auth")
        ticket = f"ticket{next(self._numbers)}"
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Take a connection, and what comes by it, until it is closed."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        if self.refused:
            self.refused -= 1
            return web.Response(status=503)
        connection = web.WebSocketResponse(autoping=False)
        await connection.prepare(request)
        self._connections.append(connection)
        self.opened += 1
        await connection.send_json({"type": "hello", "num_connections": len(self._connections)})
        await self._tell()
        async for message in connection:
            if self.silent:
                continue
            if message.type is WSMsgType.PING:
                await connection.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                self.acknowledged[answer["envelope_id"]] = answer.get("payload") or {}
                await self._tell()
        self._connections.remove(connection)
        return connection

    async def send(self, kind: str, payload: Json, envelope: str = "", retry: int = 0) -> str:
        """Send an envelope by the newest connection; return its id."""
        envelope = envelope or f"envelope{next(self._numbers)}"
        again = {"retry_attempt": retry, "retry_reason": "timeout"} if retry else {}
        body = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True, **again}
        await self._connections[-1].send_json(body)
        return envelope

    async def answer(self, envelope: str) -> Json:
        """Wait for the acknowledgement of an envelope."""
        await self.until(lambda: envelope in self.acknowledged)
        return self.acknowledged[envelope]

    async def ask_to_reconnect(self) -> None:
        """Tell the app that its connection is about to end, as Slack does every few hours."""
        await self._connections[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def close(self) -> None:
        """Close all connections, as when Slack restarts."""
        for connection in list(self._connections):
            await connection.close()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so, which a connection or an acknowledgement may bring about."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(true)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
