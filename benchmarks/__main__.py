"""Runs the parts that are named, or all, prints a table and writes build/bench.json."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import matching, outbox, roster, rounds, simulation, slack, start, status, teams, tick, turn, year
from benchmarks.figures import Figure, table, write

PARTS: Mapping[str, Callable[[Path], Coroutine[Any, Any, list[Figure]]]] = {
    "turn": turn.measure,
    "tick": tick.measure,
    "status": status.measure,
    "year": year.measure,
    "simulate": simulation.measure,
    "import": roster.measure,
    "matching": matching.measure,
    "rounds": rounds.measure,
    "start": start.measure,
    "messages": slack.messages,
    "commands": slack.commands,
    "outbox": outbox.measure,
    "teams": teams.measure,
}
RESULT = Path(__file__).parent.parent / "build" / "bench.json"


def main(names: Sequence[str]) -> int:
    """Measure, print and write; 2 where a part is unknown."""
    if unknown := set(names) - PARTS.keys():
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.WARNING)
    figures: list[Figure] = []
    print("| What | Value | Compared with |\n|---|---|---|", flush=True)
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="mentronome-bench-") as folder:
            found = asyncio.run(PARTS[name](Path(folder)))
        print(table(found), flush=True)
        figures += found
    write(figures, RESULT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
