"""Cards and events as JSON text and back, exactly as they were."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from bot.messages import Button, Card, Event, Filled, Pressed, Submitted, Typed, Values
from bot.ports import Choice, Kept, Quoted

_CHOICE = "?"
"""Where the last choice stands among the answers of a draft; no field of a form has this name."""

_KEPT = "!"
"""Where other half typed forms stand there; nor has any this name."""

_QUOTED = ">"
"""Where the words of a message stand there that wait for a form."""

_EVENTS: dict[str, type[Event]] = {"typed": Typed, "pressed": Pressed, "submitted": Submitted, "filled": Filled}


def card_to_json(card: Card) -> str:
    """Write a card."""
    return json.dumps(card, default=_fields)


def card_from_json(text: str) -> Card:
    """Read a card; a field that is new since it was written has its default."""
    card: Card = _read(Card, json.loads(text))
    return card


def event_to_json(event: Event) -> str:
    """Write an event, with its kind."""
    kind = next(name for name, form in _EVENTS.items() if isinstance(event, form))
    return json.dumps([kind, event], default=_fields)


def event_from_json(text: str) -> Event:
    """Read an event."""
    kind, fields = json.loads(text)
    event: Event = _read(_EVENTS[kind], fields)
    return event


def values_to_json(values: Values) -> str:
    """Write the answers to a form."""
    return json.dumps(dict(values))


def values_from_json(text: str) -> dict[str, str | tuple[str, ...]]:
    """Read the answers to a form."""
    values: dict[str, str | tuple[str, ...]] = _read(Mapping, json.loads(text))
    return values


def draft_to_json(
    values: Values, choice: Choice | None, kept: Sequence[Kept] = (), quoted: Quoted | None = None
) -> str:
    """Write what was filled in, what was offered last, what waits behind it, and what waits for a form."""
    offered = {_CHOICE: json.dumps([choice.at.isoformat(), choice.buttons], default=_fields)} if choice else {}
    waiting = {_KEPT: json.dumps(kept, default=_fields)} if kept else {}
    words = {_QUOTED: (quoted.words, quoted.at.isoformat())} if quoted else {}
    return values_to_json(dict(values) | offered | waiting | words)


def draft_from_json(
    text: str,
) -> tuple[dict[str, str | tuple[str, ...]], Choice | None, tuple[Kept, ...], Quoted | None]:
    """Read what was filled in, what was offered last, what waits behind it, and what waits for a form."""
    values = values_from_json(text)
    offered, waiting, words = values.pop(_CHOICE, None), values.pop(_KEPT, None), values.pop(_QUOTED, None)
    quoted = Quoted(words[0], datetime.fromisoformat(words[1])) if words else None
    kept: tuple[Kept, ...] = _read(tuple[Kept, ...], json.loads(str(waiting))) if waiting else ()
    if offered is None:
        return values, None, kept, quoted
    at, buttons = json.loads(str(offered))
    return values, Choice(_read(tuple[Button, ...], buttons), datetime.fromisoformat(at)), kept, quoted


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _read(kind: Any, data: Any) -> Any:
    """Build what the type `kind` says from JSON; lists are tuples, everywhere."""
    if isinstance(kind, type) and is_dataclass(kind):
        types = _types(kind)
        return kind(**{name: _read(types[name], value) for name, value in data.items() if name in types})
    if isinstance(data, list):
        inner = get_args(kind)[0] if get_origin(kind) is tuple else str
        return tuple(_read(inner, item) for item in data)
    if isinstance(data, dict):
        return {name: _read(str, value) for name, value in data.items()}
    return data


@lru_cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
