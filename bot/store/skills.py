"""The skills of a company, by queries. What a person has added is their own words, and stands sealed."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.skills import Skill, SkillList, SkillStatus
from bot.store.sealing import Sealer
from bot.store.tables import abilities, skills, skills_apart
from bot.store.upserts import insert_new

_here = sa.bindparam("organization_id", type_=sa.Text)
_people = (
    sa.select(sa.func.count(abilities.c.person_id.distinct()))
    .where(abilities.c.skill_id == skills.c.id)
    .scalar_subquery()
)
_ALL = sa.select(skills, _people.label("people")).where(skills.c.organization_id == _here).order_by(skills.c.id)
_ADD = sa.insert(skills)
_CHANGE = sa.update(skills).where(skills.c.id == sa.bindparam("skill_id"))
_FOLD = (
    _CHANGE.values(folded_into=sa.bindparam("into_id")),
    sa.update(skills)
    .where(skills.c.folded_into == sa.bindparam("skill_id"))
    .values(folded_into=sa.bindparam("into_id")),
)
_either = skills_apart.c.one_id == sa.bindparam("skill_id"), skills_apart.c.other_id == sa.bindparam("skill_id")
_SETTLE = sa.delete(skills_apart).where(sa.or_(*_either))
_DROP = sa.delete(skills).where(skills.c.id == sa.bindparam("skill_id"))
_HAVE = sa.select(abilities).where(abilities.c.skill_id.in_(sa.bindparam("ids", expanding=True)))
_FORGET = sa.delete(abilities).where(abilities.c.skill_id == sa.bindparam("skill_id"))
_mine = sa.and_(
    abilities.c.person_id == sa.bindparam("whose"),
    abilities.c.side == sa.bindparam("which"),
    abilities.c.skill_id == sa.bindparam("into_id"),
)
_KEEP = sa.update(abilities).where(_mine).values(rank=sa.bindparam("place"), level=sa.bindparam("best"))
_HAVE_NEW = sa.insert(abilities)
_APART = sa.select(skills_apart.c.one_id, skills_apart.c.other_id).where(skills_apart.c.organization_id == _here)
_KEEP_APART = insert_new(skills_apart)

_others = skills.alias("others")
_unused = sa.and_(
    skills.c.organization_id == _here,
    skills.c.status == SkillStatus.ADDED,
    skills.c.folded_into.is_(None),
    ~sa.exists().where(abilities.c.skill_id == skills.c.id),
    ~sa.exists().where(_others.c.folded_into == skills.c.id),
)
_gone = sa.select(skills.c.id).where(_unused)
FORGET_UNUSED = (
    sa.delete(skills_apart).where(sa.or_(skills_apart.c.one_id.in_(_gone), skills_apart.c.other_id.in_(_gone))),
    sa.delete(skills).where(_unused),
)
"""Deletes what people have added to the skills of `:organization_id` and nobody has any more."""


class SqlSkills:
    """`bot.ports.Skills` by queries."""

    def __init__(self, connection: sa.Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def all(self, organization_id: str) -> SkillList:
        """Return all skills; what somebody has added and is on the list by now becomes one with it."""
        found = SkillList(self._read(organization_id))
        twins = [(one, twin) for one in found.own if (twin := found.twin(one)) and one.status is SkillStatus.ADDED]
        for one, twin in twins:
            self.fold(one.id, twin.id)
            self._connection.execute(_DROP, {"skill_id": one.id})
        return SkillList(self._read(organization_id)) if twins else found

    def add(self, organization_id: str, name: str, *, listed: bool) -> str:
        """Save a skill, and return its id."""
        skill_id = new_id()
        values = {"id": skill_id, "organization_id": organization_id}
        own = {"status": SkillStatus.ADDED, "name": "", "sealed": self._sealer.seal(name, skill_id)}
        self._connection.execute(_ADD, {**values, **(_on_the_list(name) if listed else own)})
        return skill_id

    def enlist(self, skill_id: str, name: str) -> None:
        """Put a skill on the company's list under a name."""
        self._connection.execute(_CHANGE.values(_on_the_list(name)), {"skill_id": skill_id})

    def fold(self, skill_id: str, into_id: str) -> None:
        """Let one skill be another name of a second, for all who have it."""
        keys = {"skill_id": skill_id, "into_id": into_id}
        rows = self._connection.execute(_HAVE, {"ids": [skill_id, into_id]}).all()
        have = {(row.person_id, row.side): row for row in rows if row.skill_id == into_id}
        self._connection.execute(_FORGET, keys)
        for row in rows:
            both = have.get((row.person_id, row.side))
            if row.skill_id == into_id:
                continue
            if both is None:
                self._connection.execute(_HAVE_NEW, {**row._mapping, "skill_id": into_id})
            else:
                best = max(row.level or 0, both.level or 0) or None
                whose = {"whose": row.person_id, "which": row.side, "into_id": into_id}
                self._connection.execute(_KEEP, {**whose, "place": min(row.rank, both.rank), "best": best})
        for statement in (_SETTLE, *_FOLD):
            self._connection.execute(statement, keys)

    def keep_apart(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Note that two skills are not the same."""
        one, other = sorted((one_id, other_id))
        values = {"organization_id": organization_id, "one_id": one, "other_id": other}
        self._connection.execute(_KEEP_APART[self._connection.dialect.name], values)

    def apart(self, organization_id: str) -> Collection[frozenset[str]]:
        """Return the pairs of skills that are not the same."""
        rows = self._connection.execute(_APART, {"organization_id": organization_id})
        return {frozenset((row.one_id, row.other_id)) for row in rows}

    def _read(self, organization_id: str) -> Sequence[Skill]:
        rows = self._connection.execute(_ALL, {"organization_id": organization_id})
        return [
            Skill(
                row.id,
                row.organization_id,
                row.name if row.sealed is None else self._sealer.open(row.sealed, row.id),
                row.status,
                row.folded_into,
                row.people,
            )
            for row in rows
        ]


def _on_the_list(name: str) -> dict[str, Any]:
    return {"status": SkillStatus.LISTED, "name": name, "sealed": None}
