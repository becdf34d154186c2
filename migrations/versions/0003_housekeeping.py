"""Indexes by which old rows, and what points to them, are found without reading whole tables."""

from alembic import op

from migrations.shorthand import index, partial

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index("seen", "at", "key")
    index("touchpoints", "delivery_id")
    for name, table, columns in PARTIAL:
        partial(name, table, columns, f"{columns[0]} IS NOT NULL")


def downgrade() -> None:
    for name, table, _ in reversed(PARTIAL):
        op.drop_index(name, table)
    op.drop_index("ix_touchpoints_delivery_id", "touchpoints")
    op.drop_index("ix_seen_at_key", "seen")


PARTIAL = (
    ("ix_inbox_given_up", "inbox", ["given_up_at", "id"]),
    ("ix_deliveries_finished", "deliveries", ["finished_at", "id"]),
    ("ix_deliveries_redraws", "deliveries", ["redraws"]),
    ("ix_words_erase_after", "words", ["erase_after", "id"]),
    ("ix_actions_outcome_id", "actions", ["outcome_id"]),
)
