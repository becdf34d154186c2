"""What time alone changes: a proposal is decided, silence settles a meeting, the next one is booked, a term ends.

Each change has the moment from which it holds, computed from stored facts. Whoever looks at a mentorship first
carries out what has come, under its lock; doing so twice changes nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.cadence import at_local
from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.leaving import part
from bot.domain.meeting import SETTLED, Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status, Step

TRIES = 2
"""Meetings in a row that may pass in silence before the bot stops booking.

It is no setting: the words that a pair reads then speak of its last two meetings.
"""

SMALLEST_GROUP = 3
"""How many must have accepted for a group to begin, its mentor among them."""


class What(StrEnum):
    """The changes that need no human."""

    DECIDE = "decide"
    LAPSE_HOUR = "lapse_hour"
    SILENCE = "silence"
    GIVE_UP = "give_up"
    BOOK = "book"
    END = "end"
    RESUME = "resume"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Change:
    """One change that time makes, and the moment from which it holds."""

    what: What
    about: str
    at: datetime


def changes(facts: Facts) -> Iterator[Change]:
    """Yield the changes to come, or already due, as the facts stand."""
    mentorship = facts.mentorship
    if mentorship.status is Status.PROPOSED:
        yield Change(What.DECIDE, mentorship.id, mentorship.decides_at)
    if mentorship.status in (Status.ACTIVE, Status.PAUSED):
        yield Change(What.END, mentorship.id, mentorship.ends_at)
    if mentorship.status is Status.PAUSED and mentorship.resumes_on:
        yield Change(What.RESUME, mentorship.id, at_local(mentorship.resumes_on, time(), mentorship.zone))
    if mentorship.status is Status.ACTIVE and mentorship.status_at and facts.managed:
        yield Change(What.PART, mentorship.id, mentorship.status_at)
    if mentorship.status is Status.ACTIVE:
        for meeting in facts.unsettled:
            yield from _of_meeting(facts, meeting)
        yield from _booking(facts)


def advance(facts: Facts, now: datetime) -> list[Meeting]:
    """Carry out every change whose time has come, the earliest first, and return the meetings that were made."""
    made: list[Meeting] = []
    while due := [change for change in changes(facts) if change.at <= now]:
        meeting = _carry_out(min(due, key=lambda change: change.at), facts, now)
        if meeting:
            facts.meetings.append(meeting)
            made.append(meeting)
    return made


def silent_in_a_row(facts: Facts) -> int:
    """Count the newest regular meetings that passed without a word since somebody last moved the mentorship.

    One out of turn says something only where it was held.
    """
    count = 0
    for meeting in sorted(facts.settled, key=_settled_at, reverse=True):
        if meeting.kind is MeetingKind.EXTRA and meeting.state is not State.HELD:
            continue
        if meeting.state is not State.UNSETTLED or facts.answers_about(meeting):
            break
        if facts.mentorship.status_at and meeting.settled_at and meeting.settled_at < facts.mentorship.status_at:
            break
        count += 1
    return count


def _settled_at(meeting: Meeting) -> datetime:
    return meeting.settled_at or meeting.created_at


def _of_meeting(facts: Facts, meeting: Meeting) -> Iterator[Change]:
    hours, program = facts.hours(meeting.lead_id), facts.program
    if meeting.state is State.PROPOSED and meeting.starts_at:
        yield Change(What.LAPSE_HOUR, meeting.id, meeting.starts_at)
    elif meeting.state is State.CONFIRMED and meeting.ends_at:
        yield Change(What.SILENCE, meeting.id, hours.days_after(meeting.ends_at, program.silence_days))
    elif meeting.state is State.MISSED and meeting.settled_at:
        yield Change(What.GIVE_UP, meeting.id, hours.days_after(meeting.settled_at, program.give_up_days))


def _booking(facts: Facts) -> Iterator[Change]:
    if any(meeting.state not in SETTLED for meeting in facts.series) or silent_in_a_row(facts) >= TRIES:
        return
    since = [facts.mentorship.status_at, *(meeting.settled_at for meeting in facts.settled)]
    at = max(moment for moment in since if moment)
    hour = _next_hour(facts, at, at)
    if hour is None or hour < facts.mentorship.ends_at:
        yield Change(What.BOOK, facts.mentorship.id, at)


def _carry_out(change: Change, facts: Facts, now: datetime) -> Meeting | None:
    mentorship, meeting = facts.mentorship, facts.meeting(change.about)
    match change.what:
        case What.DECIDE:
            _decide(facts, change.at)
        case What.END:
            mentorship.step(Step.END, change.at, EndReason.TERM)
        case What.RESUME:
            mentorship.step(Step.RESUME, change.at)
            mentorship.resumes_on = None
        case What.PART:
            part(facts, now)
        case What.BOOK:
            return _book(facts, change.at, now)
        case What.LAPSE_HOUR if meeting:
            meeting.move(Move.SKIP if meeting.kind is MeetingKind.EXTRA else Move.MISS, change.at)
        case What.SILENCE if meeting:
            meeting.move(Move.UNSETTLE, change.at)
        case What.GIVE_UP if meeting:
            meeting.move(Move.SKIP, change.at)
    return None


def _decide(facts: Facts, at: datetime) -> None:
    """Begin with those who accepted, where they make a pair or a group; what another answered is told to nobody.

    A group needs its mentor and two others. Those who are not in it hear the same as those of a pair that did not
    come about.
    """
    mentorship = facts.mentorship
    accepted = [participant for participant in facts.present if participant.consent is Consent.ACCEPTED]
    if mentorship.format is Format.GROUP:
        begins = any(p.role is Role.MENTOR for p in accepted) and len(accepted) >= SMALLEST_GROUP
    else:
        begins = len(accepted) == len(facts.participants)
    if not begins:
        mentorship.step(Step.LAPSE, at, EndReason.NOT_MATCHED)
        return
    for participant in facts.present:
        if participant not in accepted:
            participant.left_at = at
    mentorship.step(Step.START, at)


def _book(facts: Facts, at: datetime, now: datetime) -> Meeting:
    mentorship, hour = facts.mentorship, _next_hour(facts, at, now)
    last = facts.last_in_series
    number = last.number + 1 if last else 0
    meeting = Meeting(
        id=new_id(),
        organization_id=mentorship.organization_id,
        mentorship_id=mentorship.id,
        kind=_kind(facts, number, hour),
        number=number,
        lead_id=facts.lead_for(number),
        created_at=at,
        minutes=mentorship.minutes,
    )
    if hour:
        meeting.state, meeting.starts_at, meeting.timed_at = State.CONFIRMED, hour, at
        meeting.place_id = last.place_id if last else None
    return meeting


def _kind(facts: Facts, number: int, hour: datetime | None) -> MeetingKind:
    """Return what the next meeting is for: every sixth one is a review, and the last before the end a closing."""
    cadence = facts.mentorship.cadence
    if hour is None or cadence is None:
        return MeetingKind.KICKOFF
    if hour + cadence.interval >= facts.mentorship.ends_at:
        return MeetingKind.CLOSING
    return MeetingKind.REVIEW if number and number % facts.program.review_every == 0 else MeetingKind.CHECK_IN


def _next_hour(facts: Facts, at: datetime, now: datetime) -> datetime | None:
    """Return the hour of the check-in that is booked from `at` on; None where no series runs yet."""
    cadence = facts.mentorship.cadence
    if cadence is None:
        return None
    hours = [facts.hours(participant.person_id) for participant in facts.present]
    last = facts.last_in_series
    return cadence.next_meeting((last.starts_at if last else None) or at, now, hours)
