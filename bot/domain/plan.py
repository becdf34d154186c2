"""What is due: from facts and the time to what the bot should say to whom, and to when it should look again.

Nothing of this is stored. A window opens at a stored fact, never at `now`, and says when its words would come too
late. What was already said is compared by occasion, never by time, so moving a meeting moves its reminders and says
nothing twice. Each rung of a ladder counts from when the rung before it was really said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Consent, Role, Status
from bot.domain.people import Person, PersonStatus
from bot.domain.progress import Change, changes, silent_in_a_row
from bot.domain.records import NoteKind, Said, Touch

REMIND_AFTER = 3
"""Working days until an unanswered question is asked once more."""

STUCK_AFTER = 5
"""Working days after a slip until both are offered something easier."""

NEWS_FOR = timedelta(days=5)
"""How long it makes sense to tell somebody that a mentorship was paused or has ended."""


class Prompt(StrEnum):
    """The kinds of things that the bot says unasked. The names are permanent: they stand in the database."""

    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    KICKOFF = "kickoff"
    KICKOFF_REMINDER = "kickoff_reminder"
    CONFIRM = "confirm"
    CONFIRM_REMINDER = "confirm_reminder"
    BOOKED = "booked"
    AGENDA = "agenda"
    BRIEF = "brief"
    DID_YOU_MEET = "did_you_meet"
    WRAP = "wrap"
    REFLECTION = "reflection"
    MEND = "mend"
    MEND_REMINDER = "mend_reminder"
    STUCK = "stuck"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which one thing should be said to one person, unless it was said or answered."""

    touch: Touch
    mentorship_id: str
    opens: datetime
    moot_after: datetime

    def is_open(self, now: datetime) -> bool:
        """Tell whether it has opened and is not yet too late."""
        return self.opens <= now < self.moot_after


@dataclass(frozen=True, slots=True)
class Plan:
    """What one mentorship asks of everybody in it, as its facts stand, and what time alone will change of it."""

    windows: tuple[Window, ...]
    changes: tuple[Change, ...]
    said: Mapping[Touch, Said]

    def live(self) -> set[Touch]:
        """Return all that is to be said or answered, whether it was said already or not."""
        return {window.touch for window in self.windows}

    def unsaid(self, person_id: str) -> Iterator[Window]:
        """Yield the windows of one person that were not said yet, whether open, to come, or past."""
        return (w for w in self.windows if w.touch.person_id == person_id and w.touch not in self.said)


@dataclass(frozen=True, slots=True)
class Look:
    """What to say to one person now, and when to look at that person again; never, where `next_at` is None."""

    due: tuple[Window, ...]
    next_at: datetime | None


def plan(facts: Facts) -> Plan:
    """Plan one mentorship."""
    return Plan(tuple(windows(facts)), tuple(changes(facts)), facts.said)


def look(person: Person, plans: Iterable[Plan], now: datetime) -> Look:
    """Plan for one person over all mentorships: what is due, and the next moment at which that may change.

    Nothing is due outside the person's working hours, while the person has paused the bot, or after leaving.
    """
    due: list[Window] = []
    moments: list[datetime] = []
    for one in plans:
        moments += [change.at for change in one.changes]
        for window in one.unsaid(person.id):
            if window.moot_after <= now:
                continue
            at = may_speak(person, max(window.opens, now))
            if at is None or at >= window.moot_after:
                continue
            if at <= now:
                due.append(window)
            else:
                moments.append(at)
    return Look(tuple(sorted(due, key=lambda window: window.opens)), min(moments, default=None))


def windows(facts: Facts) -> Iterator[Window]:
    """Yield every window of a mentorship, said or not, as the facts stand."""
    status = facts.mentorship.status
    if status is Status.PROPOSED:
        yield from _invitations(facts)
    elif status is Status.ACTIVE:
        for meeting in facts.meetings:
            yield from _of_meeting(facts, meeting)
        yield from _silent_pair(facts)
    elif facts.mentorship.status_at is not None:
        yield from _news(facts, facts.mentorship.status_at)


def may_speak(person: Person, moment: datetime) -> datetime | None:
    """Return the first moment from `moment` on at which somebody may be written to unasked; None for who has left."""
    if person.status is PersonStatus.LEFT:
        return None
    return person.working_time.next_open(max(moment, person.paused_until) if person.paused_until else moment)


def _invitations(facts: Facts) -> Iterator[Window]:
    mentorship = facts.mentorship
    for participant in facts.present:
        if participant.consent is Consent.OPEN:
            first = Touch(mentorship.id, participant.person_id, Prompt.INVITATION, "")
            yield Window(first, mentorship.id, mentorship.proposed_at, mentorship.decides_at)
            yield from _rung(facts, first, Prompt.INVITATION_REMINDER, REMIND_AFTER, mentorship.decides_at)


