"""Lives of mentorships that nobody would think of: people all over the world, what they do, and a clock that runs.

A `History` is drawn by hypothesis and says who they are and what they do when. `History.lived` plays it over the
pure domain, as the engine and the scheduler do with a database: every turn and every look first carries out what
time has brought, says what is due, plans again, and moves the next look of all.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.cadence import at_local, local
from bot.domain.facts import Facts
from bot.domain.meeting import Answer, Meeting, MeetingKind, Move, State, verdict
from bot.domain.mentorship import (
    Consent,
    Format,
    Mentorship,
    NotPossible,
    Participant,
    Role,
    Status,
    Step,
    decision_time,
)
from bot.domain.people import Person
from bot.domain.plan import Window, look
from bot.domain.progress import advance
from bot.domain.records import NoteKind, Said

STEADY = settings(
    derandomize=True, deadline=None, database=None, max_examples=40, suppress_health_check=list(HealthCheck)
)
"""The same histories in every run, so that what is red stays red until it is mended."""

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

DATES = (
    datetime(2026, 3, 2, 8, tzinfo=UTC),  # clocks change in spring and autumn
    datetime(2026, 9, 14, 14, tzinfo=UTC),
    datetime(2026, 11, 30, 7, tzinfo=UTC),  # a year of 53 weeks
    datetime(2028, 1, 10, 20, tzinfo=UTC),  # a leap day
    datetime(2032, 11, 29, 11, tzinfo=UTC),  # the next year of 53 weeks, and a leap year
)


class Act(Enum):
    """What people do, and what happens to the process that serves them."""

    NOTHING = auto()
    ACCEPT = auto()
    DECLINE = auto()
    INTRODUCE = auto()
    PROPOSE = auto()
    CONFIRM = auto()
    MOVE = auto()
    MOVE_BACK = auto()
    WE_MET = auto()
    WE_DID_NOT = auto()
    SKIP = auto()
    TOPIC = auto()
    REFLECT = auto()
    REST = auto()
    WAKE = auto()
    PAUSE = auto()
    RESUME = auto()
    END = auto()
    OUTAGE = auto()


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does after a wait; `days` is how far ahead an hour lies, or how long a rest lasts."""

    act: Act
    who: int = 0
    wait: timedelta = timedelta()
    days: int = 3


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
    """Who they are and what they do."""

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
            yield from life.until(life.now + deed.wait)
            life.do(deed)
        yield from life.until(life.now)
        yield from life.until(life.facts.mentorship.ends_at + timedelta(days=10))


class Life:
    """A history as it is lived: the facts, the time, and when to look at whom."""

    def __init__(self, history: History, stride: timedelta | None = None) -> None:
        self.facts = facts_of(history)
        self.now = history.begins
        self.before_move: tuple[Meeting, datetime] | None = None
        self.looks: dict[str, datetime | None] = dict.fromkeys(self.facts.people, self.now)
        self.stride = stride
        self.stroll = self.now + stride if stride else None
        self.booked_at: dict[str, datetime] = {}
        self.deeds = 0
        self.count = 0

    def until(self, moment: datetime) -> Iterator[Moment]:
        """Let the time pass and look whenever a look was announced."""
        while (at := min((at for at in (*self.looks.values(), self.stroll) if at), default=moment)) <= moment:
            self.now = max(self.now, at)
            if self.stride and self.stroll and self.stroll <= self.now:
                self.looks = dict.fromkeys(self.looks, self.now)
                self.stroll += self.stride
            for person_id, look_at in self.looks.items():
                if look_at and look_at <= self.now:
                    yield self.look(self.facts.people[person_id])
            if moment <= self.now and not any(at and at <= self.now for at in self.looks.values()):
                break
        self.now = max(self.now, moment)

    def look(self, person: Person) -> Moment:
        """Look at one person now, as the scheduler does."""
        self.count += 1
        assert self.count < ENDLESS, "the looks never end"
        self.advance()
        due = look(person, [self.facts], self.now).due
        for window in due:
            self.facts.said[window.touch] = Said(self.now, "")
        again = look(person, [self.facts], self.now)
        self.looks[person.id] = again.next_at
        self.plan_again()
        return Moment(self.now, person, self.facts, due, again.due, again.next_at, self.booked_at, self.deeds)

    def advance(self) -> None:
        """Carry out what time has brought."""
        self.booked_at |= {meeting.id: self.now for meeting in advance(self.facts, self.now)}

    def plan_again(self) -> None:
        """Move everybody's next look to the earlier of what stands and what the plan gives, as each turn does."""
        for person in self.facts.people.values():
            plan = look(person, [self.facts], self.now)
            new, old = self.now if plan.due else plan.next_at, self.looks[person.id]
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

    def hour(self, days: int) -> datetime:
        """Return ten o'clock, or later on uneven days, so many days from now in the zone of the mentorship."""
        zone = self.facts.mentorship.zone
        return at_local(local(self.now, zone).date() + timedelta(days=days), time(10 + 5 * (days % 2)), zone)

    @property
    def open_meeting(self) -> Meeting:
        """The meeting that still asks something of somebody.

        Raises:
            NotPossible: there is none.
        """
        if not self.facts.unsettled or self.facts.mentorship.status is not Status.ACTIVE:
            raise NotPossible("no meeting is open")
        return self.facts.unsettled[-1]


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
        decides_at=decision_time(history.begins, zone),
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


