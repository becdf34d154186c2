"""Matching rounds: how long they take in a process of their own, how good they are, and what else does the same job.

What is timed is the whole of a round, from people in this process to proposals in this process; `candidates` and
`assigning` are parts of it as the round itself tells them. Beside it, on the very same pairs: SciPy's dense
assignment, which is exact; taking the best pair first; and networkx, where it ends in a minute.
"""

import asyncio
import os
import resource
import statistics
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import psutil

from benchmarks import others
from benchmarks.crowd import members_of, people
from benchmarks.figures import Figure
from bot.matching.candidates import Field
from bot.matching.crowd import Crowd
from bot.matching.order import Order, Program
from bot.matching.outcome import Outcome, Progress, Stage
from bot.matching.people import Member
from bot.matching.process import solve

SIZES = tuple(int(size) for size in os.environ.get("SIZES", "1000 5000 10000 50000").split())
SEED = 7
TIMES = {1_000: 5, 5_000: 5, 10_000: 3}
"""So often a round of a size is run, once where nothing is said; the median counts."""

TARGETS = {5_000: "target ≤ 3 s", 10_000: "target ≤ 6 s", 50_000: "target ≤ 60 s"}
EXACT_UP_TO = 10_000
NETWORKX_UP_TO = 1_000
SIDES = (200, 500)
"""How many mentors and how many mentees mentor-match is given."""

IDLE = 10.0
"""Seconds of watching the event loop before a round, and after it."""

TICK = 0.001
"""Seconds between two looks at the clock in the event loop."""


async def measure(folder: Path) -> list[Figure]:
    """Measure rounds of each size, a third of the people mentors, and what the event loop feels of the greatest."""
    figures: list[Figure] = []
    for size in SIZES:
        program, members = people(size, SEED)
        order = Order((program,), SEED)
        runs = [Run(order, members) for _ in range(TIMES.get(size, 1))]
        figures += _figures(size, runs)
        if size <= EXACT_UP_TO:
            figures += _beside(size, runs[0].outcome, program, members)
    figures += _mentor_match()
    return figures + await _lag(max(size for size in SIZES if size <= EXACT_UP_TO))


class Run:
    """One round: its outcome, the seconds of all and of each stage, and the processor and memory of its process."""

    def __init__(self, order: Order, members: Sequence[Member]) -> None:
        self.stages: dict[Stage, float] = {}
        self.memory = 0.0
        self._before = perf_counter()
        began, busy = perf_counter(), _busy()
        self.outcome = solve(order, members, self._hear)
        self.seconds, self.cpu = perf_counter() - began, _busy() - busy

    def _hear(self, progress: Progress) -> None:
        now = perf_counter()
        self.stages[progress.stage] = self.stages.get(progress.stage, 0.0) + now - self._before
        self._before = now
        if progress.stage in (Stage.ASSIGNING, Stage.COMPARING):
            for child in psutil.Process().children():
                peak = Path(f"/proc/{child.pid}/status").read_text().split("VmHWM:")[1].split()[0]
                self.memory = max(self.memory, int(peak) / 1_000)


