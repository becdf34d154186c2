"""What a simulation prints at its end."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.meeting import State
from bot.simulation.promises import Breach

_SHOWN = 40
"""Breaches that are printed one by one."""


@dataclass(frozen=True)
class Report:
    """The figures of one simulation.

    `all`, `unasked` and `counted` hold the messages of each person and week, as `Promises` counts them; `mended` the
    working days from each slip to its new date; `dropped` (reason, kind, how many); `begun` the pairs with a first
    date by day 10, and those that have had ten days; `zones` the zone of each person. `marks` counts the texts that
    were read by those for whom they are. `left_undone` are events that could not be handled, and messages that could
    not be sent.
    """

    people: int
    weeks: int
    seed: int
    zones: Mapping[str, str]
    all: Counter[tuple[str, date]]
    unasked: Counter[tuple[str, date]]
    counted: Counter[tuple[str, date]]
    planned: Counter[State]
    mended: Sequence[int]
    open_slips: int
    dropped: Sequence[tuple[str, str, int]]
    begun: tuple[int, int]
    states: Mapping[str, int]
    marks: int
    turns: int
    left_undone: int
    breaches: Sequence[Breach]

    @property
    def flawless(self) -> bool:
        """Whether every promise was kept, and nothing was left undone."""
        return not self.breaches and not self.left_undone

    @property
    def mean(self) -> float:
        """Unasked messages a person and week."""
        return self.unasked.total() / (self.people * self.weeks)

    @property
    def most(self) -> int:
        """The most unasked messages that one person got in one week."""
        return max(self.unasked.values(), default=0)

    @property
    def held(self) -> float:
        """The share of the planned meetings that took place, of those that are settled."""
        return self.planned[State.HELD] / max(self.planned.total(), 1)

    def lines(self) -> Iterator[str]:
        """Yield the report line by line."""
        yield f"{self.people:,} people, {self.weeks} weeks, seed {self.seed}: {self.turns:,} answers of people"
        yield from self._messages()
        yield from self._meetings()
        yield "Dropped unsaid:" if self.dropped else "Nothing was dropped unsaid."
        yield from (f"  {reason}: {kind}, {count:,}" for reason, kind, count in self.dropped)
        yield "Pairs at the end: " + ", ".join(f"{count:,} {state}" for state, count in self.states.items())
        yield f"Texts read by those for whom they are: {self.marks:,}"
        if self.left_undone:
            yield f"Left undone: {self.left_undone:,} events or messages"
        yield from self._promises()

    def _messages(self) -> Iterator[str]:
        weeks = self.people * self.weeks
        counts = Counter(min(count, 3) for count in self.unasked.values())
        counts[0] = weeks - sum(counts[n] for n in (1, 2, 3))
        shares = ", ".join(
            f"{label}: {counts[n] / weeks:.1%}" for n, label in enumerate(("0", "1", "2", "3 or more"))
        )
        yield f"Unasked messages a person and week: {self.mean:.2f}, at most {self.most} ({shares})"
        free = self.unasked.total() - self.counted.total()
        yield (
            f"Of these, {free / weeks:.2f} are free, which answer what somebody did or tell of a change on short "
            f"notice; at most {max(self.counted.values(), default=0)} are not"
        )
        yield (
            f"Messages a person and week, answers to what people did included: {self.all.total() / weeks:.2f}, "
            f"at most {max(self.all.values(), default=0)}"
        )

    def _meetings(self) -> Iterator[str]:
        rest = ", ".join(f"{count:,} {state}" for state, count in self.planned.most_common())
        yield f"Planned meetings held: {self.held:.1%} of {self.planned.total():,} ({rest or 'none'})"
        if self.mended:
            nine_of_ten = sorted(self.mended)[int(len(self.mended) * 0.9)]
            yield (
                f"Working days from a slip to a new date: median {statistics.median(self.mended):g}, "
                f"90th percentile {nine_of_ten}, of {len(self.mended):,}; {self.open_slips:,} have none yet"
            )
        begun, had = self.begun
        yield f"Pairs with a first date by day 10: {begun:,} of {had:,}"

    def _promises(self) -> Iterator[str]:
        if not self.breaches:
            yield "Every promise was kept, on every message."
            return
        kinds = Counter(breach.promise for breach in self.breaches)
        yield f"Promises broken: {len(self.breaches):,}"
        yield from (f"  {promise}: {count:,}" for promise, count in kinds.most_common())
        for breach in sorted(self.breaches, key=lambda one: one.at)[:_SHOWN]:
            there = breach.at.astimezone(ZoneInfo(self.zones[breach.person_id]))
            yield f"  {breach.person_id}, {there:%a %Y-%m-%d %H:%M} there: {breach.promise}: {breach.what}"
