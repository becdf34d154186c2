"""What a link leads to: made when it is asked for, from today's state, for the reader whom the link names."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.meeting import State
from bot.domain.people import PersonStatus
from bot.invitation import invitation, method
from bot.links import SealedLinks
from bot.ports import Clock, Download, LinkKind, Store, Ticket, UnitOfWork


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


BY_KIND: Mapping[LinkKind, Callable[[UnitOfWork, Ticket, datetime], Download | None]] = {
    LinkKind.CALENDAR: calendar_entry,
}
"""What each kind of link leads to."""
