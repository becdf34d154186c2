"""A company that began with the first schema goes up to the second and back, and loses nothing that has a place."""

from collections.abc import Iterable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store.migrate import VERSION_TABLE, downgrade, upgrade

COMPANY = """
INSERT INTO organizations VALUES ('acme', 'Acme'), ('beta', 'Beta'), ('quiet', 'Quiet');
INSERT INTO workspaces VALUES ('w', 'acme', 'slack', 'T1', 'Acme');
INSERT INTO people (id, organization_id, name, email, language, zone, country, region, working_days, day_starts,
    day_ends, is_admin, status, account_id)
VALUES
    ('ana', 'acme', 'Ana', 'ana@acme.example', 'en', 'UTC', '', '', '[0, 1]', '09:00', '17:00', true, 'active', 'a'),
    ('ben', 'acme', 'Ben', '', 'de', 'UTC', 'DE', 'BE', '[0]', '08:00', '16:00', false, 'active', 'b'),
    ('cleo', 'quiet', 'Cleo', '', 'en', 'UTC', '', '', '[0]', '08:00', '16:00', false, 'left', NULL);
INSERT INTO accounts VALUES
    ('a', 'acme', 'w', 'ana', 'slack', 'U1', 'D1'), ('b', 'acme', 'w', 'ben', 'slack', 'U2', 'D2');
INSERT INTO mentorships (id, organization_id, format, status, proposed_at, decides_at, zone, ends_on, version,
    status_at, end_reason, every_weeks, minutes)
VALUES
    ('past', 'acme', 'one_on_one', 'ended', '2026-01-05 09:00:00.000000', '2026-01-09 09:00', 'UTC', '2026-07-01', 3,
     '2026-07-01 09:00', 'term', 3, 30),
    ('pair', 'acme', 'one_on_one', 'active', '2026-11-02 09:00:00.000000', '2026-11-06 09:00', 'UTC', '2027-05-01', 2,
     '2026-11-03 09:00', NULL, 2, 45),
    ('theirs', 'beta', 'peer', 'proposed', '2026-10-01 09:00:00.000000', '2026-10-05 09:00', 'UTC', '2027-04-01', 1,
     NULL, NULL, 2, 45);
INSERT INTO participants (organization_id, mentorship_id, person_id, role, consent, seq) VALUES
    ('acme', 'pair', 'ben', 'mentor', 'accepted', 1), ('acme', 'pair', 'ana', 'mentee', 'accepted', 2);
INSERT INTO meetings (id, organization_id, mentorship_id, kind, number, lead_id, created_at, state, minutes, place,
    moves, settled_at)
VALUES
    ('met', 'acme', 'pair', 'kickoff', 0, 'ana', '2026-11-03 09:00', 'held', 45, 'Cafeteria', 0, '2026-11-05 09:00'),
    ('next', 'acme', 'pair', 'check_in', 1, 'ana', '2026-11-05 09:00', 'open', 45, '', 0, NULL);
INSERT INTO answers (meeting_id, person_id, organization_id, moves, met, answered_at)
VALUES ('met', 'ana', 'acme', 0, true, '2026-11-05 09:00');
INSERT INTO words (id, organization_id, author_id, mentorship_id, visibility, question, version, sealed) VALUES
    ('topic', 'acme', 'ana', 'pair', 'pair', 'topic', 1, :sealed),
    ('step', 'acme', 'ana', 'pair', 'pair', 'step', 1, :sealed);
INSERT INTO notes (id, organization_id, mentorship_id, meeting_id, author_id, kind, question, words_id, written_at)
VALUES ('n1', 'acme', 'pair', 'met', 'ana', 'topic', 'topic', 'topic', '2026-11-04 09:00');
INSERT INTO actions (id, organization_id, mentorship_id, meeting_id, owner_id, words_id, created_at, due_on, state)
VALUES ('act', 'acme', 'pair', 'met', 'ana', 'step', '2026-11-05 09:00', '2026-11-19', 'open');
INSERT INTO deliveries (seq, id, organization_id, account_id, state, sections, due_at, attempts, reason, finished_at)
VALUES (1, 'd1', 'acme', 'a', 'sent', '[]', '2026-11-04 09:00', 1, '', '2026-11-04 09:00');
INSERT INTO touchpoints (about, person_id, kind, occasion, ordinal, organization_id, mentorship_id, delivery_id,
    said_at)
VALUES ('met', 'ana', 'agenda', '0', 0, 'acme', 'pair', 'd1', '2026-11-04 09:00');
"""
"""Ana and Ben with all that the first schema knows, another company with one pair, and one that mentors nobody."""

