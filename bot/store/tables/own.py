"""What people are asked about no mentorship, and the places whose people were brought in."""

import sqlalchemy as sa

from bot.store.tables.base import key, metadata, owner, text, within
from bot.store.types import UtcDateTime

enrolments = sa.Table(
    "enrolments",
    metadata,
    key("person_id"),
    owner(),
    sa.Column("enrolled_at", UtcDateTime, nullable=False),
    sa.Column("answered_at", UtcDateTime),
    within("person_id", "people"),
)
"""Who is to be asked once whether to take part; that there is an answer, never which."""

places = sa.Table(
    "places",
    metadata,
    key("workspace_id"),
    key("external_id"),
    owner(),
    sa.Column("enrolled_at", UtcDateTime, nullable=False),
    within("workspace_id", "workspaces"),
)
"""The channels, user groups and teams whose people are asked, those who join later too."""

ties = sa.Table(
    "ties",
    metadata,
    key(),
    owner(),
    text("known_id"),
    text("new_id"),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("known_yes_at", UtcDateTime),
    sa.Column("new_yes_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
    within("known_id", "people"),
    within("new_id", "people"),
    sa.UniqueConstraint("known_id", "new_id"),
    sa.Index(None, "new_id"),
    sa.CheckConstraint("known_id <> new_id", "two"),
)
"""Who may be one person; it is asked until one has said no, and goes when both have said yes."""
