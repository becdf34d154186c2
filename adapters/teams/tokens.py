"""Tokens: those that come in are checked by our own code, and one that goes out is kept while it lasts.

What is checked is what Microsoft demands of a bot (Microsoft Learn, 'Authenticate requests from the Bot Connector
service to your bot').
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt

from adapters.teams.keys import ALGORITHM, TIMEOUT, SigningKeys
from bot.ports import Clock, SendFailed

ISSUERS = ("https://api.botframework.com", "https://api.botframework.us")
"""Who signs for the Bot Connector, worldwide and for the US government; never an emulator, never another bot."""
SKEW = timedelta(minutes=5)
SCOPE = "https://api.botframework.com/.default"
IDENTITY_URL = "http://169.254.169.254/metadata/identity/oauth2/token"
"""Where a machine in Azure asks who it is; the address leads no further than to its host."""
UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, RecursionError)


class Unauthorized(Exception):
    """A request that is not proved to come from the Bot Connector; its text is a short reason."""


class Verifier:
    """Checks that a request comes from the Bot Connector, and is meant for this bot."""

    def __init__(self, app_id: str, keys: SigningKeys, clock: Clock) -> None:
        self._app_id = app_id
        self._keys = keys
        self._clock = clock

    async def verify(self, authorization: str | None, activity: Mapping[str, object]) -> None:
        """Return if the header vouches for the activity.

        Raises:
            Unauthorized: it does not, whatever the cause.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorized("no bearer token")
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise Unauthorized("signed by an unknown key")
        claims = self._claims(token, key.public)
        self._in_time(claims)
        if not activity.get("serviceUrl") or claims.get("serviceurl") != activity["serviceUrl"]:
            raise Unauthorized("meant for another service url")
        if activity.get("channelId") not in key.endorsements:
            raise Unauthorized("the key does not vouch for this channel")

    def _claims(self, token: str, key: Any) -> dict[str, Any]:
        """Return what a token says, with its signature, issuer and audience checked, but not its times."""
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=self._app_id,
                issuer=ISSUERS,
                options={
                    "require": ["exp", "iss", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except UNREADABLE as error:
            raise Unauthorized(type(error).__name__) from None

    def _in_time(self, claims: Mapping[str, Any]) -> None:
        """Compare a token's times with our clock, which PyJWT cannot be given."""
        now = self._clock.now()
        if not _number(claims["exp"]) or claims["exp"] <= (now - SKEW).timestamp():
            raise Unauthorized("expired")
        starts = claims.get("nbf", 0)
        if not _number(starts) or starts > (now + SKEW).timestamp():
            raise Unauthorized("not valid yet")


Asking = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
"""Asks once for a token, by one request."""


def by_secret(app_id: str, password: str, tenant: str, login_url: str) -> Asking:
    """Return how the bot asks for a token with a client secret."""
    url = f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
    proof = {"grant_type": "client_credentials", "client_id": app_id, "client_secret": password, "scope": SCOPE}
    return lambda http: http.post(url, data=proof, timeout=TIMEOUT)


def by_identity(app_id: str, identity_url: str = IDENTITY_URL) -> Asking:
    """Return how the bot asks for a token with the managed identity of the machine that it runs on, in Azure.

    Microsoft Learn, 'How to use managed identities on an Azure VM to acquire an access token'.
    """
    asked = {"api-version": "2018-02-01", "resource": SCOPE.removesuffix("/.default"), "client_id": app_id}
    return lambda http: http.get(identity_url, params=asked, headers={"Metadata": "true"}, timeout=TIMEOUT)


def proof(app_id: str, password: str, tenant: str, login_url: str) -> Asking:
    """Return how the bot proves to be its app: with a client secret, or without one by its machine's identity."""
    return by_secret(app_id, password, tenant, login_url) if password else by_identity(app_id)


class OutgoingToken:
    """The bot's own token towards the Bot Connector: asked for once, and again before it runs out."""

    def __init__(self, asking: Asking, http: httpx.AsyncClient, clock: Clock) -> None:
        self._asking = asking
        self._http = http
        self._clock = clock
        self._renew_at = datetime.min.replace(tzinfo=UTC)
        self._fetching = asyncio.Lock()
        self.value = ""

    async def get(self) -> str:
        """Return a token that is good for the next minutes.

        Raises:
            SendFailed: none was given, for now.
        """
        async with self._fetching:
            if self._clock.now() >= self._renew_at:
                await self._fetch()
        return self.value

    def forget(self) -> None:
        """Ask for a new token the next time, since this one was refused."""
        self._renew_at = datetime.min.replace(tzinfo=UTC)

    async def _fetch(self) -> None:
        now = self._clock.now()
        try:
            answer = await self._asking(self._http)
            given = answer.raise_for_status().json()
            lasts = timedelta(seconds=float(given["expires_in"]))
            self.value, self._renew_at = str(given["access_token"]), now + lasts * 0.9
        except (httpx.HTTPError, ValueError, LookupError, TypeError, OverflowError) as error:
            raise SendFailed("no_token", retry_after=30.0) from error


def _key_id(token: str) -> str:
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
    except UNREADABLE as error:
        raise Unauthorized(type(error).__name__) from None
    if not isinstance(key_id, str):
        raise Unauthorized("names no key")
    return key_id


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
