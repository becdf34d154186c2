"""Where a platform's app is installed, and the token by which it acts there."""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import moment, table, text, unique, within

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "installations",
        [
            text("workspace_id"),
            sa.Column("sealed", sa.LargeBinary, nullable=True),
            moment("installed_at"),
            moment("ended_at", null=True),
            text("reason"),
            within("installations", "workspace_id", "workspaces"),
            unique("installations", "workspace_id"),
        ],
        shared=False,
    )


def downgrade() -> None:
    op.drop_table("installations")