NEWS = """
UPDATE people SET away = '[["2026-12-24", "2027-01-02"]]', unasked_a_week = 1, zone_asked = 'Asia/Tokyo',
    digested_on = '2026-11-09' WHERE id = 'ana';
UPDATE mentorships SET end_reason = 'new_match' WHERE id = 'past';
UPDATE mentorships SET status = 'ended', end_reason = 'left', drafted_by = 'ana', drafted_at = '2026-11-05 10:00',
    resumes_on = '2026-12-01' WHERE id = 'pair';
UPDATE participants SET agreed_at = '2026-11-05 10:00';
INSERT INTO meetings (id, organization_id, mentorship_id, kind, number, lead_id, created_at, state, minutes, place,
    moves)
VALUES
    ('m2', 'acme', 'pair', 'review', 2, 'ana', '2026-11-05 09:00', 'open', 45, '', 0),
    ('m3', 'acme', 'pair', 'extra', 3, 'ana', '2026-11-05 09:00', 'open', 45, '', 0),
    ('m4', 'acme', 'pair', 'closing', 4, 'ana', '2026-11-05 09:00', 'open', 45, '', 0);
INSERT INTO words (id, organization_id, author_id, mentorship_id, visibility, question, version, sealed) VALUES
    ('promise', 'acme', 'ana', 'pair', 'pair', 'promise', 1, :sealed),
    ('link', 'acme', 'ben', 'pair', 'pair', 'link', 1, :sealed),
    ('outcome', 'acme', 'ana', 'pair', 'pair', 'outcome', 1, :sealed),
    ('goal', 'acme', 'ana', 'pair', 'pair', 'goal', 1, :sealed);
INSERT INTO notes (id, organization_id, mentorship_id, meeting_id, author_id, kind, question, words_id, written_at)
VALUES
    ('n2', 'acme', 'pair', 'met', 'ana', 'agreement', 'promise', 'promise', '2026-11-05 10:00'),
    ('n3', 'acme', 'pair', 'met', 'ben', 'note', 'link', 'link', '2026-11-05 10:00');
UPDATE actions SET state = 'tried', outcome_id = 'outcome', settled_at = '2026-11-18 09:00';
INSERT INTO goals (id, organization_id, mentorship_id, owner_id, words_id, created_at, due_on, state)
VALUES ('g', 'acme', 'pair', 'ana', 'goal', '2026-11-05 10:00', '2027-03-01', 'met');
INSERT INTO touchpoints (about, person_id, kind, occasion, ordinal, organization_id, mentorship_id, delivery_id,
    said_at, unasked, dropped)
VALUES
    ('met', 'ana', 'agenda', '1', 0, 'acme', 'pair', NULL, '2026-11-04 09:00', true, 'budget'),
    ('met', 'ana', 'agenda', '2', 0, 'acme', 'pair', 'd1', '2026-11-04 09:00', false, '');
INSERT INTO snoozes (about, person_id, kind, occasion, organization_id, mentorship_id, times, until)
VALUES ('met', 'ana', 'agenda', '0', 'acme', 'pair', 1, '2026-11-09 09:00');
INSERT INTO erased (person_id, organization_id, at) VALUES ('dora', 'acme', '2026-11-09 09:00');
"""
"""What only the second schema has a place for."""

