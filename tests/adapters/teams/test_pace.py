"""No faster than Teams allows, and nothing lost on the way, whoever is too fast."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters import pace
from adapters.pace import Pace
from adapters.teams.address import Address
from adapters.teams.app import Teams
from adapters.teams.pace import TENANT as IN_TENANT
from adapters.teams.pace import THREAD
from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import card
from bot.ports import Letter
from bot.store import Sealer, SqlStore
from bot.store.conflicts import may_be_tried_again
from bot.store.queues import Deliveries
from scheduler.outbox import Sender
from scheduler.threads import Threads
from tests.adapters.teams.fakes import HandClock
from tests.adapters.teams.microsoft import TENANT, Microsoft
from tests.adapters.teams.pace import Pace as TheirPace
from tests.adapters.teams.reading import read


def test_a_thread_takes_seven_in_a_second_and_eight_in_two(clock: HandClock) -> None:
    kept = Pace(clock, THREAD, IN_TENANT)
    assert [kept.take("t", "a") for _ in range(7)] == [0.0] * 7
    assert kept.take("t", "a") == 1.0
    assert kept.take("t", "b") == 0.0, "another thread is another"
    clock.pass_(seconds=1)
    assert kept.take("t", "a") == 0.0
    assert kept.take("t", "a") == 1.0, "eight in two seconds"
    clock.pass_(seconds=1)
    assert kept.take("t", "a") == 0.0


@pytest.mark.parametrize(("most", "seconds"), [(60, 30), (1800, 3600)])
def test_a_thread_takes_so_many_in_a_longer_time(clock: HandClock, most: int, seconds: int) -> None:
    kept, taken, passed = Pace(clock, THREAD, IN_TENANT), 0, timedelta()
    while passed < timedelta(seconds=seconds):
        while kept.take("t", "a") == 0.0:
            taken += 1
        clock.pass_(milliseconds=500)
        passed += timedelta(milliseconds=500)
    assert taken == most


def test_a_tenant_takes_fifty_in_a_second_whoever_they_go_to(clock: HandClock) -> None:
    kept = Pace(clock, THREAD, IN_TENANT)
    assert [kept.take("t", str(number)) for number in range(50)] == [0.0] * 50
    assert kept.take("t", "another") == 1.0
    assert kept.take("another tenant", "a") == 0.0


def test_a_card_of_many_messages_leaves_whole_when_there_is_room(clock: HandClock) -> None:
    kept = Pace(clock, THREAD, IN_TENANT)
    assert kept.take("t", "a", 3) == 0.0
    assert kept.take("t", "a", 5) == 1.0
    clock.pass_(seconds=30)
    assert kept.take("t", "a", 70) == 0.0, "more than ever fits leaves when nothing else did"
    assert kept.take("t", "a") > 0


def test_only_so_many_threads_are_remembered(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "REMEMBERED", 3)
    kept = Pace(clock, THREAD, IN_TENANT)
    for number in range(7):
        kept.take("t", "first")
        kept.take("t", f"{number}")
    assert kept.take("t", "first") == 1.0, "who is written to is not forgotten"


class Post:
    """An outbox with letters to several people on Teams, and its sender."""

    def __init__(self, database: sa.Engine, teams: Teams, microsoft: Microsoft, clock: HandClock) -> None:
        self.microsoft, self.clock = microsoft, clock
        self.queue = Deliveries(database, Sealer([bytes(32)]))
        self._store = SqlStore(database, Sealer([bytes(32)]))
        threads = Threads(1, may_be_tried_again)
        self._sender = Sender(self.queue, {Platform.TEAMS: teams.messenger}, lambda _, now: now, clock, threads)
        self._organization = Organization(new_id(), "Sample")
        self._workspace = Workspace(new_id(), self._organization.id, Platform.TEAMS, TENANT, "Sample")
        with self._store.unit() as unit:
            unit.people.add(self._organization)
            unit.people.add(self._workspace)
            unit.commit()

    def write(self, name: str, *texts: str) -> None:
        person = Person(new_id(), self._organization.id, name)
        address = Address(f"a:{name}", self.microsoft.service_url, TENANT).dump()
        ids = new_id(), person.organization_id, self._workspace.id, person.id
        account = Account(*ids, Platform.TEAMS, f"aad-{name}", address)
        with self._store.unit() as unit:
            unit.people.add(person)
            unit.people.add(account)
            unit.commit()
        with self._store.unit() as unit:
            for text in texts:
                letter = Letter(new_id(), person.organization_id, account.id, card(text), self.clock.now())
                unit.outbox.put(letter)
            unit.commit()

    async def until_all_have_left(self) -> int:
        """Let time pass, a quarter of a second at a time and two minutes at most; return how many seconds it took."""
        for steps in range(4 * 120):
            await self._sender.flush()
            if self.queue.earliest() is None:
                return steps // 4
            self.clock.pass_(milliseconds=250)
        raise AssertionError("not all have left")

    def read(self, name: str) -> list[str]:
        return [read(posted.card).text for posted in self.microsoft.chats.get(f"a:{name}", [])]


@pytest.fixture
def post(database: sa.Engine, teams: Teams, microsoft: Microsoft, clock: HandClock) -> Post:
    return Post(database, teams, microsoft, clock)


async def test_twenty_messages_to_one_person_come_in_order_and_none_is_refused(post: Post) -> None:
    said = [f"Message {number}" for number in range(20)]
    post.write("ana", *said)
    assert 4 <= await post.until_all_have_left() <= 6
    assert post.read("ana") == said
    assert post.microsoft.calls["post"] == 20, "each was tried once"


async def test_a_hundred_and_twenty_people_are_written_to_within_seconds(post: Post) -> None:
    for number in range(120):
        post.write(f"person-{number}", "Hello")
    assert await post.until_all_have_left() <= 3
    assert all(post.read(f"person-{number}") == ["Hello"] for number in range(120))
    assert post.microsoft.calls["post"] == 120


async def test_where_another_copy_is_as_fast_teams_says_so_and_is_obeyed(post: Post) -> None:
    post.microsoft.pace = busy = TheirPace()
    for _ in range(7):
        busy.wait(post.clock.now(), "a:ana", TENANT)
    said = [f"Message {number}" for number in range(9)]
    post.write("ana", *said)
    await post.until_all_have_left()
    assert post.read("ana") == said
    assert post.microsoft.calls["post"] > 9
