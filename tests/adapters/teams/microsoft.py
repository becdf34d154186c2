"""Microsoft's side, on a real socket: the Bot Connector with its conversations, the login, and the signing keys."""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from math import ceil
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.ports import Clock
from tests.adapters.teams.directory import Directory
from tests.adapters.teams.pace import Pace
from tests.adapters.teams.rendered import keep

Json = dict[str, Any]

APP_ID = "2d5c1b1e-7d5f-4a53-9d2b-6f6f3c0a9a01"
PASSWORD = "the-client-secret"
TENANT = "8f2f6a34-54b4-4d2d-8f4e-0c3b7f0e7c11"
ISSUER = "https://api.botframework.com"
LARGEST = 100 * 1024
CARD = "application/vnd.microsoft.card.adaptive"


@cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    """Keys are slow to make, so that tests share them."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class SigningKey:
    """One key of the Bot Connector."""

    kid: str
    number: int
    endorsements: tuple[str, ...] = ("msteams", "webchat")

    def public(self) -> Json:
        numbers = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(self.number).public_key(), as_dict=True)
        return {**numbers, "kid": self.kid, "use": "sig", "endorsements": list(self.endorsements)}


@dataclass
class Posted:
    """A message of the bot as it stands now; a person who presses a button may see it redrawn."""

    id: str
    activity: Json

    @property
    def card(self) -> Json:
        content: Json = self.activity["attachments"][0]["content"]
        return content

    @card.setter
    def card(self, content: Json) -> None:
        self.activity["attachments"] = [{"contentType": CARD, "content": content}]


@dataclass
class Trouble:
    """What happens to the next message instead: a refusal, or an answer that gets lost after it was taken."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    code: str = "Refused"
    silent: bool = False


