"""Who takes part in matching: profiles, the skills of a company, and what somebody would rather not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from bot.domain.people import Person
from bot.domain.profile import Ability, Entrant, Profile, Side
from bot.domain.skills import SkillList

Abilities = Mapping[Side, tuple[Ability, ...]]
"""What somebody offers and what they want, each in its order."""


class Profiles(Protocol):
    """How people take part in matching."""

    def of(self, person: Person) -> Profile:
        """Load a person's profile, and lock it until the unit of work ends; an empty one where there is none."""

    def of_some(self, person_ids: Collection[str]) -> Mapping[str, Profile]:
        """Load the profiles of some people, and lock them in the order of their ids, which everybody keeps to."""

    def save(self, profile: Profile) -> None:
        """Save a profile that was empty; one that is known is saved by itself."""

    def abilities(self, person_id: str) -> Abilities:
        """Return what somebody offers and wants."""

    def say(self, person: Person, side: Side, abilities: Sequence[Ability]) -> None:
        """Save what somebody offers or wants, in place of what they said before.

        Skills that somebody has added and nobody has any more are forgotten.
        """

    def not_with(self, person_id: str) -> Sequence[str]:
        """Return the ids of those whom somebody would rather not be matched with; for this person's eyes alone."""

    def not_with_of(self, person_ids: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return the same of some people by their ids, for deciding alone; who has named nobody is left out."""

    def avoid(self, person: Person, others: Collection[str]) -> None:
        """Save whom somebody would rather not be matched with, in place of what they said before."""

    def goal(self, profile: Profile) -> str:
        """Return what somebody wants to reach, in their own words; '' where they did not say it."""

    def aim_at(self, profile: Profile, goal: str) -> None:
        """Save what somebody wants to reach, in place of what they said before; '' clears it."""

    def everyone(self, organization_id: str) -> Iterator[Entrant]:
        """Yield the active people of a company who have a profile, as a matching round sees them, by their ids.

        They are read some at a time, within the unit of work.
        """


class Skills(Protocol):
    """The skills of a company."""

    def all(self, organization_id: str) -> SkillList:
        """Return all skills; what somebody has added and is on the list by now becomes one with it."""

    def add(self, organization_id: str, name: str, *, listed: bool) -> str:
        """Save a skill of the company's list or of somebody's own words, and return its id."""

    def enlist(self, skill_id: str, name: str) -> None:
        """Put a skill on the company's list under a name, or give it another name there."""

    def fold(self, skill_id: str, into_id: str) -> None:
        """Let one skill be another name of a second, for all who have it.

        Who has both keeps the higher level and the place that was nearer to the top.
        """

    def keep_apart(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Note that two skills are not the same, however alike their names are."""

    def apart(self, organization_id: str) -> Collection[frozenset[str]]:
        """Return the pairs of skills that are not the same, as was noted."""
