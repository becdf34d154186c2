"""What those who run the programme see of all pairs: states by name, and counts where a programme hides its pairs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.facts import Facts
from bot.domain.health import EXCEPTIONS, Health, Standing, is_exception, seen_by_admin
from bot.domain.mentorship import Status
from bot.domain.program import Program
from bot.language import Translator
from bot.ports import UnitOfWork

ON_IT = "on_it"
"""What the trail calls it that somebody who runs the programme looks after a pair."""

ON_IT_FOR = timedelta(weeks=2)
"""For how long a pair is off the list once somebody is on it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair that may be named; `refused` says that somebody in it cannot be reached, whatever else holds."""

    facts: Facts
    standing: Standing
    refused: bool = False

    def names(self, t: Translator) -> str:
        """Say who they are, in the order in which they were paired."""
        seated = self.facts.present or self.facts.participants
        return " – ".join(t.name(self.facts.people[participant.person_id].name) for participant in seated)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How one pair is doing that is only counted, and its programme."""

    program_id: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overview:
    """All pairs of a company, or of one programme, that are not long over.

    `hidden` are those that are only counted; `taken` tells until when somebody is on it, by pair.
    """

    rows: tuple[Row, ...]
    hidden: tuple[Hidden, ...]
    taken: Mapping[str, datetime]

    def of(self, program_id: str | None) -> "Overview":
        """Return the pairs of one programme; for None those that two people began without any."""
        rows = tuple(row for row in self.rows if row.facts.mentorship.program_id == program_id)
        hidden = tuple(one for one in self.hidden if one.program_id == program_id)
        return Overview(rows, hidden, self.taken)

    @property
    def is_running(self) -> bool:
        """Whether there is any pair that is not over."""
        states = [*(row.standing.state for row in self.rows), *(one.standing.state for one in self.hidden)]
        return any(state is not Health.ENDED for state in states)

    def exceptions(self) -> list[Row]:
        """Return the pairs that need somebody, the most pressing first, without those that somebody is on."""
        pressing = [row for row in self.rows if is_exception(row.facts, row.standing.state)]
        left = [row for row in pressing if row.facts.mentorship.id not in self.taken]
        return sorted(left, key=lambda row: (EXCEPTIONS.index(row.standing.state), row.standing.since))

    def of_state(self, state: Health) -> list[Row]:
        """Return the pairs of one state, the longest in it first."""
        return sorted((row for row in self.rows if row.standing.state is state), key=lambda row: row.standing.since)

    def entered_since(self, moment: datetime) -> Counter[Health]:
        """Count the pairs that may be named and came into their present state after a moment."""
        return Counter(row.standing.state for row in self.rows if row.standing.since > moment)


def overview(unit: UnitOfWork, organization_id: str, now: datetime) -> Overview:
    """Return how all pairs of a company are doing; what never came about is no pair."""
    everything = came_about(unit.mentorships.at_a_glance(organization_id, now))
    return Overview(*_sorted_out(unit, organization_id, everything, now), _taken(unit, organization_id, now))


def came_about(among: Iterable[Facts]) -> list[Facts]:
    """Return some pairs without those of which nothing came when they were invited."""
    return [facts for facts in among if not facts.mentorship.never_began]


def rows(unit: UnitOfWork, organization_id: str, among: Iterable[Facts], now: datetime) -> tuple[Row, ...]:
    """Return those of some pairs that may be named."""
    return _sorted_out(unit, organization_id, among, now)[0]


def is_hidden(unit: UnitOfWork, facts: Facts) -> bool:
    """Tell whether a pair is only counted: its programme shows counts, or where it has none, any of the company."""
    if facts.mentorship.program_id is not None:
        return facts.program.aggregate_only
    return any(program.aggregate_only for program in unit.programs.all(facts.mentorship.organization_id))


def plan_anew(unit: UnitOfWork, changed: Iterable[Program], now: datetime) -> None:
    """Let everybody in some programmes be looked at again, since what is due may have changed with these."""
    for program in changed:
        for facts in unit.mentorships.at_a_glance(program.organization_id, now):
            if facts.mentorship.program_id == program.id and facts.mentorship.status is not Status.ENDED:
                for participant in facts.present:
                    unit.touches.look_by(participant.organization_id, participant.person_id, now)


def _sorted_out(
    unit: UnitOfWork, organization_id: str, among: Iterable[Facts], now: datetime
) -> tuple[tuple[Row, ...], tuple[Hidden, ...]]:
    refused = unit.outbox.unreachable(organization_id)
    without_program = any(program.aggregate_only for program in unit.programs.all(organization_id))
    named, hidden = [], []
    for facts in among:
        standing = seen_by_admin(facts, now, refused)
        if facts.program.aggregate_only if facts.mentorship.program_id else without_program:
            hidden.append(Hidden(facts.mentorship.program_id, standing))
        else:
            named.append(Row(facts, standing, any(p.person_id in refused for p in facts.present)))
    return tuple(named), tuple(hidden)


def _taken(unit: UnitOfWork, organization_id: str, now: datetime) -> dict[str, datetime]:
    entries = unit.trail.since(organization_id, ON_IT, now - ON_IT_FOR)
    return {entry.subject_id: entry.at + ON_IT_FOR for entry in entries}
