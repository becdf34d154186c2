"""When somebody left the company: from then on counts how long what is stored on them is kept."""

from alembic import op

from migrations.shorthand import moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(moment("left_at", null=True))


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("left_at")
