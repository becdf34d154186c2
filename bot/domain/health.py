"""How a mentorship is doing, from facts and dates alone: the words that admins see, and the pair before them.

Every number of working days is counted until the last of those present has had it, so that neither the state nor the
day on which it comes tells who leads, who owes a move, or who was away.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.cadence import weeks_later
from bot.domain.facts import Facts
from bot.domain.meeting import MeetingKind, State
from bot.domain.mentorship import Status

STALLED_CADENCES = 2
"""Intervals without a held meeting after which a pair that has no date stands still."""

FEWEST = 5
"""Counts below this are merged where single pairs are hidden."""

NOBODY: Mapping[str, datetime] = MappingProxyType({})


class Health(StrEnum):
    """The states of a mentorship, the most pressing first."""

    NOT_STARTED = "not_started"
    STALLED = "stalled"
    SLIPPING = "slipping"
    UNREACHABLE = "unreachable"
    UNSETTLED = "unsettled"
    ENDING = "ending"
    PAUSED = "paused"
    INVITED = "invited"
    ON_TRACK = "on_track"
    ENDED = "ended"


EXCEPTIONS = (Health.NOT_STARTED, Health.STALLED, Health.SLIPPING, Health.UNREACHABLE, Health.ENDING)
"""What an admin is shown one by one, in this order, an ending one only without a closing; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, and since when it holds."""

    state: Health
    since: datetime


def health(facts: Facts, now: datetime) -> Health:
    """Tell how a mentorship is doing, for the pair itself."""
    return _now(_states(facts, 0, NOBODY), now).state


def seen_by_admin(facts: Facts, now: datetime, unreachable: Mapping[str, datetime] = NOBODY) -> Standing:
    """Tell how a mentorship is doing, for those who run the programme: some working days after the pair.

    `unreachable` are the ids of people to whom nothing can be delivered, each with the moment since when.
    """
    return _now(_states(facts, facts.program.warned_days, unreachable), now)


def is_exception(facts: Facts, state: Health) -> bool:
    """Tell whether an admin is shown a mentorship of a state by itself; an ending one with a closing is not."""
    if state is not Health.ENDING:
        return state in EXCEPTIONS
    looks_back = (State.PROPOSED, State.CONFIRMED, State.HELD)
    return not any(m.kind is MeetingKind.CLOSING and m.state in looks_back for m in facts.meetings)


def merged(counts: Counter[Health]) -> tuple[dict[Health, int], int]:
    """Return the counts that may be shown where pairs are hidden, and the sum of those too small to be shown."""
    large = {state: counts[state] for state in Health if counts[state] >= FEWEST}
    return large, counts.total() - sum(large.values())


def _now(states: Iterator[Standing], now: datetime) -> Standing:
    return next(standing for standing in states if standing.since <= now)


def _states(facts: Facts, later: int, unreachable: Mapping[str, datetime]) -> Iterator[Standing]:
    """Yield the states that hold by now or will, the most pressing first; those of trouble so many days later."""
    mentorship = facts.mentorship
    since = mentorship.status_at or mentorship.proposed_at
    if mentorship.status is Status.ENDED:
        yield Standing(Health.ENDED, since)
    elif mentorship.status is Status.PAUSED:
        yield Standing(Health.PAUSED, since)
    else:
        if mentorship.status is Status.ACTIVE and not _has_date(facts):
            yield from _without_date(facts, since, later)
        refused = [unreachable[p.person_id] for p in facts.present if p.person_id in unreachable]
        if refused:
            yield Standing(Health.UNREACHABLE, min(refused))
        if mentorship.status is Status.PROPOSED:
            yield Standing(Health.INVITED, since)
        last = facts.last_in_series
        if last and last.state is State.UNSETTLED and last.settled_at:
            yield Standing(Health.UNSETTLED, last.settled_at)
        yield Standing(Health.ENDING, weeks_later(mentorship.ends_at, -facts.program.ending_weeks, mentorship.zone))
        yield Standing(Health.ON_TRACK, since)


def _has_date(facts: Facts) -> bool:
    return any(meeting.state is State.CONFIRMED for meeting in facts.meetings)


def _without_date(facts: Facts, since: datetime, later: int) -> Iterator[Standing]:
    program, mentorship = facts.program, facts.mentorship
    for paired_at in _not_begun(facts, since):
        days = program.not_started_days - program.warned_days + later
        yield Standing(Health.NOT_STARTED, _days_on(facts, paired_at, days))
    if facts.settled:
        met = [meeting.starts_at for meeting in (facts.last_held,) if meeting and meeting.starts_at]
        due = weeks_later(max([since, *met]), STALLED_CADENCES * mentorship.every_weeks, mentorship.zone)
        changed = (meeting.settled_at or meeting.timed_at for meeting in facts.meetings)
        yield Standing(Health.STALLED, _days_on(facts, max([due, *filter(None, changed)]), later))
    for meeting in facts.unsettled:
        if meeting.state is State.MISSED and meeting.settled_at:
            yield Standing(Health.SLIPPING, _days_on(facts, meeting.settled_at, program.stuck_days + later))


def _not_begun(facts: Facts, since: datetime) -> Iterator[datetime]:
    """Yield from when on a pair has been without a first date; a first meeting that was missed had one."""
    if not facts.meetings:
        yield since
    for meeting in facts.unsettled:
        if meeting.kind is MeetingKind.KICKOFF and meeting.state is not State.MISSED:
            yield meeting.created_at


def _days_on(facts: Facts, moment: datetime, days: int) -> datetime:
    """Return when the last of those present has had so many working days since a moment; 0 is the moment itself."""
    if days == 0:
        return moment
    return max(facts.hours(participant.person_id).days_after(moment, days) for participant in facts.present)
