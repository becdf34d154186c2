"""A unit of work that the database undid for another's sake is run again, and nobody notices."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY

from bot.app import App
from bot.domain.mentorship import Status
from bot.domain.people import Platform
from bot.messages import Sender, Typed
from bot.store import Sealer, SqlStore, connect
from bot.store.conflicts import may_be_tried_again
from bot.store.queues import Inbox
from bot.store.tables import looks, mentorships, seen
from scheduler.threads import ATTEMPTS, Threads
from tests.contract.company import DAY, NOW, Company
from tests.databases import copy_of, sqlite_file
from tests.world import Chat, Dial

FIRST, SECOND = "a-pair", "b-pair"
_WAIT_FOR_ME = sa.text("SELECT count(*) FROM pg_stat_activity WHERE :me = ANY(pg_blocking_pids(pid))")


def refusals(engine: sa.Engine) -> list[Exception]:
    """Return a list to which every error of a database is added as it comes."""
    found: list[Exception] = []
    sa.event.listen(engine, "handle_error", lambda context: found.append(context.original_exception))
    return found


def run_again() -> float:
    return REGISTRY.get_sample_value("mentronome_units_run_again_total") or 0


# PostgreSQL: two that wait for each other


@pytest.fixture
def server(postgres: str) -> Iterator[sa.Engine]:
    with copy_of(postgres) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def acme(server: sa.Engine, sealer: Sealer) -> Company:
    """Ben mentors Ana in two mentorships, which whoever needs both locks in the order of their ids."""
    acme = Company.founded(SqlStore(server, sealer), "acme")
    acme.pair(FIRST, Status.ACTIVE)
    acme.pair(SECOND, Status.ACTIVE)
    return acme


@pytest.fixture
def app(server: sa.Engine, sealer: Sealer) -> Iterator[App]:
    clock = Dial(NOW)
    app = App(server, sealer, clock, {Platform.SLACK: Chat(clock)})
    yield app
    app.threads.close()


@contextmanager
def rival(server: sa.Engine) -> Iterator[Future[None]]:
    """Hold the second mentorship, and as soon as somebody waits for it, ask for the first, which they hold.

    Who began to wait first looks for a deadlock after a second, and is undone; the rival would look after an hour.
    """
    lock = sa.select(mentorships.c.id).where(mentorships.c.id == sa.bindparam("id")).with_for_update()

    def meet(connection: sa.Connection, me: int) -> None:
        with server.connect() as watch:
            while not watch.scalar(_WAIT_FOR_ME, {"me": me}):
                watch.rollback()
        connection.execute(lock, {"id": FIRST})
        connection.rollback()

    with server.connect() as connection, ThreadPoolExecutor(1) as pool:
        connection.exec_driver_sql("SET deadlock_timeout = '1h'")
        me = connection.scalar(sa.select(sa.func.pg_backend_pid()))
        assert me
        connection.execute(lock, {"id": SECOND})
        yield pool.submit(meet, connection, me)


@pytest.mark.postgres
async def test_a_turn_that_was_undone_by_a_deadlock_is_answered_all_the_same(
    server: sa.Engine, acme: Company, app: App
) -> None:
    errors, before = refusals(server), run_again()
    ana = Sender(Platform.SLACK, "T-acme", f"U-{acme.ana}", "D1")
    async with app.running():
        with rival(server) as meeting:
            answer = await app.answer(Typed(("status of Ana",), ana, "status", slash=True))
            meeting.result()
    assert [getattr(error, "sqlstate", "") for error in errors] == ["40P01"]
    assert answer.show is not None
    assert run_again() == before + 1
    with server.connect() as connection:
        assert connection.scalars(sa.select(seen.c.key)).all() == ["status of Ana"]


@pytest.mark.postgres
async def test_a_look_that_was_undone_by_a_deadlock_is_taken_again(
    server: sa.Engine, acme: Company, app: App
) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.commit()
    errors, before = refusals(server), run_again()
    async with app.running():
        with rival(server) as meeting:
            await app.tick()
            meeting.result()
    assert [getattr(error, "sqlstate", "") for error in errors] == ["40P01"]
    assert run_again() == before + 1
    assert app.looks.overdue(NOW) == 0
    with server.connect() as connection:
        lease: datetime | None = connection.scalar(sa.select(looks.c.leased_until))
    assert lease is None, "the look was saved"


@pytest.mark.postgres
async def test_where_the_server_serializes_who_is_refused_for_it_reads_and_writes_anew(server: sa.Engine) -> None:
    """Both read what the other is about to change; with transactions made serializable only one may commit."""
    errors = refusals(server)
    strict = server.execution_options(isolation_level="SERIALIZABLE")
    threads = Threads(2, may_be_tried_again)
    quicker = ["the other's"]

    def add_one(key: str) -> int:
        with strict.begin() as connection:
            count = len(connection.scalars(sa.select(seen.c.key)).all())
            if quicker:
                add_one(quicker.pop())
            connection.execute(sa.insert(seen).values(key=key, at=NOW))
        return count

    assert await threads.run(add_one, "ours") == 1
    assert [getattr(error, "sqlstate", "") for error in errors] == ["40001"]
    threads.close()


# SQLite: a lock that another process keeps


@contextmanager
def locked_file(folder: Path) -> Iterator[tuple[sa.Engine, Callable[[], None]]]:
    """Yield a database that another process writes to, and what makes that process be done."""
    engine = connect(sqlite_file(folder))
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=1"))
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield engine, other.rollback
    engine.dispose()


async def test_who_finds_the_file_locked_tries_again(tmp_path: Path, sealer: Sealer) -> None:
    with locked_file(tmp_path) as (engine, let_go):
        errors = refusals(engine)
        sa.event.listen(engine, "handle_error", lambda _: let_go())
        inbox, threads = Inbox(engine, sealer), Threads(1, may_be_tried_again)
        await threads.run(inbox.put_many, [Typed(("1",), Sender("slack", "T1", "ana"), "hello")], NOW)
        assert [str(error) for error in errors] == ["database is locked"]
        assert inbox.counts()["waiting"] == 1
        threads.close()


async def test_who_finds_it_locked_again_and_again_is_told_in_the_end(tmp_path: Path) -> None:
    with locked_file(tmp_path) as (engine, _):
        errors, threads = refusals(engine), Threads(1, may_be_tried_again)

        def write() -> None:
            with engine.begin() as connection:
                connection.execute(sa.delete(seen))

        with pytest.raises(sa.exc.OperationalError, match="locked"):
            await threads.run(write)
        assert len(errors) == ATTEMPTS
        threads.close()


# Either


async def test_what_another_run_would_not_mend_is_run_once(database: sa.Engine) -> None:
    threads, runs = Threads(1, may_be_tried_again), []

    def twice_the_same() -> None:
        runs.append(NOW + DAY)
        with database.begin() as connection:
            connection.execute(sa.insert(seen), [{"key": "same", "at": NOW}, {"key": "same", "at": NOW}])

    with pytest.raises(sa.exc.IntegrityError):
        await threads.run(twice_the_same)
    assert len(runs) == 1
    assert not may_be_tried_again(ValueError("no database's"))
    threads.close()
