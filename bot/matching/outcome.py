"""What a round comes to: proposals with reasons and alternatives, who was left out, and how good it all is.

Nothing here is a sentence; the words belong to whoever shows it. Nothing here tells a secret limit, not by its
absence either: who is kept apart by one reads like somebody for whom no seat was left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FULL = 10_000
"""The best score: 8,250 is 82.5 %. Scores and the values of parts are whole numbers, so that all machines agree."""


class Part(StrEnum):
    """The parts of a score, named as their weights are."""

    WANTED = "wanted"
    AHEAD = "ahead"
    GOALS = "goals"
    HOURS = "hours"
    LANGUAGE = "language"
    DIVERSITY = "diversity"
    AGAIN = "again"
    PRIORITY = "priority"


class Subject(StrEnum):
    """In what two people differ, as a reason names it."""

    TEAM = "team"
    FUNCTION = "function"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two people fit, one part of it.

    wanted: `subject` is the skill wanted most among those offered, `figure` how many wanted ones are offered.
    ahead: the skill, and by how many levels the mentor is ahead in it. goals: one of the goals that the mentor can
    help with, and how many. hours: '' and the working hours that both share in a week. language: one that both speak,
    and how many. diversity: a `Subject`, and 0. again: '' and 0. Priority is never a reason. `giver` is who offers
    the skill or helps with the goal (among peers it may be either), '' for the other parts.
    """

    part: Part
    subject: str = ""
    figure: int = 0
    giver: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Somebody else who would fit a seeker; `free` says whether they have a seat left after the round."""

    mentor: str
    score: int
    reasons: tuple[Reason, ...]
    free: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that the round proposes. Among peers the two are in the order of their ids.

    `score` is 0 to `FULL`, above it only where an earlier partner is wished for again; priority is not in it. For a
    pinned pair that a limit of the programme would have ruled out it is what it would have been without that limit.
    """

    program_id: str
    mentor: str
    seeker: str
    score: int
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    pinned: bool = False


class Why(StrEnum):
    """Why nobody was found for somebody: what ruled out the last of those who were left, in this order."""

    NO_MENTOR = "no_mentor"
    """The programme has nobody else in that role."""
    RANK = "rank"
    """Reverse: nobody who stands lower in the company."""
    SKILL = "skill"
    """Nobody offers what they want."""
    LANGUAGE = "language"
    HOURS = "hours"
    TEAM = "team"
    AGAIN = "again"
    """Everybody who was left has been their partner before."""
    NO_SEAT = "no_seat"
    """Nobody who fits has a seat left; secret limits are told so as well."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom the round has nobody, with what would have to change."""

    program_id: str
    seeker: str
    why: Why


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another way to pair the same people: `matched` seekers (peers count each), and the mean score of its pairs."""

    name: str
    matched: int
    mean: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group of seekers were matched. `name` '' holds the groups that are too small to be shown."""

    by: str
    """team, site, rank or part_time."""
    name: str
    matched: int
    of: int


@dataclass(frozen=True, slots=True)
class Report:
    """The quality of a round over all its programmes, in counts.

    `bins` count the pairs with a score below 10 %, 20 % and so on, the last one holding all from 90 % on.
    `first_wish` of `wishing` matched seekers are with somebody who offers what they want most; peers count each.
    `diverse` pairs are of different teams or functions. `why` counts those left out; groups under five people are not
    shown by `shares`. `comparisons` are this round ('round'), then 'greedy' and 'random' on the same people.
    """

    seekers: int
    matched: int
    pairs: int
    mean: int
    bins: tuple[int, ...]
    first_wish: int
    wishing: int
    diverse: int
    why: tuple[tuple[Why, int], ...]
    comparisons: tuple[Comparison, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole round: its proposals in the order of programme, mentor and seeker."""

    seed: int
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
    unkept: tuple[tuple[str, str, str], ...]
    """Pins that could not be kept, as (programme, mentor, seeker)."""
    report: Report


class Stage(StrEnum):
    """What a running round is busy with, in this order."""

    READING = "reading"
    CANDIDATES = "candidates"
    ASSIGNING = "assigning"
    EXPLAINING = "explaining"
    COMPARING = "comparing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running round is: `done` of `of` steps of a stage, never going back."""

    stage: Stage
    done: int
    of: int


def bins_of(scores: Iterable[int]) -> tuple[int, ...]:
    """Count scores in tenths of `FULL`."""
    counts = [0] * 10
    for score in scores:
        counts[min(score * 10 // FULL, 9)] += 1
    return tuple(counts)
