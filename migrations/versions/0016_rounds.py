"""Matching rounds, and who is never to be proposed to each other."""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    check,
    choice,
    company,
    flag,
    index,
    moment,
    number,
    partial,
    table,
    text,
    unique,
    within,
)

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATUSES = ("running", "ready", "failed", "inviting", "invited", "done", "discarded")
STAGES = ("reading", "candidates", "assigning", "explaining", "comparing")
WHYS = ("no_mentor", "rank", "skill", "language", "hours", "team", "again", "no_seat")


def upgrade() -> None:
    with op.batch_alter_table("programs") as programs:
        programs.add_column(sa.Column("answer_days", sa.Integer, nullable=False, server_default="2"))
    _make_rounds()
    table(
        "round_pairs",
        [
            text("round_id"),
            number("place"),
            text("mentor_id"),
            text("seeker_id"),
            number("score"),
            text("reasons"),
            text("alternatives"),
            flag("pinned"),
            flag("dropped"),
            text("mentorship_id", null=True),
            within("round_pairs", "round_id", "rounds"),
            within("round_pairs", "mentor_id", "people"),
            within("round_pairs", "seeker_id", "people"),
            within("round_pairs", "mentorship_id", "mentorships"),
            unique("round_pairs", "round_id", "mentor_id", "seeker_id"),
            check("round_pairs", "two", "mentor_id <> seeker_id"),
            check("round_pairs", "not_negative", "place >= 0 AND score >= 0"),
            check("round_pairs", "dropped", "NOT dropped OR mentorship_id IS NULL"),
        ],
    )
    table(
        "round_left_out",
        [
            choice("why", *WHYS),
            sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
            within("round_left_out", "round_id", "rounds"),
            within("round_left_out", "person_id", "people"),
        ],
        keys=["round_id", "person_id"],
    )
    table(
        "round_words",
        [
            choice("word", "pin", "forbid"),
            within("round_words", "round_id", "rounds"),
            within("round_words", "mentor_id", "people"),
            within("round_words", "seeker_id", "people"),
            check("round_words", "two", "mentor_id <> seeker_id"),
        ],
        keys=["round_id", "mentor_id", "seeker_id"],
    )
    table(
        "blocks",
        [
            within("blocks", "one_id", "people"),
            within("blocks", "other_id", "people"),
            check("blocks", "two", "one_id <> other_id"),
        ],
        keys=["one_id", "other_id"],
    )
    for name, *columns in (
        ("rounds", "organization_id", "program_id", "started_at"),
        ("rounds", "status", "status_at"),
        ("round_pairs", "round_id", "place"),
        ("round_pairs", "mentor_id"),
        ("round_pairs", "seeker_id"),
        ("round_left_out", "person_id"),
        ("round_words", "mentor_id"),
        ("round_words", "seeker_id"),
        ("blocks", "other_id"),
        ("blocks", "organization_id"),
    ):
        index(name, *columns)
    partial("ix_round_pairs_mentorship_id", "round_pairs", ["mentorship_id"], "mentorship_id IS NOT NULL")


def downgrade() -> None:
    for name in ("blocks", "round_words", "round_left_out", "round_pairs", "rounds"):
        op.drop_table(name)
    with op.batch_alter_table("programs") as programs:
        programs.drop_column("answer_days")


def _make_rounds() -> None:
    table(
        "rounds",
        [
            text("program_id"),
            text("started_by"),
            moment("started_at"),
            sa.Column("seed", sa.BigInteger, nullable=False),
            choice("format", "one_on_one", "group", "peer", "reverse"),
            text("weights"),
            choice("status", *STATUSES, name="roundstatus"),
            moment("status_at", null=True),
            number("version"),
            choice("stage", *STAGES, null=True),
            number("done"),
            number("of"),
            text("beside", null=True),
            text("fills", null=True),
            text("report", null=True),
            text("reason"),
            number("told"),
            number("attempts"),
            text("token", null=True),
            moment("leased_until", null=True),
            company("rounds"),
            within("rounds", "program_id", "programs"),
            within("rounds", "started_by", "people"),
            within("rounds", "beside", "rounds"),
            within("rounds", "fills", "rounds"),
            check("rounds", "progress", 'done >= 0 AND done <= "of"'),
            check("rounds", "failed_with_reason", "(status = 'failed') = (reason <> '')"),
            check("rounds", "report", "status NOT IN ('ready', 'inviting', 'invited', 'done') OR report IS NOT NULL"),
        ],
    )
