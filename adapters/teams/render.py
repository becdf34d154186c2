"""Cards as Adaptive Cards: one message each, or several where one would be too large for Teams."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from adapters.teams.buttons import action_sets
from adapters.teams.limits import BODY_BYTES, PIECE_CHARACTERS, SPOKEN_CHARACTERS, SUMMARY_CHARACTERS
from adapters.teams.text import Json, block, line, pieces, run, size
from bot.messages import Card, Fact, Quote, Section

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class Page:
    """The card of one message, and what a notification shows of it."""

    content: Json
    summary: str


def pages(card: Card, delivery_id: str = "", in_dialog: bool = False) -> list[Page]:
    """Return a card as one page, or as several to be sent one after the other; there is always one.

    `delivery_id` comes back with each press. In a dialog buttons are of another sort.
    """
    bodies = list(_filled(_elements(card, delivery_id, in_dialog))) or [[]]
    return [page(body, card.summary) for body in bodies]


def page(body: Sequence[Json], summary: str, actions: Sequence[Json] = ()) -> Page:
    """Return a page with elements and actions, and what is read out or shown where cards are not."""
    summary = shortened(summary, SUMMARY_CHARACTERS)
    spoken = shortened(" ".join(_runs(body)), SPOKEN_CHARACTERS) or summary
    content: Json = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "fallbackText": spoken,
        "speak": spoken,
        "body": list(body),
    }
    if actions:
        content["actions"] = list(actions)
    return Page(content, summary)


def attachment(content: Json) -> Json:
    """Return a card as Teams wants it in a dialog."""
    return {"contentType": CARD, "content": content}


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _elements(card: Card, delivery_id: str, in_dialog: bool) -> Iterator[Json]:
    for number, section in enumerate(card.sections):
        actions = action_sets(section.buttons, delivery_id, in_dialog, section.links)
        elements = [*_section(section), *actions]
        if number and elements:
            elements[0] = {**elements[0], "separator": True, "spacing": "Large"}
        yield from elements
    yield from action_sets(card.footer, delivery_id, in_dialog)
    yield from block(card.note, size="Small", isSubtle=True)


def _section(section: Section) -> Iterator[Json]:
    yield from block(section.title, weight="Bolder", size="Medium")
    yield from block(section.text)
    for fact in section.facts:
        yield from _fact(fact)
    for quote in section.quotes:
        yield from _quote(quote)


def _fact(fact: Fact) -> Iterator[Json]:
    if len(fact.label) + len(fact.value) > PIECE_CHARACTERS:
        yield from [*block(fact.label, weight="Bolder"), *block(fact.value)]
    else:
        yield line(run(f"{fact.label}: ", weight="Bolder"), run(fact.value), spacing="Small")


def _quote(quote: Quote) -> Iterator[Json]:
    """Yield boxes with a person's words, above the first what was asked, and under the last whose they are."""
    boxes = [[line(run(piece))] for piece in pieces(quote.words)] or [[]]
    boxes[0] = [*block(quote.asked, size="Small", weight="Bolder"), *boxes[0]]
    boxes[-1] += block(quote.by, size="Small", isSubtle=True)
    for items in boxes:
        if items:
            yield {"type": "Container", "style": "emphasis", "items": items}


def _filled(elements: Iterable[Json]) -> Iterator[list[Json]]:
    """Fill bodies one after the other, none of them larger than a message takes."""
    body: list[Json] = []
    room = BODY_BYTES
    for element in elements:
        needed = size([element])
        if body and needed > room:
            yield body
            body, room = [], BODY_BYTES
        body.append(element)
        room -= needed
    if body:
        yield body


def _runs(elements: Iterable[Json]) -> Iterator[str]:
    for element in elements:
        for inline in element.get("inlines", ()):
            yield inline["text"]
        yield from _runs(element.get("items", ()))