# What people do


def _consent(life: Life, who: Participant, consent: Consent) -> None:
    if life.facts.mentorship.status is Status.PROPOSED and who.consent is Consent.OPEN:
        who.consent = consent


def _introduce(life: Life, who: Participant, days: int) -> None:
    if life.open_meeting.kind is MeetingKind.KICKOFF:
        life.facts.written.add((life.open_meeting.id, who.person_id, NoteKind.INTRODUCTION))


def _propose(life: Life, who: Participant, days: int) -> None:
    life.open_meeting.propose(life.hour(days), who.person_id, life.now)


def _confirm(life: Life, who: Participant, days: int) -> None:
    life.facts.agree(life.open_meeting, life.now)


def _move(life: Life, who: Participant, days: int) -> None:
    meeting = life.open_meeting
    if meeting.starts_at and meeting.state is State.CONFIRMED:
        life.before_move = meeting, meeting.starts_at
        _propose(life, who, days)
        _confirm(life, who, days)


def _move_back(life: Life, who: Participant, days: int) -> None:
    if life.before_move and life.open_meeting is life.before_move[0] and life.before_move[1] > life.now:
        life.open_meeting.propose(life.before_move[1], who.person_id, life.now)
        _confirm(life, who, days)


def _answer(life: Life, who: Participant, met: bool) -> None:
    facts = life.facts
    over = [m for m in facts.meetings if m.starts_at and m.starts_at <= life.now and m.state in ANSWERED]
    if not over or facts.mentorship.status is not Status.ACTIVE:
        return
    meeting = over[-1]
    before = facts.answers[:]
    facts.answers = [a for a in before if (a.meeting_id, a.person_id) != (meeting.id, who.person_id)]
    facts.answers.append(Answer(meeting.id, who.person_id, "o", meeting.moves, met, life.now))
    to = verdict(facts.mentorship.format, facts.roles, facts.answers_about(meeting))
    if to and to is not meeting.state:
        try:
            meeting.move(VERDICTS[to], life.now)
        except NotPossible:
            facts.answers = before


def _topic(life: Life, who: Participant, days: int) -> None:
    life.facts.written.add((life.open_meeting.id, who.person_id, NoteKind.TOPIC))


def _reflect(life: Life, who: Participant, days: int) -> None:
    if life.facts.last_held:
        life.facts.written.add((life.facts.last_held.id, who.person_id, NoteKind.REFLECTION))


def _rest(life: Life, who: Participant, days: int) -> None:
    life.facts.people[who.person_id].paused_until = life.now + timedelta(days=days)


