"""Other ways to pair the same people, to see what the round is worth: by hand from the top, and by chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.candidates import Edges, Field, Found
from bot.matching.outcome import Comparison
from bot.matching.room import Pair, Room


def compare(fields: Sequence[Field], found: Sequence[Found], room: Room) -> tuple[Comparison, ...]:
    """Return what comes of it, with the same pins and limits.

    'greedy' takes the best pair of all that is still possible, then the next, as one would by hand. 'random' takes
    pairs as they are drawn from those that are allowed.
    """
    best = [some.best for some in found]
    drawn = [some.drawn for some in found]
    return (
        _compared("greedy", fields, [edges.where(_order(edges.total + edges.chance)) for edges in best], room),
        _compared("random", fields, [edges.where(_order(edges.chance)) for edges in drawn], room),
    )


def _order(rank: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.argsort(-rank, kind="stable")


def _compared(name: str, fields: Sequence[Field], edges: Sequence[Edges], room: Room) -> Comparison:
    scores = []
    matched = 0
    for field, some in zip(fields, edges, strict=True):
        taken = _in_pairs(some, room.pinned) if field.peers else room.first_come(some)
        scores += some.score[taken].tolist()
        matched += len(taken) * (2 if field.peers else 1)
    return Comparison(name, matched, sum(scores) // max(len(scores), 1))


def _in_pairs(edges: Edges, pinned: Sequence[Pair]) -> list[int]:
    done = {place for pair in pinned for place in pair}
    taken = []
    for place, (one, other) in enumerate(zip(edges.mentor.tolist(), edges.seeker.tolist(), strict=True)):
        if not done & {one, other}:
            done |= {one, other}
            taken.append(place)
    return taken
