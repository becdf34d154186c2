"""One matching round from the database to the database, in a thread of its own: read, solved, saved bit by bit."""

from collections.abc import Callable

from bot.matching.outcome import Progress, Proposal
from bot.matching.process import solve
from bot.ports import Clock
from bot.queues import RoundQueue, Run

SAVED_AT_ONCE = 500
"""So many rows are saved by one transaction: turns of people come in between."""


class Lost(Exception):
    """The round is not this process's any more: it was discarded, or another process has taken it over."""


class Watch:
    """What a running round and whoever waits for it tell each other, from one thread to another."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self._is_over = False
        self._kill: Callable[[], None] | None = None

    def noticed(self) -> tuple[str, int]:
        """Return how far it is as somebody who looks at it notices it: the stage, and tenths of it."""
        now = self.progress
        return (now.stage, now.done * 10 // max(now.of, 1)) if now else ("", 0)

    def note(self, progress: Progress) -> None:
        """Take note of how far it is; raises `Lost` where nobody wants to know."""
        self.progress = progress
        if self._is_over:
            raise Lost

    def begin(self, kill: Callable[[], None]) -> None:
        """Take note of what kills the process that reckons; raises `Lost` where nobody wants to know."""
        self._kill = kill
        if self._is_over:
            raise Lost

    def end(self) -> None:
        """Say that nobody wants the result any more: the process that reckons is killed, whatever it is at."""
        self._is_over = True
        if self._kill:
            self._kill()


def solve_and_save(queue: RoundQueue[Run], run: Run, clock: Clock, watch: Watch) -> None:
    """Bring a round that was claimed from the beginning to its end; nothing is seen of it before.

    Raises:
        Lost: it is not this process's any more.
        Failed: the process in which it was solved came to no end.
    """
    waiting: list[Proposal] = []
    saved = 0

    def save() -> None:
        nonlocal saved
        _owned(queue.keep(run, waiting, saved))
        saved += len(waiting)
        waiting.clear()

    def take(proposals: tuple[Proposal, ...]) -> None:
        waiting.extend(proposals)
        if len(waiting) >= SAVED_AT_ONCE:
            save()

    with queue.entered(run) as (order, members):
        outcome = solve(order, members, watch.note, take, watch.begin)
    save()
    for start in range(0, len(outcome.left_out), SAVED_AT_ONCE):
        _owned(queue.leave_out(run, outcome.left_out[start : start + SAVED_AT_ONCE]))
    _owned(queue.found(run, outcome, clock.now()))


def _owned(still: bool) -> None:
    if not still:
        raise Lost
