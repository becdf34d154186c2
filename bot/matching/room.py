"""How many seats there are, in all and in each programme, beside what is pinned."""

from collections.abc import Sequence

import numpy as np

from bot.domain.mentorship import Format
from bot.matching.assignment import Seats
from bot.matching.candidates import Edges
from bot.matching.crowd import Crowd, Ints
from bot.matching.order import Order, Tie
from bot.matching.pins import seats_within

Pair = tuple[int, int]
"""The places of mentor and seeker; among peers the lower place comes first."""


class Room:
    """The seats of a round: `count` by person, `reach` by programme and person; `program` numbers that of a seeker.

    `pinned` are the pairs that stand already, `sought` the seekers among them; their seats are not counted.
    """

    def __init__(self, crowd: Crowd, order: Order, kept: Sequence[Tie]) -> None:
        size, programs = len(crowd.people), order.programs
        self.program = np.full(size, -1, np.int64)
        each = np.zeros(size, np.int64)
        mentors = np.zeros((len(programs), size), np.bool_)
        for number, program in enumerate(programs):
            self.program[crowd.places(program.seekers)] = number
            places = crowd.places(program.mentors)
            mentors[number, places] = True
            each[places] = np.maximum(each[places], program.hours_each)
        seats = [seats_within(member, int(hours)) for member, hours in zip(crowd.people, each, strict=True)]
        self.count: Ints = np.where(mentors.any(axis=0), np.array(seats, np.int64), 0)
        limited = np.array([program.seats is not None for program in programs], np.bool_)[:, None]
        most = np.array([max(program.seats or 0, 0) for program in programs], np.int64)[:, None]
        self.reach: Ints = np.where(mentors, np.where(limited, np.minimum(most, self.count), self.count), 0)
        self.pinned = [(crowd.index[tie.mentor], crowd.index[tie.seeker]) for tie in kept]
        for place, (mentor, seeker) in enumerate(self.pinned):
            number = self.program[seeker]
            if programs[number].format is Format.PEER:
                self.pinned[place] = (min(mentor, seeker), max(mentor, seeker))
            else:
                self.count[mentor] -= 1
                self.reach[number, mentor] -= 1 if limited[number, 0] else 0
        self.sought = np.array([seeker for _, seeker in self.pinned], np.int64)
        self.reach = np.minimum(self.reach, self.count)
        own = np.where(limited, self.reach, 0)
        self.first: Ints = np.cumsum(own, axis=0) - own

    def seats(self, edges: Edges) -> Seats:
        """Return the seats as the assignment takes them."""
        of = self.program[edges.seeker]
        return Seats(self.count, self.first[of, edges.mentor], self.reach[of, edges.mentor])

    def left(self, pairs: Sequence[Pair]) -> Ints:
        """Return how many seats each has left beside these pairs, the pinned ones among them."""
        return self.left_by(np.array([mentor for mentor, _ in set(pairs).difference(self.pinned)], np.int64))

    def left_by(self, mentors: Ints) -> Ints:
        """Return how many seats each has left when these mentors give one for each time they are named."""
        return np.asarray(self.count - np.bincount(mentors, minlength=len(self.count)))

    def first_come(self, edges: Edges) -> list[int]:
        """Return the places of the edges that are taken when each, in their order, takes a seat that is left."""
        count, reach = self.count.tolist(), self.reach.tolist()
        program, done = self.program.tolist(), set(self.sought.tolist())
        taken = []
        for place, (mentor, seeker) in enumerate(zip(edges.mentor.tolist(), edges.seeker.tolist(), strict=True)):
            mine = reach[program[seeker]]
            if seeker not in done and count[mentor] and mine[mentor]:
                done.add(seeker)
                count[mentor] -= 1
                mine[mentor] -= 1
                taken.append(place)
        return taken
