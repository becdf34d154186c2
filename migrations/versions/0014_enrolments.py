"""Who is asked whether to take part, and who may be one person; what is said of it is about no mentorship.

Of the people who have left, those come back whose account is opened again. Who was noted as gone by somebody who runs
the programme had an open account all the while.
"""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import check, index, moment, settle, table, text, unique, within

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CLOSED = """
    UPDATE accounts SET belongs = false
    WHERE person_id IN (SELECT id FROM people WHERE status = 'left')
    AND person_id NOT IN (SELECT subject_id FROM audit WHERE action = 'left')
"""


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("belongs", sa.Boolean, nullable=False, server_default=sa.true()))
    op.execute(CLOSED)
    settle()
    with op.batch_alter_table("touchpoints") as touchpoints:
        touchpoints.alter_column("mentorship_id", nullable=True)
    table(
        "enrolments",
        [moment("enrolled_at"), moment("answered_at", null=True), within("enrolments", "person_id", "people")],
        keys=["person_id"],
    )
    table(
        "places",
        [moment("enrolled_at"), within("places", "workspace_id", "workspaces")],
        keys=["workspace_id", "external_id"],
    )
    table(
        "ties",
        [
            text("known_id"),
            text("new_id"),
            moment("opened_at"),
            *(moment(name, null=True) for name in ("known_yes_at", "new_yes_at", "ended_at")),
            within("ties", "known_id", "people"),
            within("ties", "new_id", "people"),
            unique("ties", "known_id", "new_id"),
            check("ties", "two", "known_id <> new_id"),
        ],
        shared=False,
    )
    index("ties", "new_id")


def downgrade() -> None:
    for name in ("ties", "places", "enrolments"):
        op.drop_table(name)
    op.execute("DELETE FROM touchpoints WHERE mentorship_id IS NULL")
    settle()
    with op.batch_alter_table("touchpoints") as touchpoints:
        touchpoints.alter_column("mentorship_id", nullable=False)
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("belongs")
