"""When to look: one interval job of APScheduler, in memory. It holds no rules and no jobs that could be lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

EVERY = 5.0
"""Seconds between two ticks; nothing that the bot says unasked is due to the second."""

LATE = 0.01
"""Seconds that an alarm comes late on purpose: two clocks do not run quite alike."""

log = structlog.stdlib.get_logger(__name__)


class Ticker:
    """Calls `tick` every so many seconds of real time, never twice at once, and while it runs, at once when woken.

    The first call comes after `first` seconds, or where that is not said, after as many as lie between two.
    """

    def __init__(
        self, tick: Callable[[], Awaitable[object]], every: float | None = None, first: float | None = None
    ) -> None:
        self._tick = tick
        self._every = EVERY if every is None else every
        self._first = self._every if first is None else first
        self._wanted = False
        self._waking: asyncio.Task[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._runs = False
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.add_job(
            self._guarded,
            "interval",
            seconds=self._every,
            start_date=datetime.now(UTC) + timedelta(seconds=self._first),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._runs = True

    def wake(self) -> None:
        """Tick now, since something was queued; during a tick that was woken, once more as soon as it is over."""
        if not self._runs:
            return
        self._wanted = True
        if self._waking is None or self._waking.done():
            self._waking = asyncio.get_running_loop().create_task(self._while_wanted())

    def wake_in(self, seconds: float) -> None:
        """Wake after some seconds of real time, unless it ticks by then anyway; what was said last counts."""
        if self._alarm is not None:
            self._alarm.cancel()
        if self._runs and seconds < self._every:
            self._alarm = asyncio.get_running_loop().call_later(seconds + LATE, self.wake)

    async def stop(self) -> None:
        """Tick no more, and wait for what was woken."""
        self._scheduler.shutdown(wait=False)
        if self._waking is not None:
            await self._waking
        if self._alarm is not None:
            self._alarm.cancel()
        self._runs = False

    async def _while_wanted(self) -> None:
        while self._wanted:
            self._wanted = False
            await self._guarded()

    async def _guarded(self) -> None:
        try:
            await self._tick()
        except Exception as error:
            log.error("tick failed", exc_info=error)