def _of_meeting(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    if meeting.kind is MeetingKind.KICKOFF and meeting.state in (State.OPEN, State.PROPOSED):
        yield from _kickoff(facts, meeting)
    if meeting.state is State.PROPOSED:
        yield from _confirmation(facts, meeting)
    elif meeting.state is State.CONFIRMED:
        yield from _before(facts, meeting)
        yield from _after(facts, meeting)
    elif meeting.state is State.HELD:
        yield from _reflection(facts, meeting)
    elif meeting.state is State.MISSED:
        yield from _slip(facts, meeting)


def _kickoff(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    for participant in facts.present:
        person = facts.people[participant.person_id]
        if (meeting.id, person.id, NoteKind.INTRODUCTION) not in facts.written:
            first = Touch(meeting.id, person.id, Prompt.KICKOFF, "")
            moot = person.working_time.days_after(meeting.created_at, 10)
            yield Window(first, meeting.mentorship_id, meeting.created_at, moot)
            yield from _rung(facts, first, Prompt.KICKOFF_REMINDER, REMIND_AFTER, moot)


def _confirmation(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.timed_at and meeting.starts_at
    first = Touch(meeting.id, facts.owes_confirmation(meeting), Prompt.CONFIRM, str(meeting.moves))
    yield Window(first, meeting.mentorship_id, meeting.timed_at, meeting.starts_at)
    yield from _rung(facts, first, Prompt.CONFIRM_REMINDER, REMIND_AFTER, meeting.starts_at)


def _before(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.timed_at and meeting.starts_at
    if meeting.proposed_by:
        news = Touch(meeting.id, meeting.proposed_by, Prompt.BOOKED, str(meeting.moves))
        yield Window(news, meeting.mentorship_id, meeting.timed_at, meeting.starts_at)
    for participant in facts.present:
        person = facts.people[participant.person_id]
        hours = person.working_time
        if person.id != meeting.lead_id:
            day = local(meeting.starts_at, person.zone).date().isoformat()
            touch = Touch(meeting.id, person.id, Prompt.BRIEF, day)
            opens = max(hours.days_before(meeting.starts_at, 1), meeting.timed_at)
        elif meeting.kind is MeetingKind.CHECK_IN and (meeting.id, person.id, NoteKind.TOPIC) not in facts.written:
            touch = Touch(meeting.id, person.id, Prompt.AGENDA, "")
            opens = max(hours.days_before(meeting.starts_at, 2), meeting.timed_at)
        else:
            continue
        yield Window(touch, meeting.mentorship_id, opens, meeting.starts_at)


def _after(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.ends_at
    answered = {answer.person_id for answer in facts.answers_about(meeting)}
    for participant in facts.present:
        if participant.person_id in answered:
            continue
        person = facts.people[participant.person_id]
        moot = person.working_time.days_after(meeting.ends_at, STUCK_AFTER)
        if person.id == meeting.lead_id:
            touch = Touch(meeting.id, person.id, Prompt.DID_YOU_MEET, str(meeting.moves))
            yield Window(touch, meeting.mentorship_id, meeting.ends_at, moot)
        elif participant.role is not Role.MENTEE:
            asked = facts.said.get(Touch(meeting.id, meeting.lead_id, Prompt.DID_YOU_MEET, str(meeting.moves)))
            lead_hears = facts.people[meeting.lead_id].working_time.next_open(meeting.ends_at)
            opens = person.working_time.days_after(asked.at if asked else lead_hears, 1)
            touch = Touch(meeting.id, person.id, Prompt.WRAP, str(meeting.moves))
            yield Window(touch, meeting.mentorship_id, opens, moot)


def _reflection(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.settled_at
    met = {answer.person_id: answer.met for answer in facts.answers_about(meeting)}
    for person_id in (participant.person_id for participant in facts.present):
        was_there = met.get(person_id, person_id == meeting.lead_id)
        if was_there and (meeting.id, person_id, NoteKind.REFLECTION) not in facts.written:
            moot = facts.people[person_id].working_time.days_after(meeting.settled_at, 3)
            touch = Touch(meeting.id, person_id, Prompt.REFLECTION, "")
            yield Window(touch, meeting.mentorship_id, meeting.settled_at, moot)


def _slip(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.settled_at
    moves = str(meeting.moves)
    lead = facts.people[meeting.lead_id]
    first = Touch(meeting.id, lead.id, Prompt.MEND, moves)
    late = lead.working_time.days_after(meeting.settled_at, STUCK_AFTER)
    yield Window(first, meeting.mentorship_id, meeting.settled_at, late)
    yield from _rung(facts, first, Prompt.MEND_REMINDER, REMIND_AFTER, late)
    yield from _stuck(facts, meeting, moves, STUCK_AFTER)


def _silent_pair(facts: Facts) -> Iterator[Window]:
    if not facts.unsettled and silent_in_a_row(facts) >= 2:
        yield from _stuck(facts, facts.settled[-1], "silent", 0)


def _stuck(facts: Facts, meeting: Meeting, occasion: str, days: int) -> Iterator[Window]:
    assert meeting.settled_at
    for participant in facts.present:
        hours = facts.people[participant.person_id].working_time
        opens = hours.days_after(meeting.settled_at, days) if days else meeting.settled_at
        moot = hours.days_after(meeting.settled_at, days + REMIND_AFTER)
        touch = Touch(meeting.id, participant.person_id, Prompt.STUCK, occasion)
        yield Window(touch, meeting.mentorship_id, opens, moot)


def _news(facts: Facts, since: datetime) -> Iterator[Window]:
    mentorship = facts.mentorship
    for participant in facts.present:
        touch = Touch(mentorship.id, participant.person_id, Prompt.NEWS, str(mentorship.version))
        yield Window(touch, mentorship.id, since, since + NEWS_FOR)


def _rung(facts: Facts, below: Touch, kind: Prompt, days: int, moot: datetime) -> Iterator[Window]:
    """Yield the next rung of a ladder, which counts from when the rung below was really said."""
    said = facts.said.get(below)
    if said is not None:
        opens = facts.people[below.person_id].working_time.days_after(said.at, days)
        touch = Touch(below.about, below.person_id, kind, below.occasion)
        yield Window(touch, facts.mentorship.id, opens, moot)
