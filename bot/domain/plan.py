"""What is due: from facts and the time to what the bot should say to whom, and to when it should look again.

Nothing of this is stored. What may be said of all that is due, and what is dropped, decides `budget`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.facts import Facts
from bot.domain.people import Person, PersonStatus
from bot.domain.progress import Change, changes
from bot.domain.prompts import Prompt
from bot.domain.records import Said, Touch
from bot.domain.windows import Window, windows

Days = tuple[tuple[date, date], ...]
"""Stretches of days, as (first, last)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many unasked messages somebody gets in a week, and how many of them may hold a brief, or a wrap."""

    messages: int = 2
    briefs: int = 1
    wraps: int = 1

    def of_kind(self, kind: str) -> int | None:
        """Return how many messages of a week may hold a kind; None for what has no number of its own."""
        by_kind: dict[str, int] = {Prompt.BRIEF: self.briefs, Prompt.WRAP: self.wraps}
        return by_kind.get(kind)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one mentorship asks of everybody in it, as its facts stand, and what time alone will change of it.

    On `holidays` the whole programme rests. `limits` are the numbers of messages a week that its programme allows.
    """

    windows: tuple[Window, ...]
    changes: tuple[Change, ...]
    said: Mapping[Touch, Said]
    holidays: Days = ()
    limits: Limits = Limits()

    def live(self) -> set[Touch]:
        """Return all that is to be said or answered, whether it was said already or not."""
        return {window.touch for window in self.windows}

    def differs(self, earlier: "Plan") -> bool:
        """Tell whether it asks anything else of anybody, or at another time, than an earlier one of the same."""
        return (self.windows, self.changes) != (earlier.windows, earlier.changes)

    def unsaid(self, person_id: str) -> Iterator[Window]:
        """Yield the windows of one person that were not said yet, whether open, to come, or past."""
        return (w for w in self.windows if w.touch.person_id == person_id and w.touch not in self.said)


@dataclass(frozen=True, slots=True)
class Look:
    """What could be said to one person now, and when to look at that person again; never, where `next_at` is None.

    `riders` may come along with what is due. `ahead` is what will be due later, each with the moment at which it can
    be said.
    """

    due: tuple[Window, ...]
    next_at: datetime | None
    riders: tuple[Window, ...] = ()
    ahead: tuple[tuple[datetime, Window], ...] = ()


def plan(facts: Facts) -> Plan:
    """Plan one mentorship."""
    program = facts.program
    limits = Limits(program.unasked_a_week, program.briefs_a_week, program.wraps_a_week)
    return Plan(tuple(windows(facts)), tuple(changes(facts)), facts.said, program.holidays, limits)


def look(person: Person, plans: Iterable[Plan], now: datetime) -> Look:
    """Plan for one person over all mentorships: what is due, and the next moment at which that may change.

    Nothing is due outside the person's working hours, while the person has paused the bot, or after leaving.
    """
    due: list[Window] = []
    riders: list[Window] = []
    ahead: list[tuple[datetime, Window]] = []
    moments: list[datetime] = []
    for one in plans:
        moments += [change.at for change in one.changes]
        for window in one.unsaid(person.id):
            if window.moot_after <= now:
                continue
            at = may_speak(person, max(window.opens, now), one.holidays)
            if at is None or at >= window.moot_after:
                continue
            if at <= now and not window.rides:
                due.append(window)
            elif at <= now or (window.early and window.early <= now):
                riders.append(window)
            if at > now and not window.rides:
                ahead.append((at, window))
    moments += [at for at, _ in ahead]
    due.sort(key=lambda window: window.opens)
    return Look(tuple(due), min(moments, default=None), tuple(riders), tuple(ahead))


def may_speak(person: Person, moment: datetime, holidays: Days = ()) -> datetime | None:
    """Return the first moment from `moment` on at which somebody may be written to unasked; None for who has left."""
    if person.status is PersonStatus.LEFT:
        return None
    hours = person.working_time.resting(holidays)
    return hours.next_open(max(moment, person.paused_until) if person.paused_until else moment)
