"""The unit of work: one transaction with all repositories, undone unless it is committed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.records import AuditEntry
from bot.ports import Drafts, Mentorships, Outbox, People, Programs, Touches, UnitOfWork, Words
from bot.store.drafts import SqlDrafts
from bot.store.engine import turnstile
from bot.store.mentorships import SqlMentorships
from bot.store.outbox import SqlOutbox
from bot.store.people import SqlPeople
from bot.store.programs import SqlPrograms
from bot.store.sealing import Sealer
from bot.store.tables import seen
from bot.store.touches import SqlTouches
from bot.store.upserts import insert_new
from bot.store.words import SqlWords

_SEEN = insert_new(seen)


class SqlUnit:
    """`bot.ports.UnitOfWork` over one session."""

    people: People
    programs: Programs
    mentorships: Mentorships
    words: Words
    drafts: Drafts
    outbox: Outbox
    touches: Touches

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self._session = session
        self._connection = connection = session.connection()
        self._looks = SqlTouches(connection)
        self.people = SqlPeople(session)
        self.programs = SqlPrograms(session)
        self.mentorships = SqlMentorships(session, connection, self._looks)
        self.words = SqlWords(session, connection, sealer)
        self.drafts = SqlDrafts(session, sealer)
        self.outbox = SqlOutbox(connection, sealer)
        self.touches = self._looks

    def first_time(self, keys: Iterable[str], now: datetime) -> bool:
        """Note the ids of an event; False where one of them was seen before."""
        statement = _SEEN[self._connection.dialect.name]
        added = [self._connection.scalar(statement, {"key": key, "at": now}) for key in sorted(set(keys))]
        return None not in added

    def audit(self, entry: AuditEntry) -> None:
        """Note that somebody did something grave."""
        self._session.add(entry)

    def commit(self) -> None:
        """Save everything."""
        self._session.flush()
        self._looks.flush()
        self._session.commit()


class SqlStore:
    """`bot.ports.Store` on SQLite or PostgreSQL."""

    def __init__(self, engine: sa.Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Begin a transaction that writes; leaving it without `commit` undoes it."""
        with turnstile(self._engine), Session(self._engine, expire_on_commit=False) as session:
            yield SqlUnit(session, self._sealer)
