"""A turn through the engine beside bare transactions of the very same statements, each on a copy of the database.

The statements of each turn are recorded as it runs, and executed, with commit, right after it, so that all meet the
same noise: once in a bare session, which loads the same objects and does nothing with them, and once as bare SQL,
which brings rows. What the turn takes beyond the first is ours; what the first takes beyond the second is the price
of mapped objects. The copies are made before the first turn: each statement finds the rows that it found.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session

from benchmarks.company import START, Company, open_company
from benchmarks.figures import Figure, median_ms, p99_ms
from bot.domain.meeting import Meeting
from bot.domain.people import Person
from bot.messages import Event, Pressed, Submitted, Typed
from bot.simulation.chat import Message
from bot.store import connect
from bot.store.engine import turnstile, writing

WARM_UP = 20
MEETS_AT = START + timedelta(days=3)

Statement = tuple[Any, Any, Any]
"""An executable, its parameters, and options of its execution."""


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
            figures += _figures(name, _beside(company, folder, events))
        return figures


class Recorder:
    """Writes down what a turn asks of its session, and what SQL leaves for the database, each in its order."""

    def __init__(self) -> None:
        self.asked: list[Statement] = []
        self.sent: list[Statement] = []
        self._awaited = False

    def listen(self, database: sa.Engine) -> None:
        """Write down whatever is executed from now on."""
        sa.event.listen(Session, "do_orm_execute", self._ask)
        sa.event.listen(database, "before_execute", self._send)

    def stop(self, database: sa.Engine) -> None:
        """Write down nothing more."""
        sa.event.remove(Session, "do_orm_execute", self._ask)
        sa.event.remove(database, "before_execute", self._send)

    def clear(self) -> None:
        """Begin a new turn."""
        self.asked.clear()
        self.sent.clear()

    def _ask(self, state: ORMExecuteState) -> None:
        self.asked.append((state.statement, state.parameters, state.local_execution_options))
        self._awaited = True

    def _send(self, connection: sa.Connection, statement: Any, many: Any, one: Any, options: Any) -> None:
        """Between a question to the session and its own SELECT, changes that were not written yet may be sent."""
        self.sent.append((statement, many or one, None))
        if self._awaited and isinstance(statement, sa.Select):
            self._awaited = False
        else:
            self.asked.append(self.sent[-1])


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each turn, of the same statements in a bare session, and of the same SQL."""

    turns: list[float] = field(default_factory=list)
    sessions: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    """How many statements each turn had."""

    def warm(self) -> "Times":
        """Leave out the first ones, where there are enough."""
        start = WARM_UP if len(self.turns) > 2 * WARM_UP else 0
        return Times(self.turns[start:], self.sessions[start:], self.sql[start:], self.counts[start:])


def _beside(company: Company, folder: Path, events: Sequence[Event]) -> Times:
    """Handle some events, and execute the statements of each twice more."""
    with _copy(company, folder / "session.db") as in_session, _copy(company, folder / "sql.db") as bare:
        recorder, times = Recorder(), Times()
        recorder.listen(company.database)
        for event in events:
            recorder.clear()
            times.turns.append(_seconds(company.app.engine.handle, event))
            asked, sent = list(recorder.asked), list(recorder.sent)
            times.counts.append(len(sent))
            times.sessions.append(_seconds(_ask, in_session, asked))
            times.sql.append(_seconds(_send, bare, sent))
        recorder.stop(company.database)
    return times.warm()


@contextmanager
def _copy(company: Company, path: Path) -> Iterator[sa.Engine]:
    source = str(company.database.url.database)
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(path)) as into:
        original.backup(into)
    engine = connect(f"sqlite:///{path}")
    yield engine
    engine.dispose()
    path.unlink()


def _seconds(function: Callable[..., object], *args: object) -> float:
    began = perf_counter()
    function(*args)
    return perf_counter() - began


def _ask(database: sa.Engine, asked: Sequence[Statement]) -> None:
    with turnstile(database), Session(database) as session:
        for statement, parameters, options in asked:
            result = session.execute(statement, parameters, execution_options=options or {})
            if not isinstance(result, sa.CursorResult) or result.returns_rows:
                result.all()
        session.commit()


def _send(database: sa.Engine, sent: Sequence[Statement]) -> None:
    with writing(database) as connection:
        for statement, parameters, _ in sent:
            result = connection.execute(statement, parameters)
            if result.returns_rows:
                result.all()


def _figures(name: str, times: Times) -> list[Figure]:
    figures = []
    for rank, of in (("p50", median_ms), ("p99", p99_ms)):
        value, session, sql = of(times.turns), of(times.sessions), of(times.sql)
        in_session = f"the same statements in a bare session {session:.2f} ms, {value / session:.1f}×; target ≤ 2×"
        figures.append(Figure(f"turn.{name}.{rank}", value, "ms", in_session))
        figures.append(
            Figure(f"turn.{name}.{rank}.sql", sql, "ms", f"the same as bare SQL; the turn is {value / sql:.1f}×")
        )
    statements = sorted(times.counts)[len(times.counts) // 2]
    return [*figures, Figure(f"turn.{name}.statements", statements, "statements")]
