"""What people are asked about no mentorship: whether to take part, and whether two accounts are theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.own import Enrolment, Own, Tie
from bot.domain.people import Person, Workspace


class Enrolments(Protocol):
    """Who was brought in, and from where."""

    def get(self, person_id: str) -> Enrolment | None:
        """Return somebody's enrolment."""

    def add(self, enrolment: Enrolment) -> None:
        """Save a new enrolment."""

    def takes_part(self, person_id: str) -> bool:
        """Tell whether somebody is in a mentorship that has not ended, or has joined by themselves."""

    def keep_place(self, workspace: Workspace, place: str, now: datetime) -> None:
        """Note a place, by the platform's own id, whose people are asked from now on, those who join later too."""

    def has_place(self, workspace: Workspace, place: str) -> bool:
        """Tell whether whoever joins a place is asked."""


class Ties(Protocol):
    """Who may be one person, and the joining of those who have said so."""

    def get(self, organization_id: str, tie_id: str) -> Tie | None:
        """Load and lock one tie of a company; nobody else answers it until the unit of work ends."""

    def of_person(self, person_id: str) -> Sequence[Tie]:
        """Return all ties of a person, ended ones too."""

    def add(self, tie: Tie) -> None:
        """Save a new tie."""

    def share_a_mentorship(self, one: str, other: str) -> bool:
        """Tell whether two people, by their ids, are or were in the same mentorship.

        It stays so until this unit of work ends: who would bring them together meanwhile waits for it.
        """

    def join(self, keep: Person, gone: Person) -> None:
        """Make two people one: all that is of one is the other's once this unit of work is committed.

        Their mentorships are locked from now on. Of what both have of a kind that one person has once, such as a
        profile, what is of `keep` stays.
        """

    def own(self, person_id: str) -> Own:
        """Return what is asked of somebody about no mentorship, and what of it was said."""
