"""Looks up who is in a place whose people are to be brought in, while everything else goes on."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.messages import Wanted
from bot.ports import CannotList, Member, Register, Unlisted
from scheduler.threads import Threads

log = structlog.stdlib.get_logger(__name__)

Enrol = Callable[[Wanted, Sequence[Member] | Unlisted], None]
"""Takes up who is in a place, or why nobody could tell."""


class Gatherer:
    """Asks the platforms. Whoever wished for it is told what came of it; a wish that is lost is made once more."""

    def __init__(
        self, registers: Mapping[str, Register], enrol: Enrol, threads: Threads, done: Callable[[], None]
    ) -> None:
        self._registers = registers
        self._enrol = enrol
        self._threads = threads
        self._done = done
        self._under_way: set[asyncio.Task[None]] = set()

    def want(self, wanted: Wanted) -> None:
        """Begin to look up who is there, in the running event loop."""
        task = asyncio.get_running_loop().create_task(self._gather(wanted))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Wait for what is being looked up."""
        await asyncio.gather(*self._under_way)

    async def _gather(self, wanted: Wanted) -> None:
        found: Sequence[Member] | Unlisted
        try:
            register = self._registers.get(wanted.platform)
            found = await register.members(wanted.workspace, wanted.place) if register else Unlisted.AWAY
        except CannotList as failed:
            log.warning("members not read", code=str(failed))
            found = failed.reason
        try:
            await self._threads.run(self._enrol, wanted, found)
        except Exception as error:
            log.error("enrolling failed", exc_info=error)
        self._done()
