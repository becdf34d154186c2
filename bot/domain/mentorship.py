"""A mentorship: who is in it, in which form, and the states of its life as one table."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cadence import Cadence, at_local, local

PROLONGED_BY = timedelta(weeks=13)
"""By how much a mentorship is prolonged at once."""

SLOWER_WEEKS = 4
"""How far apart the meetings of a pair are that has chosen a slower rhythm."""


class Format(StrEnum):
    """The forms of mentoring; in a reverse mentorship the roles follow what is taught, never rank."""

    ONE_ON_ONE = "one_on_one"
    GROUP = "group"
    PEER = "peer"
    REVERSE = "reverse"


class Role(StrEnum):
    """What somebody is in a mentorship; peers are both."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    PEER = "peer"


class Status(StrEnum):
    """Where a mentorship is in its life."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a mentorship is over. Nobody is told which of several people let a proposal lapse."""

    NOT_MATCHED = "not_matched"
    ENDED = "ended"
    TERM = "term"
    NEW_MATCH = "new_match"
    LEFT = "left"


class Step(StrEnum):
    """What can happen to a mentorship as a whole."""

    START = "start"
    LAPSE = "lapse"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


LIFE: dict[tuple[Status, Step], Status] = {
    (Status.PROPOSED, Step.START): Status.ACTIVE,
    (Status.PROPOSED, Step.LAPSE): Status.ENDED,
    (Status.PROPOSED, Step.END): Status.ENDED,
    (Status.ACTIVE, Step.PAUSE): Status.PAUSED,
    (Status.ACTIVE, Step.END): Status.ENDED,
    (Status.PAUSED, Step.RESUME): Status.ACTIVE,
    (Status.PAUSED, Step.END): Status.ENDED,
}
"""Every change of a mentorship's status that there is; the diagram in the docs is drawn from it."""


class NotPossible(Exception):
    """A change of status that the table does not hold; nothing was changed."""


class Consent(StrEnum):
    """What somebody answered to an invitation. Nobody but the bot sees it before all have answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(eq=False)
class Participant:
    """One person's part in one mentorship."""

    mentorship_id: str
    person_id: str
    organization_id: str
    role: Role
    consent: Consent = Consent.OPEN
    joined_at: datetime | None = None
    left_at: datetime | None = None
    agreed_at: datetime | None = None
    """When this person drafted or accepted the agreement; None where it was changed since."""
    prolongs_at: datetime | None = None
    """When this person asked for more time, or agreed to it; None once it was prolonged."""


@dataclass(eq=False)
class Mentorship:
    """A mentor and a mentee (or a group, or peers) who meet in a rhythm until an agreed end.

    `version` counts the changes of status, and buttons carry it, so that an old one cannot end or pause anew.
    `status_at` is when the status changed last, or when somebody moved it otherwise, as by a slower rhythm.
    The series is anchored by the first confirmed meeting: `anchor`, `at` and `zone` are None, None and the zone of
    whoever leads until then. `program_id` is None where two people began without a programme. A pause ends by itself
    on `resumes_on`, where that is set. `drafted_by` and `drafted_at` tell who wrote or changed the agreement last.
    """

    id: str
    organization_id: str
    format: Format
    status: Status
    proposed_at: datetime
    decides_at: datetime
    zone: str
    ends_on: date
    version: int = 0
    started_at: datetime | None = None
    status_at: datetime | None = None
    end_reason: EndReason | None = None
    anchor: date | None = None
    at: time | None = None
    every_weeks: int = 2
    minutes: int = 45
    program_id: str | None = None
    resumes_on: date | None = None
    drafted_by: str | None = None
    drafted_at: datetime | None = None

    @property
    def cadence(self) -> Cadence | None:
        """The series of regular meetings, once a first hour was agreed."""
        if self.anchor is None or self.at is None:
            return None
        return Cadence(self.anchor, self.at, self.zone, self.every_weeks)

    @property
    def runs(self) -> bool:
        """Whether it has begun and is not over; a pause is part of it."""
        return self.status in (Status.ACTIVE, Status.PAUSED)

    @property
    def never_began(self) -> bool:
        """Whether it is over without having come about, as an invitation to which not everybody said yes."""
        return self.status is Status.ENDED and self.started_at is None

    @property
    def ends_at(self) -> datetime:
        """The moment at which the last day of the mentorship is over in the pair's zone."""
        return at_local(self.ends_on + timedelta(days=1), time(), self.zone)

    def step(self, step: Step, now: datetime, reason: EndReason | None = None) -> None:
        """Change the status by the table `LIFE`.

        Raises:
            NotPossible: the table has no such change; the mentorship is as it was.
        """
        to = LIFE.get((self.status, step))
        if to is None:
            raise NotPossible(f"{step} from {self.status}")
        self.status, self.status_at, self.version = to, now, self.version + 1
        if step is Step.START:
            self.started_at = now
        if to is Status.ENDED:
            self.end_reason = reason or EndReason.ENDED

    def slow_down(self, now: datetime) -> None:
        """Let the meetings be four weeks apart from now on; somebody has moved, and a silence is over."""
        self.every_weeks = max(self.every_weeks, SLOWER_WEEKS)
        self.status_at = now

    def prolong(self) -> None:
        """Let it go on for three months more."""
        self.ends_on += PROLONGED_BY
        self.version += 1

    def anchor_at(self, starts_at: datetime) -> None:
        """Let the series run from the hour of a confirmed meeting, in the zone of the mentorship."""
        there = local(starts_at, self.zone)
        self.anchor, self.at = there.date(), there.time()


def decision_time(proposed_at: datetime, *zones: str, weekday: int = 4, answer_days: int = 2) -> datetime:
    """Return when a proposal is decided: at nine o'clock in the first of its people's `zones`, mostly on a Friday.

    All hear of it from then on when their own work begins, so that a mentor of people around the world gets one
    message for all of them. It is the first such day of the week (Monday is 0) that leaves all `answer_days` to
    answer, of which there are five in a week: with two, this week's Friday for what is proposed from Monday to
    Wednesday, else the next week's. The day is fixed, so that its coming tells nobody how another answered.
    """
    proposed_on = [local(proposed_at, zone).date() for zone in zones]
    decided_on = max(_weekday_after(_working_days_after(day, answer_days), weekday) for day in proposed_on)
    return min(at_local(decided_on, time(9), zone) for zone in zones)


def _working_days_after(day: date, count: int) -> date:
    """Return the day that lies `count` days from Monday to Friday behind a day."""
    friday = day - timedelta(days=max(day.weekday() - 4, 0))
    weeks, left = divmod(friday.weekday() + count, 5)
    return friday + timedelta(days=7 * weeks + left - friday.weekday())


def _weekday_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
