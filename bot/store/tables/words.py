"""All that people write, sealed in one table, and the rows that say what it was written for."""

import sqlalchemy as sa

from bot.domain.records import ActionState, GoalState, NoteKind, Visibility
from bot.store.tables.base import key, metadata, owner, partial, shared, text, within
from bot.store.types import UtcDateTime, choice

words = sa.Table(
    "words",
    metadata,
    key(),
    owner(),
    text("author_id"),
    sa.Column("mentorship_id", sa.Text),
    sa.Column("visibility", choice(Visibility), nullable=False),
    text("question"),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("erase_after", UtcDateTime),
    shared(),
    within("author_id", "people"),
    within("mentorship_id", "mentorships"),
    sa.Index(None, "author_id"),
    sa.Index(None, "mentorship_id"),
)

partial("ix_words_erase_after", words.c.erase_after, words.c.id, where=words.c.erase_after.is_not(None))

notes = sa.Table(
    "notes",
    metadata,
    key(),
    owner(),
    text("mentorship_id"),
    text("meeting_id"),
    text("author_id"),
    sa.Column("kind", choice(NoteKind), nullable=False),
    text("question"),
    text("words_id"),
    sa.Column("written_at", UtcDateTime, nullable=False),
    within("mentorship_id", "mentorships"),
    within("meeting_id", "meetings"),
    within("author_id", "people"),
    within("words_id", "words"),
    sa.UniqueConstraint("words_id"),
    sa.Index(None, "meeting_id", "kind"),
)

actions = sa.Table(
    "actions",
    metadata,
    key(),
    owner(),
    text("mentorship_id"),
    text("meeting_id"),
    text("owner_id"),
    text("words_id"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("state", choice(ActionState), nullable=False),
    sa.Column("outcome_id", sa.Text),
    sa.Column("settled_at", UtcDateTime),
    within("outcome_id", "words"),
    within("mentorship_id", "mentorships"),
    within("meeting_id", "meetings"),
    within("owner_id", "people"),
    within("words_id", "words"),
    sa.UniqueConstraint("words_id"),
    sa.Index(None, "mentorship_id"),
)

partial("ix_actions_outcome_id", actions.c.outcome_id, where=actions.c.outcome_id.is_not(None))

goals = sa.Table(
    "goals",
    metadata,
    key(),
    owner(),
    text("mentorship_id"),
    text("owner_id"),
    text("words_id"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("state", choice(GoalState), nullable=False),
    sa.Column("settled_at", UtcDateTime),
    within("mentorship_id", "mentorships"),
    within("owner_id", "people"),
    within("words_id", "words"),
    sa.UniqueConstraint("words_id"),
    sa.Index(None, "mentorship_id"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    key("account_id"),
    owner(),
    text("id"),
    text("form"),
    text("subject"),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("touched_at", UtcDateTime),
    sa.Column("saved_at", UtcDateTime, nullable=False),
    within("account_id", "accounts"),
    sa.Index(None, "saved_at", "account_id"),
)
"""The one open form of each conversation; its values are sealed for the row `id`."""
