"""The keys with which the Bot Connector signs: fetched when they are needed, and kept for a day."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import structlog

from bot.ports import Clock

ALGORITHM = "RS256"
KEPT = timedelta(hours=24)
"""How long keys are taken as they are (Microsoft Learn, 'Authenticate requests with the Bot Connector')."""
PAUSE = timedelta(minutes=1)
"""How long nothing is fetched after asking in vain, so that made-up tokens cannot make us ask all the time."""
TIMEOUT = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels for which it may sign."""

    public: Any
    endorsements: tuple[str, ...]


class SigningKeys:
    """Finds keys by their id. `metadata_url` is the OpenID document that says where they are."""

    def __init__(self, metadata_url: str, http: httpx.AsyncClient, clock: Clock) -> None:
        self._metadata_url = metadata_url
        self._http = http
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._fresh_until = self._quiet_until = datetime.min.replace(tzinfo=UTC)
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str) -> Key | None:
        """Return a key, or None where there is no such key, or it cannot be had.

        An unknown id makes us ask again. While the keys' server does not answer, keys once fetched are still good.
        """
        if self._outdated(key_id):
            async with self._fetching:
                if self._outdated(key_id):
                    await self._fetch(key_id)
        return self._keys.get(key_id)

    def endorsed(self, channel: str) -> bool:
        """Tell whether any key that was fetched may sign for a channel."""
        return any(channel in key.endorsements for key in self._keys.values())

    def _outdated(self, key_id: str) -> bool:
        now = self._clock.now()
        return now >= self._quiet_until and (key_id not in self._keys or now >= self._fresh_until)

    async def _fetch(self, key_id: str) -> None:
        now = self._clock.now()
        try:
            metadata = await self._json(self._metadata_url)
            self._keys = dict(_read(await self._json(metadata["jwks_uri"])))
            self._fresh_until = now + KEPT
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as error:
            log.warning("signing keys could not be fetched", error=type(error).__name__)
            self._quiet_until = now + PAUSE
        if key_id not in self._keys:
            self._quiet_until = now + PAUSE

    async def _json(self, url: str) -> Any:
        answer = await self._http.get(url, timeout=TIMEOUT)
        return answer.raise_for_status().json()


def _read(document: Any) -> Iterator[tuple[str, Key]]:
    """Yield the keys of a key document that we can use; others are passed over."""
    for entry in document["keys"]:
        try:
            public = jwt.PyJWK.from_dict(entry, ALGORITHM).key
            yield str(entry["kid"]), Key(public, tuple(entry.get("endorsements", ())))
        except (jwt.PyJWTError, ValueError, LookupError, TypeError, AttributeError):
            log.warning("a signing key could not be read")
