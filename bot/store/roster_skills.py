"""What a roster says somebody offers and wants: skills of the company's list, with levels where it names them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.profile import Side
from bot.domain.skills import Skill, SkillList, SkillStatus, key, with_level
from bot.store.tables import abilities, skills

_LISTED = sa.select(skills).where(
    skills.c.organization_id == sa.bindparam("organization_id"), skills.c.status == SkillStatus.LISTED
)
_SAID = (
    sa.select(abilities.c.person_id, abilities.c.side, abilities.c.skill_id, abilities.c.level)
    .where(abilities.c.organization_id == sa.bindparam("organization_id"))
    .order_by(abilities.c.person_id, abilities.c.side, abilities.c.rank)
)
_ADD = sa.insert(skills)
_FORGET = sa.delete(abilities).where(
    abilities.c.person_id == sa.bindparam("whose"), abilities.c.side == sa.bindparam("which")
)
_SAY = sa.insert(abilities)

_Said = dict[str, int | None]
"""Levels by the ids of skills, in their order."""


class RosterSkills:
    """The skills of one company while its roster comes in: gathered person by person, and saved at once."""

    def __init__(self, connection: sa.Connection, organization_id: str) -> None:
        self._connection = connection
        self._organization_id = organization_id
        keys = {"organization_id": organization_id}
        self._known = SkillList(
            Skill(row.id, row.organization_id, row.name, row.status, row.folded_into)
            for row in connection.execute(_LISTED, keys)
        )
        self._ids: dict[str, str] = {}
        self._new: list[dict[str, Any]] = []
        self._said: dict[tuple[str, Side], _Said] = {}
        for person_id, side, skill_id, level in connection.execute(_SAID, keys):
            self._said.setdefault((person_id, side), {})[skill_id] = level
        self._changed: list[tuple[str, Side]] = []

    def say(self, person_id: str, offers: Sequence[str] | None, wants: Sequence[str] | None) -> int:
        """Take note of what the file says of one person, None being nothing; return how much of it was news."""
        news = 0
        for side, names in ((Side.OFFER, offers), (Side.WANT, wants)):
            if names is None:
                continue
            said: _Said = {}
            for name, level in (with_level(text, {}) for text in names):
                if key(name):
                    said.setdefault(self._id(name), level)
            if list(said.items()) != list(self._said.get((person_id, side), {}).items()):
                self._said[person_id, side] = said
                self._changed.append((person_id, side))
                news += 1
        return news

    def save(self) -> None:
        """Save what was news."""
        rows = [
            {
                "person_id": person_id,
                "side": side,
                "skill_id": skill_id,
                "organization_id": self._organization_id,
                "rank": rank,
                "level": level,
            }
            for person_id, side in self._changed
            for rank, (skill_id, level) in enumerate(self._said[person_id, side].items())
        ]
        before = [{"whose": person_id, "which": side} for person_id, side in self._changed]
        for statement, values in ((_ADD, self._new), (_FORGET, before), (_SAY, rows)):
            if values:
                self._connection.execute(statement, values)

    def _id(self, name: str) -> str:
        """Return the id of a skill of the list; one that is not there is put on it."""
        folded = key(name)
        if folded not in self._ids:
            found = self._known.find(name)
            self._ids[folded] = found.id if found else new_id()
            if found is None:
                self._new.append(
                    {
                        "id": self._ids[folded],
                        "organization_id": self._organization_id,
                        "status": SkillStatus.LISTED,
                        "name": name,
                    }
                )
        return self._ids[folded]
