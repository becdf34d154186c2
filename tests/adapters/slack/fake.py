"""A small Slack: a workspace with people, their conversations with one app and their windows, behind a real socket.

It refuses what Slack refuses, as far as an app can run into it, and can be told to fail in the ways that Slack does.
Its own time is passed in.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import httpx
from aiohttp import web

from bot.ports import Clock
from tests.adapters.slack.reading import keep
from tests.adapters.slack.rules import faults_of_message, faults_of_window

Json = dict[str, Any]

TEAM = "T0COMPANY"
TOKEN = "xoxb-of-the-fake"
SECRET = "signing-secret-of-the-fake"
EVENTS = "https://bot.example/slack/events"


class Refused(Exception):
    """Slack's answer is an error code."""


@dataclass
class Fault:
    """How the next call of a method goes wrong.

    `code` is answered with `status` instead of doing anything; `lost` does it and breaks the connection; `silent`
    does it and never answers; `raw` is answered as it is.
    """

    code: str = ""
    status: int = 200
    retry_after: int | None = None
    lost: bool = False
    silent: bool = False
    raw: str = ""


@dataclass
class Message:
    """A message of the app in a conversation, as it stands now."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    metadata: Json = field(default_factory=dict)


@dataclass
class View:
    """A window on a person's screen; `hash` is new with each change."""

    id: str
    hash: str
    content: Json


