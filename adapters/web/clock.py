"""The clock above the conversations, which can be moved forward."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from adapters.web.elements import block, button, full_moment, waiting, words
from adapters.web.ports import Stage

NOTHING_COMES = "Nothing is planned."
NOT_MOVED = "The clock could not be moved."


class ClockBar:
    """The organization's date and time, and the buttons that move it."""

    def __init__(self, stage: Stage, moved: Callable[[], None]) -> None:
        """Add the clock to what is being drawn; `moved` is told whenever its buttons have moved it."""
        self._stage = stage
        self._moved = moved
        with block("clock").props('role=group aria-label="Clock"'):
            self._shown = words("", "time", "now")
            self._buttons = (
                button("+1 hour").on_click(lambda: self._move(self._advance(timedelta(hours=1)))),
                button("+1 day").on_click(lambda: self._move(self._advance(timedelta(days=1)))),
                button("Next event", "primary").on_click(lambda: self._move(self._next())),
            )
            self._happened = words("", css="happened").props("role=status")
        self.refresh()

    def refresh(self) -> None:
        """Show the present moment."""
        self._shown.text = full_moment(self._stage.time.now(), self._stage.zone)

    async def _move(self, step: Awaitable[str]) -> None:
        self._happened.text = "One moment…"
        happened = NOT_MOVED
        try:
            with waiting(*self._buttons):
                happened = await step
        finally:
            self._happened.text = happened
        self.refresh()
        self._moved()

    async def _advance(self, by: timedelta) -> str:
        await self._stage.time.advance(by)
        return ""

    async def _next(self) -> str:
        return await self._stage.time.next_event() or NOTHING_COMES
