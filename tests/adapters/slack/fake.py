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
from base64 import b64encode
from collections import defaultdict
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

import httpx
from aiohttp import web

from bot.ports import Clock
from tests.adapters.slack.methods import Methods, check_message, check_window
from tests.adapters.slack.sockets import Sockets
from tests.adapters.slack.things import Channel, Fault, Json, Message, Refused, TooFast, View

TEAM = "T0COMPANY"
TOKEN = "xoxb-of-the-fake"
APP_TOKEN = "xapp-of-the-fake"
CLIENT_ID, CLIENT_SECRET = "1.2", "client-secret-of-the-fake"
SECRET = "signing-secret-of-the-fake"
PATH = "/slack/events"
EVENTS = f"https://bot.example{PATH}"
REDIRECT = "https://bot.example/slack/oauth_redirect"


class FakeSlack:
    """One workspace, and the app that its requests go to: an ASGI application, or where one is served."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.app: Any = None
        self.by_socket = False
        self.scopes = {
            *("chat:write", "im:write", "im:history", "commands", "users:read", "users:read.email"),
            *("channels:read", "groups:read", "usergroups:read"),
        }
        self.tokens = {TOKEN: TEAM}
        self.of_organization: list[str] = []
        self.people: dict[str, str] = {}
        self.profiles: dict[str, Json] = {}
        self.teams: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, list[str]] = {}
        self.left: set[str] = set()
        self.messages: list[Message] = []
        self.posted: dict[str, list[datetime]] = defaultdict(list)
        self.windows: dict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.whispers: dict[str, list[Json]] = defaultdict(list)
        self.aloud: list[Json] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.limited: dict[str, int] = {}
        self.calls: list[tuple[str, Json]] = []
        self.codes: dict[str, Json] = {}
        self.requests: list[tuple[bytes, dict[str, str]]] = []
        self.sockets = Sockets(APP_TOKEN)
        self._numbers = itertools.count(1)
        self._triggers: dict[str, tuple[str, float]] = {}
        self._replies: dict[str, tuple[str, float, int]] = {}
        self._stopping = asyncio.Event()

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=2**24)
        server.router.add_route("*", "/api/{method}", self._api)
        server.router.add_post("/respond/{reply}", self._respond)
        server.router.add_get("/link/{ticket}", self.sockets.connect)
        self._runner = web.AppRunner(server)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        await self.sockets.close()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """Where the web API is."""
        return f"{self.url}/api/"

    def join(self, name: str, team: str = TEAM, **flags: object) -> str:
        """Let a person join a workspace; return their id. `flags` are what Slack tells of them besides."""
        user = f"U0{len(self.profiles) + 1:06d}"
        self.people[name] = user
        self.teams[user] = team
        self.profiles[user] = {
            "id": user,
            "team_id": team,
            "name": name.split()[0].lower(),
            "real_name": name,
            "deleted": False,
            "is_bot": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "tz": "Europe/Berlin",
            "locale": "en-US",
            "is_email_confirmed": True,
            "profile": {"real_name": name, "email": f"{'.'.join(name.lower().split())}@company.example"},
            **flags,
        }
        return user

    def channel(self, name: str, *members: str, private: bool = False, with_app: bool = True) -> Channel:
        """Make a channel with members, by Slack's ids of them."""
        made = Channel(f"C0{len(self.channels) + 1:06d}", name, list(members), private, with_app)
        self.channels[made.id] = made
        return made

    async def join_channel(self, channel: Channel, user: str, team: str = TEAM) -> httpx.Response | None:
        """Let somebody join a channel; the app is told if it is in it and may know of it."""
        channel.members.append(user)
        if not channel.with_app or "channels:read" not in self.scopes:
            return None
        told = {"type": "member_joined_channel", "user": user, "channel": channel.id, "channel_type": "C"}
        return await self.send_event({**told, "team": team})

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

    def redeem(self, trigger: str) -> str:
        """Return whose trigger this is, which opens a window once."""
        user, since = self._triggers.pop(trigger, ("", 0.0))
        if not user:
            raise Refused("exchanged_trigger_id")
        if self.clock.now().timestamp() - since > 3:
            raise Refused("expired_trigger_id")
        return user

    def hash(self) -> str:
        """Return a new state of a view."""
        return f"{self.next_id()}.hash"

    def response_url(self, user: str) -> str:
        """Return an address that takes five replies for this person within half an hour."""
        reply = f"r{self.next_id()}"
        self._replies[reply] = (user, self.clock.now().timestamp(), 5)
        return f"{self.url}/respond/{reply}"

    # What Slack sends to the app

    async def send_event(self, event: Json, event_id: str = "", retry: int = 0, team: str = TEAM) -> httpx.Response:
        """Send an event of the Events API, signed; `retry` counts the repetitions."""
        body = {
            "token": "legacy",
            "team_id": team,
            "api_app_id": "A0APP",
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{self.next_id():06d}",
            "event_time": int(self.clock.now().timestamp()),
            "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": "U0BOT", "is_bot": True}],
        }
        if self.by_socket:
            return await self._by_socket("events_api", body, retry)
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self.send(json.dumps(body), {"content-type": "application/json", **again})

    async def send_interaction(self, payload: Json) -> httpx.Response:
        """Send a press or a submission, signed."""
        if self.by_socket:
            return await self._by_socket("interactive", payload)
        return await self.send_form({"payload": json.dumps(payload)})

    async def send_form(self, fields: dict[str, str]) -> httpx.Response:
        """Send form fields, signed, as slash commands come."""
        if self.by_socket:
            return await self._by_socket("slash_commands", dict(fields))
        return await self.send(urlencode(fields), {"content-type": "application/x-www-form-urlencoded"})

    async def _by_socket(self, kind: str, payload: Json, retry: int = 0) -> httpx.Response:
        """Send what would come by HTTP as an envelope, and return what comes back as if it had."""
        answer = await self.sockets.answer(await self.sockets.send(kind, payload, retry=retry))
        return httpx.Response(200, json=answer) if answer else httpx.Response(200)

    async def send(self, body: str | bytes, headers: dict[str, str], **changed: str) -> httpx.Response:
        """Send any body, signed; `changed` replaces the timestamp or signature."""
        raw = body.encode() if isinstance(body, str) else body
        signed = self._signed(raw, str(int(time.time())))
        named = {"timestamp": "X-Slack-Request-Timestamp", "signature": "X-Slack-Signature"}
        headers = headers | signed | {named[name]: value for name, value in changed.items()}
        self.requests.append((raw, headers))
        return await self.replay(self.requests[-1])

    async def replay(self, request: tuple[bytes, dict[str, str]], later: int = 0) -> httpx.Response:
        """Send a request as it was signed, as somebody would who has overheard it, so many seconds later."""
        raw, headers = request
        stamp = headers["X-Slack-Request-Timestamp"]
        if later:
            headers = headers | self._signed(raw, str(int(stamp) - later))
        transport = None if isinstance(self.app, str) else httpx.ASGITransport(app=self.app)
        address = f"{self.app}{PATH}" if isinstance(self.app, str) else EVENTS
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            encoded = {name.encode(): value.encode() for name, value in headers.items()}
            return await client.post(address, content=raw, headers=encoded)

    def _signed(self, raw: bytes, timestamp: str) -> dict[str, str]:
        digest = hmac.new(SECRET.encode(), b"v0:%s:%s" % (timestamp.encode(), raw), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}

    # Windows

    def show(self, user: str, content: Json, *, push: bool = False) -> View:
        """Put a window on a person's screen, in place of all or upon what is there."""
        check_window(content)
        stack = self.windows[user]
        if push and len(stack) >= 3:
            raise Refused("push_limit_reached")
        if not push:
            stack.clear()
        view = View(f"V{self.next_id():06d}", self.hash(), content)
        stack.append(view)
        return view

    def redraw(self, view: View, content: Json) -> None:
        """Put something else into a window; a field that is there again keeps what was written into it."""
        check_window(content)
        names = {block.get("block_id") for block in content["blocks"]}
        view.written = {name: given for name, given in view.written.items() if name in names}
        view.content, view.hash = content, self.hash()

    def whisper(self, user: str, message: Json) -> None:
        """Show a message to one person only, unless it says that all may see it or that it replaces another."""
        check_message(message)
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
        team = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "), "")
        try:
            if team in self.limited:
                raise TooFast(self.limited[team])
            answer = {"ok": True, **self._called(method, given, request.headers.get("Authorization", ""), team)}
        except TooFast as much:
            headers = {"Retry-After": str(much.seconds)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        except Refused as refused:
            answer = {"ok": False, "error": str(refused)}
        if fault.silent:
            await self._stopping.wait()
        if (fault.lost or fault.silent) and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

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

    def _called(self, method: str, given: Json, authorization: str, team: str) -> Json:
        """Three calls need no token of a workspace."""
        match method:
            case "apps.connections.open":
                return {"url": f"{self.url.replace('http', 'ws', 1)}/link/{self.sockets.ticket(authorization)}"}
            case "oauth.v2.access":
                return self._access(given, authorization)
        if not team:
            raise Refused("invalid_auth")
        return Methods(self, team).call(method, given)

    def _access(self, given: Json, authorization: str) -> Json:
        known = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {known}" or given["redirect_uri"] != REDIRECT:
            raise Refused("bad_client_secret")
        if given["code"] not in self.codes:
            raise Refused("invalid_code")
        return self.codes.pop(given["code"])
