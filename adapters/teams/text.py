"""Words that come out as they were typed, in any Teams client.

A TextBlock and a FactSet are Markdown, and a backslash does not escape there on phones
(https://github.com/microsoft/AdaptiveCards/issues/5590). A TextRun is not: what stands in it is shown. Only three
things are still read as something else by a client or on the way to it: `{{DATE(…)}}`, tags and mentions. A zero
width space, which nobody sees, keeps them apart.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from adapters.teams.limits import PIECE_CHARACTERS

Json = dict[str, Any]

INVISIBLE = "\u200b"
_ENDS_A_LINE = ("br", "p", "div", "li", "h1", "h2", "h3", "blockquote", "tr")
_OPENS = re.compile(r"<(?=[A-Za-z/])|\{(?=\{)")


def literal(text: str) -> str:
    """Return a text that a client shows as `text`."""
    return _OPENS.sub(lambda sign: sign[0] + INVISIBLE, text)


def run(text: str, **style: object) -> Json:
    """Return a stretch of text with its style, to stand in a line."""
    return {"type": "TextRun", "text": literal(text), **style}


def line(*runs: Json, **style: object) -> Json:
    """Return a block of text, which may have several lines."""
    return {"type": "RichTextBlock", "inlines": list(runs), **style}


def block(text: str, **style: object) -> list[Json]:
    """Return a text as blocks: one, or several where it is very long; none where it is empty."""
    return [line(run(piece, **style)) for piece in pieces(text)]


def pieces(text: str) -> Iterator[str]:
    """Cut a text so that each piece fits into an element, after a space where there is one; nothing gets lost."""
    while len(text) > PIECE_CHARACTERS:
        space = max(text.rfind(mark, 0, PIECE_CHARACTERS) for mark in "\n ")
        end = space + 1 if space > PIECE_CHARACTERS // 2 else PIECE_CHARACTERS
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def size(payload: object) -> int:
    """Return how many bytes something takes as JSON in UTF-16, which is how Teams counts."""
    return len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))


def from_html(markup: str) -> str:
    """Return the words of a message that Teams hands over as HTML, one paragraph a line."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return "\n".join(filter(None, map(str.strip, "".join(reader.found).split("\n"))))


class _Words(HTMLParser):
    """Collects the text of a document; entities come as the characters that they stand for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(" ".join(data.replace("\xa0", " ").split("\n")))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _ENDS_A_LINE:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDS_A_LINE:
            self.found.append("\n")
