"""Cards as messages: blocks for the screen, and a text for notifications that says nothing private."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from adapters.slack.carried import LINK, Carried
from adapters.slack.limits import (
    BLOCK_JSON,
    BUTTON_LABEL,
    BUTTONS_IN_ROW,
    MESSAGE_BLOCKS,
    MESSAGE_JSON,
    PIECE,
)
from adapters.slack.text import Json, escaped, grouped, json_size, labelled, lines, pieces, plain, rich, shortened
from bot.messages import Button, Card, Link, Section


def messages(card: Card, delivery: str = "") -> list[Json]:
    """Return a card as one message, or as several where Slack takes no more in one; each holds `text` and `blocks`.

    Notifications on a desktop take their words from the first block, those on a phone from `text`: both are the
    card's summary. `delivery` is what its buttons tell of where they were.
    """
    summary = shortened(card.summary, PIECE)
    lead: Json = {"type": "context", "elements": [plain(summary)]}
    parts = grouped(blocks(card, delivery), MESSAGE_JSON - json_size(lead), MESSAGE_BLOCKS - 1)
    return [{"text": escaped(summary), "blocks": [lead, *part]} for part in list(parts) or [[]]]


def blocks(card: Card, delivery: str = "") -> Iterator[Json]:
    """Return what a card says and offers, without its summary."""
    for number, section in enumerate(card.sections):
        if number:
            yield {"type": "divider"}
        yield from rich(_words(section))
        yield from _rows([*_buttons(section.buttons, delivery), *_links(section.links)])
    for piece in pieces(card.note):
        yield {"type": "context", "elements": [plain(piece)]}
    yield from _rows(_buttons(card.footer, delivery))


def _words(section: Section) -> Iterator[Json]:
    yield from lines(section.title, bold=True)
    yield from lines(section.text)
    for fact in section.facts:
        yield from labelled(fact.label, fact.value)
    for quote in section.quotes:
        if quote.by:
            yield from lines(f"{quote.by}:")
        yield from lines(quote.asked)
        yield from lines(quote.words, quoted=True)


def _rows(elements: Iterable[Json]) -> Iterator[Json]:
    for row in grouped(elements, BLOCK_JSON, BUTTONS_IN_ROW):
        yield {"type": "actions", "elements": row}


def _buttons(buttons: Sequence[Button], delivery: str) -> Iterator[Json]:
    """Within one block Slack wants each `action_id` once: the second of an action is `action#2`."""
    seen: Counter[str] = Counter()
    for button in buttons:
        seen[button.action] += 1
        number = seen[button.action]
        carried = Carried(button.subject, button.value, button.rev, delivery, button.opens)
        element: Json = {
            "type": "button",
            "text": plain(shortened(button.label, BUTTON_LABEL)),
            "action_id": button.action if number == 1 else f"{button.action}#{number}",
            "value": carried.packed(),
        }
        if button.style in ("primary", "danger"):
            element["style"] = button.style
        yield element


def _links(links: Sequence[Link]) -> Iterator[Json]:
    for number, link in enumerate(links, 1):
        yield {
            "type": "button",
            "text": plain(shortened(link.label, BUTTON_LABEL)),
            "action_id": f"{LINK}#{number}",
            "url": link.url,
        }
