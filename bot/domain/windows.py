"""The windows of one mentorship: a stretch of time for each thing that should be said to somebody about it.

A window opens at a stored fact, never at `now`, and says when its words would come too late. What was already said is
compared by occasion, never by time, so moving a meeting moves its reminders and says nothing twice. Each rung of a
ladder counts from when the rung before it was really said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.cadence import local, week_start, weeks_later
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status
from bot.domain.progress import TRIES, silent_in_a_row
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind, Touch

NEWS_FOR = timedelta(days=5)
"""How long it makes sense to tell somebody that a mentorship was paused or has ended.

It is no setting: whoever loads a person's mentorships must know, before any programme is read, which are long over.
"""

WIN_FOR = timedelta(weeks=3)
"""How long it makes sense to tell somebody what went well for another; the record holds it besides."""

TOO_MANY_MOVES = 2
"""How often a meeting has moved when something easier is offered; a kickoff's first hour is no move.

It is no setting: the words of that offer say that a meeting has moved twice.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which one thing should be said to one person, unless it was said or answered.

    From `early` on it may come along with others of its kind. What `rides` never makes a message of its own: it comes
    along with one. What is `free` does not count against the week's budget: it answers what the person did, as the
    word that was promised for Friday does, or is a change on short notice. Where `turns` is set, nothing new is said:
    the card on which that touch was said is drawn anew.
    """

    touch: Touch
    mentorship_id: str
    opens: datetime
    moot_after: datetime
    early: datetime | None = None
    rides: bool = False
    free: bool = False
    turns: Touch | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether it has opened and is not yet too late."""
        return self.opens <= now < self.moot_after


def windows(facts: Facts) -> Iterator[Window]:
    """Yield every window of a mentorship, said or not, as the facts stand.

    What was put off opens later, and then it is said whatever the budget: its reader has asked for it.
    """
    for window in _as_it_stands(facts):
        snooze = facts.snoozed.get(window.touch)
        if snooze is None:
            yield window
        else:
            touch = replace(window.touch, ordinal=snooze.times)
            yield replace(
                window, touch=touch, opens=max(window.opens, snooze.until), early=None, rides=False, free=True
            )


def brief_from(facts: Facts, meeting: Meeting, person_id: str) -> datetime:
    """Return from when on somebody is briefed for a meeting that has an hour."""
    assert meeting.starts_at and meeting.timed_at
    return max(facts.hours(person_id).days_before(meeting.starts_at, facts.program.brief_days), meeting.timed_at)


def _as_it_stands(facts: Facts) -> Iterator[Window]:
    status = facts.mentorship.status
    if status is Status.PROPOSED:
        yield from _invitations(facts)
    elif status is Status.ACTIVE:
        for meeting in facts.meetings:
            yield from _of_meeting(facts, meeting)
        yield from _silent_pair(facts)
        yield from _agreement(facts)
        yield from _goals(facts)
        yield from _ending(facts)
        yield from _wins(facts)
    elif facts.mentorship.status_at is not None:
        yield from _news(facts, facts.mentorship.status_at)
    if status is not Status.PROPOSED:
        yield from _goodbye(facts)


def _wins(facts: Facts) -> Iterator[Window]:
    """Whoever was there when somebody told what went well is to hear of it."""
    for win in facts.wins:
        for participant in facts.present:
            joined = participant.joined_at or win.written_at
            if participant.person_id != win.author_id and joined <= win.written_at:
                touch = Touch(win.id, participant.person_id, Prompt.WIN, "")
                yield Window(touch, facts.mentorship.id, win.written_at, win.written_at + WIN_FOR)


def _invitations(facts: Facts) -> Iterator[Window]:
    mentorship = facts.mentorship
    for participant in facts.present:
        if participant.consent is Consent.OPEN:
            first = Touch(mentorship.id, participant.person_id, Prompt.INVITATION, "")
            since, moot = mentorship.proposed_at, mentorship.decides_at
            yield from _gathered(facts, first, Prompt.INVITATION_REMINDER, since, moot)