class FakeSlack:
    """One workspace, and the app that its requests go to."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.app: Any = None
        self.scopes = {"chat:write", "im:write", "im:history", "commands"}
        self.people: dict[str, str] = {}
        self.left: set[str] = set()
        self.messages: list[Message] = []
        self.windows: dict[str, list[View]] = defaultdict(list)
        self.whispers: dict[str, list[Json]] = defaultdict(list)
        self.aloud: list[Json] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.calls: list[tuple[str, Json]] = []
        self._numbers = itertools.count(1)
        self._triggers: dict[str, tuple[str, float]] = {}
        self._replies: dict[str, tuple[str, float, int]] = {}
        self._stopping = asyncio.Event()
        self._methods = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.open": self._open_conversation,
            "conversations.history": self._history,
            "views.open": self._open_view,
            "views.update": self._update_view,
        }

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=2**24)
        server.router.add_route("*", "/api/{method}", self._api)
        server.router.add_post("/respond/{reply}", self._respond)
        self._runner = web.AppRunner(server)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """Where the web API is."""
        return f"{self.url}/api/"

    def join(self, name: str) -> str:
        """Let a person join the workspace; return their id."""
        user = f"U0{len(self.people) + 1:06d}"
        self.people[name] = user
        return user

    def conversation(self, user: str) -> str:
        """Return the id of a person's conversation with the app."""
        return user.replace("U", "D", 1)

    def next_id(self) -> int:
        """Return a number that was not used before."""
        return next(self._numbers)

    def stamp(self) -> str:
        """Return a new time by which Slack names a message."""
        return f"{int(self.clock.now().timestamp())}.{self.next_id():06d}"

    def trigger(self, user: str) -> str:
        """Return a trigger: it opens one window of this person within 3 seconds."""
        trigger = f"{self.next_id()}.2.abcdef"
        self._triggers[trigger] = (user, self.clock.now().timestamp())
        return trigger

    def response_url(self, user: str) -> str:
        """Return an address that takes five replies for this person within half an hour."""
        reply = f"r{self.next_id()}"
        self._replies[reply] = (user, self.clock.now().timestamp(), 5)
        return f"{self.url}/respond/{reply}"

    # What Slack sends to the app

    async def send_event(self, event: Json, event_id: str, retry: int = 0) -> httpx.Response:
        """Send an event of the Events API, signed; `retry` counts the repetitions."""
        body = {
            "token": "legacy",
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(self.clock.now().timestamp()),
            "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
        }
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self.send(json.dumps(body), {"content-type": "application/json", **again})

    async def send_interaction(self, payload: Json) -> httpx.Response:
        """Send a press or a submission, signed."""
        return await self.send_form({"payload": json.dumps(payload)})

    async def send_form(self, fields: dict[str, str]) -> httpx.Response:
        """Send form fields, signed, as slash commands come."""
        return await self.send(urlencode(fields), {"content-type": "application/x-www-form-urlencoded"})

    async def send(self, body: str | bytes, headers: dict[str, str], **changed: str) -> httpx.Response:
        """Send any body, signed; `changed` replaces the timestamp or signature."""
        raw = body.encode() if isinstance(body, str) else body
        timestamp = str(int(time.time()))
        digest = hmac.new(SECRET.encode(), b"v0:%s:%s" % (timestamp.encode(), raw), hashlib.sha256).hexdigest()
        signed = {"timestamp": timestamp, "signature": f"v0={digest}"} | changed
        headers = {
            **headers,
            "X-Slack-Request-Timestamp": signed["timestamp"],
            "X-Slack-Signature": signed["signature"],
        }
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app)) as client:
            return await client.post(
                EVENTS, content=raw, headers={name.encode(): value.encode() for name, value in headers.items()}
            )

    # Windows

    def show(self, user: str, content: Json, *, push: bool = False) -> View:
        """Put a window on a person's screen, in place of all or upon what is there."""
        self._check_window(content)
        stack = self.windows[user]
        if push and len(stack) >= 3:
            raise Refused("push_limit_reached")
        if not push:
            stack.clear()
        view = View(f"V{self.next_id():06d}", self._hash(), content)
        stack.append(view)
        return view

    def redraw(self, view: View, content: Json) -> None:
        """Put something else into a window."""
        self._check_window(content)
        view.content, view.hash = content, self._hash()

    def whisper(self, user: str, message: Json) -> None:
        """Show a message to one person only, unless it says that all may see it or that it replaces another."""
        self._check_message(message)
        private = message.get("response_type", "ephemeral") == "ephemeral" and not message.get("replace_original")
        (self.whispers[user] if private else self.aloud).append(message)

    # The web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given: Json = dict(request.query)
        if request.content_type == "application/json":
            given |= await request.json()
        else:
            given |= dict(await request.post())
        self.calls.append((method, given))
        fault = self.faults[method].pop(0) if self.faults[method] else Fault()
        if fault.raw:
            return web.Response(text=fault.raw, status=fault.status, content_type="text/html")
        if fault.code:
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
            return web.json_response({"ok": False, "error": fault.code}, status=fault.status, headers=headers)
        try:
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                raise Refused("invalid_auth")
            answer = {"ok": True, **self._methods[method](given)}
        except Refused as refused:
            answer = {"ok": False, "error": str(refused)}
        if fault.silent:
            await self._stopping.wait()
        if (fault.lost or fault.silent) and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer)

    async def _respond(self, request: web.Request) -> web.Response:
        user, since, left = self._replies[request.match_info["reply"]]
        if left == 0 or self.clock.now().timestamp() - since > 1800:
            return web.Response(status=404, text="used_url")
        self._replies[request.match_info["reply"]] = (user, since, left - 1)
        message = await request.json()
        try:
            self.whisper(user, message)
        except Refused as refused:
            return web.Response(status=400, text=str(refused))
        return web.Response(text="ok")

    def _post(self, given: Json) -> Json:
        channel = self._channel(given["channel"])
        self._check_message(given)
        message = Message(channel, self.stamp(), given["text"], given["blocks"], given.get("metadata", {}))
        self.messages.append(message)
        return {"channel": channel, "ts": message.ts}

    def _update(self, given: Json) -> Json:
        message = self._message(given)
        self._check_message(given)
        message.text, message.blocks = given["text"], given["blocks"]
        message.metadata = given.get("metadata", message.metadata)
        return {"channel": message.channel, "ts": message.ts}

    def _delete(self, given: Json) -> Json:
        message = self._message(given)
        self.messages.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    def _open_conversation(self, given: Json) -> Json:
        return {"channel": {"id": self._channel(given["users"])}}

    def _history(self, given: Json) -> Json:
        if "im:history" not in self.scopes:
            raise Refused("missing_scope")
        if not given["channel"].startswith("D"):
            raise Refused("channel_not_found")
        shown = [message for message in reversed(self.messages) if message.channel == given["channel"]]
        with_metadata = str(given.get("include_all_metadata", "")).lower() in ("1", "true")
        return {
            "messages": [
                {"type": "message", "ts": message.ts, "text": message.text}
                | ({"metadata": message.metadata} if with_metadata and message.metadata else {})
                for message in shown[: int(given["limit"])]
            ]
        }

    def _open_view(self, given: Json) -> Json:
        user, since = self._triggers.pop(given["trigger_id"], ("", 0.0))
        if not user:
            raise Refused("exchanged_trigger_id")
        if self.clock.now().timestamp() - since > 3:
            raise Refused("expired_trigger_id")
        view = self.show(user, given["view"])
        return {"view": {"id": view.id, "hash": view.hash}}

    def _update_view(self, given: Json) -> Json:
        view = self._view(given)
        if given.get("hash", view.hash) != view.hash:
            raise Refused("hash_conflict")
        self.redraw(view, {**given["view"], "external_id": view.content.get("external_id", "")})
        return {"view": {"id": view.id, "hash": view.hash}}

    # Looking things up

    def _channel(self, channel: str) -> str:
        user = channel.replace("D", "U", 1)
        if user not in self.people.values():
            raise Refused("channel_not_found")
        if user in self.left:
            raise Refused("user_disabled")
        return self.conversation(user)

    def _message(self, given: Json) -> Message:
        """Unlike posting, this does not take a person's id for a channel."""
        if not given["channel"].startswith("D"):
            raise Refused("channel_not_found")
        for message in self.messages:
            if (message.channel, message.ts) == (given["channel"], given["ts"]):
                return message
        raise Refused("message_not_found")

    def _view(self, given: Json) -> View:
        for view in itertools.chain(*self.windows.values()):
            if "view_id" in given and view.id == given["view_id"]:
                return view
            if "external_id" in given and view.content.get("external_id") == given["external_id"]:
                return view
        raise Refused("not_found")

    def _hash(self) -> str:
        return f"{self.next_id()}.hash"

    def _check_message(self, message: Json) -> None:
        if faults_of_message(message):
            raise Refused("invalid_blocks")
        keep({"text": message["text"], "blocks": message["blocks"]})

    def _check_window(self, content: Json) -> None:
        if faults_of_window(content):
            raise Refused("invalid_arguments")
        keep(content)
