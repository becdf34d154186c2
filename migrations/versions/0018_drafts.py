"""Forms that were begun and left are forgotten after a month; those that stand begin theirs now."""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import index, moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(moment("saved_at", null=True))
    op.execute(sa.text("UPDATE drafts SET saved_at = CURRENT_TIMESTAMP"))
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("saved_at", nullable=False)
    index("drafts", "saved_at", "account_id")


def downgrade() -> None:
    op.drop_index("ix_drafts_saved_at_account_id", "drafts")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("saved_at")
