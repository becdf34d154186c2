"""A form that is filled by typing, line by line, until it is sent in like any other."""

from collections.abc import Callable
from dataclasses import replace

from bot.engine.session import COMMAND, Session
from bot.messages import Button, Card, Errors, Field, FieldKind, Form, Pressed, Say, Section, Show, Values, card
from bot.ports import Choice, Draft
from bot.turn import Replies, Turn
from bot.typed_form import Ask, Done, answer, in_turn, question

Submit = Callable[[str, str, Values, int], Replies]
"""Sends a form in: its name, its subject, the answers, what the subject looked like."""

LONGEST = 200
"""Words of more letters than this are not offered as a command where they are no answer."""

_OPEN_TEXT = (FieldKind.SHORT, FieldKind.LONG)


class Filling:
    """Takes what is typed into the open form.

    `is_command` tells whether words are a command as well, `begins_one` whether they begin with one.
    """

    def __init__(
        self,
        session: Session,
        turn: Turn,
        is_command: Callable[[str], bool],
        begins_one: Callable[[str], bool],
        submit: Submit,
    ) -> None:
        self._session = session
        self._turn = turn
        self._is_command = is_command
        self._begins_one = begins_one
        self._submit = submit

    def said(self, draft: Draft, text: str) -> Replies:
        """Take typed words as the next answer, and ask on; or send the form in when all is answered."""
        turn, form = self._turn, self._session.form(draft)
        field = _field(form, draft.position)
        doubtful = field is not None and field.kind in _OPEN_TEXT and self._is_command(text)
        draft.choice = None
        heard = answer(form, draft, text, turn.now, turn.actor.zone, turn.t, read_back=doubtful)
        if isinstance(heard, Ask):
            taken = field is not None and draft.values.get(field.name) == text.strip()
            section = self._echo(heard.section, draft, text.strip()) if doubtful and taken else heard.section
            if heard.unfit and len(text) <= LONGEST and self._begins_one(text):
                meant = self._meant(draft, text.strip())
                draft.choice = Choice((meant,), turn.now)
                section = replace(section, buttons=(*section.buttons, meant))
            self._session.put(draft)
            return (Say(Card((section,))),)
        self._session.close()
        if not isinstance(heard, Done):
            return (Say(card(turn.t("Left as it was; nothing was saved."))),)
        replies = list(self._submit(form.name, form.subject, heard.values, draft.rev))
        spoken = [self._again(form, draft, reply) if isinstance(reply, Errors) else reply for reply in replies]
        return spoken or (Say(card(turn.t("Saved."))),)

    def pressed(self, press: Pressed) -> Replies:
        """Take a button under a question for the words that it stands for, if the form still stands there."""
        draft = self._session.find(press.subject)
        if draft is None:
            return (Show(card(self._turn.t("This form was sent or left already."))),)
        return self._session.resume(draft) if draft.position != press.rev else self.said(draft, press.value)

    def left_for(self, draft: Draft, words: str) -> str:
        """Let the form rest for the sake of a command; return the command."""
        draft.touched_at = None
        self._session.put(draft)
        return words

    def taken_back(self, draft: Draft) -> str:
        """Let the form rest for a command that was no answer, or undo the last answer where it was one; return it.

        There is none where it is ''.
        """
        offered = draft.choice.buttons if draft.choice else ()
        for meant in (one for one in offered if (one.action, one.rev) == (COMMAND, draft.position)):
            draft.choice = None
            return self.left_for(draft, meant.value)
        form = self._session.form(draft)
        field = _field(form, draft.position - 1)
        words = str(draft.values.get(field.name, "")) if field and field.kind in _OPEN_TEXT else ""
        if not field or not words or not self._is_command(words):
            return ""
        draft.position -= 1
        draft.values = {name: value for name, value in draft.values.items() if name != field.name}
        draft.touched_at = None
        self._session.put(draft)
        return words

    def _echo(self, section: Section, draft: Draft, words: str) -> Section:
        t = self._turn.t
        said = t("I took '{words}' as your answer.", words=words)
        return replace(section, text=f"{said} {section.text}", buttons=(*section.buttons, self._meant(draft)))

    def _meant(self, draft: Draft, words: str = "") -> Button:
        """Return the button that does what a command says: the `words`, or the last answer."""
        return Button(self._turn.t("I meant the command"), COMMAND, draft.id, words, draft.position)

    def _again(self, form: Form, draft: Draft, errors: Errors) -> Say:
        """Turn an error, which would stand beside its field, into the question to answer again."""
        name, problem = next(iter(errors.by_field.items()))
        fields = in_turn(form)
        draft.position = next((number for number, field in enumerate(fields) if field.name == name), len(fields))
        self._session.put(draft)
        return Say(Card((question(form, draft, self._turn.t, problem).section,)))


def _field(form: Form, position: int) -> Field | None:
    fields = in_turn(form)
    return fields[position] if 0 <= position < len(fields) else None
