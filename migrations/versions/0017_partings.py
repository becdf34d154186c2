"""Why somebody was not the right match, where they let those who run the programme know."""

from alembic import op

from migrations.shorthand import choice, index, moment, table, within

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MISFITS = ("time", "goals", "skills", "style", "other")


def upgrade() -> None:
    table(
        "partings",
        [
            choice("misfit", *MISFITS),
            moment("said_at"),
            within("partings", "mentorship_id", "mentorships"),
            within("partings", "person_id", "people"),
        ],
        keys=["mentorship_id", "person_id"],
    )
    index("partings", "organization_id", "said_at")


def downgrade() -> None:
    op.drop_table("partings")
