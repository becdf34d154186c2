"""Identifiers: made by us before a row is saved, because buttons carry them."""

from uuid import uuid4


def new_id() -> str:
    """Return a fresh random identifier of 32 hexadecimal characters, unguessable and free of meaning."""
    return uuid4().hex
