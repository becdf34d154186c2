"""A scene: what a section is drawn from, one reader, one mentorship, today's state."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, State
from bot.domain.mentorship import Format, Role
from bot.domain.people import Person
from bot.domain.records import NoteKind
from bot.language import Translator, translator
from bot.messages import Fact, Link, Quote
from bot.ports import LinkKind, Links, Ticket, UnitOfWork


class NotThere(Exception):
    """What was named does not exist, or not for this person; which of the two is not told."""


class AdminsOnly(NotThere):
    """Only those who run the programme may do this; whether what was named exists is not told either."""


@dataclass(eq=False)
class Scene:
    """Everything that a section is drawn from: one reader, one mentorship, today's state.

    `links` is None where nobody's browser can reach the service.
    """

    now: datetime
    reader: Person
    facts: Facts
    about: str
    unit: UnitOfWork
    links: Links | None = None

    @property
    def t(self) -> Translator:
        """Sentences in the reader's language."""
        return translator(self.reader.language)

    @property
    def meeting(self) -> Meeting:
        """The meeting that the section is about."""
        meeting = self.facts.meeting(self.about)
        if meeting is None:
            raise NotThere(self.about)
        return meeting

    @property
    def partner(self) -> str:
        """The others' first names, as one says them in a sentence."""
        return partner_names(self.facts, self.reader, self.t)

    def when(self, moment: datetime | None) -> str:
        """Say a moment on the reader's clocks."""
        return self.t.when(moment, self.reader.zone) if moment else ""

    def where(self) -> tuple[Fact, ...]:
        """Return where the meeting takes place, as a line of a card, if that is known."""
        place = self.unit.words.place(self.meeting, self.reader.id)
        return (Fact(self.t("Where"), place),) if place else ()

    def wrote(self, kind: NoteKind) -> bool:
        """Tell whether the reader has written notes of a kind for this meeting."""
        return (self.about, self.reader.id, kind) in self.facts.written

    def put_off(self, kind: str) -> datetime | None:
        """Return until when the reader has put this off, if that is still to come."""
        mine = (
            snooze.until
            for touch, snooze in self.facts.snoozed.items()
            if (touch.about, touch.person_id, touch.kind) == (self.about, self.reader.id, kind)
        )
        return next((until for until in mine if until > self.now), None)

    def calendar_links(self, meeting: Meeting) -> tuple[Link, ...]:
        """Offer a meeting to come for the reader's calendar while it is agreed, and its removal once it is let go.

        A link leads to the meeting as it stands when it is followed, until the meeting is over.
        """
        labels = {State.CONFIRMED: self.t("Add to my calendar"), State.SKIPPED: self.t("Remove from my calendar")}
        label, over = labels.get(meeting.state), meeting.ends_at
        if self.links is None or label is None or over is None or over <= self.now:
            return ()
        ticket = Ticket(LinkKind.CALENDAR, meeting.organization_id, meeting.id, self.reader.id, over)
        return (Link(label, self.links.url(ticket)),)

    @property
    def _asked(self) -> dict[str, str]:
        """The questions of the introduction in short, by name: its answers stand together."""
        return {
            "background": self.t("What brought you here?"),
            "hopes": self.t("What makes it worth your time?"),
            "style": self.t("How do you like to work?"),
        }

    def quotes(self, kind: NoteKind) -> tuple[Quote, ...]:
        """Return what the others wrote for this meeting and let the reader see."""
        notes = self.unit.words.notes(self.about, kind, self.reader.id)
        return tuple(
            Quote(text, self.facts.people[note.author_id].first_name, self._asked.get(note.question, ""))
            for note, text in sorted(notes, key=lambda one: (one[0].written_at, one[0].question))
            if note.author_id != self.reader.id
        )


@dataclass(frozen=True, slots=True)
class OwnScene:
    """Everything that a section about no mentorship is drawn from: one reader, and what it is about."""

    now: datetime
    reader: Person
    about: str
    unit: UnitOfWork

    @property
    def t(self) -> Translator:
        """Sentences in the reader's language."""
        return translator(self.reader.language)


def partner_names(facts: Facts, reader: Person, t: Translator) -> str:
    """Return whom a reader has here, as one says it in a sentence: others' first names, or whose group it is.

    A group has one name for all in it, its mentor among them: a name is the same in every case of every language.
    Where nobody else is left, those are named who were there.
    """
    if facts.mentorship.format is Format.GROUP:
        mentor = next(p.person_id for p in facts.participants if p.role is Role.MENTOR)
        return t("{name}'s group", name=facts.people[mentor].first_name)
    others = facts.others(reader.id) or [one for one in facts.people.values() if one.id != reader.id]
    return t.listing([person.first_name for person in others])