WRONG = (
    "UPDATE meetings SET kind = 'party'",
    "UPDATE meetings SET minutes = 0",
    "UPDATE mentorships SET end_reason = 'bored' WHERE id = 'past'",
    "UPDATE mentorships SET drafted_by = 'ana' WHERE id = 'pair'",
    "UPDATE mentorships SET drafted_by = 'cleo', drafted_at = proposed_at WHERE id = 'pair'",
    "UPDATE mentorships SET program_id = 'none' WHERE id = 'pair'",
    "UPDATE notes SET kind = 'rant'",
    "UPDATE actions SET state = 'lost'",
    "UPDATE actions SET outcome_id = 'none'",
    "UPDATE touchpoints SET dropped = 'budget'",
    "UPDATE touchpoints SET delivery_id = NULL",
    "UPDATE programs SET unasked_a_week = 0",
    "UPDATE programs SET holiday_from = '2026-12-24'",
    "UPDATE people SET away = NULL WHERE id = 'ana'",
    "UPDATE people SET email = 'ana@acme.example' WHERE id = 'ben'",
    "DELETE FROM people WHERE id = 'ana'",
    "DELETE FROM words WHERE id = 'topic'",
)
"""Each breaks a rule of the second schema, or one of the first that tables made anew must have kept."""


@pytest.fixture
def first(database: sa.Engine) -> sa.Engine:
    """A database that was never beyond 0001, with the companies in it."""
    downgrade(database)
    upgrade(database, "0001")
    run(database, COMPANY)
    return database


def run(database: sa.Engine, script: str) -> None:
    with database.begin() as connection:
        for statement in filter(str.strip, script.split(";")):
            values = {"sealed": b"sealed"} if ":sealed" in statement else {}
            connection.execute(sa.text(statement), values)


def refused(database: sa.Engine, statement: str) -> bool:
    try:
        run(database, statement)
    except sa.exc.IntegrityError:
        return True
    return False


def rows(database: sa.Engine, query: str) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def column(database: sa.Engine, query: str) -> list[Any]:
    return [row[0] for row in rows(database, query)]


