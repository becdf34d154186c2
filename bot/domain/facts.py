"""What is known of one mentorship: all that deciding what is due needs, and no words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.cadence import WorkingTime
from bot.domain.meeting import SETTLED, Answer, Meeting, MeetingKind, State
from bot.domain.mentorship import Format, Mentorship, Participant, Role
from bot.domain.people import Person
from bot.domain.program import DEFAULTS, Program
from bot.domain.records import NoteKind, Said, Snooze, Touch, Visibility, Win


@dataclass(eq=False)
class Facts:
    """One mentorship with its people, its unsettled and its last settled meetings, and what was said about them.

    `written` holds (meeting id, person id, kind) for whoever wrote something; `said` holds the touches about the
    mentorship and these meetings, `snoozed` those that somebody put off, by the touch of ordinal 0. `with_goal` are
    those who have named a goal. Meetings come in the order of their numbers.
    """

    mentorship: Mentorship
    participants: list[Participant]
    people: Mapping[str, Person]
    meetings: list[Meeting] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    written: set[tuple[str, str, NoteKind]] = field(default_factory=set)
    said: dict[Touch, Said] = field(default_factory=dict)
    program: Program = DEFAULTS
    snoozed: dict[Touch, Snooze] = field(default_factory=dict)
    with_goal: set[str] = field(default_factory=set)
    managers: Mapping[str, str] = field(default_factory=dict)
    """The e-mail addresses of people's managers by person id, of those whose manager is known."""
    wins: list[Win] = field(default_factory=list)
    """What went well of late, as told to all in it, in no certain order."""

    @property
    def present(self) -> list[Participant]:
        """Those who are in the mentorship now, in the order in which they were paired."""
        return [participant for participant in self.participants if participant.left_at is None]

    @property
    def roles(self) -> dict[str, Role]:
        """The role of each person by id, of those who left too."""
        return {participant.person_id: participant.role for participant in self.participants}

    @property
    def unsettled(self) -> list[Meeting]:
        """The meetings that still ask something of somebody."""
        return [meeting for meeting in self.meetings if meeting.state not in SETTLED]

    @property
    def settled(self) -> list[Meeting]:
        """The last meetings that are over, held or not, the newest last."""
        return [meeting for meeting in self.meetings if meeting.state in SETTLED]

    @property
    def series(self) -> list[Meeting]:
        """The regular meetings: all but those that somebody asked for out of turn."""
        return [meeting for meeting in self.meetings if meeting.kind is not MeetingKind.EXTRA]

    @property
    def last_in_series(self) -> Meeting | None:
        """The newest regular meeting that is over."""
        return next((meeting for meeting in reversed(self.series) if meeting.state in SETTLED), None)

    @property
    def last_held(self) -> Meeting | None:
        """The newest of the loaded meetings that took place."""
        held = [meeting for meeting in self.meetings if meeting.state is State.HELD]
        return held[-1] if held else None

    @property
    def agreement_stands(self) -> bool:
        """Whether the agreement holds: all have accepted it as it was drafted last, or three in a group."""
        accepted = sum(participant.agreed_at is not None for participant in self.present)
        needed = min(3, len(self.present)) if self.mentorship.format is Format.GROUP else len(self.present)
        return self.mentorship.drafted_by is not None and accepted >= needed

    @property
    def first_talk(self) -> Meeting | None:
        """The first of the loaded meetings that took place, after which an agreement makes sense."""
        return next((meeting for meeting in self.meetings if meeting.state is State.HELD), None)

    @property
    def drafter(self) -> str:
        """Who is asked to write the agreement: the mentee; in a group the mentor; the first among peers."""
        wanted = Role.MENTOR if self.mentorship.format is Format.GROUP else Role.MENTEE
        return next((p.person_id for p in self.present if p.role is wanted), self.lead_for(0))

    @property
    def for_all(self) -> Visibility:
        """The visibility of what is written for everybody in the mentorship."""
        return Visibility.GROUP if self.mentorship.format is Format.GROUP else Visibility.PAIR

    @property
    def is_whole(self) -> bool:
        """Whether enough people are left: a mentor and somebody to guide, or two peers."""
        mentored = sum(participant.role is not Role.MENTOR for participant in self.present)
        return 0 < mentored < len(self.present) or (self.mentorship.format is Format.PEER and mentored > 1)

    @property
    def managed(self) -> list[Participant]:
        """Those present who are mentored here by their own manager, which rules a mentorship out."""
        mentors = [self.people[p.person_id] for p in self.present if p.role is not Role.MENTEE]
        return [
            p
            for p in self.present
            if p.role is not Role.MENTOR
            and any(m.id != p.person_id and m.is_manager(self.managers.get(p.person_id, "")) for m in mentors)
        ]

    def draft(self, person_id: str, now: datetime) -> None:
        """Note that somebody wrote or changed the agreement: they have accepted it, and all others are to."""
        self.mentorship.drafted_by, self.mentorship.drafted_at = person_id, now
        for participant in self.participants:
            participant.agreed_at = now if participant.person_id == person_id else None

    def accept(self, person_id: str, now: datetime) -> None:
        """Note that somebody accepted the agreement as it was drafted last."""
        for participant in self.present:
            if participant.person_id == person_id:
                participant.agreed_at = participant.agreed_at or now

    def decides(self, person_id: str) -> bool:
        """Tell whether somebody may slow down, pause or end it for all: anybody in it, but in a group its mentor."""
        roles = {p.person_id: p.role for p in self.present}
        in_a_group = self.mentorship.format is Format.GROUP
        return roles.get(person_id) is Role.MENTOR if in_a_group else person_id in roles

    def hours(self, person_id: str) -> WorkingTime:
        """Return when somebody works, the programme's own holidays left out."""
        return self.people[person_id].working_time.resting(self.program.holidays)

    def hears_at(self, person_id: str) -> datetime:
        """Return when somebody hears what becomes of the proposal: when they work next once it is decided."""
        return self.hours(person_id).next_open(self.mentorship.decides_at)

    def told(self, touch: Touch) -> Said | None:
        """Return when a touch, or what came after it was put off, was really said; None where it was not."""
        snooze = self.snoozed.get(touch)
        said = self.said.get(replace(touch, ordinal=snooze.times) if snooze else touch)
        return None if said is None or said.dropped else said

    def meeting(self, meeting_id: str) -> Meeting | None:
        """Return one of the loaded meetings."""
        return next((meeting for meeting in self.meetings if meeting.id == meeting_id), None)

    def others(self, person_id: str) -> list[Person]:
        """Return everybody present except one person."""
        return [self.people[p.person_id] for p in self.present if p.person_id != person_id]

    def answers_about(self, meeting: Meeting) -> list[Answer]:
        """Return what was answered about the present hour of a meeting."""
        return [a for a in self.answers if a.meeting_id == meeting.id and a.moves == meeting.moves]

    def owes_confirmation(self, meeting: Meeting) -> str:
        """Return who is to confirm the hour that was proposed."""
        return self.confirms(meeting, meeting.proposed_by or meeting.lead_id)

    def confirms(self, meeting: Meeting, by: str) -> str:
        """Return who is to confirm what somebody proposes: the mentor, or where that is the mentor, the lead.

        Among peers it is the lead, or where that is the lead, the other. In a group one word is enough.
        """
        others = [p for p in self.present if p.person_id != by]
        mentors = [p.person_id for p in others if p.role is Role.MENTOR]
        if mentors or by == meeting.lead_id:
            return (mentors or [p.person_id for p in others] or [meeting.lead_id])[0]
        return meeting.lead_id

    def agree(self, meeting: Meeting, now: datetime) -> None:
        """Confirm the hour that stands.

        The hour of a kickoff, or the first one ever agreed, anchors the series, and so does one with which the
        series moves to another zone.
        """
        meeting.confirm(now)
        moves_zone, meeting.series_zone = meeting.series_zone, ""
        self.mentorship.zone = moves_zone or self.mentorship.zone
        anchors = meeting.kind is MeetingKind.KICKOFF or self.mentorship.anchor is None
        if meeting.starts_at and (anchors or moves_zone):
            self.mentorship.anchor_at(meeting.starts_at)

    def lead_for(self, number: int) -> str:
        """Return who leads the meeting of a number: the mentee, each mentee in turn, each peer in turn."""
        leads = [p.person_id for p in self.present if p.role is not Role.MENTOR]
        leads = leads or [p.person_id for p in self.present or self.participants]
        return leads[number % len(leads)]
