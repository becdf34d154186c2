"""The people of a company, their accounts, and what an operator must know of the database itself."""

import sqlalchemy as sa

from bot.domain.people import PersonStatus, Platform
from bot.domain.profile import HOURS_A_MONTH
from bot.store.tables.base import key, metadata, of_company, owner, partial, shared, text, within
from bot.store.types import Listing, UtcDateTime, choice

organizations = sa.Table("organizations", metadata, key(), text("name"))

workspaces = sa.Table(
    "workspaces",
    metadata,
    key(),
    owner(),
    sa.Column("platform", choice(Platform), nullable=False),
    text("external_id"),
    text("name"),
    shared(),
    of_company(),
    sa.UniqueConstraint("platform", "external_id"),
)

installations = sa.Table(
    "installations",
    metadata,
    key(),
    owner(),
    text("workspace_id"),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("installed_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    text("reason"),
    within("workspace_id", "workspaces"),
    sa.UniqueConstraint("workspace_id"),
)
"""Where a platform's app was installed, with its token sealed for as long as it is of use."""

people = sa.Table(
    "people",
    metadata,
    key(),
    owner(),
    text("name"),
    text("email"),
    text("language"),
    text("zone"),
    text("country"),
    text("region"),
    sa.Column("working_days", Listing, nullable=False),
    sa.Column("day_starts", sa.Time, nullable=False),
    sa.Column("day_ends", sa.Time, nullable=False),
    sa.Column("is_admin", sa.Boolean, nullable=False),
    sa.Column("status", choice(PersonStatus), nullable=False),
    sa.Column("paused_until", UtcDateTime),
    sa.Column("away", Listing, nullable=False),
    sa.Column("unasked_a_week", sa.Integer),
    text("zone_asked"),
    sa.Column("digested_on", sa.Date),
    sa.Column("wants_digest", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("left_at", UtcDateTime),
    sa.Column("account_id", sa.Text),
    shared(),
    of_company(),
    within("account_id", "accounts", circular=True),
)

partial(
    "uq_people_email",
    people.c.organization_id,
    people.c.email,
    where=people.c.email != sa.literal_column("''"),
    unique=True,
)

accounts = sa.Table(
    "accounts",
    metadata,
    key(),
    owner(),
    text("workspace_id"),
    text("person_id"),
    sa.Column("platform", choice(Platform), nullable=False),
    text("external_id"),
    text("address"),
    sa.Column("greeted", sa.Boolean, nullable=False, default=True),
    sa.Column("belongs", sa.Boolean, nullable=False, server_default=sa.true()),
    shared(),
    within("workspace_id", "workspaces"),
    within("person_id", "people"),
    sa.UniqueConstraint("workspace_id", "external_id"),
    sa.Index(None, "person_id"),
)

profiles = sa.Table(
    "profiles",
    metadata,
    key("person_id"),
    owner(),
    text("team"),
    text("level"),
    text("manager_email"),
    sa.Column("languages", Listing, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("hours_a_month", sa.Integer, nullable=False, default=HOURS_A_MONTH),
    sa.Column("roles", Listing, nullable=False, default=()),
    sa.Column("formats", Listing, nullable=False, default=()),
    sa.Column("aims", Listing, nullable=False, default=()),
    sa.Column("goal_id", sa.Text),
    sa.Column("joined_at", UtcDateTime),
    sa.Column("paused_at", UtcDateTime),
    sa.CheckConstraint("capacity >= 0", "capacity"),
    sa.CheckConstraint("hours_a_month > 0", "hours_a_month"),
    within("person_id", "people"),
    within("goal_id", "words"),
    sa.Index(None, "organization_id"),
)

partial("ix_profiles_goal_id", profiles.c.goal_id, where=profiles.c.goal_id.is_not(None))

erased = sa.Table(
    "erased",
    metadata,
    key("person_id"),
    text("organization_id"),
    sa.Column("at", UtcDateTime, nullable=False),
)
"""Whose data was erased: an id, which points to nobody any more."""

forgotten = sa.Table("forgotten", metadata, key("mark"))
"""Accounts of those whose data were erased, as marks that only our key makes: no directory brings them back."""

audit = sa.Table(
    "audit",
    metadata,
    key(),
    owner(),
    text("actor_id"),
    text("action"),
    text("subject_id"),
    sa.Column("at", UtcDateTime, nullable=False),
    within("actor_id", "people"),
    sa.Index(None, "organization_id", "at"),
    sa.Index(None, "at", "id"),
)

teams = sa.Table("teams", metadata, key("platform"), key("workspace"), key("external_id"), text("address"))
"""The teams to which the bot was added, by a platform's own ids; whose people they are is known by their accounts."""

meta = sa.Table("meta", metadata, key("key"), sa.Column("value", sa.LargeBinary, nullable=False))
"""What the database is for, and one sealed value for each key that ever sealed in it."""
