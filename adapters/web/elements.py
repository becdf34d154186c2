"""Small parts of a page: plain elements with words in them, times, and controls that wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from babel.dates import format_skeleton, get_timezone
from nicegui import ui
from nicegui.elements.mixins.disableable_element import DisableableElement
from nicegui.elements.mixins.text_element import TextElement

from bot.language import translator


def words(text: str, tag: str = "p", css: str = "") -> TextElement:
    """Add words in an element of their own; they are shown as they are and never read as markup."""
    return TextElement(tag=tag, text=text).classes(css)


def block(css: str, tag: str = "div") -> ui.element:
    """Add an element that holds others."""
    return ui.element(tag).classes(css)


def button(label: str, css: str = "plain") -> ui.button:
    """Add a button in the page's own look."""
    return ui.button(label, color=None).props("unelevated no-caps").classes(f"button {css}")


def moment(at: datetime, zone: str) -> str:
    """Return a day and hour on the clocks of a zone: 'Tue, Nov 24, 10:00'."""
    return translator("en").when(at, zone)


def full_moment(at: datetime, zone: str) -> str:
    """Return a day with its year, an hour and the zone itself: 'Tue, Nov 24, 2026, 10:00 Europe/Berlin'."""
    day = format_skeleton("yMMMEd", at, tzinfo=get_timezone(zone), locale="en")
    return f"{day}, {translator('en').hour(at, zone)} {zone}"


@contextmanager
def waiting(*controls: DisableableElement) -> Iterator[None]:
    """Keep controls from being used while something is on its way; NiceGUI drops what was pressed meanwhile."""
    for control in controls:
        control.disable()
    try:
        yield
    finally:
        for control in controls:
            if not control.is_deleted:
                control.enable()
