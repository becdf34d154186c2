"""Looks at the people whose time has come, and lets the engine say what is due."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.ports import Clock
from bot.queues import LookQueue
from scheduler.counters import LOOKS
from scheduler.threads import Threads

LEASE = timedelta(minutes=2)
"""How long a claimed person is left to one process: far longer than a look takes."""

BATCH = 50

log = structlog.stdlib.get_logger(__name__)


class Looker:
    """Claims people and looks at each in a transaction of its own; `look` tells whether anything was said."""

    def __init__(self, queue: LookQueue, look: Callable[[str, str], bool], clock: Clock, threads: Threads) -> None:
        self._queue = queue
        self._look = look
        self._clock = clock
        self._threads = threads

    async def run_due(self) -> int:
        """Look at everybody whose time has come; return to how many something was said."""
        said = 0
        while claimed := await self._threads.run(self._queue.claim, self._clock.now(), BATCH, LEASE):
            for organization_id, person_id in claimed:
                said += await self._one(organization_id, person_id)
        return said

    async def _one(self, organization_id: str, person_id: str) -> bool:
        """Look at one person; what fails is told and tried again when the lease is over, so that it blocks nobody."""
        try:
            said = await self._threads.run(self._look, organization_id, person_id)
        except Exception as error:
            log.error("look failed", person=person_id, exc_info=error)
            return False
        LOOKS.inc()
        return said
