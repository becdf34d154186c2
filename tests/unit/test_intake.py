"""Many events at once: stored together, all of them handled, and none acknowledged that was not stored."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.clock import SystemClock
from bot.domain.people import Person, Platform
from bot.messages import Typed
from bot.ports import Parcel, SendFailed
from bot.simulation.company import Company, open_company
from bot.store import Sealer
from scheduler import ticker
from scheduler.ticker import LATE, Ticker
from tests.world import KEY

MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)
PEOPLE, EACH = 10, 5
PATIENCE = 20.0
"""Seconds until a test gives up; none of them takes one."""


def typed(company: Company, person: int, number: int) -> Typed:
    return Typed((f"{person}.{number}",), company.sender(f"p{person}"), "hello")


def employ(company: Company) -> None:
    company.add(Person(f"p{number}", company.organization.id, f"Person {number}") for number in range(PEOPLE))


async def test_what_comes_at_once_is_stored_by_few_commits_and_handled_to_the_last(tmp_path: Path) -> None:
    groups: list[int] = []

    def counted(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith("INSERT INTO inbox"):
            groups.append(len(parameters) if many else 1)

    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        sa.event.listen(company.database, "before_cursor_execute", counted)

        async def write(person: int) -> None:
            for number in range(EACH):
                await company.app.accept(typed(company, person, number))

        async with company.app.running():
            await asyncio.gather(*map(write, range(PEOPLE)))
        assert sum(groups) == PEOPLE * EACH
        assert len(groups) <= 3 * EACH
        assert company.app.inbox.counts()["waiting"] == 0
        assert company.chat.messages >= PEOPLE * EACH


async def test_nobody_of_a_group_that_could_not_be_stored_is_told_that_it_was(tmp_path: Path) -> None:
    def refused(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith("INSERT INTO inbox"):
            raise OSError("the disk is full")

    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        sa.event.listen(company.database, "before_cursor_execute", refused)
        events = [company.app.accept(typed(company, person, 0)) for person in range(PEOPLE)]
        told = await asyncio.gather(*events, return_exceptions=True)
        assert {type(outcome) for outcome in told} == {OSError}
        sa.event.remove(company.database, "before_cursor_execute", refused)
        async with company.app.running():
            await company.app.accept(typed(company, 1, 1))
        assert company.chat.messages == 1


async def test_who_hangs_up_takes_nobody_along(tmp_path: Path) -> None:
    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        async with company.app.running():
            first, second = (asyncio.create_task(company.app.accept(typed(company, n, 0))) for n in range(2))
            await asyncio.sleep(0)
            first.cancel()
            await second
            await asyncio.wait([first])
            assert first.cancelled()
        assert company.chat.messages == 2


async def test_the_first_are_answered_while_a_crowd_is_still_being_heard(tmp_path: Path) -> None:
    waiting: list[int] = []
    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        company.chat.listeners.append(lambda _: waiting.append(company.app.inbox.counts()["waiting"]))
        async with company.app.running():
            events = [typed(company, person, number) for person in range(PEOPLE) for number in range(EACH)]
            await asyncio.gather(*map(company.app.accept, events))
        assert waiting[0] > PEOPLE * EACH / 2, "the first reply did not wait until all were heard"
        assert company.app.deliveries.earliest() is None


class Hesitant:
    """Writes to somebody once it may; where it is told how many seconds are to pass, it says so the first time."""

    def __init__(self, wait: float = 0.0) -> None:
        self.called, self.may, self.sent = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.wait = wait

    async def send(self, parcel: Parcel) -> str:
        self.called.set()
        if wait := self.wait:
            self.wait = 0.0
            raise SendFailed("paced", wait, busy=True)
        await self.may.wait()
        self.sent.set()
        return parcel.delivery_id

    async def find(self, parcel: Parcel) -> str | None:
        return None


async def test_while_somebody_is_slow_to_be_written_to_others_are_heard(tmp_path: Path) -> None:
    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        hesitant = Hesitant()
        app = App(company.database, Sealer([KEY]), company.clock, {Platform.PLAYGROUND: hesitant})
        async with app.running(), asyncio.timeout(PATIENCE):
            await app.accept(typed(company, 0, 0))
            await hesitant.called.wait()
            await app.accept(typed(company, 1, 0))
            while app.inbox.counts()["waiting"]:
                await asyncio.sleep(0)
            hesitant.may.set()
        assert app.deliveries.earliest() is None


async def test_what_is_held_back_for_a_moment_leaves_then_and_not_with_the_next_tick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "EVERY", 3600.0)
    with open_company(tmp_path, MONDAY) as company:
        employ(company)
        held = Hesitant(wait=0.3)
        held.may.set()
        app = App(company.database, Sealer([KEY]), SystemClock(), {Platform.PLAYGROUND: held})
        async with app.running(), asyncio.timeout(PATIENCE):
            await app.accept(typed(company, 0, 0))
            await held.sent.wait()


async def test_an_alarm_rings_once_and_what_was_said_last_counts() -> None:
    ticked = asyncio.Semaphore(0)

    async def tick() -> None:
        ticked.release()

    alarmed = Ticker(tick, every=3600)
    alarmed.wake_in(0)
    alarmed.start()
    for seconds in (0.0, 0.0, 7200.0, 600.0, 0.0):
        alarmed.wake_in(seconds)
    await ticked.acquire()
    alarmed.wake_in(0.0)
    await alarmed.stop()
    alarmed.wake()
    alarmed.wake_in(0.0)
    later = asyncio.Event()
    asyncio.get_running_loop().call_later(2 * LATE, later.set)
    await later.wait()
    assert ticked.locked(), "before the start and after the end nothing wakes it"


async def test_however_often_it_is_woken_during_a_tick_one_more_follows() -> None:
    begun, over = asyncio.Semaphore(0), asyncio.Semaphore(0)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        begun.release()
        await over.acquire()

    woken = Ticker(tick, every=3600)
    woken.start()
    woken.wake()
    await begun.acquire()
    for _ in range(100):
        woken.wake()
    over.release()
    over.release()
    await woken.stop()
    assert ticks == 2
