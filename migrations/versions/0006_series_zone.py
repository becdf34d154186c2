"""The zone to which a series of meetings moves once the hour that somebody suggested is confirmed."""

from alembic import op

from migrations.shorthand import text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.add_column(text("series_zone", null=True))
    op.execute("UPDATE meetings SET series_zone = ''")
    with op.batch_alter_table("meetings") as meetings:
        meetings.alter_column("series_zone", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.drop_column("series_zone")
