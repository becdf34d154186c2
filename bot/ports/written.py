"""What people write: words, sealed, and forms that are not yet sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.meeting import Meeting
from bot.domain.records import (
    ActionItem,
    Entry,
    Goal,
    NextStep,
    Note,
    NoteKind,
    Visibility,
)
from bot.messages import Button

Written = TypeVar("Written", Note, ActionItem, Goal)


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

    def wins(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return what went well in a mentorship as its people told each other, the oldest first."""

    def record(self, mentorship_id: str, reader_id: str) -> Sequence[Entry]:
        """Return all of a mentorship that a reader may read, the newest first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The buttons that somebody who types was asked to choose from last, and when."""

    buttons: tuple[Button, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a message that wait for the form which somebody opens about it, and since when."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A half typed form that waits behind the one that is open; its values are people's words."""

    id: str
    form: str
    subject: str
    rev: int
    values: Mapping[str, str | tuple[str, ...]]
    position: int


@dataclass(eq=False)
class Draft:
    """What is open in one conversation: a form that is answered by typing, or was left, and the last choice offered.

    Its values are people's words. `touched_at` is when the form was last typed into, None where typed words fill it
    only after 'resume'. `form` is empty where only a choice is open. Behind it wait other forms that were `kept`, the
    last one first. Words that were `quoted` are for the next form that opens, whichever that is.
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
    kept: tuple[Kept, ...] = ()
    quoted: Quoted | None = None


class Drafts(Protocol):
    """What is open in each conversation."""

    def get(self, account_id: str) -> Draft | None:
        """Return the draft of a conversation."""

    def put(self, draft: Draft, now: datetime) -> None:
        """Save a draft in place of any other of the same conversation; a month later it is forgotten."""

    def drop(self, account_id: str) -> None:
        """Forget the draft of a conversation."""
