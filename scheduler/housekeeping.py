"""Keeps house: deletes what nobody needs any more, a step at a time, so that turns come in between."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog

from bot.ports import Clock
from scheduler.threads import Threads

Place = TypeVar("Place")
Sweep = Callable[[datetime, Place | None], tuple[int, Place | None]]
"""Deletes a few rows from a place on; returns how many, and the place to go on at, None at the end."""

log = structlog.stdlib.get_logger(__name__)


async def keep_house(sweep: Sweep[Place], clock: Clock, threads: Threads) -> int:
    """Sweep everything once and return how many rows were deleted."""
    now = clock.now()
    deleted, place = await threads.run(sweep, now, None)
    while place is not None:
        more, place = await threads.run(sweep, now, place)
        deleted += more
    log.info("kept house", deleted=deleted)
    return deleted
