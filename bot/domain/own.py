"""What a person is asked about no mentorship: whether to take part, and whether two accounts are theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.plan import Limits, Plan
from bot.domain.program import DEFAULTS, Program
from bot.domain.prompts import Prompt
from bot.domain.records import Said, Touch
from bot.domain.windows import Window

ASKED_FOR = timedelta(weeks=8)
"""How long after it came up a question may still be asked for the first time."""

RIDES_FOR = timedelta(weeks=52)
"""How long the question whether two accounts are one person's waits for something that is said anyway."""


@dataclass(eq=False)
class Enrolment:
    """Somebody whom those who run the programme brought in, and who is asked once whether to take part.

    Nobody is told what the answer was: only that there is one.
    """

    person_id: str
    organization_id: str
    enrolled_at: datetime
    answered_at: datetime | None = None


@dataclass(eq=False)
class Tie:
    """Two people of a company who have one verified e-mail address on two platforms, and so may be one person.

    The one who was known first keeps the address until both have said yes. A no of either ends it for good.
    """

    id: str
    organization_id: str
    known_id: str
    new_id: str
    opened_at: datetime
    known_yes_at: datetime | None = None
    new_yes_at: datetime | None = None
    ended_at: datetime | None = None

    def is_between(self, one: str, other: str) -> bool:
        """Tell whether it is about these two."""
        return {self.known_id, self.new_id} == {one, other}

    def other(self, person_id: str) -> str:
        """Return the id of who may be the same person."""
        return self.new_id if person_id == self.known_id else self.known_id

    def yes_of(self, person_id: str) -> datetime | None:
        """Return when somebody said yes."""
        return self.known_yes_at if person_id == self.known_id else self.new_yes_at

    def confirm(self, person_id: str, now: datetime) -> bool:
        """Note somebody's yes; tell whether both have said it by now."""
        if person_id == self.known_id:
            self.known_yes_at = self.known_yes_at or now
        else:
            self.new_yes_at = self.new_yes_at or now
        return self.known_yes_at is not None and self.new_yes_at is not None

    def end(self, now: datetime) -> None:
        """Note that these are two people, or that it cannot be asked any more."""
        self.ended_at = self.ended_at or now


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one person for these questions, and which of them were asked."""

    enrolment: Enrolment | None = None
    ties: Sequence[Tie] = ()
    said: Mapping[Touch, Said] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return self.enrolment is None and not self.ties


def own_plan(person_id: str, own: Own, *, takes_part: bool = False, program: Program = DEFAULTS) -> Plan:
    """Plan what to ask one person, by the settings of the company's main programme.

    Who `takes_part` already is not asked whether they would like to.
    """
    limits = Limits(program.unasked_a_week, program.briefs_a_week, program.wraps_a_week)
    return Plan(tuple(_windows(person_id, own, takes_part)), (), own.said, program.holidays, limits)


def _windows(person_id: str, own: Own, takes_part: bool) -> Iterator[Window]:
    """Whether two accounts are one person's is asked along with something else, until one of the two has said yes."""
    enrolment = own.enrolment
    if enrolment and enrolment.answered_at is None and not takes_part:
        since = enrolment.enrolled_at
        yield Window(Touch("", person_id, Prompt.TAKE_PART, ""), "", since, since + ASKED_FOR)
    for tie in own.ties:
        if tie.ended_at is None and tie.yes_of(person_id) is None:
            touch = Touch(tie.id, person_id, Prompt.SAME_PERSON, "")
            yes = tie.yes_of(tie.other(person_id))
            if yes is None:
                yield Window(touch, "", tie.opened_at, tie.opened_at + RIDES_FOR, rides=True)
            else:
                yield Window(touch, "", yes, yes + ASKED_FOR)
