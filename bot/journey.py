"""Time travel in the playground: the clock moves, and everything that comes due on the way happens at its moment."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.clock import MovableClock

AHEAD_AT_MOST = timedelta(weeks=26)
"""How far 'next event' goes before it says that nothing is coming."""

UNPLANNED_AT_MOST = timedelta(weeks=1)
"""How far it goes where no mentorship has anything planned: who was just asked to take part may be written to."""


class Journey:
    """Moves the playground's clock."""

    def __init__(self, app: App, clock: MovableClock, plan: Callable[[], Sequence[object]]) -> None:
        """`plan` returns what is coming, empty where nothing is."""
        self._app = app
        self._clock = clock
        self._plan = plan
        self._moving = asyncio.Lock()

    def now(self) -> datetime:
        """Return the playground's moment."""
        return self._clock.now()

    async def advance(self, by: timedelta) -> None:
        """Let time pass: every look that comes due on the way happens at its own moment."""
        async with self._moving:
            until = self._clock.now() + by
            while (earliest := await self._earliest()) is not None and earliest <= until:
                self._clock.move_to(earliest)
                await self._app.tick()
            self._clock.move_to(until)
            await self._app.tick()

    async def next_event(self) -> str | None:
        """Go to the next moment at which the bot says something unasked; None where nothing is coming."""
        async with self._moving:
            planned = await self._app.threads.run(self._plan)
            until = self._clock.now() + (AHEAD_AT_MOST if planned else UNPLANNED_AT_MOST)
            while (earliest := await self._earliest()) is not None and earliest <= until:
                self._clock.move_to(earliest)
                if said := await self._app.tick():
                    return "The bot wrote to one person." if said == 1 else f"The bot wrote to {said} people."
            return None

    async def _earliest(self) -> datetime | None:
        return await self._app.threads.run(self._app.looks.earliest)
