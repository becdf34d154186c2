"""What a benchmark finds out, and how it is shown."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit. `compared_with` says beside what it is to be read: a base line, a target."""

    name: str
    value: float
    unit: str
    compared_with: str = ""


def median_ms(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return statistics.median(seconds) * 1000


def p99_ms(seconds: Sequence[float]) -> float:
    """Return the time in milliseconds that 99 of 100 stay under, the greatest where there are less than 100."""
    return sorted(seconds)[int(len(seconds) * 0.99) if len(seconds) > 100 else -1] * 1000


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of a Markdown table, without its head."""
    return "\n".join(f"| {f.name} | {_number(f.value)} {f.unit} | {f.compared_with} |" for f in figures)


def write(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", encoding="utf-8")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
