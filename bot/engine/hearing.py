"""What an event means: which flow answers a button, a form, or words."""

from collections.abc import Callable
from dataclasses import replace

from bot.engine.filling import Filling
from bot.engine.meaning import LEAVE, plain
from bot.engine.menu import reasons
from bot.engine.session import ASKS, COMMAND, Session
from bot.engine.speaking import WHY
from bot.engine.tables import Tables
from bot.engine.understanding import GO_ON, Understanding
from bot.messages import Errors, Event, Form, Pressed, Show, Submitted, Typed, Values, card
from bot.turn import RUN, NotThere, Replies, Turn
from bot.typed_form import ANSWER


class Hearing:
    """Hears one event of one turn. `deferred` tells whether the answer is a message, since nobody waits for it."""

    def __init__(self, tables: Tables, turn: Turn) -> None:
        self._tables = tables
        self._turn = turn
        self.session = Session(tables, turn)
        self.deferred = False
        self._words = Understanding(tables, turn, self.session, self._pressed)
        self._filling = Filling(self.session, turn, self._words.is_command, self._submitted)
        self._own_buttons: dict[str, Callable[[Pressed], Replies]] = {
            WHY: self._why,
            RUN: lambda press: self._words.understood(press.value),
            LEAVE: lambda press: (Show(card(turn.t("Nothing was changed."))),),
            ANSWER: self._filling.pressed,
            COMMAND: lambda press: self._meant_command(press.subject, press.rev),
            GO_ON: lambda press: self._words.go_on(press.subject),
        }

    def replies(self, event: Event) -> Replies:
        """Return what the flows answer to an event; what is not there, or not this person's, is told kindly."""
        try:
            match event:
                case Pressed():
                    self.session.chosen()
                    replies = list(self._pressed(event))
                    if event.quoted and any(map(_leads_to_a_form, replies)):
                        self.session.quote(event.quoted)
                    return replies
                case Submitted():
                    self.session.sent(event.form, event.subject)
                    return self._submitted(event.form, event.subject, event.values, event.rev)
                case Typed():
                    self.deferred = not event.slash
                    return self._typed(event) if self.deferred else self._words.understood(event.text)
        except NotThere:
            return (Show(card(self._turn.t("I do not find that, or it is not yours to change."))),)

    def _pressed(self, press: Pressed) -> Replies:
        if own := self._own_buttons.get(press.action):
            return own(press)
        action = self._tables.actions.get(press.action)
        if action is None:
            raise NotThere(press.action)
        return action(self._turn, press)

    def _submitted(self, name: str, subject: str, values: Values, rev: int) -> Replies:
        flow = self._tables.forms.get(name)
        if flow is None:
            raise NotThere(name)
        form = flow.build(self._turn, subject)
        shown = form.clean(values)
        if problems := form.check(shown, self._turn.t):
            return (Errors(problems, form.filled(shown)),)
        replies = flow.submit(self._turn, replace(form, rev=rev), shown)
        return [replace(r, form=form.filled(shown)) if isinstance(r, Errors) else r for r in replies]

    def _typed(self, event: Typed) -> Replies:
        """Take typed words for an answer to what they hang on, else to the open form; else for what they say."""
        hung_on = self._turn.unit.outbox.standing(self._turn.account.id, event.about)
        sections, text, t = hung_on.sections if hung_on else (), event.text, self._turn.t
        if any(kind == ASKS for kind, _ in sections):
            draft = self.session.asked(sections)
            if draft is None:
                return (Show(card(t("This form was sent or left already."))),)
        elif sections:
            return self._words.understood(text, sections)
        else:
            draft = self.session.filling
        if draft is None:
            replies = list(self._words.understood(text))
            opens = any(isinstance(reply, Show) and isinstance(reply.what, Form) for reply in replies)
            return replies if opens else [*replies, *self.session.remind()]
        if plain(text) in {"i meant the command", plain(t("I meant the command"))}:
            return self._meant_command(draft.id, draft.position)
        return self._filling.said(draft, text)

    def _meant_command(self, draft_id: str, position: int) -> Replies:
        """Take back an answer that was meant as a command, and do what it says."""
        draft = self.session.left
        stands = draft is not None and (draft.id, draft.position) == (draft_id, position)
        words = self._filling.taken_back(draft) if draft and stands else ""
        return self._words.understood(words) if words else (Show(card(self._turn.t("Nothing was changed."))),)

    def _why(self, press: Pressed) -> Replies:
        earlier = self._turn.unit.outbox.earlier(self._turn.actor.organization_id, [press.card])
        return (Show(reasons(self._turn, self._tables, (kind for one in earlier for kind, _ in one.sections))),)


def _leads_to_a_form(reply: object) -> bool:
    if not isinstance(reply, Show):
        return False
    return isinstance(reply.what, Form) or any(button.opens for button in reply.what.buttons)
