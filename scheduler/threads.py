"""Where synchronous work runs: a few threads; on SQLite one of them writes, while another one may read."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

import structlog

from scheduler.counters import AGAIN

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 4
"""How often a unit of work is run in all. No pause is between: a database waits before it undoes one."""

log = structlog.stdlib.get_logger(__name__)


class Threads:
    """Runs functions in threads of its own, so that the event loop stays free for people.

    Each function is one unit of work, saved as a whole or not at all. Where `may_be_tried_again` says of its error
    that it was undone for another's sake, it is run again.
    """

    def __init__(self, count: int, may_be_tried_again: Callable[[Exception], bool]) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="turn")
        self._may_be_tried_again = may_be_tried_again

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function in a thread and return what it returns.

        Raises:
            Exception: what the function raised; the last time, where running it again did not mend it.
        """
        work = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._stubbornly, work)

    def close(self) -> None:
        """Wait for what runs, and take nothing more."""
        self._pool.shutdown()

    def _stubbornly(self, work: Callable[[], R]) -> R:
        for attempt in range(1, ATTEMPTS):
            try:
                return work()
            except Exception as error:
                if not self._may_be_tried_again(error):
                    raise
                log.warning("unit of work undone", attempt=attempt, exc_info=error)
                AGAIN.inc()
        return work()
