"""Draws a card."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from adapters.web.elements import block, button, words
from bot.messages import Button, Card, Fact, Link, Quote, Section

Press = Callable[[Button, ui.button], Awaitable[None]]
"""Is told which button was pressed, and by which control on the page."""


def draw(card: Card, press: Press) -> None:
    """Add a card to what is being drawn."""
    for section in card.sections:
        _section(section, press)
    if card.note:
        words(card.note, css="note")
    _buttons(card.footer, press, "buttons footer")


def _section(section: Section, press: Press) -> None:
    with block("part"):
        if section.title:
            words(section.title, "h3")
        if section.text:
            words(section.text, css="text")
        _facts(section.facts)
        for quote in section.quotes:
            _quote(quote)
        _buttons(section.buttons, press, "buttons", section.links)


def _facts(facts: Sequence[Fact]) -> None:
    if facts:
        with block("facts", "dl"):
            for fact in facts:
                with block("fact"):
                    words(fact.label, "dt")
                    words(fact.value, "dd")


def _quote(quote: Quote) -> None:
    with block("quote", "blockquote"):
        if quote.asked:
            words(quote.asked, css="asked")
        words(quote.words, css="quoted")
        if quote.by:
            words(quote.by, "cite")


def _buttons(buttons: Sequence[Button], press: Press, css: str, links: Sequence[Link] = ()) -> None:
    if buttons or links:
        with block(css):
            for shown in buttons:
                _button(shown, press)
            for link in links:
                _link(link)


def _button(shown: Button, press: Press) -> None:
    control = button(shown.label, shown.style or "plain")
    control.on_click(lambda: press(shown, control))


def _link(link: Link) -> None:
    words(link.label, "a", "button link").props.update(href=link.url, target="_blank", rel="noopener")
