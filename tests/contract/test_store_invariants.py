"""What must always hold is refused by the database itself, whoever writes."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Participant, Role, Status
from bot.domain.people import Account, Person, Platform
from bot.domain.records import Note, NoteKind, Said, Touch, Visibility
from bot.messages import Card
from bot.ports import Letter, UnitOfWork
from bot.store import SqlStore
from bot.store.tables import deliveries, meetings, mentorships, touchpoints
from tests.contract.company import NOW, Company


@pytest.fixture
def other(store: SqlStore) -> Company:
    return Company.founded(store, "other")


def refused(store: SqlStore, write: Callable[[UnitOfWork], None]) -> bool:
    """Tell whether a unit of work that does `write` cannot be committed."""
    try:
        with store.unit() as unit:
            write(unit)
            unit.commit()
    except IntegrityError:
        return True
    return False


def account_of(organization_id: str, person_id: str) -> Account:
    return Account("new", organization_id, f"{organization_id}-slack", person_id, Platform.SLACK, "U-new")


def test_rows_of_two_companies_cannot_be_tied_together(acme: Company, other: Company, store: SqlStore) -> None:
    (theirs,) = other.meet(State.OPEN)
    delivery = other.post("hello")
    meeting = Meeting("x", "acme", other.mentorship, MeetingKind.CHECK_IN, 9, acme.ana, NOW)
    led = Meeting("y", "acme", acme.mentorship, MeetingKind.CHECK_IN, 9, other.ana, NOW)
    note = Note("n", "acme", acme.mentorship, theirs, acme.ana, NoteKind.TOPIC, "q", "w", NOW)
    touch = Touch(acme.mentorship, acme.ana, "agenda", "")
    letter = Letter("l", "acme", other.ana, Card(()), NOW)
    assert refused(store, lambda unit: unit.people.add(account_of("acme", other.ana)))
    assert refused(store, lambda unit: unit.people.add(Person("p", "acme", "P", account_id=other.ana)))
    assert refused(
        store, lambda unit: unit.mentorships.add(Participant(acme.mentorship, other.ana, "acme", Role.PEER))
    )
    assert refused(store, lambda unit: unit.mentorships.add(meeting))
    assert refused(store, lambda unit: unit.mentorships.add(led))
    assert refused(store, lambda unit: unit.words.write(note, "text", Visibility.PAIR))
    assert refused(store, lambda unit: unit.outbox.put(letter))
    assert refused(store, lambda unit: unit.touches.add("acme", acme.mentorship, {touch: Said(NOW, delivery)}))
    assert refused(store, lambda unit: unit.touches.look_by("acme", other.ana, NOW))


def test_rows_that_point_nowhere_are_refused(acme: Company, store: SqlStore) -> None:
    touch = Touch(acme.mentorship, acme.ana, "agenda", "")
    assert refused(store, lambda unit: unit.people.add(Person("p", "nobody's", "P")))
    assert refused(store, lambda unit: unit.touches.add("acme", acme.mentorship, {touch: Said(NOW, "not queued")}))


def test_what_was_said_is_said_once(acme: Company, store: SqlStore) -> None:
    delivery, touch = acme.post("hello"), Touch(acme.mentorship, acme.ana, "agenda", "", 0)

    def say(unit: UnitOfWork) -> None:
        unit.touches.add("acme", acme.mentorship, {touch: Said(NOW, delivery)})

    assert not refused(store, say)
    assert refused(store, say)


def test_nothing_is_there_twice(acme: Company, store: SqlStore) -> None:
    same_user = Account("new", "acme", "acme-slack", acme.ana, Platform.SLACK, f"U-{acme.ana}")
    same_email = Person("new", "acme", "Another Ana", "ana@acme.example")
    same_seat = Participant(acme.mentorship, acme.ana, "acme", Role.MENTOR)
    acme.meet(State.OPEN)
    same_number = Meeting("new", "acme", acme.mentorship, MeetingKind.CHECK_IN, 0, acme.ana, NOW)
    assert refused(store, lambda unit: unit.people.add(same_user))
    assert refused(store, lambda unit: unit.people.add(same_email))
    assert refused(store, lambda unit: unit.mentorships.add(same_seat))
    assert refused(store, lambda unit: unit.mentorships.add(same_number))
    assert not refused(store, lambda unit: unit.people.add(*(Person(f"{n}", "acme", "No Mail") for n in range(2))))


def test_states_that_make_no_sense_are_refused(acme: Company, store: SqlStore, database: sa.Engine) -> None:
    acme.meet(State.OPEN)
    for table, values in (
        (mentorships, {"status": "asleep"}),
        (mentorships, {"status": Status.ENDED}),  # without a reason
        (mentorships, {"status_at": None}),
        (mentorships, {"minutes": 0}),
        (meetings, {"state": State.CONFIRMED, "starts_at": None}),
        (meetings, {"state": State.HELD, "settled_at": None}),
    ):
        with pytest.raises((IntegrityError, sa.exc.StatementError)), database.begin() as connection:
            connection.execute(sa.update(table).values(values))
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(sa.text("UPDATE mentorships SET status = 'asleep'"))


def test_only_what_is_not_finished_has_a_body(acme: Company, database: sa.Engine) -> None:
    acme.post("hello")
    for values in ({"state": "sent"}, {"sealed": None}, {"finished_at": NOW}, {"state": "lost"}):
        with pytest.raises(IntegrityError), database.begin() as connection:
            connection.execute(sa.update(deliveries).values(values))


def test_no_key_holds_a_null(database: sa.Engine) -> None:
    """A UNIQUE does not hold two NULLs apart, so no column of one may be NULL."""
    found = sa.inspect(database)
    for table in found.get_table_names():
        nullable = {column["name"] for column in found.get_columns(table) if column["nullable"]}
        for key in found.get_unique_constraints(table):
            assert not nullable & set(key["column_names"]), key
        assert not nullable & set(found.get_pk_constraint(table)["constrained_columns"])


def test_every_table_says_whose_its_rows_are(database: sa.Engine) -> None:
    machine, platform = {"meta", "seen", "inbox", "mentronome_schema"}, {"teams", "installations"}
    ours = {"organizations", "forgotten", *machine, *platform}
    found = sa.inspect(database)
    for table in set(found.get_table_names()) - ours:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table)}
        assert columns.get("organization_id") is False, table
        assert all("organization_id" in key["constrained_columns"] for key in found.get_foreign_keys(table)), table


def test_a_moment_without_a_zone_is_refused(acme: Company) -> None:
    with acme.store.unit() as unit, pytest.raises(sa.exc.StatementError, match="a moment needs a time zone"):
        unit.first_time(["key"], NOW.replace(tzinfo=None))


def test_no_part_of_what_makes_something_said_once_can_be_missing(acme: Company, database: sa.Engine) -> None:
    row = {
        "organization_id": "acme",
        "mentorship_id": acme.mentorship,
        "about": acme.mentorship,
        "person_id": acme.ana,
        "kind": "agenda",
        "occasion": "",
        "ordinal": 0,
        "delivery_id": acme.post("hello"),
        "said_at": NOW,
        "unasked": True,
        "dropped": "",
    }
    for name in row.keys() - {"delivery_id", "mentorship_id"}:
        with pytest.raises(IntegrityError, match=r"(?i)null"), database.begin() as connection:
            connection.execute(sa.insert(touchpoints).values({**row, name: None}))
    for wrong in ({"delivery_id": None}, {"dropped": "budget"}):
        with pytest.raises(IntegrityError, match="said_or_dropped"), database.begin() as connection:
            connection.execute(sa.insert(touchpoints).values(row | wrong))
    with database.begin() as connection:
        connection.execute(sa.insert(touchpoints).values(row))


def test_after_a_refused_commit_the_next_unit_of_work_is_undisturbed(acme: Company, store: SqlStore) -> None:
    assert refused(store, lambda unit: unit.people.add(account_of("acme", "nobody")))
    assert not refused(store, lambda unit: unit.people.add(account_of("acme", acme.ana)))
