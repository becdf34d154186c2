"""Many events at once: stored together, all of them handled, and none acknowledged that was not stored."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.domain.people import Person
from bot.messages import Typed
from bot.simulation.company import Company, open_company
from scheduler.ticker import Ticker

MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)
PEOPLE, EACH = 10, 5


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


async def test_however_often_it_is_woken_during_a_tick_one_more_follows() -> None:
    begun, over = asyncio.Semaphore(0), asyncio.Semaphore(0)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        begun.release()
        await over.acquire()

    ticker = Ticker(tick, every=3600)
    ticker.start()
    ticker.wake()
    await begun.acquire()
    for _ in range(100):
        ticker.wake()
    over.release()
    over.release()
    await ticker.stop()
    assert ticks == 2
