"""What a link leads to: made when it is asked for, from today's state, for the reader whom the link names."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.belongings import as_json, as_page
from bot.domain.facts import Facts
from bot.domain.meeting import State
from bot.domain.people import Person, PersonStatus
from bot.domain.records import Entry
from bot.invitation import invitation, method
from bot.links import SealedLinks
from bot.ports import Clock, Download, LinkKind, Store, Ticket, UnitOfWork
from bot.record import as_data, as_text

Written = Callable[[Facts, Person, Sequence[Entry], datetime], str]
"""Puts a record into a file."""


class Downloads:
    """Opens links."""

    def __init__(self, store: Store, clock: Clock, links: SealedLinks) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    def open(self, token: str) -> Download | None:
        """Return what a token leads to; None where it has expired, is none of ours, or there is nothing any more."""
        now = self._clock.now()
        ticket = self._links.read(token, now)
        if ticket is None:
            return None
        with self._store.unit() as unit:
            return BY_KIND[ticket.kind](unit, ticket, now)


def calendar_entry(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Download | None:
    """Return a meeting as it stands, for the calendar of somebody who is in the mentorship.

    An earlier link leads to the present hour, or takes the meeting off the calendar where it was let go. While
    another hour waits to be confirmed there is nothing.
    """
    facts = unit.mentorships.of_meeting(ticket.organization_id, ticket.subject_id)
    meeting = facts.meeting(ticket.subject_id) if facts else None
    if facts is None or meeting is None or meeting.state not in (State.CONFIRMED, State.SKIPPED):
        return None
    people = [facts.people[participant.person_id] for participant in facts.present]
    reader = next((one for one in people if one.id == ticket.reader_id), None)
    if meeting.starts_at is None or reader is None or reader.status is PersonStatus.LEFT:
        return None
    cancelled = meeting.state is State.SKIPPED
    content = invitation(meeting, people, reader, now, cancelled=cancelled)
    return Download(content, f"text/calendar; charset=utf-8; method={method(cancelled=cancelled)}", "mentoring.ics")


def everything_as_page(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Download | None:
    """Return everything that is stored on somebody, for that person to read."""
    person = _whose(unit, ticket)
    if person is None:
        return None
    page = as_page(unit.belongings(person), person, now)
    return Download(page, "text/html; charset=utf-8", "mentronome.html")


def everything_as_json(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Download | None:
    """Return everything that is stored on somebody, for that person to take along."""
    person = _whose(unit, ticket)
    if person is None:
        return None
    return Download(as_json(unit.belongings(person), now), "application/json", "mentronome.json")


def _whose(unit: UnitOfWork, ticket: Ticket) -> Person | None:
    """Return whose data a link leads to: nobody's but its reader's own."""
    person = unit.people.get(ticket.organization_id, ticket.subject_id)
    return person if person and ticket.reader_id == person.id and person.account_id else None


def record_to_read(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Download | None:
    """Return the record of a mentorship, as its reader may read it, for people."""
    return _record(unit, ticket, now, as_text, "text/markdown; charset=utf-8", "mentoring-record.md")


def record_as_data(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Download | None:
    """Return the record of a mentorship, as its reader may read it, for programs."""
    return _record(unit, ticket, now, as_data, "application/json", "mentoring-record.json")


def _record(
    unit: UnitOfWork, ticket: Ticket, now: datetime, written: Written, media_type: str, filename: str
) -> Download | None:
    facts = unit.mentorships.facts(ticket.organization_id, ticket.subject_id)
    if facts is None or ticket.reader_id not in {participant.person_id for participant in facts.present}:
        return None
    reader = facts.people[ticket.reader_id]
    if reader.status is PersonStatus.LEFT:
        return None
    entries = unit.words.record(facts.mentorship.id, reader.id)
    return Download(written(facts, reader, entries, now).encode(), media_type, filename)


BY_KIND: Mapping[LinkKind, Callable[[UnitOfWork, Ticket, datetime], Download | None]] = {
    LinkKind.CALENDAR: calendar_entry,
    LinkKind.RECORD: record_to_read,
    LinkKind.RECORD_DATA: record_as_data,
    LinkKind.MINE: everything_as_page,
    LinkKind.MINE_JSON: everything_as_json,
}
"""What each kind of link leads to."""
