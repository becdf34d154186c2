"""A meeting as an invitation for a calendar (RFC 5545 and 5546), with nothing in it that people wrote but names.

Place and topics stay in the chat: a calendar is read by more people, and a place may be the secret link of a call.
"""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress

from bot.domain.meeting import Meeting
from bot.domain.people import Person
from bot.language import translator

NOBODY = "mentronome.invalid"
"""A domain that can never exist (RFC 2606): calendars ask for addresses, and no answer is awaited at one."""

_NOT_ON_A_LINE = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": ""}
"""What stands in place of signs of some Unicode categories: controls, separators of lines, halves of signs."""


def invitation(
    meeting: Meeting, people: Sequence[Person], reader: Person, now: datetime, *, cancelled: bool = False
) -> bytes:
    """Return the .ics file by which the reader's calendar takes a meeting in, moves it, or for `cancelled` drops it.

    The meeting has an hour; `people` are all who take part, and are named in the reader's language. A calendar knows
    the meeting by its UID, and takes the file with the highest SEQUENCE: the count of the meeting's moves, and one
    more when it is called off.
    """
    assert meeting.starts_at
    t = translator(reader.language)
    event = Event()
    event.add("uid", f"{meeting.id}@mentronome")
    event.add("sequence", meeting.moves + cancelled)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", t("Mentoring: {names}", names=t.listing([one_line(one.first_name) for one in people])))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _address(f"noreply@{NOBODY}"), {"CN": "Mentronome"})
    coming = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", _address(reader.email or f"{reader.id}@{NOBODY}"), coming)
    calendar = Calendar()
    calendar.add("prodid", "-//Mentronome//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method(cancelled=cancelled))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def method(*, cancelled: bool) -> str:
    """Return what an invitation asks of a calendar, as its METHOD and its media type say."""
    return "CANCEL" if cancelled else "REQUEST"


def one_line(text: str) -> str:
    """Return a text on one line, without the control characters and half characters that no calendar takes."""
    return " ".join("".join(_NOT_ON_A_LINE.get(unicodedata.category(sign), sign) for sign in text).split())


def _address(mail: str) -> vCalAddress:
    return vCalAddress(f"mailto:{quote(mail, safe='@+', errors='replace')}")
