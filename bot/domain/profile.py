"""What matching needs to know of a person: what they offer and want, how well, in which forms, and for how long."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.cadence import WorkingTime

LEVELS = range(1, 6)
"""How well somebody has a skill: 1 is new to it, 2 has tried it, 3 can do it, 4 does it well, 5 could teach it."""

HOURS_A_MONTH = 2
"""What somebody gives to mentoring who has not said how much."""


class Side(StrEnum):
    """Whether somebody offers a skill or wants it."""

    OFFER = "offer"
    WANT = "want"


class Aim(StrEnum):
    """What somebody wants mentoring for, as one can tap it; their own words stand beside it."""

    ROLE = "role"
    LEAD = "lead"
    CHANGE = "change"
    START = "start"
    NETWORK = "network"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Ability:
    """A skill that somebody offers or wants, and their own level in it, one of `LEVELS`; None where they did not say.

    Abilities stand in the order of how much they are wanted or liked to be offered, the most first.
    """

    skill_id: str
    level: int | None = None


@dataclass(eq=False)
class Profile:
    """How somebody takes part in matching, as they or their company's roster have said it.

    `roles` and `formats` hold values of `bot.domain.mentorship.Role` and `Format`, `aims` those of `Aim`. `capacity`
    is how many mentees somebody has at most at a time, over all programmes. `goal_id` are sealed words. Who has
    not joined is known by the roster alone; who has paused is proposed to nobody, and their mentorships go on.
    """

    person_id: str
    organization_id: str
    team: str = ""
    level: str = ""
    manager_email: str = ""
    languages: tuple[str, ...] = ()
    capacity: int = 0
    hours_a_month: int = HOURS_A_MONTH
    roles: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    goal_id: str | None = None
    joined_at: datetime | None = None
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entrant:
    """One person as a matching round sees them; whoever works with it never shows `not_with` or `goal` to anybody.

    `not_with` are the ids of people whom this person would rather not be matched with: a limit, never a reason.
    `goal` is in their own words, for comparing alone. `grade` is what the roster calls the level of their position.
    `joined_at` is None for whom only the roster knows.
    """

    person_id: str
    name: str
    email: str
    team: str
    grade: str
    manager_email: str
    languages: tuple[str, ...]
    working_time: WorkingTime
    roles: tuple[str, ...]
    formats: tuple[str, ...]
    aims: tuple[str, ...]
    capacity: int
    hours_a_month: int
    joined_at: datetime | None
    paused: bool
    offers: tuple[Ability, ...] = ()
    wants: tuple[Ability, ...] = ()
    not_with: frozenset[str] = field(default=frozenset(), repr=False)
    goal: str = field(default="", repr=False)
