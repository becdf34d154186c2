"""One person's home view: a card that is no message, always as things stand."""

from dataclasses import replace

from adapters.web.cards import Press, draw
from adapters.web.elements import block
from adapters.web.voice import Voice
from bot.messages import Card, card

UNKNOWN = card("Nothing is known here yet: write to the bot first.")


class Home:
    """The home view, hidden until it is shown."""

    def __init__(self, voice: Voice, name: str, press: Press) -> None:
        """Add the view to what is being drawn; `press` is told what is pressed in it."""
        self._voice = voice
        self._press = press
        self._drawn: Card | None = None
        with block("scroll home") as self._around, block("paper"):
            self._card = block("at-home").props("role=region")
            self._card.props["aria-label"] = f"Home of {name}"
        self._around.set_visibility(False)

    async def show(self) -> None:
        """Show the view as things stand."""
        self._around.set_visibility(True)
        await self.refresh()

    def hide(self) -> None:
        """Hide the view."""
        self._around.set_visibility(False)

    async def refresh(self) -> None:
        """Draw the view anew, if it is shown and anything but the addresses of its links has changed."""
        if not self._around.visible:
            return
        found = await self._voice.home() or UNKNOWN
        if self._card.is_deleted or (self._drawn and _read(self._drawn) == _read(found)):
            return
        self._drawn = found
        self._card.clear()
        with self._card:
            draw(found, self._press)


def _read(shown: Card) -> Card:
    """Return a card as one reads it: a link is made anew each time, and leads to the same."""
    sections = (
        replace(section, links=tuple(replace(link, url="") for link in section.links)) for section in shown.sections
    )
    return replace(shown, sections=tuple(sections))
