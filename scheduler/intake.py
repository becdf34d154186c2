"""Takes events in: stored before they are acknowledged, many in one commit, handled soon after, and after a crash."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.messages import Answer, Event
from bot.ports import Clock
from bot.queues import Arrived, EventQueue
from scheduler.threads import Threads

LEASE = timedelta(minutes=1)
BATCH = 100
ATTEMPTS = 5
WAIT = timedelta(seconds=30)

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
        self._waiting: list[tuple[Event, asyncio.Future[None]]] = []
        self._storing = asyncio.Lock()
        self._handling = asyncio.Lock()

    async def store(self, event: Event) -> None:
        """Return once an event is saved. Those that wait at the same time share one transaction.

        Raises:
            Exception: what storage raised; the event is not saved, and must not be acknowledged.
        """
        saved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, saved))
        async with self._storing:
            if self._waiting:
                await self._store_all()
        await saved

    async def run_due(self) -> int:
        """Handle every stored event that is due, the oldest first, and return how many there were."""
        handled = 0
        async with self._handling:
            while arrived := await self._threads.run(self._queue.claim, BATCH, LEASE):
                for one in arrived:
                    await self._one(one)
                handled += len(arrived)
        return handled

    async def _store_all(self) -> None:
        group, self._waiting = self._waiting, []
        try:
            await self._threads.run(self._queue.put_many, [event for event, _ in group], self._clock.now())
        except Exception as error:  # noqa: BLE001 -- every waiting adapter gets it
            for _, saved in group:
                saved.set_exception(error)
        else:
            for _, saved in group:
                saved.set_result(None)

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
