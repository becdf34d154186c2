"""Words as Slack's text objects, in which nothing that people wrote turns into markup, a mention or a link."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from adapters.slack.limits import BLOCK_JSON, PIECE

Json = dict[str, Any]
"""A part of a payload, ready to be sent."""


def plain(text: str) -> Json:
    """Return words that are shown as they are, `:smile:` too."""
    return {"type": "plain_text", "text": text, "emoji": False}


def escaped(text: str) -> str:
    """Return words for a place that reads Slack's markup, where `<`, `>` and `&` must be escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, limit: int) -> str:
    """Return our own words within a limit, with an ellipsis where some are missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def pieces(text: str, size: int = PIECE) -> Iterator[str]:
    """Cut words into pieces that together are the same words, between words where it can be."""
    while len(text) > size:
        at = max(text.rfind(" ", 0, size), text.rfind("\n", 0, size)) + 1 or size
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def lines(text: str, *, bold: bool = False, quoted: bool = False) -> Iterator[Json]:
    """Return words as elements of rich text, which Slack never parses."""
    kind = "rich_text_quote" if quoted else "rich_text_section"
    for piece in pieces(text):
        yield {"type": kind, "elements": [_span(piece, bold)]}


def labelled(label: str, value: str) -> Iterator[Json]:
    """Return a value behind its label, in one line where both are short."""
    if len(label) + len(value) > PIECE:
        yield from lines(f"{label}: ", bold=True)
        yield from lines(value)
    else:
        value_span = [_span(value, False)] if value else []
        yield {"type": "rich_text_section", "elements": [_span(f"{label}: ", True), *value_span]}


def rich(elements: Iterable[Json]) -> Iterator[Json]:
    """Return blocks of rich text, as few as their size allows."""
    for group in grouped(elements, BLOCK_JSON):
        yield {"type": "rich_text", "elements": group}


def grouped(parts: Iterable[Json], size: int, count: int | None = None) -> Iterator[list[Json]]:
    """Put parts together in their order, up to a size as JSON and a count; a larger part stands alone."""
    group: list[Json] = []
    filled = 0
    for part in parts:
        length = json_size(part)
        if group and (filled + length > size or len(group) == count):
            yield group
            group, filled = [], 0
        group.append(part)
        filled += length
    if group:
        yield group


def json_size(part: Json) -> int:
    """Return how many characters a part takes as JSON, with the comma behind it."""
    return len(json.dumps(part, ensure_ascii=False)) + 2


def _span(text: str, bold: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})
