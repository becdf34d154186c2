"""How well two people fit: each part of the score is a pure function of the two, from 0 to `FULL`.

This is the definition, to be read one pair at a time; `bot.matching.pairs` reckons the same with many pairs at once,
and the tests hold the two equal. A mentor one or two steps ahead on the same path is the best one, because they
remember how it was; other functions and teams widen thinking.
"""

from collections.abc import Callable
from functools import cache

from bot.domain.mentorship import Format
from bot.matching.order import Program, Weights
from bot.matching.outcome import FULL, Part
from bot.matching.people import Member

ENOUGH_HOURS = 10
"""From so many shared working hours a week on, more of them make nothing easier."""

ENOUGH_ROUNDS = 3
"""Who was left out so often comes first as much as anybody can."""

TENTHS = 10
"""The best value of `ahead_by`."""


def ahead_by(now: int, level: int) -> int:
    """Return in tenths how good it is to learn from this level: one or two ahead is best, none ahead is nothing.

    Where one of the two levels is unknown (0), it is worth half.
    """
    if not now or not level:
        return 5
    gap = level - now
    return 0 if gap < 1 else (10, 10, 7, 4)[gap - 1]


def wanted(mentor: Member, seeker: Member) -> int:
    """How much of what the seeker wants the mentor offers at a higher level, by how much it is wanted."""
    offers = dict(mentor.offers)
    met = sum(w.weight for w in seeker.wants if w.skill in offers and ahead_by(w.now, offers[w.skill]))
    return FULL * met // _wish(seeker)


def ahead(mentor: Member, seeker: Member) -> int:
    """How well the mentor's levels suit the seeker's in the skills wanted."""
    offers = dict(mentor.offers)
    met = sum(w.weight * ahead_by(w.now, offers[w.skill]) for w in seeker.wants if w.skill in offers)
    return FULL * met // (TENTHS * _wish(seeker))


def goals(mentor: Member, seeker: Member) -> int:
    """The share of the seeker's goals that is a skill which the mentor offers."""
    return FULL * common_goals(mentor, seeker) // max(len(seeker.goals), 1)


def hours(mentor: Member, seeker: Member) -> int:
    """How many working hours the two share in a week, up to enough."""
    return FULL * min(common_hours(mentor, seeker), ENOUGH_HOURS) // ENOUGH_HOURS


def language(mentor: Member, seeker: Member) -> int:
    """Whether they have a language in common."""
    return FULL * bool(mentor.languages & seeker.languages)


def diversity(mentor: Member, seeker: Member) -> int:
    """One half for another team, one for another function, where both are known."""
    return FULL * (other_team(mentor, seeker) + other_function(mentor, seeker)) // 2


def again(mentor: Member, seeker: Member) -> int:
    """Whether the seeker wishes for this mentor once more."""
    return FULL * (mentor.id in seeker.again)


def priority(mentor: Member, seeker: Member) -> int:
    """How often the seeker was left out lately, up to enough."""
    return FULL * min(seeker.left_out, ENOUGH_ROUNDS) // ENOUGH_ROUNDS


PARTS: dict[Part, Callable[[Member, Member], int]] = {
    Part.WANTED: wanted,
    Part.AHEAD: ahead,
    Part.GOALS: goals,
    Part.HOURS: hours,
    Part.LANGUAGE: language,
    Part.DIVERSITY: diversity,
    Part.AGAIN: again,
    Part.PRIORITY: priority,
}
"""Every part of a score, by the name that its weight has too."""


def score(program: Program, mentor: Member, seeker: Member) -> int:
    """Return how well the two fit in a programme, without priority; among peers the mean of both directions."""
    one = _score(program.weights, mentor, seeker)
    return (one + _score(program.weights, seeker, mentor)) // 2 if program.format is Format.PEER else one


def urgency(program: Program, mentor: Member, seeker: Member) -> int:
    """Return what priority adds to the score when pairs are chosen; it is nobody's merit, and so never shown."""
    one = _urgency(program.weights, mentor, seeker)
    return (one + _urgency(program.weights, seeker, mentor)) // 2 if program.format is Format.PEER else one


def helps(mentor: Member, seeker: Member) -> bool:
    """Tell whether the mentor offers what the seeker wants or has as a goal; who named nothing takes all."""
    offers = dict(mentor.offers)
    taught = any(w.skill in offers and ahead_by(w.now, offers[w.skill]) for w in seeker.wants)
    return taught or common_goals(mentor, seeker) > 0 or not (seeker.wants or seeker.goals)


def common_goals(mentor: Member, seeker: Member) -> int:
    """Count the seeker's goals that the mentor can help with."""
    return sum(skill in seeker.goals for skill, _ in mentor.offers)


def common_hours(one: Member, other: Member) -> int:
    """Count the hours of a week in which both work."""
    return (one.hours & other.hours).bit_count()


def other_team(one: Member, other: Member) -> bool:
    """Tell whether the teams of both are known, and two."""
    return bool(one.team and other.team) and one.team != other.team


def other_function(one: Member, other: Member) -> bool:
    """Tell whether the functions of both are known, and two."""
    return bool(one.function and other.function) and one.function != other.function


def weight_of(weights: Weights, part: Part) -> int:
    """Return how much a part counts."""
    weight: int = getattr(weights, part.value)
    return weight


def _wish(seeker: Member) -> int:
    return max(sum(want.weight for want in seeker.wants), 1)


def _score(weights: Weights, mentor: Member, seeker: Member) -> int:
    total = sum(weight * value(mentor, seeker) for weight, value in _weighed(weights))
    return total // weights.whole


@cache
def _weighed(weights: Weights) -> tuple[tuple[int, Callable[[Member, Member], int]], ...]:
    return tuple((weight_of(weights, part), value) for part, value in PARTS.items() if part is not Part.PRIORITY)


def _urgency(weights: Weights, mentor: Member, seeker: Member) -> int:
    return weights.priority * priority(mentor, seeker) // weights.whole
