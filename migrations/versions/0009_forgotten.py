"""Marks of the accounts of those whose data were erased, so that no directory brings them back."""

from alembic import op

from migrations.shorthand import key, text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("forgotten", text("mark"), key("forgotten", "mark"))


def downgrade() -> None:
    op.drop_table("forgotten")
