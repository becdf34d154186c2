"""What an operator's machines ask, by `/readyz` and `/metrics`: quick however much waits, and of nobody by name."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from adapters.http import http_app
from bot.app import App
from bot.domain.people import Account, Person, Platform
from bot.messages import Sender, Typed
from bot.store import Sealer
from bot.store.tables import seen
from tests.contract.company import DAY, NOW, Company
from tests.world import Chat, Dial

MINUTE = timedelta(minutes=1)
WAITING = {
    "mentronome_deliveries_waiting": 0.0,
    "mentronome_deliveries_due": 0.0,
    "mentronome_deliveries_dead": 0.0,
    "mentronome_deliveries_oldest_due_seconds": 0.0,
    "mentronome_inbox_waiting": 0.0,
    "mentronome_looks_overdue": 0.0,
}


@pytest.fixture
def clock() -> Dial:
    return Dial(NOW)


@pytest.fixture
def chat(clock: Dial) -> Chat:
    return Chat(clock)


@pytest.fixture
def app(database: sa.Engine, sealer: Sealer, clock: Dial, chat: Chat) -> Iterator[App]:
    app = App(database, sealer, clock, {Platform.SLACK: chat})
    yield app
    app.threads.close()


@asynccontextmanager
async def scraper(app: App) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(http_app([], app.ready, metrics=app.metrics))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def scraped(app: App) -> dict[str, float]:
    """Return our own metrics as they are told, by name."""
    async with scraper(app) as client:
        text = (await client.get("/metrics")).text
    lines = (line.split() for line in text.splitlines() if line.startswith("mentronome_"))
    return {name: float(value) for name, value in lines if not name.endswith("_created")}


async def grown(app: App, before: dict[str, float]) -> dict[str, float]:
    """Return by how much the counters have grown."""
    now = await scraped(app)
    grew = {name.removeprefix("mentronome_"): value - before[name] for name, value in now.items()}
    return {name: by for name, by in grew.items() if by and name.endswith("_total")}


async def test_where_nothing_waits_everything_is_well(app: App) -> None:
    assert app.ready() == {"database": "ok", "dead_letters": "ok", "sender": "ok"}
    assert WAITING.items() <= (await scraped(app)).items()


async def test_a_sender_that_is_late_is_told_by_minutes(acme: Company, app: App, clock: Dial) -> None:
    acme.post("hello")
    clock.move_to(NOW + 5 * MINUTE)
    assert app.ready()["sender"] == "ok"
    clock.move_to(NOW + 12 * MINUTE)
    async with scraper(app) as client:
        ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["sender"]) == (503, "behind by 12 min")
    await app.tick()
    assert app.ready()["sender"] == "ok"


async def test_one_person_who_cannot_be_reached_for_now_makes_nobody_late(
    acme: Company, app: App, clock: Dial, chat: Chat
) -> None:
    chat.busy.add("D1")
    for text in ("first", "second"):
        acme.post(text)
    await app.tick()
    clock.move_to(NOW + 30 * MINUTE)
    await app.tick()
    assert app.ready()["sender"] == "ok"
    assert (await scraped(app))["mentronome_deliveries_oldest_due_seconds"] == 30 * 60


async def test_what_was_given_up_is_told_and_very_many_are_not_counted_to_the_end(
    acme: Company, app: App, chat: Chat
) -> None:
    chat.refuses["D1"] = "blocked"
    for _ in range(3):
        acme.post("hello")
    await app.tick()
    assert app.ready()["dead_letters"] == "ok, 3 given up"
    for _ in range(100):
        acme.post("hello")
    await app.tick()
    assert app.ready()["dead_letters"] == "ok, 100 or more given up"
    assert (await scraped(app))["mentronome_deliveries_dead"] == 103


async def test_what_waits_is_told_as_it_stands(acme: Company, app: App, clock: Dial) -> None:
    acme.post("tomorrow", NOW + DAY)
    assert (WAITING | {"mentronome_deliveries_waiting": 1.0}).items() <= (await scraped(app)).items()
    acme.post("now")
    app.inbox.put_many([Typed((key,), Sender("slack", "T1", key), "hello") for key in "abc"], NOW)
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.touches.look_by("acme", acme.ben, NOW + DAY)
        unit.commit()
    clock.move_to(NOW + MINUTE)
    expected = {
        **WAITING,
        "mentronome_deliveries_waiting": 2.0,
        "mentronome_deliveries_due": 1.0,
        "mentronome_deliveries_oldest_due_seconds": 60.0,
        "mentronome_inbox_waiting": 3.0,
        "mentronome_looks_overdue": 1.0,
    }
    assert expected.items() <= (await scraped(app)).items()


async def test_what_was_done_is_counted(acme: Company, app: App, clock: Dial, chat: Chat) -> None:
    before = await scraped(app)
    with acme.store.unit() as unit:
        unit.people.add(Person("cleo", "acme", "Cleo, who is in no mentorship", account_id="cleo"))
        unit.people.add(Account("cleo", "acme", "acme-slack", "cleo", Platform.SLACK, "U-cleo", "D2"))
        unit.touches.look_by("acme", "cleo", NOW)
        unit.commit()
    app.inbox.put_many([Typed(("1",), Sender(Platform.SLACK, "T-acme", "U-cleo", "D2"), "nobody knows this")], NOW)
    await app.tick()
    assert await grown(app, before) == {"turns_total": 1, "looks_total": 1, "messages_sent_total": 1}
    acme.post("too late", valid_until=NOW)
    chat.busy.add("D1")
    acme.post("to somebody busy")
    await app.tick()
    more = await grown(app, before)
    assert (more["messages_dropped_total"], more["messages_retried_total"]) == (1, 1)
    chat.busy.clear()
    chat.refuses["D1"] = "blocked"
    clock.move_to(NOW + 9 * MINUTE)
    await app.tick()
    assert (await grown(app, before))["messages_dead_total"] == 1


async def test_every_metric_is_in_the_operators_manual_and_no_other(app: App) -> None:
    manual = (Path(__file__).parent.parent.parent / "docs" / "operating.md").read_text(encoding="utf-8")
    told = {name for name in await scraped(app) if "_test_" not in name}
    assert set(re.findall(r"^\| `(mentronome_\w+)` \|", manual, re.MULTILINE)) == told


async def test_no_metric_has_a_label_that_could_name_a_person_or_hold_a_word(acme: Company, app: App) -> None:
    acme.post("xylophone")
    await app.tick()
    async with scraper(app) as client:
        text = (await client.get("/metrics")).text
    for told in (acme.ana, acme.id, "xylophone", "D1"):
        assert told not in text
    assert re.findall(r"^mentronome_\w+\{.*", text, re.MULTILINE) == []


async def test_without_its_database_a_process_still_tells_what_it_has_done(app: App, database: sa.Engine) -> None:
    before = await scraped(app)
    with database.begin() as connection:
        for table in ("touchpoints", "deliveries"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    assert app.ready()["database"] in ("OperationalError", "ProgrammingError")
    assert set(before) - set(await scraped(app)) == set(WAITING)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_question_walks_through_a_whole_table(acme: Company, app: App, database: sa.Engine) -> None:
    asked: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("SELECT", "DELETE", "UPDATE")):
            asked.append((statement, parameters))

    with acme.store.unit() as unit:
        unit.first_time(["old"], NOW - 90 * DAY)
        unit.commit()
    sa.event.listen(database, "before_cursor_execute", note)
    app.ready()
    app.metrics()
    place = None
    while True:
        _, place = app.housekeeping.sweep(NOW, place)
        if place is None:
            break
    sa.event.remove(database, "before_cursor_execute", note)
    with database.connect() as connection:
        assert connection.scalars(sa.select(seen.c.key)).all() == []
        plans = {
            statement: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
        }
    assert len(plans) >= 8
    for statement, steps in plans.items():
        walks = [step for step in steps if step.startswith("SCAN ") and " INDEX " not in step and "anon_" not in step]
        assert walks == [] or "CONSTANT" in walks[0], statement
        sorts = any("TEMP B-TREE" in step for step in steps)
        assert not sorts or "JOIN rounds" in statement, f"only what goes with old rounds is sorted: {statement}"
