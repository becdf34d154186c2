"""Where a meeting takes place is words that people wrote: sealed among the others, and pointed to.

What stood in the open cannot be sealed here, without the key, and goes: the next card says where nothing is known.
The way down knows no place either.
"""

from alembic import op

from migrations.shorthand import add_within, drop_within, partial, settle, text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.drop_column("place")
        meetings.add_column(text("place_id", null=True))
        add_within(meetings, "meetings", "place_id", "words")
    partial("ix_meetings_place_id", "meetings", ["place_id"], "place_id IS NOT NULL")


def downgrade() -> None:
    op.execute("UPDATE meetings SET place_id = NULL")
    op.execute("DELETE FROM words WHERE question = 'place'")
    settle()
    op.drop_index("ix_meetings_place_id", "meetings")
    with op.batch_alter_table("meetings") as meetings:
        drop_within(meetings, "meetings", "place_id")
        meetings.drop_column("place_id")
        meetings.add_column(text("place", null=True))
    op.execute("UPDATE meetings SET place = ''")
    with op.batch_alter_table("meetings") as meetings:
        meetings.alter_column("place", nullable=False)
