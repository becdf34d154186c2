"""The first schema: people, mentorships, sealed words, and the queues.

Types are written out rather than taken from the code, so that this revision stays what it was.
"""

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    check,
    choice,
    company,
    day,
    flag,
    index,
    key,
    moment,
    number,
    partial,
    sequence,
    table,
    text,
    unique,
    within,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _mentorships()
    _delivery()
    _words()


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_constraint("fk_people_organization_id_account_id", type_="foreignkey")
    for name in (
        *("drafts", "actions", "notes", "words"),
        *("inbox", "seen", "touchpoints", "deliveries", "looks"),
        *("answers", "meetings", "participants", "mentorships"),
        *("audit", "profiles", "accounts", "people", "workspaces", "organizations", "meta"),
    ):
        op.drop_table(name)


def _people() -> None:
    op.create_table("meta", text("key"), sa.Column("value", sa.LargeBinary, nullable=False), key("meta", "key"))
    op.create_table("organizations", text("id"), text("name"), key("organizations", "id"))
    platform = choice("platform", "slack", "teams", "playground")
    table(
        "workspaces",
        [
            platform,
            text("external_id"),
            text("name"),
            company("workspaces"),
            unique("workspaces", "platform", "external_id"),
        ],
    )
    table(
        "people",
        [
            *map(text, ("name", "email", "language", "zone", "country", "region", "working_days")),
            sa.Column("day_starts", sa.Time, nullable=False),
            sa.Column("day_ends", sa.Time, nullable=False),
            flag("is_admin"),
            choice("status", "active", "left", name="personstatus"),
            moment("paused_until", null=True),
            text("account_id", null=True),
            company("people"),
        ],
    )
    partial("uq_people_email", "people", ["organization_id", "email"], "email != ''", unique=True)
    platform = choice("platform", "slack", "teams", "playground")
    table(
        "accounts",
        [
            text("workspace_id"),
            text("person_id"),
            platform,
            text("external_id"),
            text("address"),
            within("accounts", "workspace_id", "workspaces"),
            within("accounts", "person_id", "people"),
            unique("accounts", "workspace_id", "external_id"),
        ],
    )
    index("accounts", "person_id")
    with op.batch_alter_table("people") as people:
        people.create_foreign_key(
            "fk_people_organization_id_account_id",
            "accounts",
            ["organization_id", "account_id"],
            ["organization_id", "id"],
            deferrable=True,
            initially="DEFERRED",
        )
    table(
        "profiles",
        [
            *map(text, ("team", "level", "manager_email", "languages", "offers", "wants")),
            number("capacity"),
            check("profiles", "capacity", "capacity >= 0"),
            within("profiles", "person_id", "people"),
        ],
        keys=["person_id"],
    )
    table(
        "audit",
        [
            text("actor_id"),
            text("action"),
            text("subject_id"),
            moment("at"),
            within("audit", "actor_id", "people"),
        ],
        shared=False,
    )
    index("audit", "organization_id", "at")


def _mentorships() -> None:
    table(
        "mentorships",
        [
            choice("format", "one_on_one", "group", "peer", "reverse"),
            choice("status", "proposed", "active", "paused", "ended"),
            moment("proposed_at"),
            moment("decides_at"),
            text("zone"),
            day("ends_on"),
            number("version"),
            moment("started_at", null=True),
            moment("status_at", null=True),
            choice("end_reason", "not_matched", "ended", "term", name="endreason", null=True),
            day("anchor", null=True),
            sa.Column("at", sa.Time),
            number("every_weeks"),
            number("minutes"),
            company("mentorships"),
            check("mentorships", "every_weeks", "every_weeks > 0"),
            check("mentorships", "minutes", "minutes > 0"),
            check("mentorships", "ended_with_reason", "(status = 'ended') = (end_reason IS NOT NULL)"),
            check("mentorships", "anchor", '(anchor IS NULL) = ("at" IS NULL)'),
            check("mentorships", "status_at", "status = 'proposed' OR status_at IS NOT NULL"),
        ],
    )
    index("mentorships", "organization_id", "status_at")
    table(
        "participants",
        [
            text("mentorship_id"),
            text("person_id"),
            choice("role", "mentor", "mentee", "peer"),
            choice("consent", "open", "accepted", "declined"),
            moment("joined_at", null=True),
            moment("left_at", null=True),
            within("participants", "mentorship_id", "mentorships"),
            within("participants", "person_id", "people"),
            unique("participants", "mentorship_id", "person_id"),
        ],
        keys=["seq"],
    )
    index("participants", "person_id")
    settled = "state NOT IN ('missed', 'held', 'unsettled', 'skipped') OR settled_at IS NOT NULL"
    timed = "state NOT IN ('proposed', 'confirmed') OR (starts_at IS NOT NULL AND timed_at IS NOT NULL)"
    table(
        "meetings",
        [
            text("mentorship_id"),
            choice("kind", "kickoff", "check_in", name="meetingkind"),
            number("number"),
            text("lead_id"),
            moment("created_at"),
            choice("state", "open", "proposed", "confirmed", "missed", "held", "unsettled", "skipped"),
            number("minutes"),
            text("place"),
            number("moves"),
            moment("starts_at", null=True),
            moment("timed_at", null=True),
            text("proposed_by", null=True),
            moment("settled_at", null=True),
            within("meetings", "mentorship_id", "mentorships"),
            within("meetings", "lead_id", "people"),
            within("meetings", "proposed_by", "people"),
            unique("meetings", "mentorship_id", "number"),
            check("meetings", "minutes", "minutes > 0"),
            check("meetings", "has_an_hour", timed),
            check("meetings", "settled_at", settled),
        ],
    )
    table(
        "answers",
        [
            number("moves"),
            flag("met"),
            moment("answered_at"),
            within("answers", "meeting_id", "meetings"),
            within("answers", "person_id", "people"),
        ],
        keys=["meeting_id", "person_id"],
    )


