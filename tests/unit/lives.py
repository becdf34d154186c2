"""The life of a mentorship, played over the pure domain as the engine and the scheduler do with a database.

Every turn and every look first carries out what time has brought, says what is due, plans again, and moves the next
look of all.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.mentorship import Format, Mentorship, NotPossible, Participant, Role, Status, decision_time
from bot.domain.people import Person
from bot.domain.plan import look, plan
from bot.domain.progress import advance, changes
from bot.domain.records import Said
from bot.domain.windows import Window
from tests.unit.deeds import DEEDS, Act, Deed, World

ENDLESS = 3000
"""More looks than any mentorship of a few months can need."""

PLACES = (
    ("Europe/Berlin", "DE", "BE"),
    ("America/New_York", "US", "NY"),
    ("Pacific/Auckland", "NZ", "AUK"),
    ("Australia/Lord_Howe", "AU", "NSW"),
    ("America/Santiago", "CL", ""),
    ("Asia/Kathmandu", "", ""),
    ("Pacific/Honolulu", "US", "HI"),
    ("Pacific/Kiritimati", "", ""),
)
"""Both hemispheres, zones twelve hours apart and more, clocks that change by half an hour, days without a holiday."""

HOURS = (
    ((0, 1, 2, 3, 4), time(9), time(17)),
    ((0, 1, 2, 3, 6), time(8), time(16, 30)),
    ((1, 2, 3), time(10), time(14)),
    ((0, 1, 2, 3, 4), time(14), time(22)),
)


@dataclass(frozen=True)
class Moment:
    """One look at one person: what was said, what was still due after that, and when the next look comes.

    `booked_at` holds when each meeting was made by time alone, `deeds` counts what people did so far.
    """

    now: datetime
    person: Person
    facts: Facts
    said: tuple[Window, ...]
    left: tuple[Window, ...]
    next_at: datetime | None
    booked_at: Mapping[str, datetime]
    deeds: int


@dataclass(frozen=True)
class History:
    """Who they are and what they do; `homes` are places and hours by their number."""

    format: Format
    homes: tuple[tuple[int, int], ...]
    begins: datetime
    weeks: int
    every_weeks: int
    deeds: tuple[Deed, ...]

    def lived(self, stride: timedelta | None = None, crashes: frozenset[int] = frozenset()) -> Iterator[Moment]:
        """Play it to ten days after its end and yield every look.

        With a `stride`, everybody is also looked at so often, for no reason. Before the deeds numbered in `crashes`
        the process dies: what was stored is loaded anew, and all are looked at.
        """
        life = Life(self, stride)
        for number, deed in enumerate(self.deeds):
            if number in crashes:
                life.crash()
            yield from life.until(life.time_of(deed))
            life.do(deed)
        yield from life.until(life.now)
        yield from life.until(life.facts.mentorship.ends_at + timedelta(days=10))


class Life(World):
    """A history as it is lived: the facts, the time, and when to look at whom."""

    def __init__(self, history: History, stride: timedelta | None = None) -> None:
        super().__init__(facts_of(history), history.begins)
        self.looks: dict[str, datetime | None] = dict.fromkeys(self.facts.people, self.now)
        self.stride = stride
        self.stroll = self.now + stride if stride else None
        self.booked_at: dict[str, datetime] = {}
        self.deeds = 0
        self.count = 0

    def until(self, moment: datetime) -> Iterator[Moment]:
        """Let the time pass and look whenever a look was announced."""
        while (at := self.next_look) and at <= moment:
            self.now = max(self.now, at)
            if self.stride and self.stroll and self.stroll <= self.now:
                self.looks = dict.fromkeys(self.looks, self.now)
                self.stroll += self.stride
            for person_id, look_at in self.looks.items():
                if look_at and look_at <= self.now:
                    yield self.look(self.facts.people[person_id])
        self.now = max(self.now, moment)

    @property
    def next_look(self) -> datetime | None:
        """When to look again at anybody."""
        return min((at for at in (*self.looks.values(), self.stroll) if at), default=None)

    def look(self, person: Person) -> Moment:
        """Look at one person now, as the scheduler does."""
        self.count += 1
        assert self.count < ENDLESS, "the looks never end"
        changed = self.advance()
        found = look(person, [plan(self.facts)], self.now)
        due = found.due
        for window in due:
            self.facts.said[window.touch] = Said(self.now, "")
        if due:
            found = look(person, [plan(self.facts)], self.now)
        self.looks[person.id] = found.next_at
        if due or changed:
            self.plan_again()
        return Moment(self.now, person, self.facts, due, found.due, found.next_at, self.booked_at, self.deeds)

    def advance(self) -> bool:
        """Carry out what time has brought, and tell whether that was anything."""
        changed = any(change.at <= self.now for change in changes(self.facts))
        self.booked_at |= {meeting.id: self.now for meeting in advance(self.facts, self.now)}
        return changed

    def plan_again(self) -> None:
        """Move everybody's next look to the earlier of what stands and what the plan gives, as each turn does."""
        for person in self.facts.people.values():
            found = look(person, [plan(self.facts)], self.now)
            new, old = self.now if found.due else found.next_at, self.looks[person.id]
            self.looks[person.id] = min(new, old) if new and old else new or old

    def crash(self) -> None:
        """Forget all but what is stored."""
        self.facts, self.before_move = deepcopy((self.facts, self.before_move))
        self.looks = dict.fromkeys(self.looks, self.now)

    def do(self, deed: Deed) -> None:
        """Let somebody act, as a turn of the engine does."""
        self.deeds += 1
        if deed.act is Act.OUTAGE:
            self.now += timedelta(days=deed.days)
            return
        self.advance()
        present = self.facts.present
        with suppress(NotPossible):
            DEEDS[deed.act](self, present[deed.who % len(present)], deed.days)
        self.advance()
        self.plan_again()


def facts_of(history: History) -> Facts:
    """Return a mentorship that was just proposed; where there is a mentor, that is the first."""
    names = [f"p{number}" for number in range(len(history.homes))]
    people = {name: _person(name, *home) for name, home in zip(names, history.homes, strict=True)}
    peers = history.format is Format.PEER
    roles = [Role.PEER if peers else Role.MENTEE if number else Role.MENTOR for number in range(len(names))]
    zone = people[names[-1]].zone
    mentorship = Mentorship(
        id="mentorship",
        organization_id="o",
        format=history.format,
        status=Status.PROPOSED,
        proposed_at=history.begins,
        decides_at=decision_time(history.begins, *(person.zone for person in people.values())),
        zone=zone,
        ends_on=local(history.begins, zone).date() + timedelta(weeks=history.weeks),
        every_weeks=history.every_weeks,
    )
    participants = [Participant("mentorship", name, "o", role) for name, role in zip(names, roles, strict=True)]
    return Facts(mentorship, participants, people)


def _person(name: str, place: int, hours: int) -> Person:
    zone, country, region = PLACES[place]
    days, starts, ends = HOURS[hours]
    return Person(
        name,
        "o",
        name,
        zone=zone,
        country=country,
        region=region,
        working_days=days,
        day_starts=starts,
        day_ends=ends,
    )
