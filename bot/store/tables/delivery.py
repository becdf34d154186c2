"""What was said and is to be said: touchpoints, looks, the outbox and the inbox."""

import sqlalchemy as sa

from bot.store.tables.base import key, metadata, number, owner, partial, shared, text, within
from bot.store.types import Listing, UtcDateTime

touchpoints = sa.Table(
    "touchpoints",
    metadata,
    key("about"),
    key("person_id"),
    key("kind"),
    key("occasion"),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    owner(),
    sa.Column("mentorship_id", sa.Text),
    sa.Column("delivery_id", sa.Text),
    sa.Column("said_at", UtcDateTime, nullable=False),
    sa.Column("unasked", sa.Boolean, nullable=False),
    text("dropped"),
    within("person_id", "people"),
    within("mentorship_id", "mentorships"),
    within("delivery_id", "deliveries"),
    sa.CheckConstraint("(delivery_id IS NULL) = (dropped <> '')", "said_or_dropped"),
    sa.Index(None, "person_id", "said_at"),
    sa.Index(None, "delivery_id"),
)
"""The key is what makes one thing said to one person the same thing: it is said once, or dropped for a reason.

What is about no mentorship is about the person alone.
"""

snoozes = sa.Table(
    "snoozes",
    metadata,
    key("about"),
    key("person_id"),
    key("kind"),
    key("occasion"),
    owner(),
    text("mentorship_id"),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
    within("person_id", "people"),
    within("mentorship_id", "mentorships"),
    sa.CheckConstraint("times > 0", "times"),
)
"""What somebody put off; the count is the ordinal of the touch that comes after."""

looks = sa.Table(
    "looks",
    metadata,
    key("person_id"),
    owner(),
    sa.Column("look_at", UtcDateTime),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("changes", sa.Integer, nullable=False, default=0),
    within("person_id", "people"),
)
"""When each person is looked at next; `changes` counts how often others asked for an earlier look."""

partial("ix_looks_due", looks.c.look_at, where=looks.c.look_at.is_not(None))

deliveries = sa.Table(
    "deliveries",
    metadata,
    number(),
    text("id"),
    owner(),
    text("account_id"),
    text("state"),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("sections", Listing, nullable=False),
    sa.Column("redraws", sa.Text),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("valid_until", UtcDateTime),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("token", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("external_id", sa.Text),
    text("reason", ""),
    sa.Column("finished_at", UtcDateTime),
    within("account_id", "accounts"),
    within("redraws", "deliveries"),
    sa.UniqueConstraint("id"),
    shared(),
    sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead', 'expired')", "state"),
    sa.CheckConstraint("(finished_at IS NULL) = (state IN ('pending', 'sending'))", "finished"),
    sa.CheckConstraint("(finished_at IS NULL) = (sealed IS NOT NULL)", "erased_when_done"),
)
"""The outbox. `seq` is the order of a conversation; the body is sealed for the row `id`, and erased when done."""

_unfinished = deliveries.c.finished_at.is_(None)
partial("ix_deliveries_due", deliveries.c.due_at, deliveries.c.seq, where=_unfinished)
partial("ix_deliveries_conversation", deliveries.c.account_id, deliveries.c.seq, where=_unfinished)
partial("ix_deliveries_finished", deliveries.c.finished_at, deliveries.c.id, where=~_unfinished)
partial("ix_deliveries_redraws", deliveries.c.redraws, where=deliveries.c.redraws.is_not(None))
partial("ix_deliveries_dead", deliveries.c.finished_at, where=deliveries.c.state == sa.literal_column("'dead'"))
partial(
    "ix_deliveries_refused",
    deliveries.c.organization_id,
    deliveries.c.account_id,
    where=deliveries.c.state == sa.literal_column("'dead'"),
)
partial(
    "ix_deliveries_arrived",
    deliveries.c.account_id,
    deliveries.c.seq,
    where=deliveries.c.state == sa.literal_column("'sent'"),
)

seen = sa.Table(
    "seen", metadata, key("key"), sa.Column("at", UtcDateTime, nullable=False), sa.Index(None, "at", "key")
)
"""The ids of events that were handled."""

inbox = sa.Table(
    "inbox",
    metadata,
    number(),
    text("id"),
    text("conversation"),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("token", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    text("reason", ""),
    sa.Column("given_up_at", UtcDateTime),
    sa.UniqueConstraint("id"),
    sa.CheckConstraint("(given_up_at IS NULL) = (sealed IS NOT NULL)", "erased_when_given_up"),
)
"""Events that are stored before they are handled; a handled one is deleted."""

_waiting = inbox.c.given_up_at.is_(None)
partial("ix_inbox_waiting", inbox.c.seq, where=_waiting)
partial("ix_inbox_given_up", inbox.c.given_up_at, inbox.c.id, where=~_waiting)
partial("ix_inbox_conversation", inbox.c.conversation, inbox.c.seq, where=_waiting)
