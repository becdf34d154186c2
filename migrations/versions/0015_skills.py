"""Skills are a company's own list, with a level for each who has one; profiles say who takes part, and how.

What a roster said somebody offers or wants becomes skills on that list, in its order; what differs in case, spaces
and signs alone is one skill. The way down writes them back as they are called then. What people said of themselves
has no place there and goes.
"""

import json
from collections.abc import Iterator
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    add_check,
    add_within,
    check,
    choice,
    company,
    drop_check,
    drop_within,
    index,
    moment,
    number,
    partial,
    settle,
    table,
    text,
    within,
)

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SIDES = {"offer": "offers", "want": "wants"}

PROFILES = sa.table("profiles", *map(sa.column, ("person_id", "organization_id", "offers", "wants")))
SKILLS = sa.table("skills", *map(sa.column, ("id", "organization_id", "status", "name")))
ABILITIES = sa.table("abilities", *map(sa.column, ("person_id", "side", "skill_id", "organization_id", "rank")))


def upgrade() -> None:
    _make_tables()
    _take_over()
    with op.batch_alter_table("profiles") as profiles:
        for name in SIDES.values():
            profiles.drop_column(name)
        profiles.add_column(sa.Column("hours_a_month", sa.Integer, nullable=False, server_default="2"))
        for name in ("roles", "formats", "aims"):
            profiles.add_column(sa.Column(name, sa.Text, nullable=False, server_default="[]"))
        profiles.add_column(text("goal_id", null=True))
        profiles.add_column(moment("joined_at", null=True))
        profiles.add_column(moment("paused_at", null=True))
        add_check(profiles, "profiles", "hours_a_month", "hours_a_month > 0")
        add_within(profiles, "profiles", "goal_id", "words")
    partial("ix_profiles_goal_id", "profiles", ["goal_id"], "goal_id IS NOT NULL")
    index("profiles", "organization_id")
    with op.batch_alter_table("words") as words:
        words.alter_column("mentorship_id", nullable=True, existing_type=sa.Text)


def downgrade() -> None:
    op.execute("UPDATE profiles SET goal_id = NULL")
    op.execute("DELETE FROM words WHERE mentorship_id IS NULL")
    settle()
    op.drop_index("ix_profiles_organization_id", "profiles")
    op.drop_index("ix_profiles_goal_id", "profiles")
    with op.batch_alter_table("words") as words:
        words.alter_column("mentorship_id", nullable=False, existing_type=sa.Text)
    with op.batch_alter_table("profiles") as profiles:
        drop_within(profiles, "profiles", "goal_id")
        drop_check(profiles, "profiles", "hours_a_month")
        for name in ("hours_a_month", "roles", "formats", "aims", "goal_id", "joined_at", "paused_at"):
            profiles.drop_column(name)
        for name in SIDES.values():
            profiles.add_column(sa.Column(name, sa.Text, nullable=False, server_default="[]"))
    _give_back()
    with op.batch_alter_table("profiles") as profiles:
        for name in SIDES.values():
            profiles.alter_column(name, server_default=None, existing_type=sa.Text)
    for name in ("not_with", "skills_apart", "abilities", "skills"):
        op.drop_table(name)


def _make_tables() -> None:
    table(
        "skills",
        [
            choice("status", "listed", "added", name="skillstatus"),
            text("name"),
            sa.Column("sealed", sa.LargeBinary),
            text("folded_into", null=True),
            company("skills"),
            within("skills", "folded_into", "skills"),
            check("skills", "sealed", "(status = 'added') = (sealed IS NOT NULL)"),
            check("skills", "name", "(status = 'added') = (name = '')"),
        ],
    )
    table(
        "abilities",
        [
            choice("side", "offer", "want"),
            number("rank"),
            number("level", null=True),
            within("abilities", "person_id", "people"),
            within("abilities", "skill_id", "skills"),
            check("abilities", "level", "level BETWEEN 1 AND 5"),
        ],
        keys=["person_id", "side", "skill_id"],
    )
    table(
        "skills_apart",
        [
            within("skills_apart", "one_id", "skills"),
            within("skills_apart", "other_id", "skills"),
            check("skills_apart", "order", "one_id < other_id"),
        ],
        keys=["one_id", "other_id"],
    )
    table(
        "not_with",
        [
            within("not_with", "person_id", "people"),
            within("not_with", "other_id", "people"),
            check("not_with", "other", "person_id <> other_id"),
        ],
        keys=["person_id", "other_id"],
    )
    index("skills", "organization_id")
    index("abilities", "skill_id")
    index("abilities", "organization_id")
    index("skills_apart", "other_id")
    index("not_with", "other_id")
    index("not_with", "organization_id")


def _take_over() -> None:
    """Make skills of what profiles hold, and let each person have theirs in the same order."""
    connection = op.get_bind()
    skills: dict[tuple[str, str], dict[str, str]] = {}
    abilities: dict[tuple[str, str, str], dict[str, object]] = {}
    for person_id, organization_id, side, rank, name in _said(connection):
        known = (organization_id, "".join(sign for sign in name.casefold() if sign.isalnum() or sign in "+#"))
        new = {"id": uuid4().hex, "organization_id": organization_id, "status": "listed", "name": name}
        skill_id = skills.setdefault(known, new)["id"]
        row = {"organization_id": organization_id, "person_id": person_id, "side": side, "skill_id": skill_id}
        abilities.setdefault((person_id, side, skill_id), {**row, "rank": rank})
    if skills:
        connection.execute(sa.insert(SKILLS), list(skills.values()))
        connection.execute(sa.insert(ABILITIES), list(abilities.values()))
    settle()


def _said(connection: sa.Connection) -> Iterator[tuple[str, str, str, int, str]]:
    of = PROFILES.c
    rows = connection.execute(sa.select(of.person_id, of.organization_id, of.offers, of.wants).order_by(of.person_id))
    for person_id, organization_id, *lists in rows.all():
        for side, names in zip(SIDES, lists, strict=True):
            for rank, name in enumerate(json.loads(names)):
                if any(sign.isalnum() for sign in name):
                    yield person_id, organization_id, side, rank, name


def _give_back() -> None:
    """Write the names of skills on the list back; what people added is sealed, and has no place in profiles."""
    connection = op.get_bind()
    of = ABILITIES.c
    rows = connection.execute(
        sa.select(of.person_id, of.side, SKILLS.c.name)
        .join_from(ABILITIES, SKILLS, SKILLS.c.id == of.skill_id)
        .where(SKILLS.c.status == "listed")
        .order_by(of.person_id, of.side, of.rank, of.skill_id)
    )
    lists: dict[tuple[str, str], list[str]] = {}
    for person_id, side, name in rows:
        lists.setdefault((person_id, side), []).append(name)
    for (person_id, side), names in lists.items():
        mine = sa.update(PROFILES).where(PROFILES.c.person_id == person_id)
        connection.execute(mine.values({SIDES[side]: json.dumps(names)}))
