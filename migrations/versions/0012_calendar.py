"""All numbers of the message calendar are settings of a programme.

The programmes that stand get those of a good one, and so does one that an older process makes during an upgrade.
"""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import add_check, drop_check

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SETTINGS = {
    "briefs_a_week": 1,
    "wraps_a_week": 1,
    "gathered_minutes": 20,
    "short_notice_hours": 24,
    "wrap_days": 1,
    "reflection_days": 3,
    "rides_days": 12,
    "asked_days": 10,
    "warned_days": 3,
    "ending_weeks": 4,
    "decision_weekday": 4,
}


def upgrade() -> None:
    with op.batch_alter_table("programs") as programs:
        for name, usual in SETTINGS.items():
            programs.add_column(sa.Column(name, sa.Integer, nullable=False, server_default=str(usual)))
        rule = "briefs_a_week > 0 AND wraps_a_week > 0 AND decision_weekday BETWEEN 0 AND 6"
        add_check(programs, "programs", "calendar", rule)


def downgrade() -> None:
    with op.batch_alter_table("programs") as programs:
        drop_check(programs, "programs", "calendar")
        for name in SETTINGS:
            programs.drop_column(name)
