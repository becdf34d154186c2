"""A company of thousands over eight weeks: how much the bot says, what comes of it, whether every promise is kept."""

import os
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure
from bot.simulation.life import simulate

PEOPLE = int(os.environ.get("PEOPLE", "2000"))
WEEKS = 8


async def measure(folder: Path, people: int = PEOPLE, weeks: int = WEEKS, seed: int = 1) -> list[Figure]:
    """Live through the weeks; the time is all that passes, the witnesses' included."""
    began = perf_counter()
    report = await simulate(folder, people, weeks, seed)
    took = perf_counter() - began
    return [
        Figure("simulate.unasked", report.mean, "messages", "unasked, a person and week; target ≤ 2"),
        Figure("simulate.most", report.most, "messages", "unasked, one person in one week, the free ones included"),
        Figure("simulate.held", 100 * report.held, "%", f"of {report.planned.total():,} planned meetings"),
        Figure("simulate.breaches", len(report.breaches), "promises broken", "target 0"),
        Figure("simulate.seconds", took, "s", f"{people:,} people, {weeks} weeks"),
    ]
