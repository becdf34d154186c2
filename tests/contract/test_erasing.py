"""Who asks to be forgotten is forgotten: nothing of them is left, and dates stay under nobody's name."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.keeping import USUAL, Keeping
from bot.domain.leaving import stop
from bot.domain.meeting import State
from bot.domain.mentorship import Step
from bot.domain.people import FORMER, Person, PersonStatus
from bot.messages import Sender, Typed
from bot.ports import Member
from bot.store import Sealer, SqlStore, connect
from bot.store.erasing import GO, STAY
from bot.store.keeping import brought_back, erased_ids
from bot.store.pointers import pointers
from bot.store.tables import deliveries, drafts, inbox, metadata, people, skills, words
from bot.store.tombstones import Tombstones
from tests.contract.company import DAY, NOW, Company
from tests.contract.lived import EMAIL, MARK, NAME, PLACE, SECRET, TEAM, live
from tests.contract.test_store_words import everything
from tests.databases import copy_of, sqlite_file
from tests.world import Chat, Dial

MINUTE = timedelta(minutes=1)


@pytest.fixture
def tombstones(tmp_path: Path) -> Tombstones:
    return Tombstones(tmp_path / "tombstones")


@pytest.fixture
def store(database: sa.Engine, sealer: Sealer, tombstones: Tombstones) -> SqlStore:
    return SqlStore(database, sealer, tombstones)


@pytest.fixture
def lived(acme: Company, database: sa.Engine, sealer: Sealer) -> Company:
    live(acme, database, sealer)
    return acme


def application(database: sa.Engine, sealer: Sealer, tombstones: Tombstones, keeping: Keeping = USUAL) -> App:
    clock = Dial(NOW)
    return App(database, sealer, clock, {"slack": Chat(clock)}, "", keeping, tombstones)


def opened(database: sa.Engine, sealer: Sealer) -> str:
    """Return everything that can be read with the key in hand."""
    with database.connect() as connection:
        rows = [
            (row.sealed, row.id)
            for table in (words, drafts, deliveries, inbox, skills)
            for row in connection.execute(sa.select(table.c.sealed, table.c.id).where(table.c.sealed.is_not(None)))
        ]
    return "\n".join(sealer.open(sealed, row_id) for sealed, row_id in rows)


def counts(database: sa.Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def test_whatever_points_to_a_person_is_known_to_go_or_to_stay() -> None:
    """A new table that points to people fails here until somebody has decided."""
    assert set(pointers(people.c.id)) == {*GO, *STAY}


def test_nothing_of_who_is_erased_is_left_and_what_others_wrote_is(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    marks = (NAME, "Xanthippe", EMAIL, TEAM, "U-acme-ana", "Lisbon")
    before = b"".join(everything(database))
    assert all(mark.encode() in before for mark in marks), "the marks are there to be missed"
    application(database, sealer, tombstones).engine.let_go("acme", lived.ana, erase=True)
    lived.store.scrub()
    after = b"".join(everything(database))
    for mark in marks:
        for form in (mark, mark.lower(), mark.title(), mark.encode().hex()):
            assert form.encode() not in after, form
        assert mark.encode("utf-16-le") not in after
    readable = opened(database, sealer)
    assert MARK not in readable
    assert PLACE not in readable
    assert NAME not in readable
    assert "by Ben for both" in readable
    assert f"{SECRET} for Ben alone" in readable
    assert "Juggling" in readable, "others have it too"


def test_where_deleting_overwrites_nothing_the_file_is_written_anew(
    sealer: Sealer, tombstones: Tombstones, tmp_path: Path
) -> None:
    """Many an SQLite is built to overwrite what it deletes; here is one that is not."""
    database = connect(sqlite_file(tmp_path))
    sa.event.listen(database, "connect", lambda raw, entry: raw.execute("PRAGMA secure_delete=OFF"))
    store = SqlStore(database, sealer, tombstones)
    acme = Company.founded(store, "acme")
    live(acme, database, sealer)
    with store.unit() as unit:
        unit.people.add(*(Person(f"p{n}", "acme", f"Somebody {n}", f"p{n}@acme.example") for n in range(300)))
        unit.commit()
    application(database, sealer, tombstones).engine.let_go("acme", acme.ana, erase=True)
    with database.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    assert NAME.encode() in b"".join(everything(database)), "this is what it is for"
    store.scrub()
    assert NAME.encode() not in b"".join(everything(database))
    assert not store.has_traces
    database.dispose()


def test_dates_of_meetings_stay_under_nobodys_name(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    before = counts(database)
    application(database, sealer, tombstones).engine.let_go("acme", lived.ana, erase=True)
    with lived.store.unit() as unit:
        person = unit.people.get("acme", lived.ana)
        facts = unit.mentorships.facts("acme", lived.mentorship)
    assert person and facts
    assert (person.name, person.first_name, person.email) == (FORMER, FORMER, "")
    assert (person.status, person.account_id, person.zone) == (PersonStatus.LEFT, None, "UTC")
    assert [(m.state, m.starts_at) for m in facts.meetings] == [
        (State.HELD, NOW),
        (State.SKIPPED, NOW + 14 * DAY),
    ]
    after = counts(database)
    gone = {name: number - after[name] for name, number in before.items() if number != after[name]}
    one_each = (
        "enrolments",
        "ties",
        "answers",
        "drafts",
        "inbox",
        "looks",
        "snoozes",
        "touchpoints",
        "deliveries",
        "profiles",
        "accounts",
    )
    assert after["forgotten"] == 1
    del gone["forgotten"]
    several = {"notes": 2, "actions": 3, "goals": 2, "words": 11, "abilities": 3, "skills": 1, "not_with": 1}
    several |= dict.fromkeys(("round_left_out", "round_words", "blocks", "partings"), 1)
    assert gone == several | {"erased": -1, "meta": -1} | dict.fromkeys(one_each, 1)


def test_no_directory_brings_back_who_was_erased_but_they_may_come_by_themselves(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    app = application(database, sealer, tombstones)
    app.engine.let_go("acme", lived.ana, erase=True)
    app.engine.take_note("slack", "T-acme", [Member("U-acme-ana", NAME, EMAIL), Member("U-carl", "Carl")])
    with lived.store.unit() as unit:
        assert [person.name for person in unit.people.everybody("acme")] == ["Ben Groß", "Carl"]
    app.engine.handle(Typed(("k",), Sender("slack", "T-acme", "U-acme-ana", name=NAME), "hello"))
    with lived.store.unit() as unit:
        found = unit.people.by_account(Sender("slack", "T-acme", "U-acme-ana"))
        assert found and found[0].id != lived.ana
    with SqlStore(database, Sealer([b"n" * 32, b"k" * 32])).unit() as unit:
        workspace = unit.people.workspace("slack", "T-acme")
        assert workspace and unit.was_forgotten(workspace, "U-acme-ana"), "an older key still knows the mark"
        assert not unit.was_forgotten(workspace, "U-carl")


def test_erasing_twice_changes_nothing_more(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    engine = application(database, sealer, tombstones).engine
    for _ in range(2):
        engine.let_go("acme", lived.ana, erase=True)
    engine.let_go("acme", "nobody", erase=True)
    engine.let_go("another company", lived.ben, erase=True)
    assert erased_ids(database) == [lived.ana]
    assert tombstones.ids() == {lived.ana}
    assert MARK not in opened(database, sealer)
    assert "by Ben for both" in opened(database, sealer)


def test_what_the_unit_of_work_undoes_is_not_erased(lived: Company, database: sa.Engine, sealer: Sealer) -> None:
    before = counts(database)
    with lived.store.unit() as unit:
        person = unit.people.get("acme", lived.ana)
        assert person
        unit.erase(person, NOW)
    assert counts(database) == before
    assert f"{MARK} for both" in opened(database, sealer)


async def test_a_restored_backup_is_made_to_forget_again_at_the_start(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones, tmp_path: Path
) -> None:
    with backup(database, tmp_path) as restored:
        application(database, sealer, tombstones).engine.let_go("acme", lived.ana, erase=True)
        assert NAME.encode() in b"".join(everything(restored))
        app = application(restored, sealer, tombstones)
        async with app.running():
            await app.tick()
            assert NAME.encode() not in b"".join(everything(restored))
            assert EMAIL.encode() not in b"".join(everything(restored))
        assert MARK not in opened(restored, sealer)
        assert erased_ids(restored) == [lived.ana]
        assert brought_back(restored, tombstones.ids()) == []
        assert app.erasures.replay() == 0, "once is enough"


def test_a_start_tells_the_file_whom_another_copy_of_the_bot_has_erased(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones, tmp_path: Path
) -> None:
    application(database, sealer, Tombstones(tmp_path / "of another copy")).engine.let_go(
        "acme", lived.ana, erase=True
    )
    assert tombstones.ids() == frozenset()
    assert application(database, sealer, tombstones).erasures.replay() == 0
    assert tombstones.ids() == {lived.ana}


def test_leavers_are_erased_after_thirty_days(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    app = application(database, sealer, tombstones)
    assert isinstance(app.clock, Dial)
    app.engine.let_go("acme", lived.ana, erase=False)
    assert f"{MARK} for both" in opened(database, sealer)
    app.clock.move_to(NOW + 29 * DAY)
    assert app.erasures.keep() == 0
    app.clock.move_to(NOW + 30 * DAY)
    assert app.erasures.keep() == 1
    assert app.erasures.keep() == 0
    assert MARK not in opened(database, sealer)


async def test_what_was_written_goes_half_a_year_after_the_end(
    lived: Company, database: sa.Engine, sealer: Sealer, tombstones: Tombstones
) -> None:
    app = application(database, sealer, tombstones, Keeping(content_days=182))
    assert isinstance(app.clock, Dial)
    await app.keep_house()
    with lived.store.unit() as unit:
        facts = unit.mentorships.facts("acme", lived.mentorship)
        assert facts
        stop(facts, Step.END, NOW)
        unit.commit()
    app.clock.move_to(NOW + 182 * DAY - MINUTE)
    await app.keep_house()
    assert f"{MARK} for both" in opened(database, sealer)
    app.clock.move_to(NOW + 182 * DAY)
    await app.keep_house()
    assert counts(database)["words"] == 1, "what Ana wants to reach is about no mentorship"
    assert counts(database)["meetings"] == 2


@contextmanager
def backup(database: sa.Engine, folder: Path) -> Iterator[sa.Engine]:
    """Yield a copy of a database as it is now."""
    if database.dialect.name == "sqlite":
        assert database.url.database is not None
        with database.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        file = folder / "restored" / "mentronome.db"
        file.parent.mkdir()
        shutil.copy(database.url.database, file)
        restored = connect(f"sqlite:///{file}")
        yield restored
        restored.dispose()
    else:
        database.dispose()
        with copy_of(database.url.render_as_string(hide_password=False)) as url:
            restored = connect(url)
            yield restored
            restored.dispose()


def test_tombstones_are_one_line_each_and_survive_a_line_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "tombstones"
    stones = Tombstones(file)
    assert stones.ids() == frozenset()
    stones.add([])
    assert not file.exists()
    stones.add(["b", "a"])
    stones.add(["a", "c"])
    assert sorted(file.read_text().split()) == ["a", "b", "c"]
    file.write_text(file.read_text() + "cut sho")
    stones.add(["d"])
    assert {"a", "b", "c", "d"} <= stones.ids()
    assert file.stat().st_mode & 0o777 == 0o600
