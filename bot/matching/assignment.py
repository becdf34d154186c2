"""Who gets whom: as many seekers as possible matched, and among all such ways the one with the greatest total.

Each seat of a mentor is a column of its own, and each seeker has one more column that means 'nobody', so dear that
a full assignment of least cost leaves as few as possible there. Ties are broken by the chance that each pair carries.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.candidates import Edges
from bot.matching.crowd import Ints


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


def assign(edges: Edges, seekers: Ints, seats: Seats) -> Ints:
    """Return for each seeker the place of their edge, or -1 for nobody."""
    if not len(edges.seeker) or not len(seekers):
        return np.full(len(seekers), -1, np.int64)
    edge, column = _columns(edges, seats)
    row = np.searchsorted(seekers, edges.seeker)[edge]
    top = int(edges.total.max()) + 1
    nobody = (len(seekers) + 1) * (top + 1)
    cost = 1 + top - edges.total[edge] + (1 - edges.chance[edge]) / (len(seekers) + 1)
    first_free = int(seats.count.sum())
    rows, places = np.arange(len(seekers)), first_free + np.arange(len(seekers))
    graph = csr_array(
        (
            np.concatenate([cost, np.full(len(seekers), float(nobody))]),
            (np.concatenate([row, rows]), np.concatenate([column, places])),
        ),
        shape=(len(seekers), first_free + len(seekers)),
    )
    taken = min_weight_full_bipartite_matching(graph)[1]
    cells = csr_array((edge + 1, (row, column)), shape=graph.shape)
    return np.asarray(cells[rows, taken]).ravel().astype(np.int64) - 1


def _columns(edges: Edges, seats: Seats) -> tuple[Ints, Ints]:
    """Return, for each edge and each seat it reaches, the place of the edge and the column of the seat."""
    edge = np.repeat(np.arange(len(edges.mentor)), seats.reach)
    ordinal = np.arange(len(edge)) - np.repeat(np.cumsum(seats.reach) - seats.reach, seats.reach)
    begin = np.concatenate([[0], np.cumsum(seats.count)[:-1]])
    mentor = edges.mentor[edge]
    return edge, begin[mentor] + (seats.first[edge] + ordinal) % seats.count[mentor]
