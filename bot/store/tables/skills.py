"""What people offer and want, by the skills of their company; and whom somebody would rather not be matched with."""

import sqlalchemy as sa

from bot.domain.profile import Side
from bot.domain.skills import SkillStatus
from bot.store.tables.base import key, metadata, of_company, owner, shared, text, within
from bot.store.types import choice

skills = sa.Table(
    "skills",
    metadata,
    key(),
    owner(),
    sa.Column("status", choice(SkillStatus), nullable=False),
    text("name"),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("folded_into", sa.Text),
    shared(),
    of_company(),
    within("folded_into", "skills"),
    sa.Index(None, "organization_id"),
    sa.CheckConstraint("(status = 'added') = (sealed IS NOT NULL)", "sealed"),
    sa.CheckConstraint("(status = 'added') = (name = '')", "name"),
)
"""What stands on the company's list is in the open; what a person added is their own words, and sealed."""

abilities = sa.Table(
    "abilities",
    metadata,
    key("person_id"),
    sa.Column("side", choice(Side), primary_key=True),
    key("skill_id"),
    owner(),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("level", sa.Integer),
    within("person_id", "people"),
    within("skill_id", "skills"),
    sa.CheckConstraint("level BETWEEN 1 AND 5", "level"),
    sa.Index(None, "skill_id"),
    sa.Index(None, "organization_id"),
)
"""Skills that people offer or want, the most wanted with the lowest rank."""

skills_apart = sa.Table(
    "skills_apart",
    metadata,
    key("one_id"),
    key("other_id"),
    owner(),
    within("one_id", "skills"),
    within("other_id", "skills"),
    sa.CheckConstraint("one_id < other_id", "order"),
    sa.Index(None, "other_id"),
)
"""Pairs of skills with like names that are not the same, as an admin has said."""

not_with = sa.Table(
    "not_with",
    metadata,
    key("person_id"),
    key("other_id"),
    owner(),
    within("person_id", "people"),
    within("other_id", "people"),
    sa.CheckConstraint("person_id <> other_id", "other"),
    sa.Index(None, "other_id"),
    sa.Index(None, "organization_id"),
)
"""Whom somebody would rather not be matched with: told to them alone, and joined by nothing that others see."""
