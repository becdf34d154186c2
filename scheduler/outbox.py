"""Sends what is queued: claim, send, settle. Back-off is a due time in the row, never a sleep."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from bot.domain.people import Account
from bot.ports import Clock, InDoubt, Messenger, SendFailed
from bot.queues import Claimed, DeliveryQueue
from scheduler.counters import DEAD, DROPPED, RETRIED, SENT
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
        open_at: Callable[[Account, datetime], datetime],
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
        """Settle one claim. What may have arrived is looked up before it is dropped, put off, or sent again."""
        parcel = claimed.parcel
        messenger = self._messengers.get(parcel.workspace.platform)
        if messenger is None:
            await self._give_up(claimed, "platform_not_configured")
        elif claimed.in_doubt and await self._settled_by(claimed, messenger.find(parcel)):
            return
        elif not await self._put_off(claimed):
            await self._settled_by(claimed, messenger.send(parcel))

    async def _put_off(self, claimed: Claimed) -> bool:
        """Drop what comes too late, and let what comes unasked wait for working hours; False where it may leave."""
        parcel, now = claimed.parcel, self._clock.now()
        if claimed.valid_until is None:
            return False
        if now >= claimed.valid_until:
            await self._settle(DROPPED, self._queue.expired, claimed, now)
            return True
        if parcel.replaces is not None:
            return False
        opens = await self._threads.run(self._open_at, parcel.account, now)
        if opens <= now:
            return False
        await self._threads.run(self._queue.postpone, parcel.delivery_id, claimed.token, opens)
        return True

    async def _settled_by(self, claimed: Claimed, call: Awaitable[str | None]) -> bool:
        """Settle a claim by what comes of one call to its platform; False where that found nothing."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                external_id = await call
        except SendFailed as failure:
            await self._failed(claimed, failure)
        except (InDoubt, TimeoutError):
            await self._again(claimed, self._wait(claimed), "in_doubt")
        except Exception as error:
            log.error("sending failed", delivery=claimed.parcel.delivery_id, exc_info=error)
            await self._again(claimed, self._wait(claimed), "error")
        else:
            if external_id is None:
                return False
            await self._settle(SENT, self._queue.sent, claimed, external_id, self._clock.now())
        return True

    async def _failed(self, claimed: Claimed, failure: SendFailed) -> None:
        if failure.retry_after is None:
            await self._give_up(claimed, failure.code)
        elif claimed.attempts >= ATTEMPTS and not failure.busy:
            await self._give_up(claimed, f"gave_up:{failure.code}")
        else:
            asked = timedelta(seconds=failure.retry_after)
            due_at = self._clock.now() + (asked if failure.busy else max(asked, self._wait(claimed)))
            settle = self._queue.doubt if claimed.in_doubt else self._queue.retry
            await self._settle(RETRIED, settle, claimed, due_at, failure.code)

    async def _again(self, claimed: Claimed, wait: timedelta, reason: str) -> None:
        if claimed.attempts >= ATTEMPTS:
            await self._give_up(claimed, f"gave_up:{reason}")
            return
        await self._settle(RETRIED, self._queue.doubt, claimed, self._clock.now() + wait, reason)

    async def _give_up(self, claimed: Claimed, reason: str) -> None:
        log.error("delivery given up", delivery=claimed.parcel.delivery_id, reason=reason)
        await self._settle(DEAD, self._queue.dead, claimed, reason, self._clock.now())

    async def _settle(self, counter: Counter, settle: Callable[..., bool], claimed: Claimed, *how: object) -> None:
        """Settle a claim, and count it unless the claim was lost meanwhile."""
        if await self._threads.run(settle, claimed.parcel.delivery_id, claimed.token, *how):
            counter.inc()

    def _wait(self, claimed: Claimed) -> timedelta:
        """Return how long to wait before the next attempt: twice as long each time."""
        doublings: int = min(claimed.attempts - 1, 8)
        return FIRST_WAIT * (1 << doublings)
