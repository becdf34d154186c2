"""Sends what is queued: claim, send, settle. Back-off is a due time in the row, never a sleep."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.domain.people import Account
from bot.ports import Clock, InDoubt, Messenger, SendFailed
from bot.queues import Claimed, DeliveryQueue
from scheduler.threads import Threads

SEND_TIMEOUT = 15.0
"""Seconds until an attempt without an answer is in doubt."""

LEASE = timedelta(seconds=2 * SEND_TIMEOUT + 30)
"""Outlasts twice the send time-out, so that nobody else sends what is still under way."""

BATCH = 50
ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)

log = structlog.stdlib.get_logger(__name__)


class Sender:
    """Sends deliveries through the messenger of their platform; `open_at` tells when somebody may be disturbed."""

    def __init__(
        self,
        queue: DeliveryQueue,
        messengers: Mapping[str, Messenger],
        open_at: Callable[[Account], datetime],
        clock: Clock,
        threads: Threads,
    ) -> None:
        self._queue = queue
        self._messengers = messengers
        self._open_at = open_at
        self._clock = clock
        self._threads = threads
        self._sending = asyncio.Lock()

    async def flush(self) -> int:
        """Send everything that is due now and return how many attempts were made."""
        attempts = 0
        async with self._sending:
            while claimed := await self._threads.run(self._queue.claim, self._clock.now(), BATCH, LEASE):
                await asyncio.gather(*(self._deliver(one) for one in claimed))
                attempts += len(claimed)
        return attempts

    async def _deliver(self, claimed: Claimed) -> None:
        parcel, now = claimed.parcel, self._clock.now()
        messenger = self._messengers.get(parcel.workspace.platform)
        if claimed.valid_until is not None and now >= claimed.valid_until:
            await self._threads.run(self._queue.expired, parcel.delivery_id, claimed.token, now)
        elif messenger is None:
            await self._give_up(claimed, "platform_not_configured")
        elif (opens := await self._opens(claimed)) > now:
            await self._threads.run(self._queue.postpone, parcel.delivery_id, claimed.token, opens)
        else:
            await self._attempt(claimed, messenger)

    async def _opens(self, claimed: Claimed) -> datetime:
        """Return when it may leave: what comes unasked waits for working hours, whatever has delayed it."""
        if claimed.valid_until is None or claimed.parcel.replaces is not None:
            return self._clock.now()
        return await self._threads.run(self._open_at, claimed.parcel.account)

    async def _attempt(self, claimed: Claimed, messenger: Messenger) -> None:
        parcel = claimed.parcel
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                external_id = await messenger.find(parcel) if claimed.in_doubt else None
                external_id = external_id or await messenger.send(parcel)
        except SendFailed as failure:
            await self._failed(claimed, failure)
        except (InDoubt, TimeoutError):
            await self._again(claimed, self._wait(claimed), "in_doubt")
        except Exception as error:
            log.error("sending failed", delivery=parcel.delivery_id, exc_info=error)
            await self._again(claimed, self._wait(claimed), "error")
        else:
            now = self._clock.now()
            await self._threads.run(self._queue.sent, parcel.delivery_id, claimed.token, external_id, now)

    async def _failed(self, claimed: Claimed, failure: SendFailed) -> None:
        if failure.retry_after is None:
            await self._give_up(claimed, failure.code)
        elif claimed.attempts >= ATTEMPTS:
            await self._give_up(claimed, f"gave_up:{failure.code}")
        else:
            due_at = self._clock.now() + max(timedelta(seconds=failure.retry_after), self._wait(claimed))
            await self._threads.run(
                self._queue.retry, claimed.parcel.delivery_id, claimed.token, due_at, failure.code
            )

    async def _again(self, claimed: Claimed, wait: timedelta, reason: str) -> None:
        if claimed.attempts >= ATTEMPTS:
            await self._give_up(claimed, f"gave_up:{reason}")
            return
        due_at = self._clock.now() + wait
        await self._threads.run(self._queue.doubt, claimed.parcel.delivery_id, claimed.token, due_at, reason)

    async def _give_up(self, claimed: Claimed, reason: str) -> None:
        log.error("delivery given up", delivery=claimed.parcel.delivery_id, reason=reason)
        await self._threads.run(
            self._queue.dead, claimed.parcel.delivery_id, claimed.token, reason, self._clock.now()
        )

    def _wait(self, claimed: Claimed) -> timedelta:
        """Return how long to wait before the next attempt: twice as long each time."""
        doublings: int = min(claimed.attempts - 1, 8)
        return FIRST_WAIT * (1 << doublings)
