"""What a round is asked to do: programmes with their weights and limits, pins, forbidden pairs, and a seed."""

from collections import Counter
from dataclasses import dataclass, field

from bot.domain.mentorship import Format


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a score counts in a programme, as whole numbers of which only the proportion matters.

    The first six make up the score of a pair. `again` and `priority` come on top of it where they apply: a wish for
    an earlier partner, and having been left out the last times. Their size is read on the scale of the six.
    """

    wanted: int = 30
    ahead: int = 20
    goals: int = 15
    hours: int = 15
    language: int = 5
    diversity: int = 15
    again: int = 10
    priority: int = 10

    def __post_init__(self) -> None:
        if min(self.wanted, self.ahead, self.goals, self.hours, self.language, self.diversity) < 0 or self.whole < 1:
            raise ValueError("weights are not negative, and not all nothing")
        if not 0 <= self.again <= self.whole or not 0 <= self.priority <= self.whole:
            raise ValueError("what comes on top is at most as much as the rest together")

    @property
    def whole(self) -> int:
        """What the parts of a score add up to at most, the two on top left out."""
        return self.wanted + self.ahead + self.goals + self.hours + self.language + self.diversity


@dataclass(frozen=True, slots=True)
class Limits:
    """What rules a pair out in a programme, beside what always does (see `bot.matching.limits`).

    What is not known of somebody (no language, no hours, no team) rules nobody out. `common_hours` are working hours
    that both share in a week; 0 asks for none. With `skill`, a mentor offers something that the mentee wants or has
    as a goal, unless the mentee named nothing.
    """

    other_team: bool = True
    language: bool = True
    common_hours: int = 2
    skill: bool = True


@dataclass(frozen=True, slots=True)
class Program:
    """One programme in a round: who may mentor in it, who seeks, and how pairs are judged.

    Among peers everybody is in `seekers`, and `mentors` is empty. In a reverse programme whoever is in both lists may
    get either role, by what is taught, and mentors stand lower in the company than those they teach. `seats` is the
    most that one mentor takes in this programme (the size of a group), None where capacity alone decides;
    `hours_each` how many hours a month one mentee takes, held against `Member.hours_a_month`, 0 where that is left to
    the mentor.
    """

    id: str
    format: Format = Format.ONE_ON_ONE
    mentors: tuple[str, ...] = ()
    seekers: tuple[str, ...] = ()
    weights: Weights = field(default_factory=Weights)
    limits: Limits = field(default_factory=Limits)
    seats: int | None = None
    hours_each: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people in a programme; among peers their order says nothing."""

    program_id: str
    mentor: str
    seeker: str


@dataclass(frozen=True, slots=True)
class Order:
    """A round to be run. The same order, people and seed give the same outcome.

    Several programmes share the capacity of mentors who are in more than one of them. Nobody seeks in two programmes
    of one round, nor is among peers in one and anything else in another. Pins stay together, against all limits that
    the programme sets itself; a pin that would break another limit (hierarchy, 'not with', conflict of interest,
    capacity, organization) is not kept, and the outcome says so without the reason. Each proposal brings so many
    `alternatives`. `best` is how many candidates each seeker has at first; who has less than that in all is
    solved exactly.
    """

    programs: tuple[Program, ...]
    seed: int
    pins: tuple[Tie, ...] = ()
    forbidden: tuple[Tie, ...] = ()
    alternatives: int = 2
    best: int = 48

    def __post_init__(self) -> None:
        if len({program.id for program in self.programs}) != len(self.programs):
            raise ValueError("a programme is in a round once")
        seeking = Counter(key for program in self.programs for key in program.seekers)
        if any(times > 1 for times in seeking.values()):
            raise ValueError("nobody seeks twice in a round")
        peers = {key for program in self.programs if program.format is Format.PEER for key in program.seekers}
        if peers.intersection(key for program in self.programs for key in program.mentors):
            raise ValueError("a peer is no mentor in the same round")
        if any(program.mentors for program in self.programs if program.format is Format.PEER):
            raise ValueError("among peers there are no mentors")
