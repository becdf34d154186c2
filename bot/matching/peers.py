"""Peers: each with another, as many as possible, then with the greatest total.

This is a matching in a general graph, for which exact methods are slow. Here everybody is first assigned somebody as
if there were two of each, which is solved exactly and bounds what is possible; it leaves pairs, chains and rings.
Chains and rings are cut into pairs in the best way. Whoever is then alone finds somebody along an alternating chain,
and a few pairs change partners among them as long as that is better.
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bot.matching.assignment import Seats, assign
from bot.matching.candidates import Edges
from bot.matching.crowd import Ints

DEEPEST = 12
"""An alternating chain is followed over so many pairs."""

LONGEST = (4, 8, 12)
"""How long a ring is followed before it closes, first the short ones."""

BROADEST = 12
"""With so many others each could change at most, those whom they would gain most with."""

EFFORT = 1_500_000
"""So many steps are tried in all, which takes some seconds; a few hundred people need less."""

LEAST = 1e-6
"""A smaller gain is none."""

Graph = dict[int, dict[int, float]]
"""For each person, what each possible partner is worth."""


def pair_up(edges: Edges, people: Ints, seed: int) -> list[tuple[int, int]]:
    """Return the pairs, the lower place first; an edge in either order allows a pair."""
    both = Edges.joined([edges, Edges(edges.seeker, edges.mentor, edges.score, edges.total, edges.chance)])
    graph: Graph = {int(person): {} for person in people}
    worth = both.total + both.chance / (len(people) + 1)
    for one, other, value in zip(both.seeker.tolist(), both.mentor.tolist(), worth.tolist(), strict=True):
        graph[one][other] = value
    mates: dict[int, int] = {}
    for chain, ring in _chains(both, people, seed):
        mates |= _cut(graph, chain, ring=ring)
    for person in sorted(graph):
        if person not in mates:
            _augment(graph, mates, person)
    search = _Search(graph, mates)
    for longest in LONGEST:
        while search.effort > 0 and search.improves(longest):
            pass
    return sorted((one, other) for one, other in mates.items() if one < other)


def _chains(edges: Edges, people: Ints, seed: int) -> list[tuple[list[int], bool]]:
    """Return chains and rings (True) of people, each the assigned partner of the one before."""
    size = int(people.max(initial=-1)) + 1
    one_each = np.zeros(size, np.int64)
    one_each[people] = 1
    ones = np.ones(len(edges.mentor), np.int64)
    taken = assign(edges, people, Seats(one_each, ones - 1, ones), seed)
    follows = {int(edges.seeker[edge]): int(edges.mentor[edge]) for edge in taken if edge >= 0}
    begins = [person for person in follows if person not in set(follows.values())]
    found = []
    for start in (*begins, *list(follows)):
        chain = [start]
        while chain[-1] in follows:
            chain.append(follows.pop(chain[-1]))
        if len(chain) > 1:
            ring = chain[-1] == start
            found.append((chain[: -1 if ring else None], ring))
    return found


def _cut(graph: Graph, chain: list[int], *, ring: bool) -> dict[int, int]:
    """Return the best pairs of neighbours along a chain or around a ring."""
    best = _cut_chain(graph, chain)
    if ring and len(chain) > 2:
        closed = _cut_chain(graph, chain[1:-1])
        worth = graph[chain[-1]][chain[0]]
        best = max(best, (closed[0] + 1, closed[1] + worth, [*closed[2], (chain[-1], chain[0])]))
    return {here: there for one, other in best[2] for here, there in ((one, other), (other, one))}


def _cut_chain(graph: Graph, chain: Sequence[int]) -> tuple[int, float, list[tuple[int, int]]]:
    """Return how many pairs of neighbours there can be, what they are worth at best, and which they are."""
    values: list[tuple[int, float]] = [(0, 0.0), (0, 0.0)]
    for one, other in pairwise(chain):
        with_pair = (values[-2][0] + 1, values[-2][1] + graph[one][other])
        values.append(max(values[-1], with_pair))
    pairs = []
    place = len(chain)
    while place > 1:
        if values[place] == values[place - 1]:
            place -= 1
        else:
            pairs.append((chain[place - 2], chain[place - 1]))
            place -= 2
    return (*values[len(chain)], pairs)


def _augment(graph: Graph, mates: dict[int, int], alone: int) -> None:
    """Find a chain that ends at somebody else who is alone, and pair everybody along it anew."""
    came: dict[int, int | None] = {alone: None}
    depth = {alone: 0}
    queue = deque([alone])
    while queue:
        here = queue.popleft()
        for other in sorted(graph[here], key=lambda key: -graph[here][key]):
            if other not in mates and other != alone:
                if _pair_along(mates, came, here, other):
                    return
            elif other in mates and mates[other] not in came and depth[here] < DEEPEST:
                came[mates[other]] = here
                depth[mates[other]] = depth[here] + 1
                queue.append(mates[other])


def _pair_along(mates: dict[int, int], came: dict[int, int | None], here: int, other: int) -> bool:
    """Pair everybody along a chain anew, unless it crosses itself; tell whether it was done."""
    chain = [here]
    while (before := came[chain[-1]]) is not None:
        chain.append(before)
    inner = [mates[person] for person in chain[:-1]]
    if len({*chain, *inner, other}) != len(chain) + len(inner) + 1:
        return False
    partners = [other, *inner]
    for person, partner in zip(chain, partners, strict=True):
        mates[person], mates[partner] = partner, person
    return True


class _Search:
    """Looks for rings of pairs that gain when they change partners."""

    def __init__(self, graph: Graph, mates: dict[int, int]) -> None:
        self.graph, self.mates, self.effort = graph, mates, EFFORT
        self.nearest = {
            here: sorted(others, key=lambda key: (-others[key], key))[:BROADEST] for here, others in graph.items()
        }

    def improves(self, longest: int) -> int:
        """Go through everybody once; return how many rings were turned."""
        turned = 0
        for person in sorted(self.mates):
            if person in self.mates and (ring := self._ring([person, self.mates[person]], 0.0, longest)):
                _turn(self.mates, ring)
                turned += 1
        return turned

    def _ring(self, chain: list[int], gain: float, longest: int) -> list[int] | None:
        """Return a chain of mates, each two of them neighbours of the next two, that gains when it is turned.

        A ring that gains in all has a place from which each step leaves a gain, so that only such steps are tried. A
        chain of odd length ends at somebody who is alone, and leaves its first person alone instead.
        """
        first, last = chain[0], chain[-1]
        lost = self.graph[chain[-2]][last] - gain
        self.effort -= 1
        for other in self.nearest[last]:
            gained = self.graph[last][other] - lost
            if gained <= LEAST or self.effort < 0:
                return None
            if other in chain:
                continue
            mate = self.mates.get(other)
            if mate is None:
                return [*chain, other]
            if self.graph[mate].get(first, -math.inf) + gained - self.graph[other][mate] > LEAST:
                return [*chain, other, mate]
            if len(chain) < longest and (found := self._ring([*chain, other, mate], gained, longest)):
                return found
        return None


def _turn(mates: dict[int, int], ring: list[int]) -> None:
    """Pair the second of a chain with the third and so on, and its last with its first where there are two."""
    turned = ring[1:] if len(ring) % 2 else [*ring[1:], ring[0]]
    if len(ring) % 2:
        del mates[ring[0]]
    for one, other in zip(turned[::2], turned[1::2], strict=True):
        mates[one], mates[other] = other, one
