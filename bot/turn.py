"""A turn of the conversation: one event of one person, with all that a flow may read and change.

A flow reads and changes domain objects, saves new ones through the turn's unit of work, and never commits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.ids import next_id
from bot.domain.keeping import USUAL, Keeping
from bot.domain.meeting import Meeting
from bot.domain.people import Account, Person
from bot.domain.plan import Plan, plan
from bot.domain.prompts import Prompt
from bot.domain.records import AuditEntry, NoteKind, Visibility
from bot.domain.windows import windows
from bot.language import Translator, translator
from bot.messages import Button, Card, Reply, Section, Show, card
from bot.ports import Links, UnitOfWork
from bot.scene import NotThere, Scene, partner_names


@dataclass(frozen=True, slots=True)
class Later:
    """A card that takes long to draw and changes nothing.

    Where somebody waits for it, it is drawn when the turn is over, in a transaction that only reads, so that nobody
    else waits for it; the turn that draws it is another one. In a conversation it is drawn in the turn.
    """

    draw: Callable[["Turn"], Card]


Replies = Iterable[Reply | Later]


_SHOW_NOTES = (Prompt.KICKOFF, Prompt.AGENDA, Prompt.BRIEF)
"""Cards that show what others write for a meeting, and are kept current."""


ON_A_BUTTON = 300
"""Characters of typed words that fit on a button of every platform, however they are written there."""


def on_a_button(words: str) -> str:
    """Return typed words for a button to carry; '' where they are too long for one."""
    return words if len(words) <= ON_A_BUTTON else ""


Draw = Callable[[str, str, Facts, Person], Section]
"""Draws a section of a kind about something of a mentorship for a reader, as things stand now."""


@dataclass(eq=False)
class Turn:
    """One event of one person, inside one unit of work. Mentorships that it loads are locked and planned anew."""

    now: datetime
    actor: Person
    account: Account
    unit: UnitOfWork
    draw: Draw
    links: Links | None = None
    keeping: Keeping = USUAL
    touched: dict[str, Facts] = field(default_factory=dict)
    planned: dict[str, Plan] = field(default_factory=dict)
    """The plan of each mentorship as it was when it was loaded."""
    knows_all: bool = False
    """Whether all that the actor is in was loaded: none is added meanwhile but by this turn."""
    stale: set[str] = field(default_factory=set)
    """Deliveries that this turn has changed the words of, so that they are drawn anew."""
    told: list[tuple[Person, Section, datetime]] = field(default_factory=list)
    """What others are to read, and until when it makes sense."""
    places: Mapping[str, str] = field(default_factory=dict)
    """The channels and groups that the typed words name, by the platform's ids; '' is where the words were said."""
    enrols: str = ""
    """The place whose people are to be brought in, by the platform's id; '' where none is."""

    @property
    def t(self) -> Translator:
        """Sentences in the actor's language."""
        return translator(self.actor.language)

    def mentorship(self, mentorship_id: str, *, as_admin: bool = False) -> Facts:
        """Load a mentorship that the actor is in, or for `as_admin` any of the company if the actor runs it.

        Raises:
            NotThere: there is none that this person may see.
        """
        facts = self.touched.get(mentorship_id) or self.unit.mentorships.facts(
            self.actor.organization_id, mentorship_id
        )
        return self._mine(facts, mentorship_id, as_admin)

    def meeting(self, meeting_id: str) -> tuple[Facts, Meeting]:
        """Load a meeting that the actor takes part in, with its mentorship.

        Raises:
            NotThere: there is none that this person may see.
        """
        loaded = (facts for facts in self.touched.values() if facts.meeting(meeting_id))
        facts = next(loaded, None) or self.unit.mentorships.of_meeting(self.actor.organization_id, meeting_id)
        mine = self._mine(facts, meeting_id, as_admin=False)
        meeting = mine.meeting(meeting_id)
        if meeting is None:
            raise NotThere(meeting_id)
        return mine, meeting

    def mine(self) -> list[Facts]:
        """Load every mentorship that the actor is in and that is not long over."""
        if not self.knows_all:
            for facts in self.unit.mentorships.of_person(self.actor.id, self.now):
                if facts.mentorship.id not in self.touched:
                    self._take(facts)
            self.knows_all = True
        mine = [f for f in self.touched.values() if any(p.person_id == self.actor.id for p in f.present)]
        return sorted(mine, key=lambda facts: facts.mentorship.id)

    def person(self, text: str) -> Person | None:
        """Return the one person meant by a mention, a platform's id, an e-mail or a name; None if none or several."""
        text = text.strip()
        if text.startswith("<@") and text.endswith(">"):
            text = text[2:-1]
        by_id = self.unit.people.by_external_id(self.account.workspace_id, text)
        if by_id is not None:
            return by_id
        found = self.unit.people.find(self.actor.organization_id, text.removeprefix("@"))
        return found[0] if len(found) == 1 else None

    def begin(self, facts: Facts) -> None:
        """Let a mentorship that this turn has made be planned with the rest."""
        self.touched[facts.mentorship.id] = facts

    def write(
        self, facts: Facts, meeting: Meeting, kind: NoteKind, answers: Mapping[str, str], visibility: Visibility
    ) -> None:
        """Save what the actor wrote for a meeting, by question, in place of earlier answers to these questions."""
        self.unit.words.replace(meeting, self.actor.id, kind, answers, visibility, self.now)
        facts.written.add((meeting.id, self.actor.id, kind))
        self.draw_anew(facts, *_SHOW_NOTES)

    def draw_anew(self, facts: Facts, *kinds: Prompt, about: str = "") -> None:
        """Let cards of some kinds `about` one meeting, or about a mentorship or a meeting to come, be drawn anew."""
        abouts = {about} if about else {facts.mentorship.id, *(meeting.id for meeting in facts.unsettled)}
        told = (said for touch, said in facts.said.items() if touch.kind in kinds and touch.about in abouts)
        self.stale |= {said.delivery_id for said in told if said.delivery_id}

    def tell(self, person: Person, section: Section, until: datetime) -> None:
        """Let somebody else read something, in their working hours; it is dropped where it cannot arrive by then."""
        self.told.append((person, section, until))

    def audit(self, action: str, subject_id: str) -> None:
        """Note that the actor did something grave."""
        self.unit.audit(
            AuditEntry(next_id(), self.actor.organization_id, self.actor.id, action, subject_id, self.now)
        )

    def scene(self, facts: Facts, about: str) -> Scene:
        """Return what a section about `about` is drawn from, for the actor."""
        return Scene(self.now, self.actor, facts, about, self.unit, self.links)

    def partner(self, facts: Facts) -> str:
        """The others' first names, as one says them in a sentence."""
        return partner_names(facts, self.actor, self.t)

    def asked(self) -> list[Section]:
        """Draw all that is asked of the actor now, whether it was said already or not."""
        open_ones = (
            (facts, window.touch)
            for facts in self.mine()
            for window in windows(facts)
            if window.touch.person_id == self.actor.id and window.is_open(self.now)
        )
        drawn = (self.draw(touch.kind, touch.about, facts, self.actor) for facts, touch in open_ones)
        return [section for section in drawn if section.buttons]

    def begun(self) -> list[Facts]:
        """Load those of the actor's mentorships that came about, running or lately over."""
        return [facts for facts in self.mine() if facts.mentorship.started_at]

    def trusted_contact(self) -> str:
        """Return to whom the actor may turn in confidence, by a programme of theirs or the main one; or ''."""
        programs = [facts.program for facts in self.mine()]
        programs.append(self.unit.programs.main(self.actor.organization_id, self.now))
        return next((program.trusted_contact for program in programs if program.trusted_contact), "")

    def which(self, among: Iterable[Facts], action: str, *, opens: bool = False, words: str = "") -> Replies:
        """Ask which of several mentorships is meant, by a button for each that carries the `words` typed already."""
        kept = on_a_button(words)
        buttons = [Button(self.partner(facts), action, facts.mentorship.id, kept, opens=opens) for facts in among]
        return (Show(card(self.t("Which mentorship do you mean?"), *buttons[:10])),)

    def named(self, among: Sequence[Facts], text: str) -> tuple[Facts | None, str]:
        """Return which of some mentorships typed words are about, and the words: the only one, or by the name first.

        A name with a colon is taken off the words, and so is one that stands alone.
        """
        first = text.partition(" ")[0].removeprefix("@").casefold()
        name = first.rstrip(":")
        meant = [f for f in among if name in {person.first_name.casefold() for person in f.others(self.actor.id)}]
        if len(meant) != 1:
            return (among[0] if len(among) == 1 else None), text
        if first.endswith(":"):
            return meant[0], text.partition(":")[2].strip()
        return meant[0], "" if " " not in text.strip() else text

    def _mine(self, facts: Facts | None, what: str, as_admin: bool) -> Facts:
        if facts is None:
            raise NotThere(what)
        inside = any(participant.person_id == self.actor.id for participant in facts.present)
        if not inside and not (as_admin and self.actor.is_admin):
            raise NotThere(what)
        if facts.mentorship.id not in self.touched:
            self._take(facts)
        return facts

    def _take(self, facts: Facts) -> None:
        self.touched[facts.mentorship.id] = facts
        self.planned[facts.mentorship.id] = plan(facts)
