"""Microsoft's side on this machine: a signing key, tokens, and a Bot Connector that answers every call at once."""

import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from benchmarks.load import Request

APP_ID = "2d5c1b1e-7d5f-4a53-9d2b-6f6f3c0a9a01"
TENANT = "8f2f6a34-54b4-4d2d-8f4e-0c3b7f0e7c11"
PATH = "/api/messages"


class LocalTeams:
    """A tenant whose people write to the bot."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._numbers = itertools.count(1)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[dict[str, str]]:
        """Listen on a free port; yield the settings that lead there."""
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_route("*", "/emea/{call:.*}", self._called)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._bearer = f"Bearer {self._signed()}"
        try:
            yield {
                "TEAMS_APP_ID": APP_ID,
                "TEAMS_APP_PASSWORD": "the-client-secret",
                "TEAMS_TENANT_ID": TENANT,
                "TEAMS_OPENID_METADATA_URL": f"{self._url}/openid",
                "TEAMS_LOGIN_URL": f"{self._url}/login",
                "TEAMS_LOCAL": "true",
            }
        finally:
            await runner.cleanup()

    def message(self, user: str, text: str) -> Request:
        """Return a message that somebody types to the bot; as Teams does, one token vouches for many."""
        number = next(self._numbers)
        activity = {
            "type": "message",
            "id": f"{number}",
            "timestamp": "2027-03-15T08:00:00.123Z",
            "localTimestamp": "2027-03-15T09:00:00.123+01:00",
            "localTimezone": "Europe/Berlin",
            "serviceUrl": f"{self._url}/emea/",
            "channelId": "msteams",
            "from": {"id": f"29:{user}", "name": "Ana Sample", "aadObjectId": user},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{user}"},
            "recipient": {"id": f"28:{APP_ID}", "name": "Mentronome"},
            "entities": [{"type": "clientInfo", "locale": "en-US", "timezone": "Europe/Berlin", "platform": "Web"}],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-US",
            "textFormat": "plain",
            "text": text,
        }
        headers = {"Authorization": self._bearer, "Content-Type": "application/json"}
        return Request(PATH, json.dumps(activity).encode(), headers)

    def _signed(self) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://api.botframework.com",
            "aud": APP_ID,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": f"{self._url}/emea/",
        }
        return jwt.encode(claims, self._key, "RS256", {"kid": "key-1"})

    async def _openid(self, request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self._url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return web.json_response({"keys": [{**public, "kid": "key-1", "endorsements": ["msteams"]}]})

    async def _token(self, request: web.Request) -> web.Response:
        return web.json_response({"access_token": "a-token", "expires_in": 3600})

    async def _called(self, request: web.Request) -> web.Response:
        return web.json_response({"id": f"1:{next(self._numbers)}"}, status=201)
