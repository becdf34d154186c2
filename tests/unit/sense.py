"""What it makes sense to say to somebody right now, told a second time and naively, to hold the plan against.

The plan computes windows on the axis of time. Here one moment is looked at, by somebody who knows what was told
before and counts days on a calendar. Both must come to the same in every history.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Consent, Format, Role, Status
from bot.domain.people import Person
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind, Touch


@dataclass(frozen=True)
class Meaning:
    """What the words mean to whom they reach: said twice, they would be felt as a repetition."""

    person_id: str
    kind: str
    about: str
    which: str = ""


ABOUT_THE_MEETING = (Prompt.KICKOFF, Prompt.KICKOFF_REMINDER, Prompt.AGENDA, Prompt.REFLECTION)
"""These are asked once a meeting, however often it moves."""


def meaning(touch: Touch, facts: Facts) -> Meaning:
    """Return what a touch means as things stand."""
    meeting = facts.meeting(touch.about)
    which = ""
    if touch.kind == Prompt.NEWS:
        left_at = next(p.left_at for p in facts.participants if p.person_id == touch.person_id)
        which = f"left {left_at}" if left_at else f"{facts.mentorship.status} {facts.mentorship.status_at}"
    elif touch.kind in (Prompt.AGREE, Prompt.AGREE_REMINDER):
        which = f"draft of {facts.mentorship.drafted_at}"
    elif touch.kind == Prompt.BRIEF and meeting and meeting.starts_at:
        which = str(on_calendar(facts.people[touch.person_id], meeting.starts_at))
    elif meeting and touch.kind not in ABOUT_THE_MEETING:
        which = f"hour {meeting.moves}"
    return Meaning(touch.person_id, touch.kind, touch.about, which)


def sensible(facts: Facts, person: Person, now: datetime, told: Mapping[Meaning, datetime]) -> Iterator[Meaning]:
    """Yield all that makes sense to a person who is at work now; what was told already among it."""
    scene = Scene(facts, person, now, told)
    mentorship = facts.mentorship
    consent, left_at = next((p.consent, p.left_at) for p in facts.participants if p.person_id == person.id)
    if left_at:
        if now < left_at + timedelta(days=5):
            yield scene.means(Prompt.NEWS, mentorship.id)
    elif mentorship.status is Status.PROPOSED:
        if (
            consent is Consent.OPEN
            and timedelta(minutes=20) <= now - mentorship.proposed_at
            and now < mentorship.decides_at
        ):
            yield from scene.twice(Prompt.INVITATION, Prompt.INVITATION_REMINDER, mentorship.id)
    elif mentorship.status is Status.ACTIVE:
        for meeting in facts.meetings:
            yield from scene.about(meeting)
        yield from scene.agreement()
        yield from scene.goal()
        yield from scene.towards_the_end()
        if not facts.unsettled and scene.fell_silent:
            last = facts.settled[-1]
            if last.settled_at and scene.days_since(last.settled_at) < 3:
                yield scene.means(Prompt.STUCK, last.id)
    elif mentorship.status_at and now < mentorship.status_at + timedelta(days=5):
        yield scene.means(Prompt.NEWS, mentorship.id)


@dataclass(frozen=True)
class Scene:
    """A person at work, who looks at the mentorship."""

    facts: Facts
    person: Person
    now: datetime
    told: Mapping[Meaning, datetime]

    def about(self, meeting: Meeting) -> Iterator[Meaning]:
        """Yield what makes sense about one meeting."""
        state, mine = meeting.state, meeting.lead_id == self.person.id
        to_agree = meeting.kind is MeetingKind.KICKOFF and state in (State.OPEN, State.PROPOSED)
        if to_agree and not self.wrote(meeting, NoteKind.INTRODUCTION) and self.days_since(meeting.created_at) < 10:
            yield from self.twice(Prompt.KICKOFF, Prompt.KICKOFF_REMINDER, meeting.id)
        if to_agree and state is State.OPEN and 7 <= self.days_since(meeting.created_at) < 10:
            yield self.means(Prompt.NOT_STARTED, meeting.id)
        if state is State.PROPOSED and self.person.id == self.facts.owes_confirmation(meeting):
            yield from self.twice(Prompt.CONFIRM, Prompt.CONFIRM_REMINDER, meeting.id)
        elif state is State.CONFIRMED and meeting.starts_at and self.now < meeting.starts_at:
            yield from self.before(meeting, meeting.starts_at, mine)
        elif state is State.CONFIRMED and meeting.ends_at and self.now >= meeting.ends_at:
            yield from self.after(meeting, meeting.ends_at, mine)
        elif state is State.MISSED and meeting.settled_at:
            days = self.days_since(meeting.settled_at)
            if mine and days < 5:
                yield from self.twice(Prompt.MEND, Prompt.MEND_REMINDER, meeting.id)
            elif 5 <= days < 8:
                yield self.means(Prompt.STUCK, meeting.id)
        elif state is State.HELD and meeting.settled_at:
            said = [a.answered_at for a in self.facts.answers_about(meeting) if a.person_id == self.person.id]
            settled_it = any(at >= meeting.settled_at for at in said)
            was_there = mine if self.answered(meeting) is None else self.answered(meeting) and (mine or settled_it)
            fresh = self.days_since(max([meeting.settled_at, *said])) < 3
            if was_there and fresh and not self.wrote(meeting, NoteKind.REFLECTION):
                yield self.means(Prompt.REFLECTION, meeting.id)
            if meeting.ends_at and not mine:
                yield from self.attendance(meeting, meeting.ends_at)

    def before(self, meeting: Meeting, starts_at: datetime, mine: bool) -> Iterator[Meaning]:
        """Yield what makes sense before an hour that was agreed."""
        days = working_days(self.person, on_calendar(self.person, self.now), on_calendar(self.person, starts_at))
        if meeting.proposed_by == self.person.id:
            yield self.means(Prompt.BOOKED, meeting.id)
        if not mine and days <= 1:
            yield self.means(Prompt.BRIEF, meeting.id)
        agenda = self.means(Prompt.AGENDA, meeting.id)
        if mine and days <= 2 and meeting.kind is not MeetingKind.KICKOFF and not self.wrote(meeting, NoteKind.TOPIC):
            yield agenda
        asked = self.told.get(agenda)
        if mine and days <= 1 and asked and not self.briefed_since(meeting, asked):
            yield self.means(Prompt.AGENDA_TURNS, meeting.id)

    def after(self, meeting: Meeting, ends_at: datetime, mine: bool) -> Iterator[Meaning]:
        """Yield what makes sense when the hour is over and nobody has settled it."""
        if self.answered(meeting) is not None or self.days_since(ends_at) >= 5:
            return
        lead = self.facts.people[meeting.lead_id]
        if mine:
            yield self.means(Prompt.DID_YOU_MEET, meeting.id)
        elif self.facts.roles[self.person.id] is not Role.MENTEE:
            asked = Meaning(lead.id, Prompt.DID_YOU_MEET, meeting.id, f"hour {meeting.moves}")
            if self.days_since(self.told.get(asked, next_at_work(lead, ends_at))) >= 1:
                yield self.means(Prompt.WRAP, meeting.id)
        else:
            yield from self.attendance(meeting, ends_at)

    def attendance(self, meeting: Meeting, ends_at: datetime) -> Iterator[Meaning]:
        """Yield what makes sense to one of a group on the card of the brief: were you there?"""
        mentee = self.facts.roles[self.person.id] is Role.MENTEE
        due = self.answered(meeting) is None and self.days_since(ends_at) < 5
        briefs = [
            m for m in self.told if (m.person_id, m.kind, m.about) == (self.person.id, Prompt.BRIEF, meeting.id)
        ]
        if mentee and due and briefs:
            yield self.means(Prompt.WERE_YOU_THERE, meeting.id)

    def agreement(self) -> Iterator[Meaning]:
        """Yield what makes sense after the first talk: somebody writes the agreement, the others accept it."""
        mentorship, present = self.facts.mentorship, self.facts.present
        if mentorship.drafted_at:
            agreed = {p.person_id for p in present if p.agreed_at}
            enough = len(agreed) >= 3 or len(agreed) == len(present)
            gathered = self.now - mentorship.drafted_at >= timedelta(minutes=20)
            due = gathered and self.days_since(mentorship.drafted_at) < 10
            if self.person.id not in agreed and not enough and due:
                yield from self.twice(Prompt.AGREE, Prompt.AGREE_REMINDER, mentorship.id)
            return
        writers = [p.person_id for p in present if (p.role is Role.MENTOR) is (mentorship.format is Format.GROUP)]
        talks = [meeting.settled_at for meeting in self.facts.meetings if meeting.state is State.HELD]
        if talks and talks[0] and self.person.id == writers[0] and self.in_the_weeks_after(talks[0]):
            yield from self.twice(Prompt.AGREEMENT, Prompt.AGREEMENT_REMINDER, mentorship.id)

    def goal(self) -> Iterator[Meaning]:
        """Yield what makes sense to somebody who learns and has met twice without naming a goal."""
        me, talks = self.person.id, [m.settled_at for m in self.facts.meetings if m.state is State.HELD]
        learns = self.facts.roles[me] is not Role.MENTOR and me not in self.facts.with_goal
        alone = self.facts.mentorship.format is not Format.GROUP
        if learns and alone and len(talks) > 1 and talks[1] and self.in_the_weeks_after(talks[1]):
            yield self.means(Prompt.GOAL, self.facts.mentorship.id)

    def in_the_weeks_after(self, moment: datetime) -> bool:
        """Tell whether today is one of ten working days from the beginning of the week after a moment."""
        day = on_calendar(self.person, moment)
        monday = day + timedelta(days=7 - day.weekday())
        worked = working_days(self.person, monday, self.today + timedelta(days=1))
        return 1 <= worked <= 10

    def towards_the_end(self) -> Iterator[Meaning]:
        """Yield what makes sense in the last four weeks of a mentorship that has run longer than that."""
        mentorship = self.facts.mentorship
        four_weeks_before = mentorship.ends_on + timedelta(days=1) - timedelta(weeks=4)
        last_weeks = datetime.combine(four_weeks_before, time(), ZoneInfo(mentorship.zone))
        begun = mentorship.started_at and on_calendar(self.person, mentorship.started_at)
        if begun and begun < on_calendar(self.person, last_weeks) <= self.today and self.now < mentorship.ends_at:
            yield self.means(Prompt.ENDING, mentorship.id)

    def briefed_since(self, meeting: Meeting, asked: datetime) -> bool:
        """Tell whether the day before a meeting had begun, or its hour was not yet set, when its lead was asked."""
        assert meeting.starts_at
        assert meeting.timed_at
        first, last = on_calendar(self.person, asked), on_calendar(self.person, meeting.starts_at)
        return asked >= meeting.timed_at and working_days(self.person, first, last) <= 1

    @property
    def fell_silent(self) -> bool:
        """Whether the last two meetings passed without a word since the mentorship began or was resumed."""
        since = self.facts.mentorship.status_at
        last = [m.settled_at for m in self.facts.settled[-2:] if self.is_silent(m)]
        return len([at for at in last if at and since and at >= since]) == 2

    def is_silent(self, meeting: Meeting) -> bool:
        """Tell whether nobody said a word about a meeting."""
        return meeting.state is State.UNSETTLED and not self.facts.answers_about(meeting)

    def answered(self, meeting: Meeting) -> bool | None:
        """Return what this person said about the present hour."""
        return next((a.met for a in self.facts.answers_about(meeting) if a.person_id == self.person.id), None)

    def wrote(self, meeting: Meeting, kind: NoteKind) -> bool:
        """Tell whether this person wrote something for a meeting."""
        return (meeting.id, self.person.id, kind) in self.facts.written

    def twice(self, first: str, reminder: str, about: str) -> Iterator[Meaning]:
        """Yield a question, and its reminder where it was asked three working days ago."""
        asking = self.means(first, about)
        yield asking
        if asking in self.told and self.days_since(self.told[asking]) >= 3:
            yield self.means(reminder, about)

    def means(self, kind: str, about: str) -> Meaning:
        """Return what saying something of a kind would mean now."""
        return meaning(Touch(about, self.person.id, kind, ""), self.facts)

    def days_since(self, moment: datetime) -> int:
        """Count the working days after the day of a moment, up to today."""
        day = timedelta(days=1)
        return working_days(self.person, on_calendar(self.person, moment) + day, self.today + day)

    @property
    def today(self) -> date:
        """The day on this person's calendar."""
        return on_calendar(self.person, self.now)


