"""Everybody in a round as arrays, in the order of their ids, so that the order in which they came changes nothing."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.criteria import ahead_by
from bot.matching.people import HOURS_A_WEEK, TOP_LEVEL, Member

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

FIELD = 20
"""What a mentor can teach a seeker is one number of three fields of so many bits: how many goals are met (highest),
the weight of the wants that are met, and the same in tenths of how well their levels suit (lowest)."""

FIRM, BEFORE, WISHED, WISHED_BACK, FORBIDDEN = 1, 2, 4, 8, 16
"""What stands between two people: kept apart for good, paired before, wished for once more by the one or the other,
forbidden in this round."""

FEW = 2_048
"""Up to so many different masks, what each two have in common is reckoned once and looked up."""

_LEVELS = TOP_LEVEL + 1


class Masks:
    """A set of up to some bits for each person, of which each two can be compared."""

    def __init__(self, masks: Sequence[int], bits: int) -> None:
        words = max(-(-bits // 64), 1)
        raw = b"".join(mask.to_bytes(words * 8, "little") for mask in masks)
        every = np.frombuffer(raw, dtype="<u8").reshape(len(masks), words).astype(np.uint64)
        self.kinds, self.kind = np.unique(every, axis=0, return_inverse=True)
        self.known: Mask = np.any(every, axis=1)
        self.table: NDArray[np.int16] | None = None
        if len(self.kinds) <= FEW:
            kinds = np.arange(len(self.kinds))
            counts = [self._count(np.full_like(kinds, kind), kinds) for kind in kinds]
            self.table = np.array(counts, np.int16).reshape(len(kinds), len(kinds))

    def common(self, one: Ints, other: Ints) -> Ints:
        """Count what each two people have in common."""
        if self.table is None:
            return self._count(self.kind[one], self.kind[other])
        return self.table[self.kind[one], self.kind[other]].astype(np.int64)

    def _count(self, one: Ints, other: Ints) -> Ints:
        counts: Ints = np.bitwise_count(self.kinds[one] & self.kinds[other]).sum(axis=1, dtype=np.int64)
        return counts


class Crowd:
    """The people of a round. What is an array has one place a person; `index` gives the place of an id.

    `teaches` and `learns` are sparse with a column for each skill and level; the product of a row of one with a row
    of the other is the packed number that `FIELD` describes. `between` is sparse and holds the sum of what stands
    between two people.
    """

    def __init__(self, people: Iterable[Member]) -> None:
        self.people = sorted(people, key=lambda member: member.id)
        self.index = {member.id: place for place, member in enumerate(self.people)}
        self.organization = self._codes(lambda member: member.organization_id)
        self.team = self._codes(lambda member: member.team)
        self.function = self._codes(lambda member: member.function)
        self.rank = self._ints(lambda member: member.rank)
        self.left_out = self._ints(lambda member: member.left_out)
        self.wish = self._ints(lambda member: max(sum(want.weight for want in member.wants), 1))
        self.goals = self._ints(lambda member: max(len(member.goals), 1))
        self.names_nothing: Mask = self._ints(lambda member: not member.wants and not member.goals).astype(np.bool_)
        self.hours = Masks([member.hours for member in self.people], HOURS_A_WEEK)
        self.languages = self._languages()
        self.teaches, self.learns = self._skills()
        self.between = self._between()

    def places(self, ids: Iterable[str]) -> Ints:
        """Return the places of people in ascending order, each once; raises KeyError for somebody unknown."""
        return np.array(sorted({self.index[key] for key in ids}), dtype=np.int64)

    def _ints(self, value: Callable[[Member], int]) -> Ints:
        return np.fromiter((value(member) for member in self.people), np.int64, len(self.people))

    def _codes(self, value: Callable[[Member], str]) -> Ints:
        codes = {"": 0}
        return self._ints(lambda member: codes.setdefault(value(member), len(codes)))

    def _languages(self) -> Masks:
        bits: dict[str, int] = {}
        masks = [sum(1 << bits.setdefault(key, len(bits)) for key in member.languages) for member in self.people]
        return Masks(masks, len(bits))

    def _skills(self) -> tuple[csr_array, csr_array]:
        keys: dict[str, int] = {}
        teaches: list[int] = []
        learns: list[int] = []
        for place, member in enumerate(self.people):
            for skill, level in member.offers:
                teaches += (place, keys.setdefault(skill, len(keys)) * _LEVELS + level, 1)
            for want in member.wants:
                first = keys.setdefault(want.skill, len(keys)) * _LEVELS
                for level in range(_LEVELS):
                    if tenths := ahead_by(want.now, level):
                        learns += (place, first + level, (want.weight << FIELD) + want.weight * tenths)
            for goal in member.goals:
                first = keys.setdefault(goal, len(keys)) * _LEVELS
                for level in range(_LEVELS):
                    learns += (place, first + level, 1 << 2 * FIELD)
        shape = (len(self.people), max(len(keys), 1) * _LEVELS)
        return sparse(teaches, shape), sparse(learns, shape)

    def _between(self) -> csr_array:
        firm = self._links(lambda member: (*member.chain, *member.not_with, *member.conflicts))
        before = self._links(lambda member: member.earlier)
        wished = self._links(lambda member: member.again)
        parts = ((firm | _turned(firm), FIRM), (before | _turned(before), BEFORE), (wished, WISHED))
        cells = [
            cell
            for links, value in (*parts, (_turned(wished), WISHED_BACK))
            for a, b in links
            for cell in (a, b, value)
        ]
        return sparse(cells, (len(self.people), len(self.people)))

    def _links(self, others: Callable[[Member], Iterable[str]]) -> set[tuple[int, int]]:
        index = self.index
        return {
            (place, index[other])
            for place, member in enumerate(self.people)
            for other in others(member)
            if other in index
        }


def sparse(cells: Sequence[int], shape: tuple[int, int]) -> csr_array:
    """Return a sparse matrix from row, column and value of each cell, one behind the other; cells add up."""
    rows, columns, values = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    return csr_array((values, (rows, columns)), shape=shape)


def _turned(links: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(there, here) for here, there in links}
