"""Matching rounds, as those who run a programme see them, and who is kept apart in all of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.parting import Parting
from bot.rounds.round import ProposedPair, Round, Unmatched, Word


class Rounds(Protocol):
    """The rounds of a company. Loading one locks it until the unit of work ends."""

    def add(self, new: Round) -> None:
        """Save a new round; it is run as soon as this unit of work is committed."""

    def get(self, organization_id: str, round_id: str) -> Round | None:
        """Load and lock one round of a company."""

    def of_program(self, organization_id: str, program_id: str) -> Sequence[Round]:
        """Return the rounds of a programme that were not discarded, the newest first, without locks; 20 at most."""

    def count(self, round_id: str) -> int:
        """Return how many pairs a round proposes; while it runs, none are there to be seen."""

    def pairs(self, round_id: str, first: int, count: int) -> Sequence[ProposedPair]:
        """Return some of the pairs that a round proposes, from the number `first` on.

        They come by the mentor's name, then the mentee's; all of one mentor together.
        """

    def number(self, pair: ProposedPair) -> int:
        """Return which one a pair is, from 0, in the order of `pairs`."""

    def asked(self, organization_id: str, mentorship_id: str, person_id: str) -> ProposedPair | None:
        """Return the pair by which somebody was invited to a mentorship; None where no round has invited them.

        A group's mentor has as many as there are mentees: the first of them.
        """

    def pair(self, organization_id: str, pair_id: str) -> ProposedPair | None:
        """Return one proposed pair of a company, and lock its round, so that it stays as it is."""

    def of_people(self, round_id: str, one_id: str, other_id: str = "") -> Sequence[ProposedPair]:
        """Return the pairs in which somebody is, or in which two people are together."""

    def differing(self, round_id: str, other_id: str) -> int:
        """Return how many pairs of a round are not in another one."""

    def unmatched(self, round_id: str) -> Sequence[Unmatched]:
        """Return for whom a round has nobody."""

    def to_tell(self, round_id: str, count: int) -> Sequence[Unmatched]:
        """Return some of those for whom a round has nobody and who were not told yet; they count as told."""

    def words(self, round_id: str) -> Sequence[tuple[Word, str, str]]:
        """Return what was said of two people in a round, as (word, mentor, mentee), in no certain order."""

    def say(self, of: Round, word: Word | None, mentor_id: str, seeker_id: str) -> None:
        """Note that two people are to be together or apart, in place of what was said; None takes that back."""

    def take(self, pair: ProposedPair, mentor_id: str) -> bool:
        """Give the seeker of a pair another mentor, one of the alternatives with a free seat; tell whether it is so.

        All alternatives are kept in step: who was left is one of the seeker's now, and has a free seat. A pin of the
        pair that was is taken back.
        """

    def decided(self, round_id: str) -> tuple[int, int, int]:
        """Return how many pairs have not heard yet, how many began, and how many did not come about.

        Who began is never told before all have heard, so that nobody learns how somebody answered.
        """

    def freed(self, round_id: str) -> Collection[str]:
        """Return who was left out by a round, or whose pair did not come about; mentors are not among them."""

    def leave_out(self, of: Round, person_ids: Collection[str]) -> None:
        """Note that a round has nobody for some people after all, who are told so like those it found nobody for.

        Why is nobody's business, so that it reads like a want of free seats.
        """

    def to_invite(self, round_id: str, count: int) -> Sequence[ProposedPair]:
        """Return some pairs who were not invited yet, `count` at most: those of one mentor together, all of them."""

    def busy(self, program_id: str, person_ids: Collection[str]) -> Collection[str]:
        """Return which of some people are guided in an open mentorship of a programme, or were asked."""

    def together(self, person_ids: Collection[str]) -> Collection[frozenset[str]]:
        """Return who of some people are in an open mentorship with each other, of whatever programme, or were asked.

        They come two by two; mentees of one group are not together in this sense.
        """

    def seats(self, mentor_ids: Collection[str]) -> Mapping[str, int]:
        """Return how many more mentees some people can take, over all programmes; below 0 where it is too many now.

        Who was proposed and has not answered yet has a seat. Whoever relies on it locks the mentors' profiles before.
        """

    def run_again(self, of: Round, now: datetime) -> None:
        """Let a round find its pairs anew, with what was said of its people; what it had proposed is forgotten."""


class Blocks(Protocol):
    """Who is never to be proposed to each other, as those who run mentoring have said; told to nobody else."""

    def add(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Keep two people apart from now on; twice changes nothing."""

    def remove(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Keep two people apart no longer."""

    def all(self, organization_id: str) -> Collection[frozenset[str]]:
        """Return all who are kept apart, two by two."""


class Partings(Protocol):
    """Why people were not the right match, as they let those who run the programme know."""

    def of(self, mentorship_id: str, person_id: str) -> Parting | None:
        """Return what somebody said of one mentorship."""

    def add(self, parting: Parting) -> None:
        """Save what somebody says of a mentorship."""

    def remove(self, parting: Parting) -> None:
        """Forget what somebody said of a mentorship."""

    def latest(self, organization_id: str, count: int) -> Sequence[Parting]:
        """Return what was said last in a company, the newest first."""
