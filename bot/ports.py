"""What the engine and the flows need from the outside, as protocols; storage and platforms provide it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.budget import Told
from bot.domain.facts import Facts
from bot.domain.meeting import Answer as MeetingAnswer
from bot.domain.meeting import Meeting
from bot.domain.mentorship import Mentorship, Participant
from bot.domain.people import Account, Organization, Person, Profile, Workspace
from bot.domain.program import Program
from bot.domain.records import (
    ActionItem,
    AuditEntry,
    Entry,
    Goal,
    NextStep,
    Note,
    NoteKind,
    Said,
    Snooze,
    Touch,
    Visibility,
)
from bot.messages import Answer, Button, Card, Event, Sender

Written = TypeVar("Written", Note, ActionItem, Goal)


class Clock(Protocol):
    """Tells the time; the playground's can be moved."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""


# Sending


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery on its way to a platform. `replaces` is the platform's id of a message to draw anew."""

    delivery_id: str
    account: Account
    workspace: Workspace
    card: Card
    replaces: str | None = None


class SendFailed(Exception):
    """The platform said no. `code` is its short reason, without content.

    `retry_after` is in seconds and None where a retry is of no use. Where the platform is `busy`, nothing is wrong
    with the message, and it is tried again for as long as that takes.
    """

    def __init__(self, code: str, retry_after: float | None = None, *, busy: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.busy = busy


class InDoubt(Exception):
    """The request left and no answer came: the message may or may not have arrived."""


class Messenger(Protocol):
    """Sends cards on one platform. Each call is one attempt; it never retries by itself."""

    async def send(self, parcel: Parcel) -> str:
        """Send or, where `replaces` is set, draw anew; return the platform's id of the message.

        Raises:
            SendFailed: the platform refused it.
            InDoubt: whether it arrived is not known.
        """

    async def find(self, parcel: Parcel) -> str | None:
        """Return the platform's id of an earlier attempt that did arrive, or None where none is seen."""


# Links


class LinkKind(StrEnum):
    """What a link leads to. The names are permanent for as long as links live."""

    CALENDAR = "calendar"
    RECORD = "record"
    RECORD_DATA = "record_data"
    MINE = "mine"
    MINE_JSON = "mine_json"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link holds: what it leads to, for whom, until when; ids alone, never words."""

    kind: LinkKind
    organization_id: str
    subject_id: str
    reader_id: str
    expires_at: datetime


class Links(Protocol):
    """Makes links that people's browsers can follow."""

    def url(self, ticket: Ticket) -> str:
        """Return an address that leads to what the ticket names until it expires, to the second."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a link leads to; `media_type` is its content type with all parameters."""

    content: bytes
    media_type: str
    filename: str


# Who is there


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a platform's directory, as far as it tells; `user` is the platform's own id.

    `email` is one that the platform has checked, in small letters. Only who `belongs` can be in a mentorship: no
    guest, no bot, nobody of another company, nobody who has left. `address` is where to write to them first, on a
    platform that has to be told.
    """

    user: str
    name: str = ""
    email: str = ""
    zone: str = ""
    language: str = ""
    belongs: bool = True
    address: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A team of a platform to which the bot was added; `address` is where its people are read from."""

    platform: str
    workspace: str
    external_id: str
    address: str


# Storage


class People(Protocol):
    """The people of a company and their accounts."""

    def get(self, organization_id: str, person_id: str) -> Person | None:
        """Return one person of a company."""

    def by_account(self, sender: Sender) -> tuple[Person, Account] | None:
        """Return who this is, if the bot knows the account."""

    def account(self, organization_id: str, account_id: str) -> Account | None:
        """Return one account of a company."""

    def workspace(self, platform: str, external_id: str) -> Workspace | None:
        """Return the workspace of a platform by the platform's own id."""

    def find(self, organization_id: str, text: str) -> Sequence[Person]:
        """Return the active people whose name or e-mail is `text`, in any case; else those with it in the name."""

    def everybody(self, organization_id: str) -> Sequence[Person]:
        """Return the active people of a company, by name."""

    def by_external_id(self, workspace_id: str, external_id: str) -> Person | None:
        """Return the person behind a platform's user id in one workspace."""

    def by_email(self, organization_id: str, email: str) -> Person | None:
        """Return who has an e-mail address, in any case, whether they still belong to the company or not."""

    def is_in(self, workspace_id: str, person_id: str) -> bool:
        """Tell whether a person has an account in a workspace."""

    def managers(self, person_ids: Collection[str]) -> Mapping[str, str]:
        """Return the e-mail addresses of some people's managers by person id, where they are known."""

    def add(self, *rows: Organization | Workspace | Person | Account | Profile) -> None:
        """Save new rows."""


class Mentorships(Protocol):
    """Mentorships with all that deciding about them needs. Loading one locks it until the unit of work ends."""

    def facts(self, organization_id: str, mentorship_id: str) -> Facts | None:
        """Load and lock one mentorship of a company."""

    def of_meeting(self, organization_id: str, meeting_id: str) -> Facts | None:
        """Load and lock the mentorship of a meeting."""

    def of_person(self, person_id: str, now: datetime) -> Sequence[Facts]:
        """Load and lock all mentorships that a person is in and that are not long over, in the order of their ids.

        Long over is what ended 30 days ago or earlier. What a person has left is among them while it is news.
        """

    def former(self, person_id: str, before: datetime) -> str | None:
        """Return the id of the mentorship that somebody who was guided in it may hand over, from before a moment.

        It is the last one that ended because another left it, or for a new match.
        """

    def of_organization(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load all mentorships of a company that are not long over, without locks, oldest first."""

    def at_a_glance(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load the same mentorships, but nothing of what was said, put off or written.

        Answers are loaded where they left a meeting unsettled.
        """

    def some_at_a_glance(self, organization_id: str, mentorship_ids: Collection[str]) -> Sequence[Facts]:
        """Load some mentorships of a company in the same way, however long they are over, in no certain order."""

    def add(self, *rows: Mentorship | Participant | Meeting | MeetingAnswer) -> None:
        """Save new rows."""


class Programs(Protocol):
    """The programmes of a company."""

    def all(self, organization_id: str) -> Sequence[Program]:
        """Return the programmes of a company, the oldest first."""

    def main(self, organization_id: str, now: datetime) -> Program:
        """Return the oldest programme of a company; one with the usual settings is made where there is none."""

    def add(self, program: Program) -> None:
        """Save a new programme."""


class Words(Protocol):
    """All that people write, sealed; and what it was written for.

    What comes out is what a reader may read: their own, and as somebody who takes part now, what is shared with them.
    """

    def write(self, row: Note | ActionItem | Goal, text: str, visibility: Visibility) -> None:
        """Save a note, an action or a goal with its words."""

    def reword(self, row: Note | ActionItem | Goal, text: str) -> None:
        """Save other words in place of those that were written."""

    def show(self, row: Note | ActionItem | Goal, visibility: Visibility) -> None:
        """Let others read what was written, or let it be its author's alone."""

    def tell(self, action: ActionItem, outcome: str, visibility: Visibility) -> None:
        """Save what came of an action, in place of what was told before; '' clears it."""

    def replace(
        self,
        meeting: Meeting,
        author_id: str,
        kind: NoteKind,
        answers: Mapping[str, str],
        visibility: Visibility,
        now: datetime,
        *,
        one_for_all: bool = False,
    ) -> None:
        """Save what an author answered by question, in place of earlier answers to these questions; '' clears one.

        Where a mentorship has `one_for_all` of each, earlier answers for any meeting and by anybody are replaced.
        """

    def meet_at(self, meeting: Meeting, author_id: str, place: str) -> None:
        """Save where a meeting takes place, for all in it to read, in place of what was said before; '' clears it."""

    def place(self, meeting: Meeting, reader_id: str) -> str:
        """Return where a meeting takes place, as far as a reader may know; '' where nobody said it."""

    def one(self, what: type[Written], organization_id: str, row_id: str) -> Written | None:
        """Return one note, action or goal of a company, without its words."""

    def notes(self, meeting_id: str, kind: NoteKind, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return what a reader may read of the notes on a meeting, the oldest first."""

    def agreement(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return the answers of which an agreement is made, one a question."""

    def actions(self, mentorship_id: str, reader_id: str) -> Sequence[NextStep]:
        """Return what a reader may read of the actions of a mentorship, open or not, the oldest first."""

    def goals(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Goal, str]]:
        """Return what a reader may read of the goals in a mentorship, open or not, the oldest first."""

    def record(self, mentorship_id: str, reader_id: str) -> Sequence[Entry]:
        """Return all of a mentorship that a reader may read, the newest first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The buttons that somebody who types was asked to choose from last, and when."""

    buttons: tuple[Button, ...]
    at: datetime


@dataclass(eq=False)
class Draft:
    """What is open in one conversation: a form that is answered by typing, or was left, and the last choice offered.

    Its values are people's words. `touched_at` is when the form was last typed into, None where typed words fill it
    only after 'resume'. `form` is empty where only a choice is open.
    """

    id: str
    organization_id: str
    account_id: str
    form: str
    subject: str
    rev: int
    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    position: int = 0
    touched_at: datetime | None = None
    choice: Choice | None = None


class Drafts(Protocol):
    """What is open in each conversation."""

    def get(self, account_id: str) -> Draft | None:
        """Return the draft of a conversation."""

    def put(self, draft: Draft) -> None:
        """Save a draft in place of any other of the same conversation."""

    def drop(self, account_id: str) -> None:
        """Forget the draft of a conversation."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A card to be queued for one account.

    `sections` are (kind, about) of its sections, from which it can be drawn anew; `redraws` is the delivery that it
    replaces; it is dropped unsent after `valid_until`. `due_at` is when it may leave.
    """

    id: str
    organization_id: str
    account_id: str
    card: Card
    due_at: datetime
    sections: tuple[tuple[str, str], ...] = ()
    redraws: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier delivery: whose it was, the (kind, about) of its sections, and whether it may have left by now."""

    id: str
    account_id: str
    sections: tuple[tuple[str, str], ...]
    has_left: bool


class Outbox(Protocol):
    """What is to be sent, in the order in which it was queued for each conversation."""

    def put(self, letter: Letter) -> None:
        """Queue a card in this unit of work."""

    def extend(self, earlier: Earlier, sections: tuple[tuple[str, str], ...]) -> None:
        """Note that an earlier card holds more sections from now on; it is to be drawn anew."""

    def replace(self, earlier: Earlier, letter: Letter) -> None:
        """Draw an earlier card anew: in its own place where it has not left yet, else by a letter behind it."""

    def earlier(self, organization_id: str, delivery_ids: Iterable[str]) -> Sequence[Earlier]:
        """Return what is known of some earlier deliveries, in the order in which they were queued."""

    def unreachable(self, organization_id: str) -> Mapping[str, datetime]:
        """Return the people whose account has refused for good what came last, each with the moment since when."""


class Touches(Protocol):
    """What was said, and when to look at whom again."""

    def add(self, organization_id: str, mentorship_id: str, said: Mapping[Touch, Said]) -> None:
        """Note what was said about a mentorship, or dropped."""

    def told_since(self, person_id: str, since: datetime) -> Sequence[Told]:
        """Return what was said to a person unasked from a moment on, the oldest first."""

    def latest(self, person_id: str) -> Sequence[tuple[str, Touch]]:
        """Return what the last unasked message to a person said, each with its mentorship's id."""

    def snooze(self, organization_id: str, mentorship_id: str, touch: Touch, snooze: Snooze) -> None:
        """Put off what a touch says, in place of an earlier putting off."""

    def look_by(self, organization_id: str, person_id: str, at: datetime) -> None:
        """Let a person be looked at no later than `at`."""

    def look_next(self, person_id: str, at: datetime | None) -> None:
        """Set when a person is looked at next, in place of what stood; None is never."""


class Trail(Protocol):
    """The grave deeds that were noted by `UnitOfWork.audit`: ids only."""

    def latest(self, organization_id: str, actions: Sequence[str], count: int) -> Sequence[AuditEntry]:
        """Return the last deeds of some kinds in a company, the newest first."""

    def since(self, organization_id: str, action: str, since: datetime) -> Sequence[AuditEntry]:
        """Return the deeds of one kind after a moment, the oldest first."""


Belongings = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by subject. A row holds texts, numbers, dates, moments, and tuples of these, by the names of its columns."""


class UnitOfWork(Protocol):
    """One transaction. Nothing is saved unless `commit` is called."""

    people: People
    programs: Programs
    mentorships: Mentorships
    words: Words
    drafts: Drafts
    outbox: Outbox
    touches: Touches
    trail: Trail

    def first_time(self, keys: Iterable[str], now: datetime) -> bool:
        """Note the ids of an event; False where one of them was seen before."""

    def audit(self, entry: AuditEntry) -> None:
        """Note that somebody did something grave."""

    def belongings(self, person: Person) -> Belongings:
        """Return everything that is stored on a person and that this person may read."""

    def erase(self, person: Person, now: datetime) -> None:
        """Erase all that is stored on a person: words and name at once, so that nothing is drawn with them any more,
        the rest when this unit of work is committed.

        What others wrote stays, and so do the dates of meetings, under nobody's name.
        """

    def was_forgotten(self, workspace: Workspace, user: str) -> bool:
        """Tell whether an account, by the platform's id of its user, was one of somebody whose data were erased."""

    def commit(self) -> None:
        """Save everything."""


class Store(Protocol):
    """Opens units of work; leaving one without `commit` undoes it."""

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction that writes."""


# Receiving


class Receiver(Protocol):
    """What an adapter hands its events to."""

    async def answer(self, event: Event) -> Answer:
        """Handle an event now and return what to show for it: for slash commands, presses and submitted forms."""

    async def accept(self, event: Event) -> None:
        """Store an event and return; it is handled soon after, whatever process dies. For messages and the like."""
