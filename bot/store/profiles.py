"""How people take part in matching, by queries; few of them, however many people there are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.cadence import WorkingTime
from bot.domain.ids import new_id
from bot.domain.people import Person, PersonStatus
from bot.domain.profile import Ability, Entrant, Profile, Side
from bot.domain.records import Visibility
from bot.ports import Abilities
from bot.store.sealing import Sealer
from bot.store.skills import FORGET_UNUSED
from bot.store.tables import abilities, not_with, people, profiles, words

_whose = sa.bindparam("whose", type_=sa.Text)
_here = sa.bindparam("organization_id", type_=sa.Text)

_MINE = sa.select(Profile).where(profiles.c.person_id == _whose).with_for_update()
_ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_THEIRS = sa.select(Profile).where(profiles.c.person_id.in_(_ids)).order_by(profiles.c.person_id).with_for_update()
_said = sa.select(
    abilities.c.person_id, sa.type_coerce(abilities.c.side, sa.Text), abilities.c.skill_id, abilities.c.level
).order_by(abilities.c.rank, abilities.c.skill_id)
_ABILITIES = _said.where(abilities.c.person_id == _whose)
_FORGET = sa.delete(abilities).where(abilities.c.person_id == _whose, abilities.c.side == sa.bindparam("which"))
_SAY = sa.insert(abilities)
_NOT_WITH = sa.select(not_with.c.other_id).where(not_with.c.person_id == _whose).order_by(not_with.c.other_id)
_ADMIT = sa.delete(not_with).where(not_with.c.person_id == _whose)
_AVOID = sa.insert(not_with)
_GOAL = sa.select(words.c.sealed).where(words.c.id == sa.bindparam("words_id"))
_UNSAY = sa.delete(words).where(words.c.id == sa.bindparam("words_id"))
_WRITE = sa.insert(words)

_HOURS = (
    people.c.zone,
    people.c.working_days,
    people.c.day_starts,
    people.c.day_ends,
    people.c.country,
    people.c.region,
)
_PEOPLE = (
    sa.select(
        *(people.c.id, people.c.name, people.c.email, profiles.c.team, profiles.c.level, profiles.c.manager_email),
        *(profiles.c.languages, *_HOURS, profiles.c.roles, profiles.c.formats, profiles.c.aims),
        *(profiles.c.capacity, profiles.c.hours_a_month, profiles.c.joined_at, profiles.c.paused_at),
        *(profiles.c.goal_id, words.c.sealed),
    )
    .join_from(profiles, people, people.c.id == profiles.c.person_id)
    .outerjoin(words, words.c.id == profiles.c.goal_id)
    .where(profiles.c.organization_id == _here, people.c.status == PersonStatus.ACTIVE)
    .order_by(people.c.id)
)
_OF_SOME = _said.where(abilities.c.person_id.in_(_ids))
_NOT_WITH_OF_SOME = sa.select(not_with.c.person_id, not_with.c.other_id).where(not_with.c.person_id.in_(_ids))

_AT_ONCE = 500
"""So many people are read at a time where a whole company is."""


class SqlProfiles:
    """`bot.ports.Profiles` by queries."""

    def __init__(self, session: Session, connection: sa.Connection, sealer: Sealer) -> None:
        self._session = session
        self._connection = connection
        self._sealer = sealer

    def of(self, person: Person) -> Profile:
        """Load a person's profile and lock it; an empty one is returned where there is none."""
        found = self._session.scalar(_MINE, {"whose": person.id})
        return found or Profile(person.id, person.organization_id)

    def of_some(self, person_ids: Collection[str]) -> Mapping[str, Profile]:
        """Load the profiles of some people, and lock them in the order of their ids."""
        return {one.person_id: one for one in self._session.scalars(_THEIRS, {"ids": list(person_ids)})}

    def save(self, profile: Profile) -> None:
        """Save a profile that was empty."""
        self._session.add(profile)

    def abilities(self, person_id: str) -> Abilities:
        """Return what somebody offers and wants."""
        found = _by_side(self._connection.execute(_ABILITIES, {"whose": person_id}))
        return {side: tuple(found.get((person_id, side), ())) for side in Side}

    def say(self, person: Person, side: Side, abilities: Sequence[Ability]) -> None:
        """Save what somebody offers or wants, in place of what they said before."""
        self._connection.execute(_FORGET, {"whose": person.id, "which": side})
        rows = [
            {
                "person_id": person.id,
                "side": side,
                "skill_id": one.skill_id,
                "organization_id": person.organization_id,
                "rank": rank,
                "level": one.level,
            }
            for rank, one in enumerate(abilities)
        ]
        if rows:
            self._connection.execute(_SAY, rows)
        for statement in FORGET_UNUSED:
            self._connection.execute(statement, {"organization_id": person.organization_id})

    def not_with(self, person_id: str) -> Sequence[str]:
        """Return the ids of those whom somebody would rather not be matched with."""
        return list(self._connection.scalars(_NOT_WITH, {"whose": person_id}))

    def not_with_of(self, person_ids: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return whom each of some people would rather not be matched with."""
        found: dict[str, set[str]] = {}
        for person_id, other_id in self._connection.execute(_NOT_WITH_OF_SOME, {"ids": list(person_ids)}):
            found.setdefault(person_id, set()).add(other_id)
        return found

    def avoid(self, person: Person, others: Collection[str]) -> None:
        """Save whom somebody would rather not be matched with, in place of what they said before."""
        self._connection.execute(_ADMIT, {"whose": person.id})
        values = {"person_id": person.id, "organization_id": person.organization_id}
        if rows := [{**values, "other_id": other} for other in sorted(set(others) - {person.id})]:
            self._connection.execute(_AVOID, rows)

    def goal(self, profile: Profile) -> str:
        """Return what somebody wants to reach, in their own words; '' where they did not say it."""
        sealed = self._connection.scalar(_GOAL, {"words_id": profile.goal_id}) if profile.goal_id else None
        return self._sealer.open(sealed, profile.goal_id) if sealed and profile.goal_id else ""

    def aim_at(self, profile: Profile, goal: str) -> None:
        """Save what somebody wants to reach, in place of what they said before; '' clears it."""
        before, profile.goal_id = profile.goal_id, new_id() if goal else None
        self._session.add(profile)
        self._session.flush()
        if before:
            self._connection.execute(_UNSAY, {"words_id": before})
        if profile.goal_id:
            values = {
                "id": profile.goal_id,
                "organization_id": profile.organization_id,
                "author_id": profile.person_id,
                "mentorship_id": None,
                "visibility": Visibility.ME,
                "question": "aim",
                "sealed": self._sealer.seal(goal, profile.goal_id),
            }
            self._connection.execute(_WRITE, values)

    def everyone(self, organization_id: str) -> Iterator[Entrant]:
        """Yield the active people of a company who have a profile, as a matching round sees them, by their ids.

        They are read some at a time, so that a company of any size lies nowhere in memory as a whole.
        """
        self._session.flush()
        keys, a_few_at_a_time = {"organization_id": organization_id}, {"yield_per": _AT_ONCE}
        found = self._connection.execute(_PEOPLE, keys, execution_options=a_few_at_a_time)
        for rows in found.partitions():
            yield from self._entrants(rows)

    def _entrants(self, rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Iterator[Entrant]:
        keys = {"ids": [row.id for row in rows]}
        said = _by_side(self._connection.execute(_OF_SOME, keys))
        avoided = self.not_with_of(keys["ids"])
        for row in rows:
            yield Entrant(
                person_id=row.id,
                name=row.name,
                email=row.email,
                team=row.team,
                grade=row.level,
                manager_email=row.manager_email,
                languages=row.languages,
                working_time=WorkingTime(
                    row.zone, row.working_days, row.day_starts, row.day_ends, row.country, row.region
                ),
                roles=row.roles,
                formats=row.formats,
                aims=row.aims,
                capacity=row.capacity,
                hours_a_month=row.hours_a_month,
                joined_at=row.joined_at,
                paused=row.paused_at is not None,
                offers=tuple(said.get((row.id, Side.OFFER), ())),
                wants=tuple(said.get((row.id, Side.WANT), ())),
                not_with=frozenset(avoided.get(row.id, ())),
                goal=self._sealer.open(row.sealed, row.goal_id) if row.sealed else "",
            )


def _by_side(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> dict[tuple[str, str], list[Ability]]:
    """Gather what people said, by person and side; equal abilities are one object, which many share."""
    found: dict[tuple[str, str], list[Ability]] = {}
    same: dict[tuple[str, int | None], Ability] = {}
    for person_id, side, skill_id, level in rows:
        ability = same.get((skill_id, level)) or same.setdefault((skill_id, level), Ability(skill_id, level))
        found.setdefault((person_id, side), []).append(ability)
    return found
