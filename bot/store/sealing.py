"""Sealing: what people write is stored encrypted, and bound to the row that it stands in."""

import hmac
import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_ID = 4
_NONCE = 12


class Unsealable(Exception):
    """A sealed text that none of the keys opens, or that was moved to another row or changed."""


class Sealer:
    """Seals with the first of several keys of 32 bytes, and opens with any of them.

    A sealed text is the key's id (4 bytes), a nonce (12 bytes) and what AES-GCM makes of the text, with the row's id
    as associated data: moved to another row it does not open.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)
        self._ciphers = {sha256(key).digest()[:_ID]: AESGCM(key) for key in keys}
        self._first = next(iter(self._ciphers))

    @property
    def key_id(self) -> str:
        """The id, as hexadecimal digits, of the key that seals."""
        return self._first.hex()

    def marks(self, text: str) -> tuple[str, ...]:
        """Return a mark of a text by each key, the first one's first; without the key nobody finds the text by it.

        It is HMAC with SHA-256: unlike what is sealed, the mark of a text is always the same.
        """
        return tuple(hmac.digest(key, b"mark:" + text.encode(), "sha256").hex() for key in self._keys)

    def seal(self, text: str, row_id: str) -> bytes:
        """Return `text` sealed for one row."""
        nonce = os.urandom(_NONCE)
        plain = text.encode("utf-8", "surrogatepass")
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, plain, row_id.encode())

    def open(self, sealed: bytes, row_id: str) -> str:
        """Return the text that was sealed for one row.

        Raises:
            Unsealable: it was sealed with another key or for another row, or is damaged.
        """
        key_id, nonce, sealed_text = sealed[:_ID], sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
        try:
            plain = self._ciphers[key_id].decrypt(nonce, sealed_text, row_id.encode())
        except (KeyError, InvalidTag, ValueError) as error:
            raise Unsealable(f"row {row_id}, key {key_id.hex()}") from error
        return plain.decode("utf-8", "surrogatepass")
