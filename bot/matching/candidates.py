"""The best candidates of each seeker, found block by block within bounded memory.

A sparse product of what seekers want with what mentors teach finds the pairs worth a look. Their other parts and
limits are reckoned in whole arrays, and the best of each seeker are kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.domain.mentorship import Format
from bot.matching.crowd import FORBIDDEN, Crowd, Ints, Mask, sparse
from bot.matching.limits import Limit
from bot.matching.order import Program, Tie
from bot.matching.outcome import Why
from bot.matching.pairs import HOLDS, Pairs

BLOCK = 4_000_000
"""So many pairs are looked at together, a quarter of it where all of them are worth a look."""

DRAWN = 16
"""So many pairs of each seeker are drawn by chance, to compare a round with."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs that may be chosen: places in the crowd, their score, what counts when choosing, and chance for ties.

    `total` is the score with priority; `chance`, from 0 to below 1, is drawn from seed and pair.
    """

    mentor: Ints
    seeker: Ints
    score: Ints
    total: Ints
    chance: NDArray[np.float64]

    def where(self, keep: Mask | Ints) -> "Edges":
        """Return a part of them: those where a mask is true, or those at some places."""
        return Edges(self.mentor[keep], self.seeker[keep], self.score[keep], self.total[keep], self.chance[keep])

    @staticmethod
    def joined(parts: "list[Edges]") -> "Edges":
        """Put several together, each pair once."""
        if len(parts) == 1:
            return parts[0]
        every = [Edges.none(), *parts]
        edges = Edges(*(np.concatenate([getattr(part, name) for part in every]) for name in Edges.__slots__))
        _, first = np.unique(edges.seeker << 32 | edges.mentor, return_index=True)
        return edges.where(first)

    @staticmethod
    def none() -> "Edges":
        """Return no pairs."""
        nobody = np.zeros(0, np.int64)
        return Edges(nobody, nobody, nobody, nobody, np.zeros(0, np.float64))


@dataclass(frozen=True, slots=True)
class Found:
    """The best pairs of each seeker, and some drawn by chance from all that are allowed."""

    best: Edges
    drawn: Edges


class Field:
    """One programme's seekers and mentors, ready to be looked at in blocks; peers are on both sides.

    `apart` are pairs that those who run the programmes have forbidden; those of other programmes are no harm.
    """

    def __init__(self, crowd: Crowd, program: Program, apart: tuple[Tie, ...], seed: int) -> None:
        self.crowd, self.program, self.seed = crowd, program, seed
        self.peers = program.format is Format.PEER
        self.seekers = crowd.places(program.seekers)
        self.mentors = self.seekers if self.peers else crowd.places(program.mentors)
        self.between = crowd.between + self._forbidden(apart)

    def candidates(self, seekers: Ints, mentors: Ints, best: int, step: Callable[[int], object] = int) -> Found:
        """Return the `best` pairs of each seeker with some mentors; `step` hears how many seekers were looked at."""
        found = [Found(Edges.none(), Edges.none())]
        for some, pairs in self.blocks(seekers, mentors):
            edges = self._edges(pairs.allowed())
            first = _greatest(edges, edges.total + edges.chance, best)
            found.append(Found(edges.where(first), edges.where(_greatest(edges, edges.chance, DRAWN))))
            step(len(some))
        return Found(Edges.joined([one.best for one in found]), Edges.joined([one.drawn for one in found]))

    def reasons_why(self, seekers: Ints) -> list[Why]:
        """Return for seekers without any candidate which limit ruled out the last mentors that were left to them."""
        why = {int(place): Why.NO_SEAT for place in seekers}
        for _, pairs in self.blocks(seekers, self.mentors, everybody=True):
            left = pairs
            for limit, holds in HOLDS[:-1]:
                before, left = left, left.where(holds(left))
                for place in np.setdiff1d(before.seeker, left.seeker):
                    why[int(place)] = Why.NO_MENTOR if limit is Limit.SELF else Why(limit.value)
        if not len(self.mentors):
            why = dict.fromkeys(why, Why.NO_MENTOR)
        return [why[int(place)] for place in seekers]

    def blocks(self, seekers: Ints, mentors: Ints, *, everybody: bool = False) -> Iterator[tuple[Ints, Pairs]]:
        """Yield some of the seekers with their pairs; only those worth a look, unless `everybody` is asked for."""
        if not len(mentors):
            return
        every = everybody or self.peers or not self.program.limits.skill
        open_to_all = self.crowd.names_nothing[seekers] | every
        teaches, learns = self.crowd.teaches[mentors].T.tocsr(), self.crowd.learns[mentors].T.tocsr()
        between = self.between[:, mentors].astype(np.uint8)
        some_of, all_of = (seekers[~open_to_all], self._taught, BLOCK), (seekers[open_to_all], self._all, BLOCK // 4)
        for group, look, size in (some_of, all_of):
            rows = max(size // len(mentors), 1)
            for some in (group[first : first + rows] for first in range(0, len(group), rows)):
                row, column, met = look(self.crowd.learns[some] @ teaches)
                back = (self.crowd.teaches[some] @ learns).toarray()[row, column] if self.peers else met
                stands = between[some].toarray()[row, column]
                yield some, Pairs(self.crowd, self.program, mentors[column], some[row], met, back, stands)

    def _taught(self, met: csr_array) -> tuple[Ints, Ints, Ints]:
        return np.repeat(np.arange(met.shape[0]), np.diff(met.indptr)), met.indices, met.data

    def _all(self, met: csr_array) -> tuple[Ints, Ints, Ints]:
        rows, columns = met.shape
        return np.repeat(np.arange(rows), columns), np.tile(np.arange(columns), rows), met.toarray().ravel()

    def _forbidden(self, apart: tuple[Tie, ...]) -> csr_array:
        index, size = self.crowd.index, len(self.crowd.people)
        own = (tie for tie in apart if tie.program_id == self.program.id)
        links = {(index[tie.seeker], index[tie.mentor]) for tie in own if {tie.seeker, tie.mentor} <= index.keys()}
        if self.peers:
            links |= {(there, here) for here, there in links}
        return sparse([cell for seeker, mentor in links for cell in (seeker, mentor, FORBIDDEN)], (size, size))

    def _edges(self, pairs: Pairs) -> Edges:
        score = pairs.scores()
        return Edges(
            pairs.mentor, pairs.seeker, score, score + pairs.urgency(), chance(self.seed, pairs.mentor, pairs.seeker)
        )


def chance(seed: int, mentor: Ints, seeker: Ints) -> NDArray[np.float64]:
    """Return a number from 0 to below 1 for each pair, from seed and pair alone; among peers for both orders."""
    low, high = np.minimum(mentor, seeker).astype(np.uint64), np.maximum(mentor, seeker).astype(np.uint64)
    mixed = low << np.uint64(32) | high
    mixed ^= np.uint64(seed % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2**53


def _greatest(edges: Edges, rank: NDArray[np.float64], most: int) -> Ints:
    """Return the places of so many edges of each seeker as rank highest; edges come seeker by seeker."""
    cuts = np.flatnonzero(np.diff(edges.seeker, prepend=-1, append=-1))
    kept = [np.zeros(0, np.int64)]
    for first, end in pairwise(cuts):
        if end - first <= most:
            kept.append(np.arange(first, end))
        else:
            kept.append(first + np.argpartition(rank[first:end], end - first - most)[end - first - most :])
    return np.concatenate(kept)
