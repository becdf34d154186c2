"""A meeting in a calendar: what it says, what it never says, and that no name can add a line to it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.people import Person
from bot.invitation import invitation, one_line

NOW = datetime(2027, 3, 26, 9, 0, tzinfo=UTC)
ANA = Person("a" * 32, "o", "Ana Lima", email="ana@company.example")
BEN = Person("b" * 32, "o", "Ben Ode", email="ben@company.example")
MEETING = Meeting(
    "f" * 32, "o", "m", MeetingKind.CHECK_IN, 2, ANA.id, NOW, State.CONFIRMED, place_id="secret link", moves=3,
    starts_at=datetime(2027, 3, 29, 8, 0, tzinfo=UTC),
)  # fmt: skip

HOSTILE = (
    "Ana\r\nATTENDEE:mailto:eve@evil.example",
    "Ana\nEND:VEVENT\nBEGIN:VEVENT",
    "Ana\\nX:1",
    'Ana;CN="Eve":mailto:eve@evil.example,x',
    "Ana\u2028DTSTART:19700101T000000Z\x85\x0b\x0c",
    "\x00\x07\x1b\ud83d",
    "Zoë 👩🏽‍💻 \u202eanA",
    "^n^'^^",
    "x" * 4000,
    "👩🏽‍💻" * 1000,
    "",
)
names = st.sampled_from(HOSTILE) | st.text(st.characters(codec=None), max_size=60)
mails = names | st.sampled_from(("ana@company.example", "ana+m@x.example\nX:1", 'a";CN=x:@b.example'))


def lines(content: bytes) -> list[str]:
    """Return the lines of a file, those that were folded in one piece."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def event_of(content: bytes) -> Event:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_what_stands_in_it_and_nothing_more() -> None:
    assert lines(invitation(MEETING, [ANA, BEN], ANA, NOW)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mentronome//Mentoring//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Mentoring: Ana and Ben",
        "DTSTART:20270329T080000Z",
        "DTEND:20270329T084500Z",
        "DTSTAMP:20270326T090000Z",
        f"UID:{'f' * 32}@mentronome",
        "SEQUENCE:3",
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:ana@company.example",
        "CLASS:PRIVATE",
        "ORGANIZER;CN=Mentronome:mailto:noreply@mentronome.invalid",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_called_off_it_is_the_same_meeting_one_step_later() -> None:
    before, after = (invitation(MEETING, [ANA, BEN], BEN, NOW, cancelled=off) for off in (False, True))
    assert b"METHOD:CANCEL\r\n" in after
    assert event_of(after)["STATUS"] == "CANCELLED"
    assert event_of(after)["UID"] == event_of(before)["UID"]
    assert (event_of(before)["SEQUENCE"], event_of(after)["SEQUENCE"]) == (3, 4)


def test_moved_it_is_the_same_meeting_one_step_later() -> None:
    moved = replace(MEETING, moves=4, starts_at=datetime(2027, 3, 30, 8, 0, tzinfo=UTC))
    event = event_of(invitation(moved, [ANA, BEN], ANA, NOW))
    assert (event["UID"], event["SEQUENCE"]) == (f"{MEETING.id}@mentronome", 4)
    assert event.start == moved.starts_at


def test_it_speaks_the_readers_language_and_needs_no_mail_address() -> None:
    event = event_of(invitation(MEETING, [ANA, BEN], replace(BEN, language="de", email=""), NOW))
    assert str(event["SUMMARY"]).endswith("Ana und Ben")
    assert event["ATTENDEE"] == f"mailto:{BEN.id}@mentronome.invalid"


@given(names, names, mails, st.booleans())
@example("Ana\r\nX:1", "", "", False)
def test_no_name_adds_a_line_and_each_is_read_as_it_was_written(
    mine: str, theirs: str, mail: str, cancelled: bool
) -> None:
    ana, ben = replace(ANA, name=mine, email=mail), replace(BEN, name=theirs)
    content = invitation(MEETING, [ana, ben], ana, NOW, cancelled=cancelled)
    plain = lines(invitation(MEETING, [ANA, BEN], ANA, NOW, cancelled=cancelled))
    assert [heading(line) for line in lines(content)] == [heading(line) for line in plain]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    event = event_of(content)
    shown = [one_line(person.first_name) for person in (ana, ben)]
    assert event["SUMMARY"] == f"Mentoring: {shown[0]} and {shown[1]}"
    assert event["ATTENDEE"].params == {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    assert event.start == MEETING.starts_at


def heading(line: str) -> str:
    """Return the name of a line, and its value where it says how the file is built."""
    return line if line.startswith(("BEGIN:", "END:")) else line.split(":")[0].split(";")[0]


@given(names)
def test_one_line_keeps_what_can_be_read(text: str) -> None:
    kept = one_line(text)
    assert kept.splitlines() in ([kept], [])
    kept.encode()
    assert one_line(kept) == kept


def test_an_emoji_of_several_signs_stays_whole() -> None:
    assert one_line("Zoë 👩🏽‍💻\n\tLima") == "Zoë 👩🏽‍💻 Lima"
