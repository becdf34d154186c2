"""What nobody needs any more goes, a few rows at a time; what anything still points to stays."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.meeting import State
from bot.domain.records import ActionItem, AuditEntry, Note, NoteKind, Visibility
from bot.messages import Sender, Typed
from bot.ports import Draft
from bot.store import Sealer, SqlStore, connect
from bot.store.housekeeping import Housekeeping
from bot.store.queues import Deliveries, Inbox
from bot.store.tables import actions, audit, deliveries, drafts, inbox, metadata, notes, seen, touchpoints, words
from tests.contract.company import DAY, NOW, Company
from tests.contract.test_store_locks import at_once
from tests.databases import copy_of
from tests.world import Dial

MINUTE = timedelta(minutes=1)


def sweep(database: sa.Engine, now: datetime = NOW, batch: int = 3) -> list[int]:
    """Sweep everything once, and return how many rows each step deleted."""
    house, place, steps = Housekeeping(database, batch), None, []
    for _ in range(999):
        deleted, place = house.sweep(now, place)
        steps.append(deleted)
        if place is None:
            return steps
    raise AssertionError("it never comes to an end")


def left(database: sa.Engine, column: sa.Column[str]) -> set[str]:
    with database.connect() as connection:
        return set(connection.scalars(sa.select(column)))


def see(store: SqlStore, keys: Iterable[str], at: datetime) -> None:
    with store.unit() as unit:
        unit.first_time(keys, at)
        unit.commit()


def send(acme: Company, queue: Deliveries, at: datetime, text: str = "hello") -> str:
    delivery_id = acme.post(text, at)
    (claimed,) = queue.claim(at, 9, MINUTE)
    assert queue.sent(delivery_id, claimed.token, "1.1", at)
    return delivery_id


def said_by(database: sa.Engine, acme: Company, delivery_id: str) -> None:
    key = {"about": delivery_id, "person_id": acme.ana, "kind": "agenda", "occasion": "", "ordinal": 0}
    more = {
        "organization_id": "acme",
        "mentorship_id": acme.mentorship,
        "said_at": NOW,
        "unasked": True,
        "dropped": "",
    }
    with database.begin() as connection:
        connection.execute(sa.insert(touchpoints).values(**key, **more, delivery_id=delivery_id))


@pytest.fixture
def queue(database: sa.Engine, sealer: Sealer) -> Deliveries:
    return Deliveries(database, sealer)


def test_the_ids_of_events_are_kept_for_two_weeks(store: SqlStore, database: sa.Engine) -> None:
    see(store, ["old"], NOW - 14 * DAY)
    see(store, ["young"], NOW - 14 * DAY + MINUTE)
    assert sum(sweep(database)) == 1
    assert left(database, seen.c.key) == {"young"}


def test_the_notes_of_grave_deeds_are_kept_for_two_years(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        unit.audit(AuditEntry("old", "acme", acme.ana, "pause", acme.mentorship, NOW - 730 * DAY))
        unit.audit(AuditEntry("young", "acme", acme.ana, "resume", acme.mentorship, NOW - 730 * DAY + MINUTE))
        unit.commit()
    assert sum(sweep(database)) == 1
    assert left(database, audit.c.id) == {"young"}


def test_a_form_that_was_begun_and_left_is_kept_for_a_month(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        unit.drafts.put(Draft("old", "acme", acme.ana, "reflection.write", "m1", 0, {"q": "hello"}), NOW)
        unit.drafts.put(Draft("new", "acme", acme.ben, "reflection.write", "m1", 0), NOW + DAY)
        unit.commit()
    assert sum(sweep(database, NOW + 30 * DAY - MINUTE)) == 0
    assert sum(sweep(database, NOW + 30 * DAY)) == 1
    assert left(database, drafts.c.id) == {"new"}


def test_events_given_up_are_kept_for_a_month_and_those_that_wait_for_ever(
    database: sa.Engine, sealer: Sealer
) -> None:
    events = Inbox(database, sealer)
    for number in range(3):
        events.put_many([Typed((str(number),), Sender("slack", "T1", str(number)), "hello")], NOW - 90 * DAY)
    old, young, waiting = events.claim(3, MINUTE)
    assert events.give_up(old.id, old.token, "ValueError", NOW - 30 * DAY)
    assert events.give_up(young.id, young.token, "ValueError", NOW - 29 * DAY)
    assert sum(sweep(database)) == 1
    assert left(database, inbox.c.id) == {young.id, waiting.id}


def test_messages_go_half_a_year_after_they_were_sent_and_others_never(
    acme: Company, queue: Deliveries, database: sa.Engine
) -> None:
    send(acme, queue, NOW - 180 * DAY)
    young = send(acme, queue, NOW - 179 * DAY)
    waiting = acme.post("hello", NOW - 200 * DAY)
    assert sum(sweep(database)) == 1
    assert left(database, deliveries.c.id) == {young, waiting}


def test_a_message_by_which_something_was_said_stays(acme: Company, queue: Deliveries, database: sa.Engine) -> None:
    delivery_id = send(acme, queue, NOW - 400 * DAY)
    said_by(database, acme, delivery_id)
    assert sum(sweep(database)) == 0
    assert left(database, deliveries.c.id) == {delivery_id}


def test_a_message_that_was_drawn_anew_stays_as_long_as_the_new_one_and_goes_after_it(
    acme: Company, queue: Deliveries, database: sa.Engine
) -> None:
    original = send(acme, queue, NOW - 400 * DAY)
    acme.redraw("answered", original)
    redrawn = left(database, deliveries.c.id) - {original}
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    assert queue.sent(claimed.parcel.delivery_id, claimed.token, "1.1", NOW - 181 * DAY)
    assert sum(sweep(database, NOW - 2 * DAY)) == 0
    assert sum(sweep(database)) == 1
    assert left(database, deliveries.c.id) == {original}, f"{redrawn} goes first"
    assert sum(sweep(database)) == 1
    assert left(database, deliveries.c.id) == set()


def test_words_past_their_time_go_with_all_that_was_noted_of_them(acme: Company, database: sa.Engine) -> None:
    (meeting_id,) = acme.meet(State.HELD)
    with acme.store.unit() as unit:
        for number in range(4):
            note = Note(
                f"n{number}", "acme", acme.mentorship, meeting_id, acme.ana, NoteKind.TOPIC, "q", f"wn{number}", NOW
            )
            unit.words.write(note, "hello", Visibility.PAIR)
            action = ActionItem(f"a{number}", "acme", acme.mentorship, meeting_id, acme.ana, f"wa{number}", NOW)
            unit.words.write(action, "hello", Visibility.PAIR)
        unit.commit()
    erase_after = sa.case({"0": NOW, "1": NOW + MINUTE}, value=sa.func.substr(words.c.id, 3))
    with database.begin() as connection:
        connection.execute(sa.update(words).values(erase_after=erase_after))
        connection.execute(sa.update(actions).where(actions.c.id == "a1").values(outcome_id="wn0"))
    assert sum(sweep(database)) == 2
    assert left(database, words.c.id) == {f"w{kind}{number}" for kind in "na" for number in (1, 2, 3)}
    assert left(database, notes.c.id) == {"n1", "n2", "n3"}
    assert left(database, actions.c.id) == {"a1", "a2", "a3"}
    with database.connect() as connection:
        assert connection.scalar(sa.select(actions.c.outcome_id).where(actions.c.id == "a1")) is None


def test_no_step_deletes_more_than_a_batch_and_what_stays_holds_nothing_up(
    acme: Company, queue: Deliveries, database: sa.Engine
) -> None:
    """Many rows of one and the same moment, of which those that stay would fill the first batches."""
    sent = [send(acme, queue, NOW - 300 * DAY) for _ in range(10)]
    kept = sorted(sent)[:7]
    for delivery_id in kept:
        said_by(database, acme, delivery_id)
    see(acme.store, [f"event {number}" for number in range(10)], NOW - 300 * DAY)
    steps = sweep(database, batch=3)
    assert max(steps) == 3
    assert sum(steps) == 10 + 3
    assert left(database, deliveries.c.id) == set(kept)


def test_two_copies_keep_house_beside_each_other(store: SqlStore, database: sa.Engine) -> None:
    see(store, [f"event {number}" for number in range(100)], NOW - 15 * DAY)
    at_once(lambda: sweep(database, batch=7), lambda: sweep(database, batch=5))
    sweep(database)  # those that each left to the other while both were busy
    assert left(database, seen.c.key) == set()


@pytest.mark.postgres
def test_what_somebody_holds_is_left_for_another_day(postgres: str, sealer: Sealer) -> None:
    with copy_of(postgres) as url:
        engine = connect(f"{url}&options=-clock_timeout%3D5s")  # an error, rather than a wait without end
        see(SqlStore(engine, sealer), ["held", "free"], NOW - 15 * DAY)
        with engine.connect() as other:
            other.execute(sa.select(seen).where(seen.c.key == "held").with_for_update())
            assert sum(sweep(engine)) == 1
        assert left(engine, seen.c.key) == {"held"}
        assert sum(sweep(engine)) == 1
        engine.dispose()


def test_every_old_row_is_found_by_an_index(database: sa.Engine) -> None:
    """Else each foreign key to a row that goes would cost a walk through the whole table that points to it."""
    found = sa.inspect(database)
    for target in (words, deliveries):
        for table in metadata.tables.values():
            for column in [link.parent.name for link in table.foreign_keys if link.column is target.c.id]:
                keys = [index["column_names"][0] for index in found.get_indexes(table.name)]
                unique = [rule["column_names"][0] for rule in found.get_unique_constraints(table.name)]
                assert column in [*keys, *unique], f"{table.name}.{column}"


async def test_the_application_keeps_house_by_its_own_clock(database: sa.Engine, sealer: Sealer) -> None:
    clock = Dial(NOW)
    app = App(database, sealer, clock, {})
    see(app.store, [f"event {number}" for number in range(1_200)], NOW)
    assert await app.keep_house() == 0
    clock.move_to(NOW + 14 * DAY)
    assert await app.keep_house() == 1_200
    app.threads.close()


async def test_the_running_application_keeps_house_soon_after_it_started(
    database: sa.Engine, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.HOUSEKEEPING_FIRST", 0.05)
    see(SqlStore(database, sealer), ["old"], NOW - 15 * DAY)
    loop, swept = asyncio.get_running_loop(), asyncio.Event()

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("DELETE FROM seen"):
            loop.call_soon_threadsafe(swept.set)

    sa.event.listen(database, "after_cursor_execute", note)
    async with App(database, sealer, Dial(NOW), {}).running(), asyncio.timeout(10):
        await swept.wait()
    assert left(database, seen.c.key) == set(), "a step that has begun is ended, whoever stops the application"
