"""A round, the pairs that it proposes, and its life as one table."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.mentorship import Format, NotPossible
from bot.matching.order import Weights
from bot.matching.outcome import Alternative, Reason, Report, Stage, Why


class RoundStatus(StrEnum):
    """Where a round is in its life."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    INVITING = "inviting"
    INVITED = "invited"
    DONE = "done"
    DISCARDED = "discarded"


class RoundStep(StrEnum):
    """What can happen to a round."""

    FIND = "find"
    FAIL = "fail"
    RUN_AGAIN = "run_again"
    APPROVE = "approve"
    INVITE = "invite"
    DECIDE = "decide"
    DISCARD = "discard"


ROUND_LIFE: dict[tuple[RoundStatus, RoundStep], RoundStatus] = {
    (RoundStatus.RUNNING, RoundStep.FIND): RoundStatus.READY,
    (RoundStatus.RUNNING, RoundStep.FAIL): RoundStatus.FAILED,
    (RoundStatus.RUNNING, RoundStep.DISCARD): RoundStatus.DISCARDED,
    (RoundStatus.FAILED, RoundStep.RUN_AGAIN): RoundStatus.RUNNING,
    (RoundStatus.FAILED, RoundStep.DISCARD): RoundStatus.DISCARDED,
    (RoundStatus.READY, RoundStep.RUN_AGAIN): RoundStatus.RUNNING,
    (RoundStatus.READY, RoundStep.APPROVE): RoundStatus.INVITING,
    (RoundStatus.READY, RoundStep.DISCARD): RoundStatus.DISCARDED,
    (RoundStatus.INVITING, RoundStep.INVITE): RoundStatus.INVITED,
    (RoundStatus.INVITED, RoundStep.DECIDE): RoundStatus.DONE,
}
"""Every change of a round's status that there is; the diagram in the docs is drawn from it."""

OPEN = (RoundStatus.RUNNING, RoundStatus.READY, RoundStatus.FAILED)
"""In these states nobody but those who run the programme has heard of a round, and it can be changed."""


class Word(StrEnum):
    """What those who run a programme say of two people in a round, and what a round that is run again keeps."""

    PIN = "pin"
    FORBID = "forbid"


@dataclass(eq=False)
class Round:
    """One round of one programme, in one form of mentoring.

    `version` counts the changes of status, and buttons carry it. While it runs, `done` of `of` steps of a `stage` are
    done. The same people, `weights`, words and `seed` give the same round. `beside` is the id of the round of which
    this is a what-if: the same people and words with other weights; approving one of the two discards the other.
    `fills` is the id of the round whose freed people this one matches anew. `report` is there once pairs were found,
    `reason` is the short code of why a round has failed, and '' for every other one. `told` is the version of which
    whoever started it was told last.
    """

    id: str
    organization_id: str
    program_id: str
    started_by: str
    started_at: datetime
    seed: int
    format: Format = Format.ONE_ON_ONE
    weights: Weights = field(default_factory=Weights)
    status: RoundStatus = RoundStatus.RUNNING
    status_at: datetime | None = None
    version: int = 0
    stage: Stage | None = None
    done: int = 0
    of: int = 0
    beside: str | None = None
    fills: str | None = None
    report: Report | None = None
    reason: str = ""
    told: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed, approved or discarded."""
        return self.status in OPEN

    def step(self, step: RoundStep, now: datetime) -> None:
        """Change the status by the table `ROUND_LIFE`.

        Raises:
            NotPossible: the table has no such change; the round is as it was.
        """
        to = ROUND_LIFE.get((self.status, step))
        if to is None:
            raise NotPossible(f"{step} from {self.status}")
        self.status, self.status_at, self.version = to, now, self.version + 1
        if to is not RoundStatus.FAILED:
            self.reason = ""


@dataclass(eq=False)
class ProposedPair:
    """Two people whom a round proposes to each other; among peers either of them is called the mentor.

    `place` is where it was found, from 0. `score` and `reasons` are those of `bot.matching`.
    `mentorship_id` is there once both were invited; `dropped` are two who were to be, and could not any more when it
    came to it. In a group each mentee is a pair with the same mentor, and all of
    them have one mentorship.
    """

    id: str
    organization_id: str
    round_id: str
    place: int
    mentor_id: str
    seeker_id: str
    score: int
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    pinned: bool = False
    dropped: bool = False
    mentorship_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody for whom a round has nobody, and what would have to change."""

    person_id: str
    why: Why