def everything(database: sa.Engine, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of some tables, with the columns that are named of each."""
    return {
        table: sorted(rows(database, f"SELECT {', '.join(map(quoted, names))} FROM {table}"), key=repr)
        for table, names in columns.items()
    }


def quoted(name: str) -> str:
    return f'"{name}"'


def shape(database: sa.Engine) -> dict[str, list[str]]:
    """Return the columns of each table, in a fixed order."""
    found = sa.inspect(database)
    tables = set(found.get_table_names()) - {VERSION_TABLE}
    return {table: sorted(column["name"] for column in found.get_columns(table)) for table in sorted(tables)}


def rules(database: sa.Engine) -> dict[str, list[str]]:
    """Return all that a database checks or keeps in order, whatever order it was made in."""
    found = sa.inspect(database)
    return {
        table: listed(
            [{"null": column["name"], "is": column["nullable"]} for column in found.get_columns(table)],
            found.get_check_constraints(table),
            found.get_foreign_keys(table),
            found.get_unique_constraints(table),
            found.get_indexes(table),
            [found.get_pk_constraint(table)],
        )
        for table in found.get_table_names()
    }


def listed(*groups: Iterable[Any]) -> list[str]:
    return sorted(
        str({key: {k: str(v) for k, v in value.items()} if isinstance(value, dict) else value for key, value in rule})
        for group in groups
        for rule in (sorted(rule.items()) for rule in group)
    )


def test_nothing_is_lost_on_the_way_up(first: sa.Engine) -> None:
    columns = shape(first)
    before = everything(first, columns)
    upgrade(first, "0002")
    assert all(before[table] for table in ("participants", "meetings", "answers", "notes", "actions", "touchpoints"))
    assert everything(first, columns) == before


def test_each_company_that_mentors_gets_one_programme_with_all_its_mentorships(first: sa.Engine) -> None:
    upgrade(first, "0002")
    named = "SELECT organization_id, name FROM programs ORDER BY organization_id"
    assert rows(first, named) == [("acme", "Mentoring"), ("beta", "Mentoring")]
    within = """
        SELECT mentorships.id, programs.organization_id FROM mentorships JOIN programs ON programs.id = program_id
        ORDER BY mentorships.id
    """
    assert rows(first, within) == [("pair", "acme"), ("past", "acme"), ("theirs", "beta")]


def test_the_programme_is_as_old_as_its_first_mentorship_and_set_as_a_good_one(first: sa.Engine) -> None:
    upgrade(first, "0002")
    oldest = "SELECT organization_id FROM programs WHERE created_at = (SELECT min(proposed_at) FROM mentorships)"
    assert column(first, oldest) == ["acme"]
    settings = "every_weeks, minutes, term_weeks, unasked_a_week, review_every, trusted_contact, holiday_from"
    assert rows(first, f"SELECT DISTINCT {settings} FROM programs") == [(2, 45, 26, 2, 6, "", None)]
    days = "agenda_days, brief_days, remind_days, stuck_days, give_up_days, silence_days, not_started_days"
    assert rows(first, f"SELECT DISTINCT {days} FROM programs") == [(2, 1, 3, 5, 13, 5, 10)]
    assert column(first, "SELECT count(*) FROM programs WHERE aggregate_only") == [0]


def test_a_later_revision_may_alter_in_the_same_transaction_what_was_filled(first: sa.Engine) -> None:
    """PostgreSQL alters no table while checks of its rows are outstanding."""

    def later(connection: sa.Connection) -> None:
        for table in ("people", "programs", "mentorships", "touchpoints"):
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD later TEXT")

    sa.event.listen(first, "commit", later, once=True)
    upgrade(first, "0002")
    assert "later" in shape(first)["mentorships"]


def test_what_stood_before_gets_values_that_hold(first: sa.Engine) -> None:
    upgrade(first, "0002")
    assert rows(first, "SELECT DISTINCT away, zone_asked, unasked_a_week FROM people") == [("[]", "", None)]
    assert rows(first, "SELECT dropped, delivery_id FROM touchpoints WHERE unasked") == [("", "d1")]
    assert column(first, "SELECT count(*) FROM participants WHERE agreed_at IS NULL") == [2]


def test_the_second_schema_takes_what_is_new(first: sa.Engine) -> None:
    upgrade(first, "0002")
    run(first, NEWS)
    assert column(first, "SELECT kind FROM meetings ORDER BY number") == [
        *("kickoff", "check_in", "review", "extra", "closing")
    ]


def test_the_second_schema_refuses_what_is_wrong(first: sa.Engine) -> None:
    upgrade(first, "0002")
    assert [statement for statement in WRONG if not refused(first, statement)] == []


def test_on_the_way_down_what_has_no_word_gets_the_nearest(first: sa.Engine) -> None:
    upgrade(first, "0002")
    run(first, NEWS)
    downgrade(first, "0001")
    assert column(first, "SELECT kind FROM meetings ORDER BY number") == ["kickoff", *["check_in"] * 4]
    assert rows(first, "SELECT id, end_reason FROM mentorships WHERE status = 'ended' ORDER BY id") == [
        ("pair", "ended"),
        ("past", "ended"),
    ]
    assert rows(first, "SELECT state, words_id FROM actions") == [("done", "step")]


def test_on_the_way_down_what_has_no_place_goes_with_its_words(first: sa.Engine) -> None:
    upgrade(first, "0002")
    run(first, NEWS)
    downgrade(first, "0001")
    assert column(first, "SELECT id FROM notes") == ["n1"]
    assert column(first, "SELECT id FROM words ORDER BY id") == ["step", "topic"]
    assert column(first, "SELECT occasion FROM touchpoints ORDER BY occasion") == ["0", "2"]


def test_down_and_up_again_with_nothing_new_is_as_before(first: sa.Engine) -> None:
    columns, checked = shape(first), rules(first)
    before = everything(first, columns)
    upgrade(first, "0002")
    downgrade(first, "0001")
    assert (shape(first), rules(first)) == (columns, checked)
    assert everything(first, columns) == before
    upgrade(first, "0002")
    assert everything(first, columns) == before


def test_a_full_database_goes_down_to_nothing_and_up_again(first: sa.Engine) -> None:
    upgrade(first, "0002")
    run(first, NEWS)
    downgrade(first)
    upgrade(first)
    assert column(first, "SELECT count(*) FROM people") == [0]
