"""Identifiers: made by us before a row is saved, because buttons carry them."""

from itertools import count
from uuid import uuid4

_made = count()


def new_id() -> str:
    """Return a fresh random identifier of 32 hexadecimal characters, unguessable and free of meaning."""
    return uuid4().hex


def next_id() -> str:
    """Return a fresh identifier of 32 characters that sorts behind all that this process has made before."""
    return f"{next(_made):012x}{uuid4().hex[:20]}"
