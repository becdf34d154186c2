"""The unit of work, which holds all repositories, and the store that opens it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.people import Person, Workspace
from bot.domain.records import AuditEntry
from bot.ports.company import Mentorships, People, Programs
from bot.ports.joined import Profiles, Skills
from bot.ports.own import Enrolments, Ties
from bot.ports.rounds import Blocks, Partings, Rounds
from bot.ports.said import Outbox, Touches, Trail
from bot.ports.written import Drafts, Words

Belongings = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by subject. A row holds texts, numbers, dates, moments, and tuples of these, by the names of its columns."""


class UnitOfWork(Protocol):
    """One transaction. Nothing is saved unless `commit` is called."""

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

    def first_time(self, keys: Iterable[str], now: datetime) -> bool:
        """Note the ids of an event; False where one of them was seen before."""

    def audit(self, entry: AuditEntry) -> None:
        """Note that somebody did something grave."""

    def belongings(self, person: Person) -> Belongings:
        """Return everything that is stored on a person and that this person may read."""

    def erase(self, person: Person, now: datetime) -> None:
        """Erase all that is stored on a person: words and name at once, so that nothing is drawn with them any more,
        the rest when this unit of work is committed.

        What others wrote stays, and so do the dates of meetings, under nobody's name.
        """

    def was_forgotten(self, workspace: Workspace, user: str) -> bool:
        """Tell whether an account, by the platform's id of its user, was one of somebody whose data were erased."""

    def commit(self) -> None:
        """Save everything."""


class Store(Protocol):
    """Opens units of work; leaving one without `commit` undoes it."""

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction that writes."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction that only reads: what is changed in it is never saved. Nobody waits for it."""
