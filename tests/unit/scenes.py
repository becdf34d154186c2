"""Dates, people and mentorships for dated unit tests: Ana learns from Ben, both in Berlin unless a test says more."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.facts import Facts
from bot.domain.meeting import Answer, Meeting, MeetingKind, State
from bot.domain.mentorship import Consent, Format, Mentorship, Participant, Role, Status
from bot.domain.people import Person
from bot.domain.plan import look, plan
from bot.domain.records import Said

BERLIN = "Europe/Berlin"


def at(clock: str, zone: str = BERLIN) -> datetime:
    """Return a moment in UTC by what the clocks of a zone show, as in '2027-03-16 09:00'."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def person(name: str, zone: str = BERLIN, country: str = "") -> Person:
    """Return somebody who works from Monday to Friday, nine to five."""
    return Person(name, "o", name.title(), zone=zone, country=country)


def ana_and_ben(status: Status = Status.ACTIVE, since: datetime | None = None) -> Facts:
    """Return Ana and her mentor Ben: proposed on Monday, 1 March 2027, a pair from Friday at nine until August."""
    proposed, decided = at("2027-03-01 09:00"), at("2027-03-05 09:00")
    mentorship = Mentorship(
        "m", "o", Format.ONE_ON_ONE, status, proposed, decided, zone=BERLIN, ends_on=date(2027, 8, 31)
    )
    if status is not Status.PROPOSED:
        mentorship.started_at, mentorship.status_at, mentorship.version = decided, since or decided, 1
    consent = Consent.OPEN if status is Status.PROPOSED else Consent.ACCEPTED
    parts = [Participant("m", "ben", "o", Role.MENTOR, consent), Participant("m", "ana", "o", Role.MENTEE, consent)]
    return Facts(mentorship, parts, {"ana": person("ana"), "ben": person("ben")})


def group(*mentees: str) -> Facts:
    """Return Ben and his group, running in the same weeks."""
    facts = ana_and_ben()
    facts.mentorship.format = Format.GROUP
    facts.people = {name: person(name) for name in ("ben", *mentees)}
    facts.participants = [
        Participant("m", name, "o", Role.MENTEE if name in mentees else Role.MENTOR, Consent.ACCEPTED)
        for name in facts.people
    ]
    return facts


def meeting(
    facts: Facts, clock: str, state: State = State.CONFIRMED, kind: MeetingKind = MeetingKind.CHECK_IN
) -> Meeting:
    """Add the next meeting, of 45 minutes from an hour in Berlin, agreed long before; it anchors the series."""
    number, starts_at = len(facts.series), at(clock)
    made = Meeting(f"meeting{number}", "o", "m", kind, number, facts.lead_for(number), at("2027-03-05 09:00"), state)
    made.starts_at, made.timed_at = starts_at, made.created_at
    if state not in (State.OPEN, State.PROPOSED, State.CONFIRMED):
        made.settled_at = made.ends_at
    if facts.mentorship.anchor is None:
        facts.mentorship.anchor_at(starts_at)
    facts.meetings.append(made)
    return made


def answer(facts: Facts, about: Meeting, name: str, met: bool) -> None:
    """Note what somebody said about the present hour of a meeting."""
    facts.answers.append(Answer(about.id, name, "o", about.moves, met, about.ends_at or about.created_at))


def hear(facts: Facts, name: str, clock: str) -> list[str]:
    """Look at somebody at an hour in Berlin, say what is due, and return its kinds."""
    now = at(clock)
    due = look(facts.people[name], [plan(facts)], now).due
    facts.said |= {window.touch: Said(now, "delivery") for window in due}
    return [str(window.touch.kind) for window in due]


def looks_at(facts: Facts, name: str, clock: str) -> datetime | None:
    """Return when somebody is looked at next, seen from an hour in Berlin."""
    return look(facts.people[name], [plan(facts)], at(clock)).next_at
