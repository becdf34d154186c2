"""Looks up who is in a place whose people are to be brought in, while everything else goes on."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import structlog

from bot.messages import Wanted
from bot.ports import CannotList, Member, Register, Unlisted
from scheduler.threads import Threads

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 20
"""So many people are brought in by one unit of work: turns of others come in between, however large a place is."""


class Enrolling(Protocol):
    """What the engine does with a wish, each a unit of work; doing one twice changes nothing more."""

    def bring_in(self, wanted: Wanted, members: Sequence[Member]) -> int:
        """Take up some of those who are in a place; return how many will be asked."""

    def tell(self, wanted: Wanted, found: int | Unlisted) -> None:
        """Tell whoever wished for it how many are asked, or why nobody could tell who is there."""


class Gatherer:
    """Asks the platforms. Whoever wished for it is told what came of it; a wish that is lost is made once more."""

    def __init__(
        self, registers: Mapping[str, Register], enrolling: Enrolling, threads: Threads, done: Callable[[], None]
    ) -> None:
        self._registers = registers
        self._enrolling = enrolling
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
        try:
            found = await self._found(wanted)
            told = found if isinstance(found, Unlisted) else await self._bring_in(wanted, found)
            await self._threads.run(self._enrolling.tell, wanted, told)
        except Exception as error:
            log.error("enrolling failed", exc_info=error)
        self._done()

    async def _found(self, wanted: Wanted) -> Sequence[Member] | Unlisted:
        register = self._registers.get(wanted.platform)
        try:
            return await register.members(wanted.workspace, wanted.place) if register else Unlisted.AWAY
        except CannotList as failed:
            log.warning("members not read", code=str(failed))
            return failed.reason

    async def _bring_in(self, wanted: Wanted, members: Sequence[Member]) -> int:
        """Bring in everybody, a few at a time; a place without people is taken up too, for those who join it."""
        count = 0
        for start in range(0, max(len(members), 1), AT_ONCE):
            some = members[start : start + AT_ONCE]
            count += await self._threads.run(self._enrolling.bring_in, wanted, some)
        return count
