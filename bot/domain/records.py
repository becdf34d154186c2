"""What people wrote and what was done, as rows that point to each other by id.

No text stands here: all that people write lives in the table `words`, sealed, and these hold its id.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Visibility(StrEnum):
    """Who may read some words besides their author."""

    ME = "me"
    PAIR = "pair"
    GROUP = "group"


class NoteKind(StrEnum):
    """What a note is.

    An introduction before the kickoff, a topic for the agenda, an answer after a meeting, a part of the agreement, or
    a note or link for the record that both keep.
    """

    INTRODUCTION = "introduction"
    TOPIC = "topic"
    REFLECTION = "reflection"
    AGREEMENT = "agreement"
    NOTE = "note"


@dataclass(eq=False)
class Note:
    """Something a person wrote for one meeting, in answer to one question of the bot."""

    id: str
    organization_id: str
    mentorship_id: str
    meeting_id: str
    author_id: str
    kind: NoteKind
    question: str
    words_id: str
    written_at: datetime


WIN = "win"
"""The question under which a win stands among the notes: what went well, always for the others to read."""


@dataclass(frozen=True, slots=True)
class Win:
    """That somebody has told the others of a mentorship what went well; by the id of the note that holds it."""

    id: str
    author_id: str
    written_at: datetime


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    TRIED = "tried"
    DROPPED = "dropped"


@dataclass(eq=False)
class ActionItem:
    """A next step that somebody took on in a meeting, with a date where one was given.

    `outcome_id` are the words on what came of it, for the others to read.
    """

    id: str
    organization_id: str
    mentorship_id: str
    meeting_id: str
    owner_id: str
    words_id: str
    created_at: datetime
    due_on: date | None = None
    state: ActionState = ActionState.OPEN
    outcome_id: str | None = None
    settled_at: datetime | None = None

    def settle(self, state: ActionState, now: datetime) -> None:
        """Note what became of it; it may be opened again."""
        self.state = state
        self.settled_at = None if state is ActionState.OPEN else now


@dataclass(frozen=True, slots=True)
class NextStep:
    """An action with its words, and what came of it as far as that was told."""

    action: ActionItem
    text: str
    outcome: str = ""


class GoalState(StrEnum):
    """What became of a goal."""

    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"


@dataclass(eq=False)
class Goal:
    """What a mentee wants to reach, in their own words, with a date where one was given.

    The first line of the words is the goal; the second, if there is one, is how both will see that it is reached.
    """

    id: str
    organization_id: str
    mentorship_id: str
    owner_id: str
    words_id: str
    created_at: datetime
    due_on: date | None = None
    state: GoalState = GoalState.OPEN
    settled_at: datetime | None = None

    def settle(self, state: GoalState, now: datetime) -> None:
        """Note what became of it; it may be opened again."""
        self.state = state
        self.settled_at = None if state is GoalState.OPEN else now


class EntryKind(StrEnum):
    """What an entry of the record is: a note of any kind, a win among them, an action, or a goal."""

    INTRODUCTION = "introduction"
    TOPIC = "topic"
    REFLECTION = "reflection"
    AGREEMENT = "agreement"
    NOTE = "note"
    WIN = "win"
    ACTION = "action"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the record of a mentorship, as one reader may read it.

    `question` is the short name of what was asked. `state` and `outcome` tell what became of an action or a goal.
    What is `private` is read by its author alone.
    """

    id: str
    at: datetime
    kind: EntryKind
    author_id: str
    question: str
    text: str
    private: bool = False
    due_on: date | None = None
    state: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """What makes one thing that the bot says to one person the same thing.

    `occasion` is text built from facts (the count of moves, a local date), never a time that shifts; `ordinal` counts
    the snoozes. A touch is said once, whatever moves.
    """

    about: str
    person_id: str
    kind: str
    occasion: str
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """When a touch was said, and by which delivery; or why it was `dropped` unsaid, as a short code.

    `unasked` tells what counts as a message of the week: what the bot said by itself, and not in answer to somebody.
    """

    at: datetime
    delivery_id: str
    unasked: bool = True
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """How often somebody put off one thing that was said, and until when."""

    times: int
    until: datetime


@dataclass(eq=False)
class AuditEntry:
    """That somebody did something grave; ids only."""

    id: str
    organization_id: str
    actor_id: str
    action: str
    subject_id: str
    at: datetime
