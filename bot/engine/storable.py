"""What no database holds is left out of what people write, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.messages import Event

NUL = "\0"
"""The one sign that no text in PostgreSQL can hold; nobody types it, and no screen shows it."""


def storable(event: Event) -> Event:
    """Return an event without any `NUL`, whether it was typed, filled into a form, or is of a name or an id."""
    return replace(event, **_parts(event))


def _parts(whole: Any) -> dict[str, Any]:
    return {one.name: _without(getattr(whole, one.name)) for one in fields(whole)}


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(NUL, "")
    if isinstance(value, tuple):
        return tuple(map(_without, value))
    if isinstance(value, Mapping):
        return {_without(key): _without(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_parts(value))
    return value
