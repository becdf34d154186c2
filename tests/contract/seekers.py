"""A company in which some offer what others want, for matching rounds; everybody can be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.domain.profile import Ability, Profile, Side
from bot.domain.program import Program
from bot.ports import UnitOfWork
from bot.rounds.round import ProposedPair, Round, RoundStep
from bot.store import SqlStore
from tests.contract.company import NOW

ORG = "acme"


@dataclass
class Seekers:
    """Mentors m0, m1 … with two seats each and seekers s0, s1 …, who fit where their numbers are both odd or even.

    Ada runs the programme.
    """

    store: SqlStore

    @classmethod
    def founded(cls, store: SqlStore, mentors: int, seekers: int) -> "Seekers":
        with store.unit() as unit:
            unit.people.add(Organization(ORG, "Acme"), Workspace("hall", ORG, Platform.PLAYGROUND, "hall", "Hall"))
            unit.programs.add(Program("program", ORG, "Mentoring", NOW))
            add(unit, "ada", (), "Office")
            python, sql = (unit.skills.add(ORG, name, listed=True) for name in ("Python", "SQL"))
            for number in range(mentors):
                person = add(unit, f"m{number}", ("mentor",), "Bakery")
                unit.profiles.say(person, Side.OFFER, [Ability((python, sql)[number % 2], 4)])
            for number in range(seekers):
                person = add(unit, f"s{number}", ("mentee",), "Dairy")
                unit.profiles.say(person, Side.WANT, [Ability((python, sql)[number % 2], 2)])
            unit.commit()
        return cls(store)

    def begin(self, round_id: str = "round", **values: object) -> None:
        """Let Ada begin a round."""
        new = Round(round_id, ORG, "program", "ada", NOW, seed=1)
        for name, value in values.items():
            setattr(new, name, value)
        with self.store.unit() as unit:
            unit.rounds.add(new)
            unit.commit()

    def step(self, step: RoundStep, round_id: str = "round") -> None:
        """Let Ada approve a round, or discard it."""
        with self.store.unit() as unit:
            of = unit.rounds.get(ORG, round_id)
            assert of
            of.step(step, NOW)
            unit.commit()

    def round(self, round_id: str = "round") -> Round:
        with self.store.unit() as unit:
            of = unit.rounds.get(ORG, round_id)
        assert of
        return of

    def pairs(self, round_id: str = "round") -> Sequence[ProposedPair]:
        with self.store.unit() as unit:
            return unit.rounds.pairs(round_id, 0, 10_000)


def add(unit: UnitOfWork, person_id: str, roles: tuple[str, ...], team: str) -> Person:
    """Save somebody with an account and a profile."""
    person = Person(person_id, ORG, person_id.title(), f"{person_id}@acme.example", account_id=person_id)
    profile = Profile(person_id, ORG, team=team, languages=("en",), capacity=2, roles=roles)
    unit.people.add(person, profile)
    unit.people.add(Account(person_id, ORG, "hall", person_id, Platform.PLAYGROUND, person_id, person_id))
    return person