def _delivery() -> None:
    table(
        "looks",
        [
            moment("look_at", null=True),
            moment("leased_until", null=True),
            number("changes"),
            within("looks", "person_id", "people"),
        ],
        keys=["person_id"],
    )
    partial("ix_looks_due", "looks", ["look_at"], "look_at IS NOT NULL")
    table(
        "deliveries",
        [
            text("id"),
            text("account_id"),
            text("state"),
            sa.Column("sealed", sa.LargeBinary),
            text("sections"),
            text("redraws", null=True),
            moment("due_at"),
            moment("valid_until", null=True),
            moment("leased_until", null=True),
            text("token", null=True),
            number("attempts"),
            text("external_id", null=True),
            text("reason"),
            moment("finished_at", null=True),
            unique("deliveries", "id"),
            unique("deliveries", "organization_id", "id"),
            within("deliveries", "account_id", "accounts"),
            within("deliveries", "redraws", "deliveries"),
            check("deliveries", "state", "state IN ('pending', 'sending', 'sent', 'dead', 'expired')"),
            check("deliveries", "finished", "(finished_at IS NULL) = (state IN ('pending', 'sending'))"),
            check("deliveries", "erased_when_done", "(finished_at IS NULL) = (sealed IS NOT NULL)"),
        ],
        keys=["seq"],
    )
    partial("ix_deliveries_due", "deliveries", ["due_at", "seq"], "finished_at IS NULL")
    partial("ix_deliveries_conversation", "deliveries", ["account_id", "seq"], "finished_at IS NULL")
    partial("ix_deliveries_dead", "deliveries", ["finished_at"], "state = 'dead'")
    table(
        "touchpoints",
        [
            text("mentorship_id"),
            text("delivery_id"),
            moment("said_at"),
            within("touchpoints", "person_id", "people"),
            within("touchpoints", "mentorship_id", "mentorships"),
            within("touchpoints", "delivery_id", "deliveries"),
        ],
        keys=["about", "person_id", "kind", "occasion", "ordinal"],
    )
    op.create_table("seen", text("key"), moment("at"), key("seen", "key"))
    op.create_table(
        "inbox",
        sequence(),
        text("id"),
        text("conversation"),
        sa.Column("sealed", sa.LargeBinary),
        moment("received_at"),
        moment("leased_until", null=True),
        text("token", null=True),
        number("attempts"),
        text("reason"),
        moment("given_up_at", null=True),
        key("inbox", "seq"),
        unique("inbox", "id"),
        check("inbox", "erased_when_given_up", "(given_up_at IS NULL) = (sealed IS NOT NULL)"),
    )
    partial("ix_inbox_waiting", "inbox", ["seq"], "given_up_at IS NULL")
    partial("ix_inbox_conversation", "inbox", ["conversation", "seq"], "given_up_at IS NULL")


def _words() -> None:
    table(
        "words",
        [
            text("author_id"),
            text("mentorship_id"),
            choice("visibility", "me", "pair", "group"),
            text("question"),
            number("version"),
            sa.Column("sealed", sa.LargeBinary, nullable=False),
            moment("erase_after", null=True),
            within("words", "author_id", "people"),
            within("words", "mentorship_id", "mentorships"),
        ],
    )
    index("words", "author_id")
    index("words", "mentorship_id")
    table(
        "notes",
        [
            text("mentorship_id"),
            text("meeting_id"),
            text("author_id"),
            choice("kind", "introduction", "topic", "reflection", name="notekind"),
            text("question"),
            text("words_id"),
            moment("written_at"),
            within("notes", "mentorship_id", "mentorships"),
            within("notes", "meeting_id", "meetings"),
            within("notes", "author_id", "people"),
            within("notes", "words_id", "words"),
            unique("notes", "words_id"),
        ],
        shared=False,
    )
    index("notes", "meeting_id", "kind")
    table(
        "actions",
        [
            text("mentorship_id"),
            text("meeting_id"),
            text("owner_id"),
            text("words_id"),
            moment("created_at"),
            day("due_on", null=True),
            choice("state", "open", "done", "dropped", name="actionstate"),
            within("actions", "mentorship_id", "mentorships"),
            within("actions", "meeting_id", "meetings"),
            within("actions", "owner_id", "people"),
            within("actions", "words_id", "words"),
            unique("actions", "words_id"),
        ],
        shared=False,
    )
    index("actions", "mentorship_id")
    table(
        "drafts",
        [
            text("id"),
            text("form"),
            text("subject"),
            number("rev"),
            sa.Column("sealed", sa.LargeBinary, nullable=False),
            number("position"),
            moment("touched_at", null=True),
            within("drafts", "account_id", "accounts"),
        ],
        keys=["account_id"],
    )
