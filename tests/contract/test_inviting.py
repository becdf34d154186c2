"""A round that many are in, and two who change it at once: few statements, no stale word, no seat given twice."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from bot.engine import Engine
from bot.matching.outcome import Alternative
from bot.rounds.round import RoundStep
from bot.store import Sealer, SqlStore, connect
from bot.store.seats import LEFT
from bot.store.tables import round_pairs, rounds
from tests.contract.company import NOW
from tests.contract.seekers import ORG, Seekers
from tests.contract.test_store_locks import at_once
from tests.contract.test_store_rounds import REPORT
from tests.databases import copy_of
from tests.world import Dial

READ_AT_ONCE = ("FROM people", "FROM profiles \n", "FROM not_with")
"""What is read of everybody in a batch of pairs by one statement."""


WAIT_FOR = sa.text("SELECT count(*) FROM pg_stat_activity WHERE :me = ANY(pg_blocking_pids(pid))")


@pytest.fixture
def server(postgres: str) -> Iterator[sa.Engine]:
    with copy_of(postgres) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


def proposed(company: Seekers, round_id: str, *, approved: bool = True) -> None:
    """Save a round whose pairs were found, and let Ada approve it."""
    company.begin(round_id)
    with company.store.unit() as unit:
        of = unit.rounds.get(ORG, round_id)
        assert of
        of.step(RoundStep.FIND, NOW)
        of.report = REPORT
        unit.commit()
    if approved:
        company.step(RoundStep.APPROVE, round_id)


def keep(database: sa.Engine, round_id: str, *pairs: tuple[str, str]) -> None:
    """Save the pairs of a round; each may have m1 and m2 instead."""
    others = (Alternative("m1", 5, (), free=True), Alternative("m2", 4, (), free=True))
    rows = [
        {
            "id": f"{round_id}-{place}",
            "organization_id": ORG,
            "round_id": round_id,
            "place": place,
            "mentor_id": mentor,
            "seeker_id": seeker,
            "score": 9_000,
            "reasons": (),
            "alternatives": others,
            "pinned": False,
            "dropped": False,
        }
        for place, (mentor, seeker) in enumerate(pairs)
    ]
    with database.begin() as connection:
        connection.execute(sa.insert(round_pairs), rows)


def test_the_people_of_a_batch_are_read_by_few_statements(store: SqlStore, database: sa.Engine) -> None:
    company = Seekers.founded(store, 30, 30)
    proposed(company, "round")
    keep(database, "round", *((f"m{number}", f"s{number}") for number in range(30)))
    said = Counter[str]()

    @sa.event.listens_for(database, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *rest: Any) -> None:
        said.update(what for what in READ_AT_ONCE if what in statement and "manager_email != " not in statement)

    Engine(store, Dial(NOW)).rounds.invite(ORG, "round")
    assert all(pair.mentorship_id for pair in company.pairs())
    assert max(said.values()) <= 3, said


def test_seats_are_counted_of_those_alone_who_are_asked_for(database: sa.Engine) -> None:
    if database.dialect.name == "sqlite":
        with database.connect() as connection:
            compiled = LEFT.params(ids=["m0", "m1"]).compile(database, compile_kwargs={"literal_binds": True})
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]
        assert not [line for line in plan if line.startswith("SCAN") and "anon" not in line], plan


@pytest.mark.postgres
def test_who_gives_somebody_another_mentor_sees_what_was_done_a_moment_before(
    server: sa.Engine, sealer: Sealer
) -> None:
    """Two who run the programme open one pair: the first lets m1 have it, while the second waits to let m2."""
    store = SqlStore(server, sealer)
    company = Seekers.founded(store, 3, 1)
    proposed(company, "round", approved=False)
    keep(server, "round", ("m0", "s0"))

    def let_m2_have_it() -> str:
        with store.unit() as unit:
            pair = unit.rounds.pair(ORG, "round-0")
            assert pair
            before = pair.mentor_id
            unit.rounds.take(pair, "m2")
        return before

    with server.connect() as first, server.connect() as watch, ThreadPoolExecutor(1) as pool:
        me = first.scalar(sa.select(sa.func.pg_backend_pid()))
        first.execute(sa.select(rounds.c.id).with_for_update())
        second = pool.submit(let_m2_have_it)
        while not watch.scalar(WAIT_FOR, {"me": me}):
            watch.rollback()
        first.execute(sa.update(round_pairs).values(mentor_id="m1"))
        first.commit()
        assert second.result() == "m1"


def test_two_rounds_that_share_the_last_seats_of_a_mentor_give_each_once(
    store: SqlStore, database: sa.Engine
) -> None:
    company = Seekers.founded(store, 1, 6)
    for round_id, seekers in (("one", ("s0", "s1", "s2")), ("two", ("s3", "s4", "s5"))):
        proposed(company, round_id)
        keep(database, round_id, *(("m0", seeker) for seeker in seekers))
    engine = Engine(store, Dial(NOW))
    at_once(lambda: engine.rounds.invite(ORG, "one"), lambda: engine.rounds.invite(ORG, "two"))
    invited = [pair for round_id in ("one", "two") for pair in company.pairs(round_id) if pair.mentorship_id]
    assert len(invited) == 2
    with store.unit() as unit:
        assert unit.rounds.seats(["m0"]) == {"m0": 0}
