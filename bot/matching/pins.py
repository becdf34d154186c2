"""Which pins a round can keep: who is pinned stays together, unless a limit that nobody can lift forbids it."""

from collections import Counter
from collections.abc import Mapping

from bot.domain.mentorship import Format
from bot.matching.limits import FIRM, broken
from bot.matching.order import Order, Program, Tie
from bot.matching.people import Member


def seats_within(member: Member, hours_each: int) -> int:
    """Return how many seats somebody has to give where each takes so many hours a month; 0 hours bound nothing."""
    if not hours_each or member.hours_a_month is None:
        return max(member.capacity, 0)
    return max(min(member.capacity, member.hours_a_month // hours_each), 0)


def keep(order: Order, members: Mapping[str, Member]) -> tuple[list[Tie], list[Tie]]:
    """Return the pins that are kept and those that are not; of two that exclude each other the first is kept."""
    keeper = _Keeper(order, members)
    kept: list[Tie] = []
    unkept: list[Tie] = []
    for tie in dict.fromkeys(order.pins):
        (kept if keeper.takes(tie) else unkept).append(tie)
    return kept, unkept


class _Keeper:
    def __init__(self, order: Order, members: Mapping[str, Member]) -> None:
        self.members = members
        self.programs = {program.id: program for program in order.programs}
        self.seekers = {program.id: frozenset(program.seekers) for program in order.programs}
        self.mentors = {
            program.id: frozenset(program.seekers if program.format is Format.PEER else program.mentors)
            for program in order.programs
        }
        self.hours_each: Counter[str] = Counter()
        for program in order.programs:
            for key in program.mentors:
                self.hours_each[key] = max(self.hours_each[key], program.hours_each)
        self.forbidden = set(order.forbidden)
        self.done: set[str] = set()
        self.taken: Counter[str] = Counter()
        self.taken_in: Counter[tuple[str, str]] = Counter()

    def takes(self, tie: Tie) -> bool:
        """Take a pin if it can be kept."""
        program = self.programs.get(tie.program_id)
        if program is None or not self._possible(program, tie) or not self._room(program, tie):
            return False
        self.done.add(tie.seeker)
        if program.format is Format.PEER:
            self.done.add(tie.mentor)
        self.taken[tie.mentor] += 1
        self.taken_in[program.id, tie.mentor] += 1
        return True

    def _possible(self, program: Program, tie: Tie) -> bool:
        if tie.mentor not in self.mentors[program.id] or tie.seeker not in self.seekers[program.id]:
            return False
        turned = Tie(tie.program_id, tie.seeker, tie.mentor)
        if tie in self.forbidden or (program.format is Format.PEER and turned in self.forbidden):
            return False
        return not FIRM.intersection(broken(program, self.members[tie.mentor], self.members[tie.seeker]))

    def _room(self, program: Program, tie: Tie) -> bool:
        if program.format is Format.PEER:
            return not self.done & {tie.mentor, tie.seeker}
        within = program.seats is None or self.taken_in[program.id, tie.mentor] < program.seats
        seats = seats_within(self.members[tie.mentor], self.hours_each[tie.mentor])
        return tie.seeker not in self.done and within and self.taken[tie.mentor] < seats