def _wake(life: Life, who: Participant, days: int) -> None:
    life.facts.people[who.person_id].paused_until = None


def _stop(life: Life, step: Step) -> None:
    life.facts.mentorship.step(step, life.now)
    for meeting in life.facts.unsettled:
        meeting.move(Move.SKIP, life.now)


ANSWERED = (State.CONFIRMED, State.MISSED, State.HELD, State.UNSETTLED)
VERDICTS = {State.HELD: Move.HOLD, State.MISSED: Move.MISS, State.UNSETTLED: Move.UNSETTLE}

DEEDS: dict[Act, Callable[[Life, Participant, int], None]] = {
    Act.NOTHING: lambda life, who, days: None,
    Act.ACCEPT: lambda life, who, days: _consent(life, who, Consent.ACCEPTED),
    Act.DECLINE: lambda life, who, days: _consent(life, who, Consent.DECLINED),
    Act.INTRODUCE: _introduce,
    Act.PROPOSE: _propose,
    Act.CONFIRM: _confirm,
    Act.MOVE: _move,
    Act.MOVE_BACK: _move_back,
    Act.WE_MET: lambda life, who, days: _answer(life, who, True),
    Act.WE_DID_NOT: lambda life, who, days: _answer(life, who, False),
    Act.SKIP: lambda life, who, days: life.open_meeting.move(Move.SKIP, life.now),
    Act.TOPIC: _topic,
    Act.REFLECT: _reflect,
    Act.REST: _rest,
    Act.WAKE: _wake,
    Act.PAUSE: lambda life, who, days: _stop(life, Step.PAUSE),
    Act.RESUME: lambda life, who, days: life.facts.mentorship.step(Step.RESUME, life.now),
    Act.END: lambda life, who, days: _stop(life, Step.END),
}


# Drawing histories

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WAITS = (timedelta(), timedelta(minutes=20), 3 * HOUR, 17 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 8 * DAY, 15 * DAY)
RARE = frozenset({Act.DECLINE, Act.PAUSE, Act.RESUME, Act.END, Act.OUTAGE, Act.SKIP})
USUAL = tuple(act for act in Act if act not in RARE)


def histories() -> st.SearchStrategy[History]:
    """Draw a mentorship of two to four people over six to sixteen weeks and up to 24 deeds."""
    acts = st.sampled_from([*USUAL, *USUAL, *RARE])
    deed = st.builds(Deed, acts, st.integers(0, 3), st.sampled_from(WAITS), st.integers(1, 20))
    return st.sampled_from([(Format.ONE_ON_ONE, 2), (Format.PEER, 2), (Format.GROUP, 4)]).flatmap(
        lambda form: st.builds(
            History,
            st.just(form[0]),
            st.tuples(*[st.tuples(_below(PLACES), _below(HOURS))] * form[1]),
            st.builds(lambda date, hours: date + hours * HOUR, st.sampled_from(DATES), st.integers(0, 24 * 14)),
            st.integers(6, 16),
            st.sampled_from([1, 2, 2, 4]),
            st.builds(
                lambda first, rest: (*first, *rest), _beginnings(form[1]), st.lists(deed, min_size=3, max_size=24)
            ),
        )
    )


def _beginnings(people: int) -> st.SearchStrategy[tuple[Deed, ...]]:
    """Draw how far a mentorship comes before chance takes over: invited, begun, or in its rhythm."""
    agreed = tuple(Deed(Act.ACCEPT, number, 2 * HOUR) for number in range(people))
    timed = (Deed(Act.PROPOSE, 1, 10 * DAY, 3), Deed(Act.CONFIRM, 0, 5 * HOUR))
    rhythm = (*agreed, *timed, Deed(Act.WE_MET, 0, 4 * DAY))
    return st.sampled_from([(), agreed, agreed + timed, rhythm, rhythm, (*rhythm, Deed(Act.WE_DID_NOT, 1, 15 * DAY))])


def _below(table: tuple[object, ...]) -> st.SearchStrategy[int]:
    return st.integers(0, len(table) - 1)
