"""A meeting: its hour, what became of it, and who said so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.mentorship import Format, NotPossible, Role


class MeetingKind(StrEnum):
    """What a meeting is for."""

    KICKOFF = "kickoff"
    CHECK_IN = "check_in"
    REVIEW = "review"
    EXTRA = "extra"
    CLOSING = "closing"


class State(StrEnum):
    """Where a meeting is: without an hour, with one that somebody proposed, agreed, or settled."""

    OPEN = "open"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MISSED = "missed"
    HELD = "held"
    UNSETTLED = "unsettled"
    SKIPPED = "skipped"


class Move(StrEnum):
    """What can happen to a meeting."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    HOLD = "hold"
    MISS = "miss"
    UNSETTLE = "unsettle"
    SKIP = "skip"


COURSE: dict[tuple[State, Move], State] = {
    (State.OPEN, Move.PROPOSE): State.PROPOSED,
    (State.OPEN, Move.SKIP): State.SKIPPED,
    (State.PROPOSED, Move.PROPOSE): State.PROPOSED,
    (State.PROPOSED, Move.CONFIRM): State.CONFIRMED,
    (State.PROPOSED, Move.MISS): State.MISSED,
    (State.PROPOSED, Move.SKIP): State.SKIPPED,
    (State.CONFIRMED, Move.PROPOSE): State.PROPOSED,
    (State.CONFIRMED, Move.HOLD): State.HELD,
    (State.CONFIRMED, Move.MISS): State.MISSED,
    (State.CONFIRMED, Move.UNSETTLE): State.UNSETTLED,
    (State.CONFIRMED, Move.SKIP): State.SKIPPED,
    (State.MISSED, Move.PROPOSE): State.PROPOSED,
    (State.MISSED, Move.HOLD): State.HELD,
    (State.MISSED, Move.UNSETTLE): State.UNSETTLED,
    (State.MISSED, Move.SKIP): State.SKIPPED,
    (State.HELD, Move.UNSETTLE): State.UNSETTLED,
    (State.UNSETTLED, Move.HOLD): State.HELD,
}
"""Every change of a meeting that there is; the diagram in the docs is drawn from it."""

SETTLED = frozenset({State.HELD, State.UNSETTLED, State.SKIPPED})
"""The states in which a meeting asks nothing more of anybody, and the next one may be booked."""


@dataclass(eq=False)
class Meeting:
    """One meeting of a mentorship.

    `moves` counts the hours that it has had; what is said about an hour carries that count, so that an old 'yes'
    cannot confirm a new hour. `timed_at` is when its present hour was set, `settled_at` when it was held, missed,
    skipped or left unsettled. `number` counts the series from 0 on; a meeting out of turn has no place in it and is
    numbered from -1 downwards. `lead_id` is who is asked first: the mentee, or whose turn it is among peers.
    `place_id` are the words on where they meet.
    """

    id: str
    organization_id: str
    mentorship_id: str
    kind: MeetingKind
    number: int
    lead_id: str
    created_at: datetime
    state: State = State.OPEN
    minutes: int = 45
    place_id: str | None = None
    moves: int = 0
    starts_at: datetime | None = None
    timed_at: datetime | None = None
    proposed_by: str | None = None
    settled_at: datetime | None = None
    series_zone: str = ""
    """The zone on whose clocks the series goes on once the suggested hour is confirmed; '' where it stays."""

    @property
    def ends_at(self) -> datetime | None:
        """When the meeting is over, if it has an hour."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    def move(self, move: Move, now: datetime) -> None:
        """Change the state by the table `COURSE`.

        Raises:
            NotPossible: the table has no such change; the meeting is as it was.
        """
        to = COURSE.get((self.state, move))
        if to is None:
            raise NotPossible(f"{move} from {self.state}")
        self.state = to
        if to is State.MISSED or to in SETTLED:
            self.settled_at = now

    def propose(self, starts_at: datetime, by: str, now: datetime, series_zone: str = "") -> None:
        """Let `by` suggest another hour, and with it another zone for the series; the others are to confirm it."""
        self.move(Move.PROPOSE, now)
        self.moves += 1
        self.series_zone = series_zone
        self.starts_at, self.proposed_by, self.timed_at, self.settled_at = starts_at, by, now, None

    def confirm(self, now: datetime) -> None:
        """Agree to the hour that stands."""
        self.move(Move.CONFIRM, now)
        self.timed_at = now


@dataclass(eq=False)
class Answer:
    """What one person said about whether a meeting took place; one a meeting and person, for its present hour."""

    meeting_id: str
    person_id: str
    organization_id: str
    moves: int
    met: bool
    answered_at: datetime


def verdict(form: Format, roles: dict[str, Role], answers: list[Answer]) -> State | None:
    """Tell what the answers about one hour of a meeting make of it; None while nobody has settled it.

    Two people: one word is enough, and a contradiction leaves it unsettled. A group has met if its mentor or two
    mentees say so; a mentee's 'no' is that mentee's absence, and only the mentor's 'no' means that it was missed.
    """
    yes = [answer.person_id for answer in answers if answer.met]
    no = [answer.person_id for answer in answers if not answer.met]
    if form is Format.GROUP:
        mentees = [person for person in yes if roles[person] is Role.MENTEE]
        held = len(mentees) < len(yes) or len(mentees) >= 2
        missed = any(roles[person] is Role.MENTOR for person in no)
    else:
        held, missed = bool(yes), bool(no)
    if held and missed:
        return State.UNSETTLED
    return State.HELD if held else State.MISSED if missed else None
