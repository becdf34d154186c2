"""All that people write: one table, sealed; beside it the rows that say what it was written for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import new_id
from bot.domain.meeting import Meeting
from bot.domain.records import WIN, ActionItem, Entry, EntryKind, Goal, NextStep, Note, NoteKind, Visibility
from bot.ports import Written
from bot.store.readable import may_read
from bot.store.sealing import Sealer
from bot.store.tables import actions, goals, meetings, notes, words

_outcomes = words.alias("outcomes")
_of_mentorship = words.c.mentorship_id == sa.bindparam("mentorship_id")

_NOTES = (
    sa.select(Note, words.c.sealed)
    .join_from(notes, words, words.c.id == notes.c.words_id)
    .where(notes.c.meeting_id == sa.bindparam("meeting_id"), notes.c.kind == sa.bindparam("kind"), may_read())
    .order_by(notes.c.written_at, notes.c.id)
)
_ALL_NOTES = (
    sa.select(Note, words.c.sealed, words.c.visibility)
    .join_from(words, notes, words.c.id == notes.c.words_id)
    .where(_of_mentorship, may_read())
    .order_by(notes.c.written_at, notes.c.id)
)
_AGREEMENT = _ALL_NOTES.where(notes.c.kind == NoteKind.AGREEMENT)
_WINS = _ALL_NOTES.where(notes.c.kind == NoteKind.NOTE, notes.c.question == WIN)
_ACTIONS = (
    sa.select(ActionItem, words.c.sealed, words.c.visibility, _outcomes.c.sealed)
    .join_from(words, actions, words.c.id == actions.c.words_id)
    .outerjoin(_outcomes, sa.and_(_outcomes.c.id == actions.c.outcome_id, may_read(_outcomes)))
    .where(_of_mentorship, may_read())
    .order_by(actions.c.created_at, actions.c.id)
)
_GOALS = (
    sa.select(Goal, words.c.sealed, words.c.visibility)
    .join_from(words, goals, words.c.id == goals.c.words_id)
    .where(_of_mentorship, may_read())
    .order_by(goals.c.created_at, goals.c.id)
)

_INSERT = sa.insert(words)
_RESEAL = sa.update(words).where(words.c.id == sa.bindparam("row_id"))
_of_questions = sa.and_(
    notes.c.kind == sa.bindparam("kind"), notes.c.question.in_(sa.bindparam("questions", expanding=True))
)
_EARLIER = sa.select(notes.c.words_id).where(
    notes.c.meeting_id == sa.bindparam("meeting_id"), notes.c.author_id == sa.bindparam("author_id"), _of_questions
)
_EARLIER_OF_ALL = sa.select(notes.c.words_id).where(
    notes.c.mentorship_id == sa.bindparam("mentorship_id"), _of_questions
)
_PLACE = sa.select(words.c.sealed).where(words.c.id == sa.bindparam("words_id"), may_read())
_told_elsewhere = sa.exists().where(
    meetings.c.place_id == words.c.id, meetings.c.id != sa.bindparam("meeting_id", type_=sa.Text)
)
_FORGET_PLACE = sa.delete(words).where(words.c.id == sa.bindparam("words_id"), ~_told_elsewhere)
_FORGET_NOTES = sa.delete(notes).where(notes.c.words_id.in_(sa.bindparam("ids", expanding=True)))
_FORGET_WORDS = sa.delete(words).where(words.c.id.in_(sa.bindparam("ids", expanding=True)))


class SqlWords:
    """`bot.ports.Words` by queries; nothing leaves or enters the table unsealed."""

    def __init__(self, session: Session, connection: sa.Connection, sealer: Sealer) -> None:
        self._session = session
        self._connection = connection
        self._sealer = sealer

    def write(self, row: Note | ActionItem | Goal, text: str, visibility: Visibility) -> None:
        """Save a note, an action or a goal with its words."""
        match row:
            case Note():
                author_id, question = row.author_id, row.question
            case ActionItem() | Goal():
                author_id, question = row.owner_id, "action" if isinstance(row, ActionItem) else "goal"
        self._insert(row, row.words_id, author_id, question, text, visibility)
        self._session.add(row)

    def reword(self, row: Note | ActionItem | Goal, text: str) -> None:
        """Save other words in place of those that were written."""
        self._connection.execute(_RESEAL, {"row_id": row.words_id, "sealed": self._sealer.seal(text, row.words_id)})

    def show(self, row: Note | ActionItem | Goal, visibility: Visibility) -> None:
        """Let others read what was written, or let it be its author's alone."""
        self._connection.execute(_RESEAL, {"row_id": row.words_id, "visibility": visibility})

    def tell(self, action: ActionItem, outcome: str, visibility: Visibility) -> None:
        """Save what came of an action, in place of what was told before; '' clears it."""
        if action.outcome_id:
            self._connection.execute(_FORGET_WORDS, {"ids": [action.outcome_id]})
        action.outcome_id = new_id() if outcome else None
        if action.outcome_id:
            self._insert(action, action.outcome_id, action.owner_id, "outcome", outcome, visibility)

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
        of = {"mentorship_id": meeting.mentorship_id, "meeting_id": meeting.id, "author_id": author_id}
        keys = {**of, "kind": kind, "questions": list(answers)}
        earlier = self._session.scalars(_EARLIER_OF_ALL if one_for_all else _EARLIER, keys).all()
        if earlier:
            self._connection.execute(_FORGET_NOTES, {"ids": earlier})
            self._connection.execute(_FORGET_WORDS, {"ids": earlier})
        for question, text in answers.items():
            if text:
                note = Note(
                    id=new_id(),
                    organization_id=meeting.organization_id,
                    mentorship_id=meeting.mentorship_id,
                    meeting_id=meeting.id,
                    author_id=author_id,
                    kind=kind,
                    question=question,
                    words_id=new_id(),
                    written_at=now,
                )
                self.write(note, text, visibility)

    def meet_at(self, meeting: Meeting, author_id: str, place: str) -> None:
        """Save where a meeting takes place, for all in it to read, in place of what was said before; '' clears it.

        Words that tell of another meeting too are left to that one.
        """
        before, meeting.place_id = meeting.place_id, new_id() if place else None
        if before:
            self._connection.execute(_FORGET_PLACE, {"words_id": before, "meeting_id": meeting.id})
        if meeting.place_id:
            self._insert(meeting, meeting.place_id, author_id, "place", place, Visibility.GROUP)

    def place(self, meeting: Meeting, reader_id: str) -> str:
        """Return where a meeting takes place, as far as a reader may know; '' where nobody said it."""
        if meeting.place_id is None:
            return ""
        sealed = self._connection.scalar(_PLACE, {"words_id": meeting.place_id, "reader_id": reader_id})
        return self._sealer.open(sealed, meeting.place_id) if sealed else ""

    def one(self, what: type[Written], organization_id: str, row_id: str) -> Written | None:
        """Return one note, action or goal of a company, without its words."""
        found = self._session.get(what, row_id)
        return found if found is not None and found.organization_id == organization_id else None

    def notes(self, meeting_id: str, kind: NoteKind, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return what a reader may read of the notes on a meeting, the oldest first."""
        rows = self._session.execute(_NOTES, {"meeting_id": meeting_id, "kind": kind, "reader_id": reader_id})
        return [(note, self._sealer.open(sealed, note.words_id)) for note, sealed in rows]

    def agreement(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return the answers of which an agreement is made, one a question."""
        rows = self._session.execute(_AGREEMENT, {"mentorship_id": mentorship_id, "reader_id": reader_id})
        return [(note, self._sealer.open(sealed, note.words_id)) for note, sealed, _ in rows]

    def actions(self, mentorship_id: str, reader_id: str) -> Sequence[NextStep]:
        """Return what a reader may read of the actions of a mentorship, open or not, the oldest first."""
        return [step for step, _ in self._steps(mentorship_id, reader_id)]

    def goals(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Goal, str]]:
        """Return what a reader may read of the goals in a mentorship, open or not, the oldest first."""
        return [(goal, text) for goal, text, _ in self._goals(mentorship_id, reader_id)]

    def wins(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return what went well in a mentorship as its people told each other, the oldest first."""
        rows = self._session.execute(_WINS, {"mentorship_id": mentorship_id, "reader_id": reader_id})
        return [(note, self._sealer.open(sealed, note.words_id)) for note, sealed, _ in rows]

    def record(self, mentorship_id: str, reader_id: str) -> Sequence[Entry]:
        """Return all of a mentorship that a reader may read, the newest first."""
        keys = {"mentorship_id": mentorship_id, "reader_id": reader_id}
        entries = [
            Entry(
                id=note.id,
                at=note.written_at,
                kind=EntryKind.WIN if _is_win(note) else EntryKind(note.kind),
                author_id=note.author_id,
                question=note.question,
                text=self._sealer.open(sealed, note.words_id),
                private=visibility is Visibility.ME,
            )
            for note, sealed, visibility in self._session.execute(_ALL_NOTES, keys)
        ]
        entries += [
            Entry(
                id=step.action.id,
                at=step.action.created_at,
                kind=EntryKind.ACTION,
                author_id=step.action.owner_id,
                question="action",
                text=step.text,
                private=visibility is Visibility.ME,
                due_on=step.action.due_on,
                state=step.action.state,
                outcome=step.outcome,
            )
            for step, visibility in self._steps(mentorship_id, reader_id)
        ]
        entries += [
            Entry(
                id=goal.id,
                at=goal.created_at,
                kind=EntryKind.GOAL,
                author_id=goal.owner_id,
                question="goal",
                text=text,
                private=visibility is Visibility.ME,
                due_on=goal.due_on,
                state=goal.state,
            )
            for goal, text, visibility in self._goals(mentorship_id, reader_id)
        ]
        return sorted(entries, key=lambda entry: entry.at, reverse=True)

    def _steps(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[NextStep, Visibility]]:
        rows = self._session.execute(_ACTIONS, {"mentorship_id": mentorship_id, "reader_id": reader_id})
        return [
            (
                NextStep(
                    action,
                    self._sealer.open(sealed, action.words_id),
                    self._sealer.open(told, action.outcome_id) if told and action.outcome_id else "",
                ),
                visibility,
            )
            for action, sealed, visibility, told in rows
        ]

    def _goals(self, mentorship_id: str, reader_id: str) -> Sequence[tuple[Goal, str, Visibility]]:
        rows = self._session.execute(_GOALS, {"mentorship_id": mentorship_id, "reader_id": reader_id})
        return [(goal, self._sealer.open(sealed, goal.words_id), visibility) for goal, sealed, visibility in rows]

    def _insert(
        self,
        row: Note | ActionItem | Goal | Meeting,
        words_id: str,
        author_id: str,
        question: str,
        text: str,
        visibility: Visibility,
    ) -> None:
        values = {
            "id": words_id,
            "organization_id": row.organization_id,
            "author_id": author_id,
            "mentorship_id": row.mentorship_id,
            "visibility": visibility,
            "question": question,
            "sealed": self._sealer.seal(text, words_id),
        }
        self._connection.execute(_INSERT, values)


def _is_win(note: Note) -> bool:
    return note.kind is NoteKind.NOTE and note.question == WIN
