"""The unit of work: one transaction with all repositories, undone unless it is committed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.people import FORMER, Person, Workspace
from bot.domain.records import AuditEntry
from bot.ports import (
    Belongings,
    Blocks,
    Drafts,
    Enrolments,
    Mentorships,
    Outbox,
    Partings,
    People,
    Profiles,
    Programs,
    Rounds,
    Skills,
    Ties,
    Touches,
    Trail,
    UnitOfWork,
    Words,
)
from bot.store.belongings import belongings
from bot.store.blocks import SqlBlocks
from bot.store.drafts import SqlDrafts
from bot.store.engine import turnstile
from bot.store.erasing import forget_person, forget_words, was_forgotten
from bot.store.mentorships import SqlMentorships
from bot.store.outbox import SqlOutbox
from bot.store.own import SqlEnrolments, SqlTies
from bot.store.partings import SqlPartings
from bot.store.people import SqlPeople
from bot.store.profiles import SqlProfiles
from bot.store.programs import SqlPrograms
from bot.store.rounds import SqlRounds
from bot.store.scrubbing import mark, scrub
from bot.store.sealing import Sealer
from bot.store.skills import SqlSkills
from bot.store.tables import seen
from bot.store.tombstones import Tombstones
from bot.store.touches import SqlTouches
from bot.store.trail import SqlTrail
from bot.store.tying import join
from bot.store.upserts import insert_new
from bot.store.words import SqlWords

_SEEN = insert_new(seen)


class SqlUnit:
    """`bot.ports.UnitOfWork` over one session."""

    people: People
    profiles: Profiles
    skills: Skills
    enrolments: Enrolments
    ties: Ties
    programs: Programs
    mentorships: Mentorships
    rounds: Rounds
    blocks: Blocks
    partings: Partings
    words: Words
    drafts: Drafts
    outbox: Outbox
    touches: Touches
    trail: Trail

    def __init__(self, session: Session, sealer: Sealer, bury: Callable[[Collection[str]], None]) -> None:
        self._session = session
        self._sealer = sealer
        self._bury = bury
        self._to_erase: dict[str, tuple[tuple[str, str], datetime]] = {}
        self._to_join: list[tuple[str, str]] = []
        self._connection = connection = session.connection()
        self._looks = SqlTouches(connection)
        self.people = SqlPeople(session)
        self.profiles = SqlProfiles(session, connection, sealer)
        self.skills = SqlSkills(connection, sealer)
        self.enrolments = SqlEnrolments(session)
        self.ties = SqlTies(session, lambda keep, gone: self._to_join.append((keep, gone)))
        self.programs = SqlPrograms(session)
        self.mentorships = SqlMentorships(session, connection, self._looks)
        self.rounds = SqlRounds(session)
        self.blocks = SqlBlocks(connection)
        self.partings = SqlPartings(session)
        self.words = SqlWords(session, connection, sealer)
        self.drafts = SqlDrafts(session, sealer)
        self.outbox = SqlOutbox(connection, sealer)
        self.touches = self._looks
        self.trail = SqlTrail(session)

    def first_time(self, keys: Iterable[str], now: datetime) -> bool:
        """Note the ids of an event; False where one of them was seen before."""
        statement = _SEEN[self._connection.dialect.name]
        added = [self._connection.scalar(statement, {"key": key, "at": now}) for key in sorted(set(keys))]
        return None not in added

    def audit(self, entry: AuditEntry) -> None:
        """Note that somebody did something grave."""
        self._session.add(entry)

    def belongings(self, person: Person) -> Belongings:
        """Return everything that is stored on a person and that this person may read."""
        self._session.flush()
        return belongings(self._connection, self._sealer, person.id)

    def erase(self, person: Person, now: datetime) -> None:
        """Erase somebody's words and name at once, and all else when this unit of work is committed."""
        self._session.flush()
        forget_words(self._connection, person.id)
        self._to_erase[person.id] = ((person.name, person.email), now)
        person.name, person.email = FORMER, ""

    def was_forgotten(self, workspace: Workspace, user: str) -> bool:
        """Tell whether an account was one of somebody whose data were erased."""
        return was_forgotten(self._connection, self._sealer, workspace.platform, workspace.external_id, user)

    def commit(self) -> None:
        """Save everything, then join who is one person, and erase last.

        The tombstones come first: whoever is noted there and was not erased after all, is at the next start.
        """
        self._session.flush()
        self._looks.flush()
        for keep, gone in self._to_join:
            join(self._connection, keep, gone)
        for person_id, (names, now) in self._to_erase.items():
            forget_person(self._connection, self._sealer, person_id, names, now)
        if self._to_erase:
            mark(self._connection)
            self._bury(self._to_erase)
        self._session.commit()


class SqlStore:
    """`bot.ports.Store` on SQLite or PostgreSQL. Whose data are erased is written into `tombstones` too, if given."""

    def __init__(self, engine: sa.Engine, sealer: Sealer, tombstones: Tombstones | None = None) -> None:
        self._engine = engine
        self._sealer = sealer
        self._tombstones = tombstones
        self.has_traces = True
        """Whether something may have been erased whose traces are still in the file."""

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Begin a transaction that writes; leaving it without `commit` undoes it."""
        with turnstile(self._engine), Session(self._engine, expire_on_commit=False) as session:
            yield SqlUnit(session, self._sealer, self._bury)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Begin a transaction that only reads, and on SQLite waits for no writer."""
        with Session(
            self._engine.execution_options(reading=True), expire_on_commit=False, autoflush=False
        ) as session:
            yield SqlUnit(session, self._sealer, self._bury)

    def scrub(self) -> None:
        """Rid the file of the traces of what was erased, if it was an earlier process that left them too.

        Nobody erases meanwhile, and whoever asks for the same waits until it is done.
        """
        with turnstile(self._engine):
            self.has_traces = scrub(self._engine)

    def _bury(self, ids: Collection[str]) -> None:
        if self._tombstones:
            self._tombstones.add(ids)
        self.has_traces = True
