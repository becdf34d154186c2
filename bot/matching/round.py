"""A whole round: candidates, the best assignment, repair of what the choice of candidates cost, reasons, report."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.matching.assignment import assign
from bot.matching.candidates import Edges, Field, Found
from bot.matching.comparing import compare
from bot.matching.crowd import Crowd, Ints
from bot.matching.explaining import left_out, proposals
from bot.matching.order import Order
from bot.matching.outcome import Outcome, Progress, Stage
from bot.matching.peers import pair_up
from bot.matching.people import Member
from bot.matching.pins import keep
from bot.matching.report import report
from bot.matching.room import Pair, Room

PAIRS = 600_000
"""Where there are so few seekers that this allows more candidates each than the order asks for, they keep more."""

REPAIRS = 3
"""So often at most candidates are widened for seekers without anybody, while seats are left."""

WIDER = 8
"""So many times as many candidates they have each time,"""

MORE = 3_000_000
"""but not more than so many pairs in all."""

Tell = Callable[[Progress], None]


def run(order: Order, people: Sequence[Member], tell: Tell = lambda _: None) -> Outcome:
    """Run a round in this process. Raises KeyError where a programme names somebody who is not among the people."""
    named = {key for program in order.programs for key in (*program.mentors, *program.seekers)}
    crowd = Crowd(member for member in people if member.id in named)
    tell(Progress(Stage.READING, len(people), len(people)))
    kept, unkept = keep(order, {member.id: member for member in crowd.people})
    room = Room(crowd, order, kept)
    fields = [Field(crowd, program, order.forbidden, order.seed) for program in order.programs]
    found = _candidates(order, fields, tell)
    tell(Progress(Stage.ASSIGNING, 0, 1))
    pairs = _choose(fields, found, room, order)
    tell(Progress(Stage.ASSIGNING, 1, 1))
    proposed = proposals(order, fields, found, pairs, room, tell)
    alone = left_out(fields, found, pairs)
    tell(Progress(Stage.COMPARING, 0, 1))
    quality = report(order, crowd.people, proposed, alone, compare(fields, found, room))
    tell(Progress(Stage.COMPARING, 1, 1))
    broken = tuple((tie.program_id, tie.mentor, tie.seeker) for tie in unkept)
    return Outcome(order.seed, tuple(proposed), tuple(alone), broken, quality)


def most_of(order: Order) -> int:
    """Return how many candidates each seeker keeps."""
    return max(order.best, PAIRS // max(sum(len(program.seekers) for program in order.programs), 1))


def _candidates(order: Order, fields: Sequence[Field], tell: Tell) -> list[Found]:
    seekers = sum(len(field.seekers) for field in fields)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        tell(Progress(Stage.CANDIDATES, done, seekers))

    return [field.candidates(field.seekers, field.mentors, most_of(order), step) for field in fields]


def _choose(fields: Sequence[Field], found: Sequence[Found], room: Room, order: Order) -> list[Pair]:
    """Return all pairs, the pinned ones too."""
    pairs = list(room.pinned)
    taken = np.array([place for pair in pairs for place in pair], np.int64)
    for field, some in zip(fields, found, strict=True):
        if field.peers:
            people = np.setdiff1d(field.seekers, taken)
            free = np.isin(some.best.seeker, people) & np.isin(some.best.mentor, people)
            pairs += pair_up(some.best.where(free), people, order.seed)
    joint = [(field, some.best) for field, some in zip(fields, found, strict=True) if not field.peers]
    edges = Edges.joined([edges for _, edges in joint])
    return pairs + _assigned([field for field, _ in joint], edges, room, most_of(order), order.seed)


def _assigned(fields: Sequence[Field], edges: Edges, room: Room, best: int, seed: int) -> list[Pair]:
    """Assign; while seekers are alone and seats are left, look wider for all who might make room, and assign anew.

    Who has fewer candidates than are kept has all there are; where all do, nothing can be added.
    """
    seekers = np.setdiff1d(np.concatenate([np.zeros(0, np.int64), *(field.seekers for field in fields)]), room.sought)
    edges = edges.where(np.isin(edges.seeker, seekers))
    for wider in range(REPAIRS + 1):
        taken = assign(edges, seekers, room.seats(edges), seed)
        stuck, free = _stuck(edges, seekers, taken), room.left_by(edges.mentor[taken[taken >= 0]]) > 0
        if wider == REPAIRS or not len(stuck) or not free.any():
            break
        if np.bincount(edges.seeker, minlength=1).max() < best:
            break
        most = min(best * WIDER ** (wider + 1), max(MORE // len(stuck), best))
        added = Edges.joined([edges, *(_more(field, stuck, np.flatnonzero(free), most) for field in fields)])
        if len(added.seeker) == len(edges.seeker):
            break
        edges = added
    return [(int(edges.mentor[edge]), int(edges.seeker[edge])) for edge in taken if edge >= 0]


def _stuck(edges: Edges, seekers: Ints, taken: Ints) -> Ints:
    """Return who is alone, and all who hold a seat that one of these could have, directly or along a chain."""
    seeker, mentor = np.searchsorted(seekers, edges.seeker), edges.mentor
    stuck = taken < 0
    wanted = np.zeros(int(mentor.max(initial=0)) + 1, np.bool_)
    holds = np.flatnonzero(~stuck)
    count = -1
    while count != (count := int(stuck.sum())):
        wanted[mentor[stuck[seeker]]] = True
        stuck[holds] |= wanted[mentor[taken[holds]]]
    return seekers[stuck]


def _more(field: Field, stuck: Ints, free: Ints, most: int) -> Edges:
    own = np.intersect1d(field.seekers, stuck)
    at_large = field.candidates(own, field.mentors, most)
    return Edges.joined([field.candidates(own, np.intersect1d(field.mentors, free), most).best, at_large.best])