# The calendar on the wall


def at_work(person: Person, now: datetime) -> bool:
    """Tell whether somebody may be written to: a working day, within the hours, and not resting."""
    clock = now.astimezone(ZoneInfo(person.zone))
    resting = person.paused_until is not None and now < person.paused_until
    return (
        is_working_day(person, clock.date()) and person.day_starts <= clock.time() < person.day_ends and not resting
    )


def next_at_work(person: Person, moment: datetime) -> datetime:
    """Return the first quarter of an hour from a moment on in which somebody works, resting or not."""
    while True:
        clock = moment.astimezone(ZoneInfo(person.zone))
        if is_working_day(person, clock.date()) and person.day_starts <= clock.time() < person.day_ends:
            return moment
        midnight = clock.time() >= person.day_ends or not is_working_day(person, clock.date())
        day = clock.date() + timedelta(days=midnight)
        moment = datetime.combine(day, time() if midnight else person.day_starts, ZoneInfo(person.zone))


def on_calendar(person: Person, moment: datetime) -> date:
    """Return the day that a moment falls on where somebody lives."""
    return moment.astimezone(ZoneInfo(person.zone)).date()


def is_working_day(person: Person, day: date) -> bool:
    """Tell whether somebody works on a day."""
    return day.weekday() in person.working_days and day not in days_off(person.country, person.region, day.year)


def working_days(person: Person, first: date, end: date) -> int:
    """Count somebody's working days from `first` to the day before `end`."""
    return sum(is_working_day(person, first + timedelta(days=n)) for n in range((end - first).days))


@lru_cache
def days_off(country: str, region: str, year: int) -> frozenset[date]:
    """Return the public holidays of a year."""
    if not country:
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
