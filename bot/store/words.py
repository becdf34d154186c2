"""All that people write: one table, sealed; beside it the rows that say what it was written for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import new_id
from bot.domain.meeting import Meeting
from bot.domain.records import ActionItem, ActionState, Note, NoteKind, Visibility
from bot.store.sealing import Sealer
from bot.store.tables import actions, notes, participants, words

_INSERT = sa.insert(words)
_shared = words.c.visibility != Visibility.ME
_takes_part = sa.exists().where(
    participants.c.mentorship_id == words.c.mentorship_id,
    participants.c.person_id == sa.bindparam("reader_id"),
    participants.c.left_at.is_(None),
)
_NOTES = (
    sa.select(Note, words.c.sealed)
    .join_from(notes, words, words.c.id == notes.c.words_id)
    .where(
        notes.c.meeting_id == sa.bindparam("meeting_id"),
        notes.c.kind == sa.bindparam("kind"),
        sa.or_(words.c.author_id == sa.bindparam("reader_id"), sa.and_(_shared, _takes_part)),
    )
    .order_by(notes.c.written_at, notes.c.id)
)
_ACTIONS = (
    sa.select(ActionItem, words.c.sealed)
    .join_from(actions, words, words.c.id == actions.c.words_id)
    .where(actions.c.mentorship_id == sa.bindparam("mentorship_id"), actions.c.state == ActionState.OPEN, _shared)
    .order_by(actions.c.created_at, actions.c.id)
)
_EARLIER = sa.select(notes.c.words_id).where(
    notes.c.meeting_id == sa.bindparam("meeting_id"),
    notes.c.author_id == sa.bindparam("author_id"),
    notes.c.kind == sa.bindparam("kind"),
    notes.c.question.in_(sa.bindparam("questions", expanding=True)),
)
_FORGET_NOTES = sa.delete(notes).where(notes.c.words_id.in_(sa.bindparam("ids", expanding=True)))
_FORGET_WORDS = sa.delete(words).where(words.c.id.in_(sa.bindparam("ids", expanding=True)))


class SqlWords:
    """`bot.ports.Words` by queries; nothing leaves or enters the table unsealed."""

    def __init__(self, session: Session, connection: sa.Connection, sealer: Sealer) -> None:
        self._session = session
        self._connection = connection
        self._sealer = sealer

    def write(self, note: Note | ActionItem, text: str, visibility: Visibility) -> None:
        """Save a note or an action with its words."""
        row = {
            "id": note.words_id,
            "organization_id": note.organization_id,
            "author_id": note.author_id if isinstance(note, Note) else note.owner_id,
            "mentorship_id": note.mentorship_id,
            "visibility": visibility,
            "question": note.question if isinstance(note, Note) else "action",
            "sealed": self._sealer.seal(text, note.words_id),
        }
        self._connection.execute(_INSERT, row)
        self._session.add(note)

    def replace(
        self,
        meeting: Meeting,
        author_id: str,
        kind: NoteKind,
        answers: Mapping[str, str],
        visibility: Visibility,
        now: datetime,
    ) -> None:
        """Save what an author answered by question, in place of earlier answers to these questions; '' clears one."""
        keys = {"meeting_id": meeting.id, "author_id": author_id, "kind": kind, "questions": list(answers)}
        earlier = self._session.scalars(_EARLIER, keys).all()
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

    def notes(self, meeting_id: str, kind: NoteKind, reader_id: str) -> Sequence[tuple[Note, str]]:
        """Return what a reader may read of the notes on a meeting, the oldest first: the reader's own and the shared.

        The shared is for those who take part in the mentorship now.
        """
        rows = self._session.execute(_NOTES, {"meeting_id": meeting_id, "kind": kind, "reader_id": reader_id})
        return [(note, self._sealer.open(sealed, note.words_id)) for note, sealed in rows]

    def actions(self, mentorship_id: str) -> Sequence[tuple[ActionItem, str]]:
        """Return the open actions of a mentorship with their words, the oldest first."""
        rows = self._session.execute(_ACTIONS, {"mentorship_id": mentorship_id})
        return [(action, self._sealer.open(sealed, action.words_id)) for action, sealed in rows]
