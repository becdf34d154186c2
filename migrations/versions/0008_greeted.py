"""Whether an account was greeted, and the teams of which the bot is told who is in them."""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import flag, key, text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(flag("greeted", null=True))
    op.execute(sa.text("UPDATE accounts SET greeted = :yes").bindparams(yes=True))
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("greeted", nullable=False)
    op.create_table(
        "teams",
        text("platform"),
        text("workspace"),
        text("external_id"),
        text("address"),
        key("teams", "platform", "workspace", "external_id"),
    )


def downgrade() -> None:
    op.drop_table("teams")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("greeted")