def _of_meeting(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    if meeting.kind is MeetingKind.KICKOFF and meeting.state in (State.OPEN, State.PROPOSED):
        yield from _kickoff(facts, meeting)
    if meeting.state is State.PROPOSED:
        yield from _confirmation(facts, meeting)
    elif meeting.state is State.CONFIRMED:
        yield from _before(facts, meeting)
        yield from _after(facts, meeting)
        yield from _attendance(facts, meeting)
    elif meeting.state is State.HELD:
        yield from _attendance(facts, meeting)
        yield from _reflection(facts, meeting)
    elif meeting.state is State.MISSED:
        yield from _slip(facts, meeting)
    regular = meeting.kind is not MeetingKind.EXTRA
    moved = meeting.moves - (meeting.kind is MeetingKind.KICKOFF)
    if regular and meeting.state in (State.PROPOSED, State.CONFIRMED) and moved >= TOO_MANY_MOVES:
        yield from _moved_twice(facts, meeting)


def _kickoff(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    for participant in facts.present:
        person_id, hours = participant.person_id, facts.hours(participant.person_id)
        late = hours.days_after(meeting.created_at, facts.program.not_started_days)
        if (meeting.id, person_id, NoteKind.INTRODUCTION) not in facts.written:
            first = Touch(meeting.id, person_id, Prompt.KICKOFF, "")
            promised = meeting.number == 0
            yield from _asked_twice(facts, first, Prompt.KICKOFF_REMINDER, meeting.created_at, late, free=promised)
        if meeting.state is State.OPEN:
            warned = hours.days_after(meeting.created_at, facts.program.not_started_days - facts.program.warned_days)
            touch = Touch(meeting.id, person_id, Prompt.NOT_STARTED, "")
            yield Window(touch, meeting.mentorship_id, warned, late)


def _confirmation(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.timed_at and meeting.starts_at
    first = Touch(meeting.id, facts.owes_confirmation(meeting), Prompt.CONFIRM, str(meeting.moves))
    free = meeting.starts_at - meeting.timed_at < _short_notice(facts)
    yield from _asked_twice(facts, first, Prompt.CONFIRM_REMINDER, meeting.timed_at, meeting.starts_at, free=free)


def _before(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.timed_at and meeting.starts_at
    for participant in facts.present:
        person_id, hours = participant.person_id, facts.hours(participant.person_id)
        if person_id == meeting.proposed_by:
            news = Touch(meeting.id, person_id, Prompt.BOOKED, str(meeting.moves))
            yield Window(news, meeting.mentorship_id, meeting.timed_at, meeting.starts_at, free=True)
        if person_id != meeting.lead_id:
            zone = facts.people[person_id].zone
            day = local(meeting.starts_at, zone).date().isoformat()
            touch = Touch(meeting.id, person_id, Prompt.BRIEF, day)
            opens = brief_from(facts, meeting, person_id)
            early = max(week_start(meeting.starts_at, zone), meeting.timed_at)
            yield Window(touch, meeting.mentorship_id, opens, meeting.starts_at, early=min(early, opens))
        elif meeting.kind is not MeetingKind.KICKOFF:
            agenda = Touch(meeting.id, person_id, Prompt.AGENDA, "")
            if (meeting.id, person_id, NoteKind.TOPIC) not in facts.written:
                days_before = hours.days_before(meeting.starts_at, facts.program.agenda_days)
                opens = max(days_before, meeting.timed_at)
                yield Window(agenda, meeting.mentorship_id, opens, meeting.starts_at)
            asked, opens = facts.told(agenda), brief_from(facts, meeting, person_id)
            if asked and asked.at < opens:
                touch = Touch(meeting.id, person_id, Prompt.AGENDA_TURNS, str(meeting.moves))
                yield Window(touch, meeting.mentorship_id, opens, meeting.starts_at, turns=agenda)


def _after(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.ends_at and meeting.starts_at
    answered = {answer.person_id for answer in facts.answers_about(meeting)}
    moves, mentorship_id = str(meeting.moves), meeting.mentorship_id
    for participant in facts.present:
        person_id, hours = participant.person_id, facts.hours(participant.person_id)
        if person_id in answered:
            continue
        moot = hours.days_after(meeting.ends_at, facts.program.silence_days)
        if person_id == meeting.lead_id:
            touch = Touch(meeting.id, person_id, Prompt.DID_YOU_MEET, moves)
            yield Window(touch, mentorship_id, meeting.ends_at, moot)
        elif participant.role is not Role.MENTEE:
            asked = facts.told(Touch(meeting.id, meeting.lead_id, Prompt.DID_YOU_MEET, moves))
            lead_hears = facts.hours(meeting.lead_id).next_open(meeting.ends_at)
            opens = hours.days_after(asked.at if asked else lead_hears, facts.program.wrap_days)
            touch = Touch(meeting.id, person_id, Prompt.WRAP, moves)
            yield Window(touch, mentorship_id, opens, moot, early=meeting.ends_at)


def _attendance(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    """Who does not lead a group is asked on the card of the brief whether they were there, reported or not."""
    assert meeting.ends_at and meeting.starts_at
    answered = {answer.person_id for answer in facts.answers_about(meeting)}
    for participant in facts.present:
        person_id, mentee = participant.person_id, participant.role is Role.MENTEE
        brief = _last_brief(facts, meeting, person_id)
        if mentee and person_id != meeting.lead_id and person_id not in answered and brief:
            moot = facts.hours(person_id).days_after(meeting.ends_at, facts.program.silence_days)
            touch = Touch(meeting.id, person_id, Prompt.WERE_YOU_THERE, str(meeting.moves))
            yield Window(touch, meeting.mentorship_id, meeting.ends_at, moot, turns=brief)


def _last_brief(facts: Facts, meeting: Meeting, person_id: str) -> Touch | None:
    """Return the last brief that somebody had for a meeting, for whichever of its days."""
    had = [
        (said.at, touch)
        for touch, said in facts.said.items()
        if (touch.about, touch.person_id, touch.kind) == (meeting.id, person_id, Prompt.BRIEF) and not said.dropped
    ]
    return replace(max(had, key=lambda one: one[0])[1], ordinal=0) if had else None


def _reflection(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    """Who led, or whose word settled it, is asked at once; the others are asked along with something else."""
    assert meeting.settled_at
    program = facts.program
    answers = {answer.person_id: answer for answer in facts.answers_about(meeting)}
    for participant in facts.present:
        person_id, leads = participant.person_id, participant.person_id == meeting.lead_id
        answer = answers.get(person_id)
        was_there = answer.met if answer else leads or participant.role is not Role.MENTEE
        if was_there and (meeting.id, person_id, NoteKind.REFLECTION) not in facts.written:
            since = max(meeting.settled_at, answer.answered_at) if answer else meeting.settled_at
            days = program.reflection_days if answer or leads else program.rides_days
            moot = facts.hours(person_id).days_after(since, days)
            touch = Touch(meeting.id, person_id, Prompt.REFLECTION, "")
            settled_it = answer is not None and answer.answered_at >= meeting.settled_at
            yield Window(touch, meeting.mentorship_id, since, moot, rides=not leads and not settled_it)


def _slip(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.settled_at
    first = Touch(meeting.id, meeting.lead_id, Prompt.MEND, str(meeting.moves))
    late = facts.hours(meeting.lead_id).days_after(meeting.settled_at, facts.program.stuck_days)
    yield from _asked_twice(facts, first, Prompt.MEND_REMINDER, meeting.settled_at, late)
    yield from _stuck(facts, meeting, str(meeting.moves), facts.program.stuck_days)


def _moved_twice(facts: Facts, meeting: Meeting) -> Iterator[Window]:
    assert meeting.timed_at and meeting.starts_at
    for participant in (p for p in facts.present if facts.decides(p.person_id)):
        touch = Touch(meeting.id, participant.person_id, Prompt.EASIER, "")
        yield Window(touch, meeting.mentorship_id, meeting.timed_at, meeting.starts_at, rides=True)


def _silent_pair(facts: Facts) -> Iterator[Window]:
    last = facts.last_in_series
    if last and not facts.unsettled and silent_in_a_row(facts) >= TRIES:
        yield from _stuck(facts, last, "silent", 0)


def _stuck(facts: Facts, meeting: Meeting, occasion: str, days: int) -> Iterator[Window]:
    assert meeting.settled_at
    for participant in facts.present:
        hours = facts.hours(participant.person_id)
        opens = hours.days_after(meeting.settled_at, days) if days else meeting.settled_at
        moot = hours.days_after(meeting.settled_at, days + facts.program.warned_days)
        touch = Touch(meeting.id, participant.person_id, Prompt.STUCK, occasion)
        yield Window(touch, meeting.mentorship_id, opens, moot)


def _agreement(facts: Facts) -> Iterator[Window]:
    """In the week after the first talk somebody is asked to write the agreement, then the others to accept it."""
    mentorship, talk, days = facts.mentorship, facts.first_talk, facts.program.asked_days
    if mentorship.drafted_at:
        for participant in facts.present:
            if participant.agreed_at is None and not facts.agreement_stands:
                first = Touch(mentorship.id, participant.person_id, Prompt.AGREE, mentorship.drafted_at.isoformat())
                moot = facts.hours(participant.person_id).days_after(mentorship.drafted_at, days)
                yield from _gathered(facts, first, Prompt.AGREE_REMINDER, mentorship.drafted_at, moot)
    elif talk and talk.settled_at:
        drafter = facts.drafter
        opens = facts.hours(drafter).next_week(talk.settled_at)
        moot = facts.hours(drafter).days_after(opens, days)
        first = Touch(mentorship.id, drafter, Prompt.AGREEMENT, "")
        yield from _asked_twice(facts, first, Prompt.AGREEMENT_REMINDER, opens, moot)


def _goals(facts: Facts) -> Iterator[Window]:
    """After the second meeting without a goal each side is asked once, in a group along with something else."""
    held = [meeting for meeting in facts.meetings if meeting.state is State.HELD]
    if len(held) < 2 or not held[1].settled_at:
        return
    without = [p for p in facts.present if p.role is not Role.MENTOR and p.person_id not in facts.with_goal]
    for participant in facts.present if without else ():
        hours = facts.hours(participant.person_id)
        opens = hours.next_week(held[1].settled_at)
        moot = hours.days_after(opens, facts.program.asked_days)
        touch = Touch(facts.mentorship.id, participant.person_id, Prompt.GOAL, "")
        if participant in without or participant.role is Role.MENTOR:
            rides = participant not in without or facts.mentorship.format is Format.GROUP
            yield Window(touch, facts.mentorship.id, opens, moot, rides=rides)


def _ending(facts: Facts) -> Iterator[Window]:
    mentorship = facts.mentorship
    last_weeks = weeks_later(mentorship.ends_at, -facts.program.ending_weeks, mentorship.zone)
    asked = min((p.prolongs_at for p in facts.present if p.prolongs_at), default=None)
    for participant in facts.present:
        hours = facts.hours(participant.person_id)
        if asked and not participant.prolongs_at:
            touch = Touch(mentorship.id, participant.person_id, Prompt.PROLONG, asked.isoformat())
            yield Window(touch, mentorship.id, asked, mentorship.ends_at)
        opens = hours.days_before(last_weeks, 0)
        if mentorship.started_at and opens > mentorship.started_at:
            touch = Touch(mentorship.id, participant.person_id, Prompt.ENDING, mentorship.ends_on.isoformat())
            yield Window(touch, mentorship.id, opens, mentorship.ends_at)


def _news(facts: Facts, since: datetime) -> Iterator[Window]:
    mentorship = facts.mentorship
    lost = (m.starts_at for m in facts.settled if m.state is State.SKIPPED and m.settled_at == since and m.starts_at)
    promised = mentorship.end_reason is EndReason.NOT_MATCHED
    free = promised or any(timedelta() < starts_at - since < _short_notice(facts) for starts_at in lost)
    for participant in facts.present:
        touch = Touch(mentorship.id, participant.person_id, Prompt.NEWS, str(mentorship.version))
        yield Window(touch, mentorship.id, since, since + NEWS_FOR, free=free)


def _goodbye(facts: Facts) -> Iterator[Window]:
    """Tell somebody who is not in a mentorship any more, once, as those hear whose mentorship ends."""
    for participant in facts.participants:
        if participant.left_at is not None:
            touch = Touch(facts.mentorship.id, participant.person_id, Prompt.NEWS, "left")
            until, promised = participant.left_at + NEWS_FOR, participant.consent is not Consent.ACCEPTED
            yield Window(touch, facts.mentorship.id, participant.left_at, until, free=promised)


def _short_notice(facts: Facts) -> timedelta:
    """Return how near a meeting is when what changes about it is said whatever the budget."""
    return timedelta(hours=facts.program.short_notice_hours)


def _gathered(facts: Facts, first: Touch, again: Prompt, since: datetime, moot: datetime) -> Iterator[Window]:
    """Yield a question that waits for others of its kind, so that a mentor of ten pairs gets one message."""
    opens = since + timedelta(minutes=facts.program.gathered_minutes)
    asked = _asked_twice(facts, first, again, opens, moot)
    yield from (replace(one, early=since) if one.touch == first else one for one in asked)


def _asked_twice(
    facts: Facts, first: Touch, again: Prompt, opens: datetime, moot: datetime, *, free: bool = False
) -> Iterator[Window]:
    """Yield a question, and its one reminder, which counts from when the question was really asked."""
    yield Window(first, facts.mentorship.id, opens, moot, free=free)
    said = facts.told(first)
    if said is not None:
        later = facts.hours(first.person_id).days_after(said.at, facts.program.remind_days)
        yield Window(replace(first, kind=again), facts.mentorship.id, later, moot)