class Microsoft:
    """The three services as one server. `url` is where it listens."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.url = ""
        self.keys = [SigningKey("key-1", 1)]
        self.keys_down = False
        self.login_down = False
        self.token_lasts = 3600
        self.tokens: list[str] = []
        self.calls: Counter[str] = Counter()
        self.chats: dict[str, list[Posted]] = {}
        self.trouble: deque[Trouble] = deque()
        self.blocked: set[str] = set()
        self.refuses_updates = False
        self.nonsense = False
        self.patient = asyncio.Event()
        self.directory = Directory()
        self.pace = Pace()

    @property
    def service_url(self) -> str:
        return f"{self.url}/emea/"

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Microsoft"]:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=4 * LARGEST)
        conversation = "/emea/v3/conversations/{chat}"
        activities = conversation + "/activities"
        app.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.post("/login/{tenant}/oauth2/v2.0/token", self._login),
                web.get("/metadata/identity/oauth2/token", self._identity),
                web.post(activities, self._post),
                web.post(activities + "/{id}", self._post),
                web.put(activities + "/{id}", self._put),
                web.post("/emea/v3/conversations", self._create),
                web.get(conversation + "/pagedmembers", self._members),
                web.get(conversation + "/members/{id}", self._member),
            ]
        )
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self.patient.set()
            await runner.cleanup()

    # What the Bot Connector signs

    def bearer(self, *, key: SigningKey | None = None, leave_out: str = "", **changes: Any) -> str:
        """Return an Authorization header for an activity of this service, with claims changed or left out."""
        now = self._clock.now()
        claims: Json = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": int((now - timedelta(minutes=1)).timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
            "serviceurl": self.service_url,
            **changes,
        }
        claims.pop(leave_out, None)
        key = key or self.keys[-1]
        signer, said = jwt.PyJWS(), json.dumps(claims).encode()  # signs whatever is claimed, right or wrong
        return "Bearer " + signer.encode(said, private_key(key.number), "RS256", {"kid": key.kid, "typ": "JWT"})

    async def _openid(self, request: web.Request) -> web.Response:
        self.calls["openid"] += 1
        if self.keys_down:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        self.calls["keys"] += 1
        return web.json_response({"keys": [key.public() for key in self.keys]})

    # What the bot needs to write

    async def _login(self, request: web.Request) -> web.Response:
        self.calls["login"] += 1
        form = await request.post()
        rights = (form["client_id"], form["client_secret"], request.match_info["tenant"], form["scope"])
        if self.login_down or rights != (APP_ID, PASSWORD, TENANT, "https://api.botframework.com/.default"):
            return web.json_response({"error": "invalid_client"}, status=401)
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return web.json_response({"access_token": self.tokens[-1], "expires_in": self.token_lasts})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        self.calls["post"] += 1
        activity = await request.json()
        refused = self._refused(request, activity)
        if refused is not None:
            return refused
        posted = Posted(f"1:{time.monotonic_ns()}", activity)
        self.chats.setdefault(request.match_info["chat"], []).append(posted)
        return await self._answered(request, posted.id)

    async def _identity(self, request: web.Request) -> web.Response:
        """Tell a machine in Azure who it is; without the header somebody else may have sent it here."""
        wanted = {"api-version": "2018-02-01", "resource": "https://api.botframework.com", "client_id": APP_ID}
        if request.headers.get("Metadata") != "true" or dict(request.query) != wanted:
            return web.json_response({"error": "invalid_request"}, status=400)
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return web.json_response({"access_token": self.tokens[-1], "expires_in": str(self.token_lasts)})

    async def _create(self, request: web.Request) -> web.Response:
        """Open the chat with one person; opening it twice gives the same."""
        self.calls["create"] += 1
        asked = await request.json()
        if refused := self._not_now(request):
            return refused
        members = asked.get("members") or []
        whole = asked.get("bot", {}).get("id") == f"28:{APP_ID}" and asked.get("tenantID") == TENANT
        if asked.get("isGroup") is not False or len(members) != 1 or not whole:
            return _error(400, "BadSyntax")
        if members[0]["id"] not in self.directory.entries:
            return _error(400, "BadArgument")
        if not self.directory.may_be_written_to(members[0]["id"]):
            return _error(403, "ForbiddenOperationException")
        chat = f"a:{self.directory.entries[members[0]['id']].aad}"
        return web.json_response({"id": chat}, status=201)

    async def _members(self, request: web.Request) -> web.Response:
        self.calls["members"] += 1
        if refused := self._not_now(request):
            return refused
        members = self.directory.members(request.match_info["chat"])
        if members is None:
            return _error(403, "BotNotInConversationRoster")
        if not 50 <= int(request.query.get("pageSize", 200)) <= 500:
            return _error(400, "BadArgument")
        token = request.query.get("continuationToken", "")
        return web.json_response(self.directory.paged(members, token, TENANT))

    async def _member(self, request: web.Request) -> web.Response:
        self.calls["member"] += 1
        if refused := self._not_now(request):
            return refused
        members = self.directory.members(request.match_info["chat"])
        if members is None:
            return _error(403, "BotNotInConversationRoster")
        found = next((one for one in members if one.id == request.match_info["id"]), None)
        return web.json_response(found.shown(TENANT)) if found else _error(404, "MemberNotFoundInConversation")

    def _not_now(self, request: web.Request) -> web.Response | None:
        """Refuse what has no token, and what trouble was ordered for."""
        if request.headers.get("Authorization") not in [f"Bearer {token}" for token in self.tokens]:
            return _error(401, "Unauthorized")
        if self.trouble and self.trouble[0].status:
            trouble = self.trouble.popleft()
            return _error(trouble.status, trouble.code, trouble.headers)
        return web.json_response({"id": None, "members": 7}) if self.nonsense else None

    async def _put(self, request: web.Request) -> web.StreamResponse:
        self.calls["put"] += 1
        activity = await request.json()
        refused = self._refused(request, activity)
        if refused is not None:
            return refused
        chat = self.chats.get(request.match_info["chat"], [])
        posted = next((one for one in chat if one.id == request.match_info["id"]), None)
        if posted is None:
            return _error(404, "ActivityNotFoundInConversation")
        if self.refuses_updates:
            return _error(405, "MethodNotAllowed")
        posted.activity = activity
        return await self._answered(request, posted.id)

    def _refused(self, request: web.Request, activity: Json) -> web.Response | None:
        if request.match_info["chat"] in self.blocked:
            return _error(403, "MessageWritesBlocked")
        if refused := self._not_now(request):
            return refused
        if wait := self.pace.wait(self._clock.now(), request.match_info["chat"], TENANT):
            return _error(429, "Too many requests", {"Retry-After": str(ceil(wait))})
        text = str(activity).encode("utf-16-le")
        if len(text) > LARGEST:
            return _error(413, "MessageSizeTooBig")
        if activity.get("type") != "message" or not activity.get("attachments"):
            return _error(400, "BadSyntax")
        keep("activity", activity)
        return None

    async def _answered(self, request: web.Request, message_id: str) -> web.StreamResponse:
        """Answer with the message's id, unless the answer gets lost on its way."""
        if not self.trouble:
            return web.json_response({"id": message_id}, status=201)
        trouble = self.trouble.popleft()
        if trouble.silent:
            await self.patient.wait()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "…"}}, status=status, headers=headers)
