"""Matching rounds, as those who run a programme see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

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
        """Return how many pairs a round proposes."""

    def pairs(self, round_id: str, first: int, count: int) -> Sequence[ProposedPair]:
        """Return some of the pairs that a round proposes, from the place `first` on."""

    def pair(self, organization_id: str, pair_id: str) -> ProposedPair | None:
        """Return one proposed pair of a company."""

    def of_people(self, round_id: str, one_id: str, other_id: str = "") -> Sequence[ProposedPair]:
        """Return the pairs in which somebody is, or in which two people are together."""

    def differing(self, round_id: str, other_id: str) -> int:
        """Return how many pairs of a round are not in another one."""

    def unmatched(self, round_id: str) -> Sequence[Unmatched]:
        """Return for whom a round has nobody."""

    def words(self, round_id: str) -> Sequence[tuple[Word, str, str]]:
        """Return what was said of two people in a round, as (word, mentor, mentee), in no certain order."""

    def say(self, of: Round, word: Word | None, mentor_id: str, seeker_id: str) -> None:
        """Note that two people are to be together or apart, in place of what was said; None takes that back."""

    def take(self, pair: ProposedPair, mentor_id: str) -> bool:
        """Give the seeker of a pair another mentor, one of the alternatives with a free seat; tell whether it is so.

        All alternatives are kept in step: who was left is one of the seeker's now, and has a free seat.
        """

    def decided(self, round_id: str) -> tuple[int, int, int]:
        """Return how many invited pairs have not heard yet, how many began, and how many did not come about."""

    def run_again(self, of: Round, now: datetime) -> None:
        """Let a round find its pairs anew, with what was said of its people; what it had proposed is forgotten."""
