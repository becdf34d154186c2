"""Who gets whom: as many seekers as possible matched, and among all such ways the one with the greatest total.

Each seat of a mentor is a column of its own. A matching of the greatest size comes first, and shows where seats are
scarce: whoever has none there, and all who could lose theirs to these along a chain, compete for seats of which none
may stay empty. For everybody else there is a seat, and never one of those (Dulmage and Mendelsohn, 1958). So there
are two assignments, in which one side is full, without a price for being left out. All costs are whole numbers, so
that ties are frequent, and fall by the order of rows and columns, which is drawn from the seed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from bot.matching.candidates import Edges, chance
from bot.matching.crowd import Ints, Mask

Small = NDArray[np.int32]
"""There are millions of cells; places and columns fit into half the memory."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of each mentor, one place a person of the crowd; and each edge's part of them.

    Mentors in several programmes share their seats. Where a programme takes no more than some of them, its edges
    reach a stretch of so many seats from `first` on, going round at the end; the stretches of several programmes
    lie one behind the other. With up to two such programmes a mentor no choice is lost by that.
    """

    count: Ints
    first: Ints
    reach: Ints


def assign(edges: Edges, seekers: Ints, seats: Seats, seed: int) -> Ints:
    """Return for each seeker the place of their edge, or -1 for nobody."""
    taken = np.full(len(seekers), -1, np.int64)
    edge, column = _columns(edges, seats, seed)
    if not len(edge):
        return taken
    drawn = np.argsort(_drawn(len(seekers), seed))
    row = drawn[np.searchsorted(seekers, edges.seeker)].astype(np.int32)[edge]
    scarce, wanted = _scarce(row, column, (len(seekers), int(seats.count.sum())))
    cost = (1 + edges.total.max() - edges.total).astype(np.float64)
    for cells in (scarce[row], ~scarce[row] & ~wanted[column]):
        if cells.any():
            chosen = _cheapest(row[cells], column[cells], cost[edge[cells]])
            taken[row[cells][chosen]] = edge[cells][chosen]
    return taken[drawn]


def _columns(edges: Edges, seats: Seats, seed: int) -> tuple[Small, Small]:
    """Return, for each edge and each seat it reaches, the place of the edge and the column of the seat."""
    edge = np.repeat(np.arange(len(edges.mentor), dtype=np.int32), seats.reach)
    ordinal = np.arange(len(edge)) - np.repeat(np.cumsum(seats.reach) - seats.reach, seats.reach)
    drawn = _drawn(len(seats.count), seed)
    begin = np.zeros(len(seats.count), np.int64)
    begin[drawn[1:]] = np.cumsum(seats.count[drawn])[:-1]
    mentor = edges.mentor[edge]
    return edge, (begin[mentor] + (seats.first[edge] + ordinal) % seats.count[mentor]).astype(np.int32)


def _drawn(count: int, seed: int) -> Ints:
    """Return so many places in an order that the seed draws."""
    places = np.arange(count)
    return np.argsort(chance(seed, places, places))


def _scarce(row: Small, column: Small, shape: tuple[int, int]) -> tuple[Mask, Mask]:
    """Return the rows that may be left out when as many as possible are matched, and the columns that they want."""
    graph = csr_array((np.ones(len(row), np.int8), (row, column)), shape=shape)
    matched = maximum_bipartite_matching(graph, perm_type="column")
    scarce = matched < 0
    wanted = np.zeros(shape[1], np.bool_)
    count = -1
    while count != (count := int(scarce.sum())):
        wanted[column[scarce[row]]] = True
        scarce |= wanted[matched] & (matched >= 0)
    return scarce, wanted


def _cheapest(row: Small, column: Small, cost: NDArray[np.float64]) -> Ints:
    """Return the places of the cells that cost least together, one in each row or each column, whatever is fewer."""
    rows, own_row = np.unique(row, return_inverse=True)
    columns, own_column = np.unique(column, return_inverse=True)
    shape = (len(rows), len(columns))
    chosen = min_weight_full_bipartite_matching(csr_array((cost, (own_row, own_column)), shape=shape))
    places = csr_array((np.arange(1, len(row) + 1, dtype=np.int32), (own_row, own_column)), shape=shape)
    return np.asarray(places[chosen]).ravel().astype(np.int64) - 1
