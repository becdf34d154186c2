"""Runs matching rounds: solved in a process beside this one, then invited and ended step by step."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Generic, Protocol

import structlog

from bot.ports import Clock
from bot.queues import RoundQueue, Run
from scheduler.solving import Lost, Watch, solve_and_save
from scheduler.threads import Threads

LEASE = timedelta(minutes=2)
"""How long a round is left to one process that says nothing."""

BEAT = 1.0
"""Seconds between two notes of how far a round is; each keeps the lease."""

REDRAW = 5.0
"""Seconds between two drawings of the card that shows it."""

ATTEMPTS = 3
AGAIN = timedelta(seconds=10)
"""How often a round is run that fails, and how long after it is tried again."""

log = structlog.stdlib.get_logger(__name__)


class RoundSteps(Protocol):
    """What the engine does with a round, each a unit of work by the ids of its organization and its own."""

    def redraw(self, organization_id: str, round_id: str) -> None:
        """Draw its card anew."""

    def tell(self, organization_id: str, round_id: str) -> None:
        """Tell whoever started it how it stands, once."""

    def invite(self, organization_id: str, round_id: str) -> bool:
        """Invite some of its pairs; tell whether there are more."""

    def end(self, organization_id: str, round_id: str) -> None:
        """Let it be over once everybody has heard."""


class RoundRunner(Generic[Run]):
    """Takes rounds from the queue and brings each as far as it goes without anybody's word."""

    def __init__(self, queue: RoundQueue[Run], steps: RoundSteps, clock: Clock, threads: Threads) -> None:
        self._queue = queue
        self._steps = steps
        self._clock = clock
        self._threads = threads
        self._working = asyncio.Lock()
        self._stopping = False

    async def run_due(self) -> None:
        """Run what waits to be run, invite what was approved, end what is decided, and tell of it.

        Where that goes on already, nothing more is done.
        """
        if self._working.locked():
            return
        async with self._working:
            await self._tell()
            while not self._stopping and (run := await self._threads.run(self._queue.claim, LEASE)):
                await self._run(run)
                await self._tell()
            for organization_id, round_id in await self._threads.run(self._queue.inviting):
                while await self._step(self._steps.invite, organization_id, round_id) and not self._stopping:
                    pass
            for organization_id, round_id in await self._threads.run(self._queue.decided):
                await self._step(self._steps.end, organization_id, round_id)
            await self._tell()

    async def stop(self) -> None:
        """Give up what runs, and return when that is done; whoever claims it next runs it from the beginning."""
        self._stopping = True
        async with self._working:
            pass

    async def _run(self, run: Run) -> None:
        """Run one round, and say meanwhile how far it is."""
        watch, drawn, drawn_at = Watch(), ("", 0), monotonic()
        solving = _beside(lambda: solve_and_save(self._queue, run, self._clock, watch))
        try:
            while not (await asyncio.wait({solving}, timeout=BEAT))[0]:
                if self._stopping or not await self._threads.run(self._queue.beat, run, watch.progress, LEASE):
                    break
                if watch.noticed() != drawn and monotonic() - drawn_at >= REDRAW:
                    drawn, drawn_at = watch.noticed(), monotonic()
                    await self._step(self._steps.redraw, run.round.organization_id, run.round.id)
        finally:
            watch.end()
        if solving.done():
            await self._settle(run, solving.exception())
        else:
            solving.cancel()
            await self._threads.run(self._queue.again, run, timedelta())

    async def _settle(self, run: Run, error: BaseException | None) -> None:
        """Let a round that came to no end be tried again, or give it up."""
        if error is None or isinstance(error, Lost):
            return
        if run.attempts < ATTEMPTS:
            log.warning("round failed", round=run.round.id, attempts=run.attempts, exc_info=error)
            await self._threads.run(self._queue.again, run, AGAIN)
        else:
            log.error("round given up", round=run.round.id, attempts=run.attempts, exc_info=error)
            await self._threads.run(self._queue.failed, run, type(error).__name__, self._clock.now())

    async def _tell(self) -> None:
        for organization_id, round_id in await self._threads.run(self._queue.untold):
            await self._step(self._steps.tell, organization_id, round_id)

    async def _step(self, step: Callable[[str, str], object], organization_id: str, round_id: str) -> bool:
        """Take one step with a round; what fails is told and tried again at the next time, so that it blocks none."""
        try:
            return bool(await self._threads.run(step, organization_id, round_id))
        except Exception as error:
            log.error("step of a round failed", round=round_id, exc_info=error)
            return False


def _beside(work: Callable[[], None]) -> asyncio.Future[None]:
    """Do some work in a thread that dies with the process, so that no round holds up the end of it."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: Exception | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error = None
        try:
            work()
        except Exception as raised:  # noqa: BLE001 -- whoever waits gets it
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, name="round", daemon=True).start()
    return done
