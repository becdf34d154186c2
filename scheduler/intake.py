"""Takes events in: stored before they are acknowledged, many in one commit, handled soon after, and after a crash."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import structlog

from bot.messages import Answer, Event
from bot.ports import Clock
from bot.queues import Arrived, EventQueue
from scheduler.threads import Threads

LEASE = timedelta(minutes=1)
BATCH = 100
ATTEMPTS = 5
WAIT = timedelta(seconds=30)

PAUSE = 0.02
"""Seconds without two events at once after which a crowd is over."""

GIVES_WAY = 1.0
"""Seconds for which handling gives way to a crowd at most, once in a batch."""

log = structlog.stdlib.get_logger(__name__)


class Intake:
    """Stores events in groups and hands them to the engine, one after the other.

    `answered` is told what came of each.
    """

    def __init__(
        self,
        queue: EventQueue,
        handle: Callable[[Event], Answer],
        clock: Clock,
        threads: Threads,
        answered: Callable[[Answer], None],
    ) -> None:
        self._queue = queue
        self._handle = handle
        self._clock = clock
        self._threads = threads
        self._answered = answered
        self._group: list[Event] = []
        self._stored: asyncio.Task[None] | None = None
        self._storing = asyncio.Lock()
        self._handling = asyncio.Lock()
        self._crowd = False

    async def store(self, event: Event) -> None:
        """Return once an event is saved. Those that wait at the same time share one transaction.

        Raises:
            Exception: what storage raised; the event is not saved, and must not be acknowledged.
        """
        self._crowd = self._crowd or bool(self._group)
        self._group.append(event)
        if self._stored is None:
            self._stored = asyncio.create_task(self._store_group())
        await asyncio.shield(self._stored)

    async def run_due(self) -> int:
        """Handle every stored event that is due, the oldest first, and return how many there were."""
        handled = 0
        async with self._handling:
            until = monotonic() + GIVES_WAY
            await self._give_way(until)
            while arrived := await self._threads.run(self._queue.claim, BATCH, LEASE):
                for one in arrived:
                    await self._give_way(until)
                    await self._one(one)
                handled += len(arrived)
                until = monotonic() + GIVES_WAY
        return handled

    async def _give_way(self, until: float) -> None:
        """Let a crowd pass: platforms wait for their events to be stored, and people for an answer a moment more."""
        while self._crowd and monotonic() < until:
            self._crowd = False
            await asyncio.sleep(PAUSE)

    async def _store_group(self) -> None:
        """Store what has come until the group before is stored; who comes later is of the next one."""
        async with self._storing:
            group, self._group, self._stored = self._group, [], None
            await self._threads.run(self._queue.put_many, group, self._clock.now())

    async def _one(self, arrived: Arrived) -> None:
        """Handle one event; what fails is tried again later, so that a poison event blocks nobody."""
        try:
            answer = await self._threads.run(self._handle, arrived.event)
        except Exception as error:
            log.error("event failed", event_id=arrived.id, attempts=arrived.attempts, exc_info=error)
            await self._failed(arrived, type(error).__name__)
        else:
            await self._threads.run(self._queue.done, arrived.id, arrived.token)
            self._answered(answer)

    async def _failed(self, arrived: Arrived, reason: str) -> None:
        if arrived.attempts < ATTEMPTS:
            await self._threads.run(self._queue.failed, arrived.id, arrived.token, reason, WAIT)
        else:
            now = self._clock.now()
            await self._threads.run(self._queue.give_up, arrived.id, arrived.token, reason, now)
