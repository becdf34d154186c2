"""Slack on this machine: it signs what it sends, answers every call at once, and notes what was posted when."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from urllib.parse import urlencode

from aiohttp import web

from benchmarks.load import Request
from bot.simulation.company import WORKSPACE

SECRET = "signing-secret"
PATH = "/slack/events"


class LocalSlack:
    """A workspace with some people. `posts` are the channels that were posted to, each with the moment."""

    def __init__(self, people: Sequence[str]) -> None:
        self._people = people
        self._numbers = itertools.count(1)
        self.posts: list[tuple[str, float]] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[dict[str, str]]:
        """Listen on a free port; yield the settings that lead there."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._called)
        app.router.add_post("/respond", self._responded)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield {
                "SLACK_API_URL": f"{self._url}/api/",
                "SLACK_BOT_TOKEN": "xoxb-of-this-machine",
                "SLACK_SIGNING_SECRET": SECRET,
            }
        finally:
            await runner.cleanup()

    def message(self, user: str, text: str) -> Request:
        """Return a message that somebody types to the bot."""
        number = next(self._numbers)
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": user,
            "user": user,
            "text": text,
            "ts": f"{int(time.time())}.{number:06d}",
        }
        body = {
            "type": "event_callback",
            "team_id": WORKSPACE,
            "api_app_id": "A0APP",
            "event_id": f"Ev{number:08d}",
            "event": event,
            "event_time": int(time.time()),
            "authorizations": [{"team_id": WORKSPACE, "user_id": "U0BOT", "is_bot": True}],
        }
        return _signed(json.dumps(body).encode(), "application/json")

    def command(self, user: str, text: str) -> Request:
        """Return a slash command."""
        fields = {
            "team_id": WORKSPACE,
            "channel_id": "C0GENERAL",
            "user_id": user,
            "user_name": "ana",
            "command": "/mentoring",
            "text": text,
            "response_url": f"{self._url}/respond",
            "trigger_id": f"{next(self._numbers)}.trigger",
        }
        return _signed(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def _called(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = {**request.query, **await request.post()}
        if request.content_type == "application/json":
            given = await request.json()
        told: dict[str, object] = {"ok": True}
        match method:
            case "auth.test":
                told |= {"team_id": WORKSPACE}
            case "users.list":
                told |= {"members": [_described(user) for user in self._people]}
            case "users.info":
                told |= {"user": _described(str(given["user"]))}
            case "conversations.open":
                told |= {"channel": {"id": str(given["users"])}}
            case "chat.postMessage":
                self.posts.append((str(given["channel"]), perf_counter()))
                told |= {"channel": str(given["channel"]), "ts": f"1.{next(self._numbers):06d}"}
        return web.json_response(told)

    async def _responded(self, request: web.Request) -> web.Response:
        return web.Response(text="ok")


def _described(user: str) -> dict[str, str]:
    return {"id": user, "team_id": WORKSPACE, "real_name": "Ana Sample", "tz": "Europe/Berlin", "locale": "en-US"}


def _signed(body: bytes, kind: str) -> Request:
    at = str(int(time.time()))
    proof = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={proof}"}
    return Request(PATH, body, headers)
