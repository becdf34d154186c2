"""The pairs of an approved round are invited: each only if nothing has come between the two since they were found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.mentorship import Format
from bot.domain.people import Person, PersonStatus
from bot.domain.program import Program
from bot.domain.proposing import FEWEST_MENTEES, MOST_MENTEES, decided_at, proposed
from bot.engine.speaking import Speaker
from bot.ports import UnitOfWork
from bot.rounds.round import ProposedPair, Round

SAME_DAY_FOR = timedelta(days=1)
"""How long after its approval all who are invited by a round still hear on the same day; later, as after an outage,
that day would leave too little time to answer."""


def invite(unit: UnitOfWork, speaker: Speaker, of: Round, count: int, now: datetime) -> bool:
    """Propose some pairs of a round to their people; tell whether there were any.

    Who cannot be together any more is dropped, and free for another round; so is a group of which too few are left.
    """
    pairs = unit.rounds.to_invite(of.id, count + MOST_MENTEES)
    if not pairs:
        return False
    program = next(one for one in unit.programs.all(of.organization_id) if one.id == of.program_id)
    check = Check(unit, of, pairs)
    for _, group in groupby(pairs, lambda pair: pair.mentor_id if of.format is Format.GROUP else pair.id):
        asked = list(group)
        sound = [pair for pair in asked if check.holds(pair)]
        if of.format is Format.GROUP and len(sound) < FEWEST_MENTEES:
            check.release(sound)
            sound = []
        for pair in asked:
            pair.dropped = pair not in sound
        unit.rounds.leave_out(of, {one for pair in asked if pair.dropped for one in check.waiting(pair)})
        if sound:
            people = [check.people[sound[0].mentor_id], *(check.people[pair.seeker_id] for pair in sound)]
            mentorship_id = _propose(unit, speaker, of, people, program, now)
            for pair in sound:
                pair.mentorship_id = mentorship_id
    return True


class Check:
    """What holds of the people of some pairs now; their profiles are locked, so that it holds until all is saved."""

    def __init__(self, unit: UnitOfWork, of: Round, pairs: Sequence[ProposedPair]) -> None:
        ids = sorted({one for pair in pairs for one in (pair.mentor_id, pair.seeker_id)})
        self._profiles = unit.profiles.of_some(ids)
        self.people = unit.people.some(of.organization_id, ids)
        self._format = of.format
        self._seats = dict(unit.rounds.seats(ids))
        self._busy = set(unit.rounds.busy(of.program_id, ids))
        self._above = unit.people.above(of.organization_id, ids)
        self._apart = unit.blocks.all(of.organization_id)
        self._together = unit.rounds.together(ids)
        self._not_with = unit.profiles.not_with_of(ids)

    def holds(self, pair: ProposedPair) -> bool:
        """Tell whether two can be proposed to each other; if so, they have the seat from now on."""
        mentor, seeker = pair.mentor_id, pair.seeker_id
        guided = (mentor, seeker) if self._format is Format.PEER else (seeker,)
        if not (self._takes_part(mentor) and self._takes_part(seeker)) or self._is_firm(mentor, seeker):
            return False
        if self._busy.intersection(guided) or frozenset((mentor, seeker)) in self._together:
            return False
        if self._format is not Format.PEER:
            if self._seats.get(mentor, 0) < 1:
                return False
            self._seats[mentor] -= 1
        self._busy.update(guided)
        return True

    def release(self, pairs: Sequence[ProposedPair]) -> None:
        """Give the seats back that some pairs have and will not use."""
        for pair in pairs:
            self._seats[pair.mentor_id] += 1
            self._busy.discard(pair.seeker_id)

    def waiting(self, pair: ProposedPair) -> Sequence[str]:
        """Return who of a pair that cannot be invited waits for somebody still; who has found the other does not."""
        if frozenset((pair.mentor_id, pair.seeker_id)) in self._together:
            return ()
        guided = (pair.mentor_id, pair.seeker_id) if self._format is Format.PEER else (pair.seeker_id,)
        return [one for one in guided if self._takes_part(one) and one not in self._busy]

    def _takes_part(self, person_id: str) -> bool:
        person, profile = self.people.get(person_id), self._profiles.get(person_id)
        if person is None or profile is None or profile.paused_at:
            return False
        return person.status is PersonStatus.ACTIVE and person.account_id is not None

    def _is_firm(self, one: str, other: str) -> bool:
        """Tell whether one of the limits lies between two that hold whatever a programme sets."""
        return (
            other in self._above[one]
            or one in self._above[other]
            or frozenset((one, other)) in self._apart
            or other in self._not_with.get(one, ())
            or one in self._not_with.get(other, ())
        )


def _propose(
    unit: UnitOfWork, speaker: Speaker, of: Round, people: Sequence[Person], program: Program, now: datetime
) -> str:
    """Save a proposal to some people and return its id; all whom a round invites hear on the same day."""
    facts = proposed(of.format, people, program, now)
    if of.status_at and now - of.status_at < SAME_DAY_FOR:
        facts.mentorship.decides_at = decided_at(people, program, of.status_at)
    facts.managers = dict(unit.people.managers(facts.people))
    unit.mentorships.add(facts.mentorship, *facts.participants)
    speaker.look_again(facts, speaker.settle(facts))
    return facts.mentorship.id
