"""Scores and limits of many pairs at once: what `criteria` and `limits` define, in whole arrays.

The scores come out equal to the last digit, because all of them are whole numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bot.domain.mentorship import Format
from bot.matching.criteria import ENOUGH_HOURS, ENOUGH_ROUNDS, TENTHS
from bot.matching.crowd import BEFORE, FIELD, FIRM, FORBIDDEN, WISHED, WISHED_BACK, Crowd, Ints, Mask
from bot.matching.limits import Limit
from bot.matching.order import Program
from bot.matching.outcome import FULL

_FIELD = (1 << FIELD) - 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Many pairs of a programme, one a place in each array; mentors and seekers are places in the crowd.

    `met` is what the mentor can teach the seeker, packed as `crowd.FIELD` says; `back` the same the other way round,
    which counts among peers alone. `between` is the sum of what stands between the two.
    """

    crowd: Crowd
    program: Program
    mentor: Ints
    seeker: Ints
    met: Ints
    back: Ints
    between: Ints

    @property
    def peers(self) -> bool:
        """Whether both gain."""
        return self.program.format is Format.PEER

    def where(self, keep: Mask) -> "Pairs":
        """Return those pairs alone for which `keep` is true."""
        arrays = (self.mentor, self.seeker, self.met, self.back, self.between)
        return Pairs(self.crowd, self.program, *(array[keep] for array in arrays))

    def allowed(self) -> "Pairs":
        """Return the pairs that no limit rules out."""
        keep = np.ones(len(self.mentor), np.bool_)
        for _, holds in HOLDS:
            keep &= holds(self)
        return self.where(keep)

    def scores(self) -> Ints:
        """Return how well each pair fits, as `criteria.score` does."""
        both = self._both_ways()
        one = self._one_way(both, self.seeker, self.met, WISHED)
        if not self.peers:
            return one
        return (one + self._one_way(both, self.mentor, self.back, WISHED_BACK)) // 2

    def urgency(self) -> Ints:
        """Return what priority adds to each, as `criteria.urgency` does."""
        one = self._urgency(self.seeker)
        return (one + self._urgency(self.mentor)) // 2 if self.peers else one

    def stands(self, what: int) -> Mask:
        """Tell of each pair whether this stands between the two."""
        return np.asarray(self.between & what, np.bool_)

    def _urgency(self, learner: Ints) -> Ints:
        weights = self.program.weights
        priority = FULL * np.minimum(self.crowd.left_out[learner], ENOUGH_ROUNDS) // ENOUGH_ROUNDS
        return np.asarray(weights.priority * priority // weights.whole)

    def _both_ways(self) -> Ints:
        crowd, weights = self.crowd, self.program.weights
        hours = FULL * np.minimum(self.hours(), ENOUGH_HOURS) // ENOUGH_HOURS
        language = FULL * self.language().astype(np.int64)
        diversity = FULL * (self._differ(crowd.team).astype(np.int64) + self._differ(crowd.function)) // 2
        return weights.hours * hours + weights.language * language + weights.diversity * diversity

    def _one_way(self, both: Ints, learner: Ints, met: Ints, wished: int) -> Ints:
        crowd, weights = self.crowd, self.program.weights
        wish = crowd.wish[learner]
        total = both + weights.wanted * (FULL * (met >> FIELD & _FIELD) // wish)
        total += weights.ahead * (FULL * (met & _FIELD) // (TENTHS * wish))
        total += weights.goals * (FULL * (met >> 2 * FIELD) // crowd.goals[learner])
        total += weights.again * FULL * self.stands(wished)
        return total // weights.whole

    def hours(self) -> Ints:
        """Count the working hours a week that each two share."""
        return self.crowd.hours.common(self.mentor, self.seeker)

    def language(self) -> Mask:
        """Tell whether each two have a language in common."""
        return np.asarray(self.crowd.languages.common(self.mentor, self.seeker) > 0)

    def _differ(self, codes: Ints) -> Mask:
        one, other = codes[self.mentor], codes[self.seeker]
        return np.asarray((one > 0) & (other > 0) & (one != other))


def _others(pairs: Pairs) -> Mask:
    one, other = pairs.crowd.organization[pairs.mentor], pairs.crowd.organization[pairs.seeker]
    return np.asarray((pairs.mentor != pairs.seeker) & (one == other))


def _rank(pairs: Pairs) -> Mask:
    if pairs.program.format is not Format.REVERSE:
        return np.ones(len(pairs.mentor), np.bool_)
    one, other = pairs.crowd.rank[pairs.mentor], pairs.crowd.rank[pairs.seeker]
    return np.asarray((one == 0) | (other == 0) | (one < other))


def _skill(pairs: Pairs) -> Mask:
    if not pairs.program.limits.skill:
        return np.ones(len(pairs.mentor), np.bool_)
    helps: Mask = (pairs.met != 0) | pairs.crowd.names_nothing[pairs.seeker]
    if pairs.peers:
        helps |= (pairs.back != 0) | pairs.crowd.names_nothing[pairs.mentor]
    return helps


def _language(pairs: Pairs) -> Mask:
    if not pairs.program.limits.language:
        return np.ones(len(pairs.mentor), np.bool_)
    knows = pairs.crowd.languages.known
    return pairs.language() | ~knows[pairs.mentor] | ~knows[pairs.seeker]


def _hours(pairs: Pairs) -> Mask:
    knows = pairs.crowd.hours.known
    enough = pairs.hours() >= pairs.program.limits.common_hours
    return enough | ~knows[pairs.mentor] | ~knows[pairs.seeker]


def _team(pairs: Pairs) -> Mask:
    if not pairs.program.limits.other_team:
        return np.ones(len(pairs.mentor), np.bool_)
    one, other = pairs.crowd.team[pairs.mentor], pairs.crowd.team[pairs.seeker]
    return np.asarray((one != other) | (one == 0))


def _not_before(pairs: Pairs) -> Mask:
    return ~pairs.stands(BEFORE) | pairs.stands(WISHED | WISHED_BACK if pairs.peers else WISHED)


HOLDS: tuple[tuple[Limit, Callable[[Pairs], Mask]], ...] = (
    (Limit.SELF, _others),
    (Limit.RANK, _rank),
    (Limit.SKILL, _skill),
    (Limit.LANGUAGE, _language),
    (Limit.HOURS, _hours),
    (Limit.TEAM, _team),
    (Limit.AGAIN, _not_before),
    (Limit.HIERARCHY, lambda pairs: ~pairs.stands(FIRM | FORBIDDEN)),
)
"""The limits as `limits` defines them. SELF stands for another organization too, HIERARCHY for all that is secret."""
