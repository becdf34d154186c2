"""An index by which housekeeping finds the oldest entries of the audit without reading all of it."""

from alembic import op

from migrations.shorthand import index

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index("audit", "at", "id")


def downgrade() -> None:
    op.drop_index("ix_audit_at_id", "audit")
