"""What people do in the life of a mentorship, carried out on the domain as the flows do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, auto

from bot.domain.cadence import at_local, local
from bot.domain.facts import Facts
from bot.domain.meeting import Answer, Meeting, MeetingKind, Move, State, verdict
from bot.domain.mentorship import Consent, Format, NotPossible, Participant, Role, Status, Step
from bot.domain.records import NoteKind


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
    DELAY = auto()
    WE_MET = auto()
    WE_DID_NOT = auto()
    SKIP = auto()
    TOPIC = auto()
    REFLECT = auto()
    DRAFT = auto()
    AGREE = auto()
    NAME_GOAL = auto()
    REST = auto()
    WAKE = auto()
    PAUSE = auto()
    RESUME = auto()
    END = auto()
    OUTAGE = auto()


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does.

    `wait` counts from the deed before, or where it is `around` a meeting, from the hour of the one that is open, and
    may then be negative. `days` is how far ahead an hour is suggested, or how long a rest or an outage lasts.
    """

    act: Act
    who: int = 0
    wait: timedelta = timedelta()
    days: int = 3
    around: bool = False


class World:
    """A mentorship and the time."""

    def __init__(self, facts: Facts, now: datetime) -> None:
        self.facts = facts
        self.now = now
        self.before_move: tuple[Meeting, datetime] | None = None

    def time_of(self, deed: Deed) -> datetime:
        """Return when a deed is done: at once, where its time around a meeting is over."""
        hour = self.facts.unsettled[-1].starts_at if deed.around and self.facts.unsettled else None
        return max(self.now, (hour or self.now) + deed.wait)

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


def _consent(world: World, who: Participant, consent: Consent) -> None:
    if world.facts.mentorship.status is Status.PROPOSED and who.consent is Consent.OPEN:
        who.consent = consent


def _introduce(world: World, who: Participant, days: int) -> None:
    if world.open_meeting.kind is MeetingKind.KICKOFF:
        world.facts.written.add((world.open_meeting.id, who.person_id, NoteKind.INTRODUCTION))


def _propose(world: World, who: Participant, days: int) -> None:
    world.open_meeting.propose(world.hour(days), who.person_id, world.now)


def _confirm(world: World, who: Participant, days: int) -> None:
    world.facts.agree(world.open_meeting, world.now)


def _move(world: World, who: Participant, days: int) -> None:
    meeting = world.open_meeting
    if meeting.starts_at and meeting.state is State.CONFIRMED:
        world.before_move = meeting, meeting.starts_at
        _propose(world, who, days)
        _confirm(world, who, days)


def _move_back(world: World, who: Participant, days: int) -> None:
    if world.before_move and world.open_meeting is world.before_move[0] and world.before_move[1] > world.now:
        world.open_meeting.propose(world.before_move[1], who.person_id, world.now)
        _confirm(world, who, days)


def _delay(world: World, who: Participant, days: int) -> None:
    meeting = world.open_meeting
    if meeting.starts_at and meeting.state is State.CONFIRMED and meeting.starts_at > world.now:
        meeting.propose(meeting.starts_at + timedelta(hours=1), who.person_id, world.now)
        _confirm(world, who, days)


def _answer(world: World, who: Participant, met: bool) -> None:
    facts = world.facts
    over = [m for m in facts.meetings if m.starts_at and m.starts_at <= world.now and m.state in ANSWERED]
    if not over or facts.mentorship.status is not Status.ACTIVE:
        return
    meeting = over[-1]
    before = facts.answers[:]
    facts.answers = [a for a in before if (a.meeting_id, a.person_id) != (meeting.id, who.person_id)]
    facts.answers.append(Answer(meeting.id, who.person_id, "o", meeting.moves, met, world.now))
    to = verdict(facts.mentorship.format, facts.roles, facts.answers_about(meeting))
    if to and to is not meeting.state:
        try:
            meeting.move(VERDICTS[to], world.now)
        except NotPossible:
            facts.answers = before


def _topic(world: World, who: Participant, days: int) -> None:
    world.facts.written.add((world.open_meeting.id, who.person_id, NoteKind.TOPIC))


def _reflect(world: World, who: Participant, days: int) -> None:
    if world.facts.last_held:
        world.facts.written.add((world.facts.last_held.id, who.person_id, NoteKind.REFLECTION))


def _draft(world: World, who: Participant, days: int) -> None:
    facts = world.facts
    may = facts.mentorship.format is not Format.GROUP or who.role is Role.MENTOR
    if facts.mentorship.runs and facts.first_talk and may:
        facts.draft(who.person_id, world.now)


def _agree(world: World, who: Participant, days: int) -> None:
    if world.facts.mentorship.runs and world.facts.mentorship.drafted_by:
        world.facts.accept(who.person_id, world.now)


def _name_goal(world: World, who: Participant, days: int) -> None:
    if world.facts.mentorship.runs and who.role is not Role.MENTOR:
        world.facts.with_goal.add(who.person_id)


def _rest(world: World, who: Participant, days: int) -> None:
    world.facts.people[who.person_id].paused_until = world.now + timedelta(days=days)


def _wake(world: World, who: Participant, days: int) -> None:
    world.facts.people[who.person_id].paused_until = None


def _stop(world: World, step: Step) -> None:
    world.facts.mentorship.step(step, world.now)
    for meeting in world.facts.unsettled:
        meeting.move(Move.SKIP, world.now)


ANSWERED = (State.CONFIRMED, State.MISSED, State.HELD, State.UNSETTLED)
VERDICTS = {State.HELD: Move.HOLD, State.MISSED: Move.MISS, State.UNSETTLED: Move.UNSETTLE}

DEEDS: dict[Act, Callable[[World, Participant, int], None]] = {
    Act.NOTHING: lambda world, who, days: None,
    Act.ACCEPT: lambda world, who, days: _consent(world, who, Consent.ACCEPTED),
    Act.DECLINE: lambda world, who, days: _consent(world, who, Consent.DECLINED),
    Act.INTRODUCE: _introduce,
    Act.PROPOSE: _propose,
    Act.CONFIRM: _confirm,
    Act.MOVE: _move,
    Act.MOVE_BACK: _move_back,
    Act.DELAY: _delay,
    Act.WE_MET: lambda world, who, days: _answer(world, who, True),
    Act.WE_DID_NOT: lambda world, who, days: _answer(world, who, False),
    Act.SKIP: lambda world, who, days: world.open_meeting.move(Move.SKIP, world.now),
    Act.TOPIC: _topic,
    Act.REFLECT: _reflect,
    Act.DRAFT: _draft,
    Act.AGREE: _agree,
    Act.NAME_GOAL: _name_goal,
    Act.REST: _rest,
    Act.WAKE: _wake,
    Act.PAUSE: lambda world, who, days: _stop(world, Step.PAUSE),
    Act.RESUME: lambda world, who, days: world.facts.mentorship.step(Step.RESUME, world.now),
    Act.END: lambda world, who, days: _stop(world, Step.END),
}
