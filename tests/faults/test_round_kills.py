"""Kill -9 while a round runs and while it invites: it goes on, and there is one mentorship for each pair.

The process dies just before and just after each of its commits in turn, until one of its lives comes to an end.
"""

import signal
from collections import Counter
from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.mentorship import Role, Status
from bot.rounds.round import RoundStatus, RoundStep
from bot.store import Sealer, SqlStore, connect
from bot.store.tables import mentorships, participants, round_left_out
from tests.contract.seekers import Seekers
from tests.databases import sqlite_file
from tests.faults.round_victim import live
from tests.world import KEY

pytestmark = pytest.mark.faults

MENTORS, SEEKERS = 12, 25

_forks = get_context("forkserver")
_forks.set_forkserver_preload(["tests.faults.round_victim"])


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_file(tmp_path)


@pytest.fixture
def company(url: str) -> Iterator[Seekers]:
    database = connect(url)
    yield Seekers.founded(SqlStore(database, Sealer([KEY])), MENTORS, SEEKERS)
    database.dispose()


def live_until(url: str, company: Seekers, status: RoundStatus) -> int:
    """Let processes live, each up to a later moment than the one before, until a round has come so far."""
    for last in count(1):
        end = _end_of(url, last)
        assert end in (0, -signal.SIGKILL)
        if company.round().status is status:
            return last
        let_the_lease_pass(url)
    raise AssertionError


def let_the_lease_pass(url: str) -> None:
    """Wait, without waiting, until what a dead process held is free again."""
    database = connect(url)
    with database.begin() as connection:
        past = sa.text("UPDATE rounds SET leased_until = '2000-01-01 00:00:00' WHERE leased_until IS NOT NULL")
        connection.execute(past)
    database.dispose()


def _end_of(url: str, last: int) -> int | None:
    """Let a process live up to a moment, and return how it has ended."""
    process = _forks.Process(target=live, args=(url, last))
    process.start()
    process.join()
    return process.exitcode


def test_a_round_goes_on_whenever_its_process_dies(url: str, company: Seekers) -> None:
    company.begin()
    deaths = live_until(url, company, RoundStatus.READY)
    assert deaths > 3
    pairs = company.pairs()
    assert len(pairs) == 2 * MENTORS
    assert len({pair.seeker_id for pair in pairs}) == 2 * MENTORS
    assert sorted(pair.place for pair in pairs) == list(range(2 * MENTORS))
    database = connect(url)
    with database.connect() as connection:
        assert len(connection.execute(sa.select(round_left_out)).all()) == SEEKERS - 2 * MENTORS
    database.dispose()


def test_each_pair_is_invited_once_whenever_the_process_dies(url: str, company: Seekers) -> None:
    company.begin()
    assert _end_of(url, 0) == 0
    company.step(RoundStep.APPROVE)
    deaths = live_until(url, company, RoundStatus.INVITED)
    assert deaths > 5
    pairs = company.pairs()
    invited = Counter(pair.mentorship_id for pair in pairs)
    assert set(invited.values()) == {1}
    assert None not in invited
    database = connect(url)
    with database.connect() as connection:
        rows = connection.execute(sa.select(mentorships.c.id, mentorships.c.status))
        saved = {row.id: row.status for row in rows}
        seats = connection.execute(
            sa.select(participants.c.mentorship_id, participants.c.person_id, participants.c.role)
        )
        seated = {tuple(row) for row in seats}
    database.dispose()
    assert saved == dict.fromkeys(invited, Status.PROPOSED)
    assert seated == {
        (pair.mentorship_id, person, role)
        for pair in pairs
        for person, role in ((pair.mentor_id, Role.MENTOR), (pair.seeker_id, Role.MENTEE))
    }