def _busy() -> float:
    """Return the seconds of processor that children have taken which are over."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _figures(size: int, runs: Sequence[Run]) -> list[Figure]:
    report = runs[0].outcome.report
    found = [
        Figure(f"matching.{size}.all", statistics.median(run.seconds for run in runs), "s", TARGETS.get(size, "")),
        Figure(
            f"matching.{size}.cpu", statistics.median(run.cpu for run in runs), "s", "processor time of its process"
        ),
        Figure(f"matching.{size}.memory", max(run.memory for run in runs), "MB", "of its process; target ≤ 1,000 MB"),
    ]
    for stage in (Stage.CANDIDATES, Stage.ASSIGNING):
        seconds = statistics.median(run.stages[stage] for run in runs)
        found.append(Figure(f"matching.{size}.{stage}", seconds, "s", "a part of all"))
    compared = [f"{one.name} {one.matched:,} with {one.mean / 100:.1f} %" for one in report.comparisons[1:]]
    mean = f"of {report.seekers:,}; mean score {report.mean / 100:.1f} %; {', '.join(compared)}"
    return [*found, Figure(f"matching.{size}.matched", report.matched, "seekers", mean)]


def _beside(size: int, outcome: Outcome, program: Program, members: Sequence[Member]) -> list[Figure]:
    """Return how far a round is from the best there is, and what other methods take for the same pairs."""
    crowd = Crowd(members)
    field = Field(crowd, program, (), SEED)
    edges = field.candidates(field.seekers, field.mentors, len(crowd.people)).best
    matched, best, took, megabytes = others.dense(crowd, edges)
    own = {(crowd.index[one.mentor], crowd.index[one.seeker]) for one in outcome.proposals}
    pairs = zip(edges.mentor.tolist(), edges.seeker.tolist(), edges.total.tolist(), strict=True)
    reached = sum(total for mentor, seeker, total in pairs if (mentor, seeker) in own)
    gap = f"below the best total, with {matched - len(own)} fewer matched; target ≤ 0.1 %"
    figures = [
        Figure(f"matching.{size}.gap", 100 * (best - reached) / best, "%", gap),
        Figure(f"matching.{size}.dense", took, "s", f"SciPy's dense assignment alone; its table {megabytes:,.0f} MB"),
    ]
    if size <= NETWORKX_UP_TO:
        figures.append(_other(f"matching.{size}.networkx", others.networkx(crowd, edges), "on the same pairs"))
    return figures


def _mentor_match() -> list[Figure]:
    """Let mentor-match pair as many mentors as mentees, one each, and do the same in a round."""
    figures = []
    for side in SIDES:
        _, members = people(3 * side, SEED)
        mentors, seekers = [replace(one, capacity=1) for one in members[:side]], members[side : 2 * side]
        program = Program("all", mentors=tuple(m.id for m in mentors), seekers=tuple(s.id for s in seekers))
        run = Run(Order((program,), SEED), [*mentors, *seekers])
        took = others.mentor_match(mentors, seekers)
        compared = f"{side} on each side, by rules of its own; a round takes {run.seconds:.2f} s"
        figures.append(_other(f"matching.mentor_match.{side}", took, compared))
    return figures


def _other(name: str, seconds: float | None, compared: str) -> Figure:
    if seconds is None:
        return Figure(name, others.PATIENCE, "s", f"{compared}; given up, it had not ended")
    return Figure(name, seconds, "s", f"{compared}; the start of Python included")


async def _lag(size: int) -> list[Figure]:
    """Measure by how much the event loop wakes late, idle and while a round is run from a thread.

    People are read, and proposals handed on, as they come, as a bot with a database does.
    """
    program, _ = people(size, SEED)
    order = Order((program,), SEED)

    def run() -> None:
        solve(order, members_of(size, SEED), on_proposals=lambda _: None)

    idle = await _late(asyncio.sleep(IDLE))
    busy = await _late(asyncio.to_thread(run))
    idle += await _late(asyncio.sleep(IDLE))
    worst = max(busy)
    compared = f"idle {_p999(idle):.1f} ms; target ≤ 20 ms above; worst {worst:.1f} ms, idle {max(idle):.1f} ms"
    return [Figure(f"matching.{size}.lag.p99.9", _p999(busy), "ms", compared)]


async def _late(work: Awaitable[object]) -> list[float]:
    late: list[float] = []
    task = asyncio.ensure_future(work)
    while not task.done():
        began = perf_counter()
        await asyncio.sleep(TICK)
        late.append((perf_counter() - began - TICK) * 1_000)
    await task
    return late


def _p999(late: Sequence[float]) -> float:
    return sorted(late)[int(len(late) * 0.999)]
