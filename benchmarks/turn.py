"""A turn through the engine beside a bare transaction of the very same statements, on a copy of the database.

The statements of each turn are recorded as it runs, and executed by SQLAlchemy Core, with commit, right after it, so
that both meet the same noise. The copy is made before the first turn: each statement finds the rows that it found.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from benchmarks.company import START, Company, open_company
from benchmarks.figures import Figure, median_ms, p99_ms
from bot.domain.meeting import Meeting
from bot.domain.people import Person
from bot.messages import Event, Pressed, Submitted, Typed
from bot.simulation.chat import Message
from bot.store import connect
from bot.store.engine import writing

WARM_UP = 20
MEETS_AT = START + timedelta(days=3)

Statement = tuple[Any, Any]
"""An executable and its parameters."""


async def measure(folder: Path, pairs: int = 220) -> list[Figure]:
    """Measure an agenda handed in, a 'Yes, we met' and a typed line, `pairs` times each; some warm up."""
    posts: dict[str, str] = {}

    def hears(message: Message) -> None:
        if not message.anew:
            posts[message.person_id] = message.delivery_id

    with open_company(folder) as company:
        company.chat.listeners.append(hears)
        mentors, mentees = company.hire(pairs), company.hire(pairs)
        meetings = [company.pair(*both, MEETS_AT) for both in zip(mentors, mentees, strict=True)]
        company.look_at([*mentors, *mentees])

        def agenda(mentee: Person, meeting: Meeting) -> Event:
            values = {"topics": "How to say no\nThe talk in March"}
            return Submitted((uuid4().hex,), company.sender(mentee.id), "agenda.write", meeting.id, values)

        def press(mentee: Person, meeting: Meeting) -> Event:
            card = posts[mentee.id]
            return Pressed((uuid4().hex,), company.sender(mentee.id), "meeting.yes", meeting.id, card=card)

        def typed(mentee: Person, meeting: Meeting) -> Event:
            return Typed((uuid4().hex,), company.sender(mentee.id), "reflect")

        figures: list[Figure] = []
        kinds: tuple[tuple[str, timedelta, Callable[[Person, Meeting], Event]], ...] = (
            ("agenda", timedelta(hours=-20), agenda),
            ("press", timedelta(hours=1), press),
            ("typed", timedelta(hours=1), typed),
        )
        for name, after, event in kinds:
            company.clock.moment = MEETS_AT + after
            await company.app.tick()
            events = [event(*one) for one in zip(mentees, meetings, strict=True)]
            figures += _figures(name, *_beside(company, folder / f"{name}.db", events))
        return figures


def _beside(company: Company, copy: Path, events: Sequence[Event]) -> tuple[list[float], list[float], list[int]]:
    """Return, for each event, the seconds of its turn and of the bare transaction, and how many statements it had."""
    source = str(company.database.url.database)
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as into:
        original.backup(into)
    bare = connect(f"sqlite:///{copy}")
    recorded: list[Statement] = []

    def record(connection: sa.Connection, statement: Any, many: Any, one: Any, options: Any) -> None:
        recorded.append((statement, many or one))

    sa.event.listen(company.database, "before_execute", record)
    turns, bares, counts = [], [], []
    for event in events:
        recorded.clear()
        began = perf_counter()
        company.app.engine.handle(event)
        turns.append(perf_counter() - began)
        counts.append(len(recorded))
        began = perf_counter()
        _replay(bare, recorded)
        bares.append(perf_counter() - began)
    sa.event.remove(company.database, "before_execute", record)
    bare.dispose()
    start = WARM_UP if len(events) > 2 * WARM_UP else 0
    return turns[start:], bares[start:], counts[start:]


def _replay(database: sa.Engine, statements: Sequence[Statement]) -> None:
    with writing(database) as connection:
        for statement, parameters in statements:
            result = connection.execute(statement, parameters)
            if result.returns_rows:
                result.all()


def _figures(name: str, turns: list[float], bares: list[float], counts: list[int]) -> list[Figure]:
    figures = []
    for rank, of in (("p50", median_ms), ("p99", p99_ms)):
        value, base = of(turns), of(bares)
        compared = f"bare transaction {base:.2f} ms, {value / base:.1f}×; target ≤ 2×"
        figures.append(Figure(f"turn.{name}.{rank}", value, "ms", compared))
    statements = sorted(counts)[len(counts) // 2]
    return [*figures, Figure(f"turn.{name}.statements", statements, "statements")]
