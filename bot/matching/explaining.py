"""From chosen places to proposals with reasons and alternatives, and why the others were left out."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bot.matching.candidates import Field, Found
from bot.matching.criteria import score
from bot.matching.order import Order
from bot.matching.outcome import Alternative, LeftOut, Progress, Proposal, Stage, Why
from bot.matching.reasons import strongest
from bot.matching.room import Pair, Room

STEP = 500
"""Progress is told after so many proposals."""


def proposals(
    order: Order,
    fields: Sequence[Field],
    found: Sequence[Found],
    pairs: Sequence[Pair],
    room: Room,
    tell: Callable[[Progress], None],
) -> list[Proposal]:
    """Return the pairs as proposals, in the order of programme, mentor and seeker."""
    done: list[Proposal] = []
    pinned = set(room.pinned)
    free = room.left(pairs) > 0
    for number, (field, some) in enumerate(zip(fields, found, strict=True)):
        if field.peers:
            free[field.seekers] = np.isin(field.seekers, np.array(pairs).ravel(), invert=True)
        others = _Others(field, some, free.tolist())
        for mentor, seeker in sorted(pair for pair in pairs if room.program[pair[1]] == number):
            one, other = field.crowd.people[mentor], field.crowd.people[seeker]
            done.append(
                Proposal(
                    field.program.id,
                    one.id,
                    other.id,
                    score(field.program, one, other),
                    strongest(field.program, one, other),
                    tuple(others.of(seeker, mentor, order.alternatives)),
                    (mentor, seeker) in pinned,
                )
            )
            if len(done) % STEP == 0 or len(done) == len(pairs):
                tell(Progress(Stage.EXPLAINING, len(done), len(pairs)))
    return done


def left_out(fields: Sequence[Field], found: Sequence[Found], pairs: Sequence[Pair]) -> list[LeftOut]:
    """Return the seekers whom no pair holds, with the reason; whoever had candidates found their seats taken."""
    left: list[LeftOut] = []
    for field, some in zip(fields, found, strict=True):
        matched = np.array(pairs if field.peers else [seeker for _, seeker in pairs], np.int64).ravel()
        alone = np.setdiff1d(field.seekers, matched)
        without = np.setdiff1d(alone, some.best.seeker)
        why = dict(zip(without.tolist(), field.reasons_why(without), strict=True))
        people = field.crowd.people
        left += [LeftOut(field.program.id, people[one].id, why.get(one, Why.NO_SEAT)) for one in alone.tolist()]
    return left


class _Others:
    """The candidates of each seeker of a programme, the best first."""

    def __init__(self, field: Field, found: Found, free: Sequence[bool]) -> None:
        self.field, self.free = field, free
        edges = found.best
        self.edges = edges.where(np.lexsort((edges.chance - edges.score, edges.seeker)))

    def of(self, seeker: int, taken: int, most: int) -> Iterator[Alternative]:
        """Yield somebody else for a seeker, so many at most."""
        first, end = np.searchsorted(self.edges.seeker, [seeker, seeker + 1])
        people, program = self.field.crowd.people, self.field.program
        for place in range(first, min(first + most + 1, end)):
            mentor = int(self.edges.mentor[place])
            if mentor != taken and most:
                most -= 1
                reasons = strongest(program, people[mentor], people[seeker])
                yield Alternative(people[mentor].id, int(self.edges.score[place]), reasons, self.free[mentor])
