"""What came of an import, for the person who ran it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.roster.rows import Problem

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of people, the names of those who are known and not in the file, and the problems by line."""

    added: int
    changed: int
    unchanged: int
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{_people(self.added)} added, {self.changed} changed, {self.unchanged} unchanged."
        left_out = [problem for problem in self.problems if not problem.kept]
        if left_out:
            count = "1 line was" if len(left_out) == 1 else f"{len(left_out)} lines were"
            yield f"{count} left out. Please mend and import the file again; the rest stays as it is."
            yield from _some(left_out)
        doubts = [problem for problem in self.problems if problem.kept]
        if doubts:
            yield "Taken in, but please look at:"
            yield from _some(doubts)
        if self.ignored:
            yield f"Ignored, since I do not know these columns: {_named(self.ignored)}."
        if self.missing:
            yield f"Known, but not in this file (nobody was removed): {_named(self.missing)}."


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _some(problems: Sequence[Problem]) -> Iterator[str]:
    yield from (f"  {problem}" for problem in problems[:_SHOWN])
    if len(problems) > _SHOWN:
        yield f"  … and {len(problems) - _SHOWN} more"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
