"""Indexes by which those are found to whom nothing can be delivered: what was given up, and what arrived since."""

from alembic import op

from migrations.shorthand import partial

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    partial("ix_deliveries_refused", "deliveries", ["organization_id", "account_id"], "state = 'dead'")
    partial("ix_deliveries_arrived", "deliveries", ["account_id", "seq"], "state = 'sent'")


def downgrade() -> None:
    op.drop_index("ix_deliveries_arrived", "deliveries")
    op.drop_index("ix_deliveries_refused", "deliveries")
