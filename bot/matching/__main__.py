"""The process of a round: an order and people come in by standard input, progress and proposals go out.

`bot.matching.process` starts it and says what passes between the two.
"""

import fcntl
import os
import pickle
import select
import sys
from dataclasses import replace
from typing import IO, Any

from bot.matching.outcome import Progress
from bot.matching.process import batches
from bot.matching.round import run

NICENESS = 5
"""Chat comes first."""


def main() -> int:
    """Run the one round that is asked for; 1 where it is not possible, which is said as a code."""
    os.nice(NICENESS)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    order, people = pickle.load(source), []  # noqa: S301
    while batch := pickle.load(source):  # noqa: S301
        people += batch
    _die_with_the_input()

    def tell(progress: Progress) -> None:
        _say(sink, progress)

    try:
        outcome = run(order, people, tell)
    except Exception as error:  # noqa: BLE001  the traceback could hold what people wrote; its kind is told
        _say(sink, type(error).__name__)
        return 1
    for proposals in batches(outcome.proposals):
        _say(sink, proposals)
    _say(sink, replace(outcome, proposals=()))
    return 0


def _say(sink: IO[bytes], what: Any) -> None:
    pickle.dump(what, sink)
    sink.flush()


def _die_with_the_input() -> None:
    """Let the system end this process when its input is closed, as happens when the one that asked is gone.

    A signal does so even while native code reckons; SIGIO ends a process that does not handle it.
    """
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
