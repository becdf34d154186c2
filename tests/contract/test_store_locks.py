"""Two at once: what one reads and then writes, the other cannot change in between."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier

import pytest
import sqlalchemy as sa

from bot.domain.mentorship import Status
from bot.domain.people import Person
from bot.store import Sealer, SqlStore, connect
from bot.store.tables import looks
from tests.contract.company import DAY, NOW, Company

TIMES = 20


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run some jobs in threads of their own, let go together, and return what they return."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def look_at(database: sa.Engine, person_id: str) -> datetime | None:
    with database.connect() as connection:
        moment: datetime | None = connection.scalar(sa.select(looks.c.look_at).where(looks.c.person_id == person_id))
    return moment


@pytest.fixture
def elsewhere(database: sa.Engine, sealer: Sealer) -> Iterator[SqlStore]:
    """The same database, used by another copy of the bot."""
    engine = connect(database.url.render_as_string(hide_password=False))
    yield SqlStore(engine, sealer)
    engine.dispose()


def version(acme: Company) -> int:
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        return facts.mentorship.version


def test_two_who_read_and_then_write_one_mentorship_lose_nothing(acme: Company, elsewhere: SqlStore) -> None:
    def count_up(store: SqlStore) -> None:
        for _ in range(TIMES):
            with store.unit() as unit:
                facts = unit.mentorships.facts("acme", acme.mentorship)
                assert facts is not None
                facts.mentorship.version += 1
                unit.commit()

    at_once(lambda: count_up(acme.store), lambda: count_up(acme.store), lambda: count_up(elsewhere))
    assert version(acme) == 3 * TIMES


def test_what_was_read_without_a_lock_is_read_anew_under_the_lock(acme: Company, elsewhere: SqlStore) -> None:
    """An admin's list was loaded a moment before; a mentorship in it changed, and is then changed by the admin."""

    def count_up(store: SqlStore) -> None:
        for _ in range(TIMES):
            with store.unit() as unit:
                listed = unit.mentorships.of_organization("acme", NOW)
                facts = unit.mentorships.facts("acme", acme.mentorship)
                assert facts is not None
                assert facts.mentorship is listed[0].mentorship
                facts.mentorship.version += 1
                unit.commit()

    at_once(lambda: count_up(acme.store), lambda: count_up(elsewhere))
    assert version(acme) == 2 * TIMES


def test_two_who_touch_the_same_two_people_never_wait_for_each_other_in_a_ring(acme: Company) -> None:
    def ask(first: str, second: str) -> None:
        for number in range(TIMES):
            with acme.store.unit() as unit:
                unit.touches.look_by("acme", first, NOW - number * DAY)
                unit.touches.look_by("acme", second, NOW - number * DAY)
                unit.commit()

    at_once(lambda: ask(acme.ana, acme.ben), lambda: ask(acme.ben, acme.ana))


def test_one_of_two_who_bring_the_same_event_is_the_first(store: SqlStore) -> None:
    def bring(*keys: str) -> bool:
        with store.unit() as unit:
            first = unit.first_time(keys, NOW)
            unit.commit()
            return first

    for number in range(TIMES):
        keys = f"event {number}", f"message {number}"
        firsts = at_once(partial(bring, *keys), partial(bring, *reversed(keys)))
        assert sorted(map(bool, firsts)) == [False, True]


def test_an_event_is_known_by_any_of_its_ids_and_only_once_it_is_committed(store: SqlStore) -> None:
    with store.unit() as unit:
        assert unit.first_time(["a", "b", "a"], NOW)
    with store.unit() as unit:
        assert unit.first_time(["a", "b"], NOW)
        unit.commit()
    with store.unit() as unit:
        assert not unit.first_time(["b", "c"], NOW)


def test_a_look_is_moved_forward_by_anybody_and_back_only_by_the_look_itself(
    acme: Company, database: sa.Engine
) -> None:
    for moment, expected in ((NOW, NOW), (NOW + DAY, NOW), (NOW - DAY, NOW - DAY)):
        with acme.store.unit() as unit:
            unit.touches.look_by("acme", acme.ana, moment)
            unit.commit()
        assert look_at(database, acme.ana) == expected
    for next_look in (NOW + 9 * DAY, None, NOW):
        with acme.store.unit() as unit:
            unit.mentorships.of_person(acme.ana, NOW)
            unit.touches.look_next(acme.ana, next_look)
            unit.commit()
        assert look_at(database, acme.ana) == next_look


def test_the_last_wish_of_one_unit_counts_and_the_earlier_after_a_plan(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.touches.look_next(acme.ana, NOW + 9 * DAY)
        unit.touches.look_by("acme", acme.ana, NOW + 5 * DAY)
        unit.touches.look_by("acme", acme.ana, NOW + 6 * DAY)
        unit.commit()
    assert look_at(database, acme.ana) == NOW + 5 * DAY


def test_a_look_asked_for_while_another_plans_is_not_forgotten(acme: Company, database: sa.Engine) -> None:
    """A look at Ana plans her next week; meanwhile somebody pairs her anew, and she is to hear of it today."""
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.commit()

    def pair_anew() -> None:
        with acme.store.unit() as other:
            other.people.add(Person("cleo", "acme", "Cleo"))
            other.touches.look_by("acme", acme.ana, NOW + DAY)
            other.commit()
        acme.pair("new", Status.PROPOSED)

    with ThreadPoolExecutor(1) as pool:
        with acme.store.unit() as unit:
            assert len(unit.mentorships.of_person(acme.ana, NOW)) == 1
            meanwhile = pool.submit(pair_anew)
            if database.dialect.name == "postgresql":  # on SQLite it waits its turn
                meanwhile.result()
            unit.touches.look_next(acme.ana, NOW + 7 * DAY)
            unit.commit()
        meanwhile.result()
    moment = look_at(database, acme.ana)
    assert moment is not None
    assert moment <= NOW + DAY


def test_who_only_reads_waits_for_no_writer_and_saves_nothing(acme: Company, store: SqlStore) -> None:
    with store.unit() as writer:
        person = writer.people.get("acme", acme.ana)
        assert person is not None
        person.name = "Ana Anders"
        writer.programs.all("acme")
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(_renamed, store, acme.ana).result(timeout=5) == "Ana Öztürk"
        writer.commit()
    assert _renamed(store, acme.ana) == "Ana Anders"


def _renamed(store: SqlStore, person_id: str) -> str:
    """Return somebody's name, and change it where nothing is saved."""
    with store.reading() as unit:
        person = unit.people.get("acme", person_id)
        assert person is not None
        name, person.name = person.name, "Nobody"
        unit.programs.all("acme")
        return name
