"""A round in a process of its own, so that chat does not stall, and this process never loads numpy or SciPy.

The child runs `python -m bot.matching` with lowered priority and without the environment's secrets. The order and the
people go in through its standard input, progress and proposals come back through its standard output, both in small
batches: pickling many objects in one piece would hold up the other threads of this process.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import IO, Any, TypeVar

from bot.matching.order import Order
from bot.matching.outcome import Outcome, Progress, Proposal
from bot.matching.people import Member

BATCH = 25
"""How many people or proposals are handed over at once; a batch takes about a millisecond."""

Item = TypeVar("Item")

_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Failed(Exception):
    """A round that came to no end: its process died, or its order was not possible. Says codes only, no data."""


def solve(
    order: Order,
    people: Iterable[Member],
    on_progress: Callable[[Progress], None] | None = None,
    on_proposals: Callable[[tuple[Proposal, ...]], None] | None = None,
    on_start: Callable[[Callable[[], None]], None] | None = None,
) -> Outcome:
    """Run a round and return its outcome; blocks, so call it in a thread of its own.

    `people` is read as it is sent, and may come from a database bit by bit; it holds everybody whom a programme of
    the order names, others are no harm. `on_progress` is called in this thread. Where `on_proposals` is given it gets
    the proposals in batches, and the outcome holds none, so that they are never all in memory here. `on_start` gets
    what kills the child, to be called from whatever thread; the round has then failed. An exception in one of the
    three ends the child and passes on. Raises `Failed`. The child dies with this process.
    """
    proposals: list[Proposal] = []
    take = on_proposals or proposals.extend
    with _child() as child:
        assert child.stdin is not None and child.stdout is not None
        if on_start:
            on_start(child.kill)
        try:
            _tell(child.stdin, order, people)
            while not isinstance(said := pickle.load(child.stdout), Outcome):  # noqa: S301
                match said:
                    case Progress():
                        if on_progress:
                            on_progress(said)
                    case str():
                        raise Failed(said)
                    case _:
                        take(said)
        except (EOFError, BrokenPipeError) as error:
            raise Failed(f"the process of a round ended with {child.wait()}") from error
    return replace(said, proposals=tuple(proposals))


def batches(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Cut into tuples of up to `BATCH`."""
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _tell(pipe: IO[bytes], order: Order, people: Iterable[Member]) -> None:
    pickle.dump(order, pipe)
    for batch in batches(people):
        pickle.dump(batch, pipe)
    pickle.dump((), pipe)
    pipe.flush()


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    kept: dict[str, Any] = {name: os.environ[name] for name in _KEPT if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot.matching"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kept | _ONE_THREAD,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()
