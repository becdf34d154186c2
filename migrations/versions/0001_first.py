"""The first schema: people, mentorships, sealed words, and the queues.

Types are written out here rather than taken from the code, so that this revision stays what it was.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Columns = list[Any]


def upgrade() -> None:
    _people()
    _mentorships()
    _delivery()
    _words()


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_constraint("fk_people_organization_id_account_id", type_="foreignkey")
    for table in (
        *("drafts", "actions", "notes", "words"),
        *("inbox", "seen", "touchpoints", "deliveries", "looks"),
        *("answers", "meetings", "participants", "mentorships"),
        *("audit", "profiles", "accounts", "people", "workspaces", "organizations", "meta"),
    ):
        op.drop_table(table)


def _people() -> None:
    op.create_table("meta", _text("key"), sa.Column("value", sa.LargeBinary, nullable=False), _key("meta", "key"))
    op.create_table("organizations", _text("id"), _text("name"), _key("organizations", "id"))
    platform = _choice("platform", "slack", "teams", "playground")
    _table(
        "workspaces",
        [
            platform,
            _text("external_id"),
            _text("name"),
            _company("workspaces"),
            _unique("workspaces", "platform", "external_id"),
        ],
    )
    _table(
        "people",
        [
            *map(_text, ("name", "email", "language", "zone", "country", "region", "working_days")),
            sa.Column("day_starts", sa.Time, nullable=False),
            sa.Column("day_ends", sa.Time, nullable=False),
            sa.Column("is_admin", sa.Boolean, nullable=False),
            _choice("status", "active", "left", name="personstatus"),
            _moment("paused_until", null=True),
            _text("account_id", null=True),
            _company("people"),
        ],
    )
    _partial("uq_people_email", "people", ["organization_id", "email"], "email != ''", unique=True)
    platform = _choice("platform", "slack", "teams", "playground")
    _table(
        "accounts",
        [
            _text("workspace_id"),
            _text("person_id"),
            platform,
            _text("external_id"),
            _text("address"),
            _within("accounts", "workspace_id", "workspaces"),
            _within("accounts", "person_id", "people"),
            _unique("accounts", "workspace_id", "external_id"),
        ],
    )
    _index("accounts", "person_id")
    with op.batch_alter_table("people") as people:
        people.create_foreign_key(
            "fk_people_organization_id_account_id",
            "accounts",
            ["organization_id", "account_id"],
            ["organization_id", "id"],
            deferrable=True,
            initially="DEFERRED",
        )
    _table(
        "profiles",
        [
            *map(_text, ("team", "level", "manager_email", "languages", "offers", "wants")),
            _number("capacity"),
            sa.CheckConstraint("capacity >= 0", op.f("ck_profiles_capacity")),
            _within("profiles", "person_id", "people"),
        ],
        key=["person_id"],
    )
    _table(
        "audit",
        [
            _text("actor_id"),
            _text("action"),
            _text("subject_id"),
            _moment("at"),
            _within("audit", "actor_id", "people"),
        ],
        shared=False,
    )
    _index("audit", "organization_id", "at")


def _mentorships() -> None:
    _table(
        "mentorships",
        [
            _choice("format", "one_on_one", "group", "peer", "reverse"),
            _choice("status", "proposed", "active", "paused", "ended"),
            _moment("proposed_at"),
            _moment("decides_at"),
            _text("zone"),
            sa.Column("ends_on", sa.Date, nullable=False),
            _number("version"),
            _moment("started_at", null=True),
            _moment("status_at", null=True),
            _choice("end_reason", "not_matched", "ended", "term", name="endreason", null=True),
            sa.Column("anchor", sa.Date),
            sa.Column("at", sa.Time),
            _number("every_weeks"),
            _number("minutes"),
            _company("mentorships"),
            sa.CheckConstraint("every_weeks > 0", op.f("ck_mentorships_every_weeks")),
            sa.CheckConstraint("minutes > 0", op.f("ck_mentorships_minutes")),
            sa.CheckConstraint(
                "(status = 'ended') = (end_reason IS NOT NULL)", op.f("ck_mentorships_ended_with_reason")
            ),
            sa.CheckConstraint('(anchor IS NULL) = ("at" IS NULL)', op.f("ck_mentorships_anchor")),
            sa.CheckConstraint("status = 'proposed' OR status_at IS NOT NULL", op.f("ck_mentorships_status_at")),
        ],
    )
    _index("mentorships", "organization_id", "status_at")
    _table(
        "participants",
        [
            _text("mentorship_id"),
            _text("person_id"),
            _choice("role", "mentor", "mentee", "peer"),
            _choice("consent", "open", "accepted", "declined"),
            _moment("joined_at", null=True),
            _moment("left_at", null=True),
            _within("participants", "mentorship_id", "mentorships"),
            _within("participants", "person_id", "people"),
            _unique("participants", "mentorship_id", "person_id"),
        ],
        key=["seq"],
    )
    _index("participants", "person_id")
    settled = "state NOT IN ('missed', 'held', 'unsettled', 'skipped') OR settled_at IS NOT NULL"
    timed = "state NOT IN ('proposed', 'confirmed') OR (starts_at IS NOT NULL AND timed_at IS NOT NULL)"
    _table(
        "meetings",
        [
            _text("mentorship_id"),
            _choice("kind", "kickoff", "check_in", name="meetingkind"),
            _number("number"),
            _text("lead_id"),
            _moment("created_at"),
            _choice("state", "open", "proposed", "confirmed", "missed", "held", "unsettled", "skipped"),
            _number("minutes"),
            _text("place"),
            _number("moves"),
            _moment("starts_at", null=True),
            _moment("timed_at", null=True),
            _text("proposed_by", null=True),
            _moment("settled_at", null=True),
            _within("meetings", "mentorship_id", "mentorships"),
            _within("meetings", "lead_id", "people"),
            _within("meetings", "proposed_by", "people"),
            _unique("meetings", "mentorship_id", "number"),
            sa.CheckConstraint("minutes > 0", op.f("ck_meetings_minutes")),
            sa.CheckConstraint(timed, op.f("ck_meetings_has_an_hour")),
            sa.CheckConstraint(settled, op.f("ck_meetings_settled_at")),
        ],
    )
    _table(
        "answers",
        [
            _number("moves"),
            sa.Column("met", sa.Boolean, nullable=False),
            _moment("answered_at"),
            _within("answers", "meeting_id", "meetings"),
            _within("answers", "person_id", "people"),
        ],
        key=["meeting_id", "person_id"],
    )


def _delivery() -> None:
    _table(
        "looks",
        [
            _moment("look_at", null=True),
            _moment("leased_until", null=True),
            _number("changes"),
            _within("looks", "person_id", "people"),
        ],
        key=["person_id"],
    )
    _partial("ix_looks_due", "looks", ["look_at"], "look_at IS NOT NULL")
    _table(
        "deliveries",
        [
            _text("id"),
            _text("account_id"),
            _text("state"),
            sa.Column("sealed", sa.LargeBinary),
            _text("sections"),
            _text("redraws", null=True),
            _moment("due_at"),
            _moment("valid_until", null=True),
            _moment("leased_until", null=True),
            _text("token", null=True),
            _number("attempts"),
            _text("external_id", null=True),
            _text("reason"),
            _moment("finished_at", null=True),
            _unique("deliveries", "id"),
            _unique("deliveries", "organization_id", "id"),
            _within("deliveries", "account_id", "accounts"),
            _within("deliveries", "redraws", "deliveries"),
            sa.CheckConstraint(
                "state IN ('pending', 'sending', 'sent', 'dead', 'expired')", op.f("ck_deliveries_state")
            ),
            sa.CheckConstraint(
                "(finished_at IS NULL) = (state IN ('pending', 'sending'))", op.f("ck_deliveries_finished")
            ),
            sa.CheckConstraint(
                "(finished_at IS NULL) = (sealed IS NOT NULL)", op.f("ck_deliveries_erased_when_done")
            ),
        ],
        key=["seq"],
    )
    _partial("ix_deliveries_due", "deliveries", ["due_at", "seq"], "finished_at IS NULL")
    _partial("ix_deliveries_conversation", "deliveries", ["account_id", "seq"], "finished_at IS NULL")
    _partial("ix_deliveries_dead", "deliveries", ["finished_at"], "state = 'dead'")
    _table(
        "touchpoints",
        [
            _text("mentorship_id"),
            _text("delivery_id"),
            _moment("said_at"),
            _within("touchpoints", "person_id", "people"),
            _within("touchpoints", "mentorship_id", "mentorships"),
            _within("touchpoints", "delivery_id", "deliveries"),
        ],
        key=["about", "person_id", "kind", "occasion", "ordinal"],
    )
    op.create_table("seen", _text("key"), _moment("at"), _key("seen", "key"))
    op.create_table(
        "inbox",
        _sequence(),
        _text("id"),
        _text("conversation"),
        sa.Column("sealed", sa.LargeBinary),
        _moment("received_at"),
        _moment("leased_until", null=True),
        _text("token", null=True),
        _number("attempts"),
        _text("reason"),
        _moment("given_up_at", null=True),
        _key("inbox", "seq"),
        _unique("inbox", "id"),
        sa.CheckConstraint("(given_up_at IS NULL) = (sealed IS NOT NULL)", op.f("ck_inbox_erased_when_given_up")),
    )
    _partial("ix_inbox_waiting", "inbox", ["seq"], "given_up_at IS NULL")
    _partial("ix_inbox_conversation", "inbox", ["conversation", "seq"], "given_up_at IS NULL")


def _words() -> None:
    _table(
        "words",
        [
            _text("author_id"),
            _text("mentorship_id"),
            _choice("visibility", "me", "pair", "group"),
            _text("question"),
            _number("version"),
            sa.Column("sealed", sa.LargeBinary, nullable=False),
            _moment("erase_after", null=True),
            _within("words", "author_id", "people"),
            _within("words", "mentorship_id", "mentorships"),
        ],
    )
    _index("words", "author_id")
    _index("words", "mentorship_id")
    _table(
        "notes",
        [
            _text("mentorship_id"),
            _text("meeting_id"),
            _text("author_id"),
            _choice("kind", "introduction", "topic", "reflection", name="notekind"),
            _text("question"),
            _text("words_id"),
            _moment("written_at"),
            _within("notes", "mentorship_id", "mentorships"),
            _within("notes", "meeting_id", "meetings"),
            _within("notes", "author_id", "people"),
            _within("notes", "words_id", "words"),
            _unique("notes", "words_id"),
        ],
        shared=False,
    )
    _index("notes", "meeting_id", "kind")
    _table(
        "actions",
        [
            _text("mentorship_id"),
            _text("meeting_id"),
            _text("owner_id"),
            _text("words_id"),
            _moment("created_at"),
            sa.Column("due_on", sa.Date),
            _choice("state", "open", "done", "dropped", name="actionstate"),
            _within("actions", "mentorship_id", "mentorships"),
            _within("actions", "meeting_id", "meetings"),
            _within("actions", "owner_id", "people"),
            _within("actions", "words_id", "words"),
            _unique("actions", "words_id"),
        ],
        shared=False,
    )
    _index("actions", "mentorship_id")
    _table(
        "drafts",
        [
            _text("id"),
            _text("form"),
            _text("subject"),
            _number("rev"),
            sa.Column("sealed", sa.LargeBinary, nullable=False),
            _number("position"),
            _moment("touched_at", null=True),
            _within("drafts", "account_id", "accounts"),
        ],
        key=["account_id"],
    )


# Shorthand for what the tables have in common


def _table(name: str, columns: Columns, key: list[str] | None = None, shared: bool = True) -> None:
    """Make a table of a company's rows, with its primary key; one by `id` can be pointed to within the company."""
    given = [column.name for column in columns if isinstance(column, sa.Column)]
    keys = [
        _sequence() if k == "seq" else _number(k) if k == "ordinal" else _text(k)
        for k in key or ["id"]
        if k not in given
    ]
    if key is None and shared:
        columns = [*columns, _unique(name, "organization_id", "id")]
    op.create_table(name, *keys, _text("organization_id"), *columns, _key(name, *(key or ["id"])))


def _text(name: str, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=null)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _sequence() -> sa.Column[Any]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False)


def _moment(name: str, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _choice(column: str, *values: str, name: str = "", null: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=name or column, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=null)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _company(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id"],
        ["organizations.id"],
        op.f(f"fk_{table}_organization_id"),
        deferrable=True,
        initially="DEFERRED",
    )


def _within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{parent}.organization_id", f"{parent}.id"],
        op.f(f"fk_{table}_organization_id_{column}"),
        deferrable=True,
        initially="DEFERRED",
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _partial(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
