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
from bot.flow import RUN
from bot.messages import Card, Errors, Event, Filled, Form, Pressed, Show, Submitted, Typed, Values, card
from bot.scene import AdminsOnly, NotThere
from bot.turn import Replies, Turn
from bot.typed_form import ANSWER


class Hearing:
    """Hears one event of one turn. `deferred` tells whether the answer is a message, since nobody waits for it."""

    def __init__(self, tables: Tables, turn: Turn) -> None:
        self._tables = tables
        self._turn = turn
        self.session = Session(tables, turn)
        self.deferred = False
        self._words = Understanding(tables, turn, self.session, self._pressed)
        self._filling = Filling(
            self.session, turn, self._words.is_command, self._words.begins_a_command, self._submitted
        )
        self._own_buttons: dict[str, Callable[[Pressed], Replies]] = {
            WHY: self._why,
            RUN: lambda press: self._words.understood(press.value),
            LEAVE: lambda press: (Show(card(turn.t("Nothing was changed."))),),
            ANSWER: self._filling.pressed,
            COMMAND: lambda press: self._meant_command(press.subject, press.rev, press.value),
            GO_ON: lambda press: self._words.go_on(press.subject),
        }

    def replies(self, event: Event) -> Replies:
        """Return what the flows answer to an event; what is not there, or not this person's, is told kindly."""
        try:
            replies = list(self._heard(event))
            for form in (reply.what for reply in replies if isinstance(reply, Show)):
                if isinstance(form, Form):
                    self._tables.form(form.name, self._turn.actor)
        except NotThere as why:
            return (Show(self._refusal(why)),)
        return replies

    def again(self, event: Event) -> Form | Card | None:
        """Return what an event that comes again leads to: a form that was filled in part to its next part, as before.

        All others lead to nothing. What this notes is not to be committed.
        """
        if not isinstance(event, Filled):
            return None
        try:
            form = replace(self._form(event.form, event.subject), rev=event.rev)
        except NotThere as why:
            return self._refusal(why)
        return self.session.open(form) if self.session.begun(form.name, form.subject, form.rev) else self._closed()

    def _heard(self, event: Event) -> Replies:
        match event:
            case Pressed():
                self.session.chosen()
                replies = list(self._pressed(event))
                if event.quoted and any(map(_leads_to_a_form, replies)):
                    self.session.quote(event.quoted)
                return replies
            case Filled():
                return self._filled(event)
            case Submitted():
                return self._sent(event)
            case Typed():
                self.deferred = not event.slash
                return self._typed(event) if self.deferred else self._words.understood(event.text)

    def _pressed(self, press: Pressed) -> Replies:
        if own := self._own_buttons.get(press.action):
            return own(press)
        return self._tables.action(press.action, self._turn.actor)(self._turn, press)

    def _filled(self, part: Filled) -> Replies:
        """Keep one part of a form, and show the form as it is filled by now; wrong answers are kept going back."""
        form = replace(self._form(part.form, part.subject), rev=part.rev)
        shown = form.clean(part.values)
        problems = {name: problem for name, problem in form.check(shown, self._turn.t).items() if name in shown}
        if part.checked and problems:
            return (Errors(problems, form.filled(shown)),)
        kept = self.session.keep(form, shown, begins=part.begins)
        return (Show(form if kept else self._closed()),)

    def _sent(self, sent: Submitted) -> Replies:
        """Take a form that was sent in, at once or as its parts were kept."""
        draft = self.session.begun(sent.form, sent.subject, sent.rev) if sent.kept else None
        if sent.kept and draft is None:
            return (Show(self._closed()),)
        values = draft.values if draft else sent.values
        self.session.sent(sent.form, sent.subject)
        return self._submitted(sent.form, sent.subject, values, sent.rev)

    def _form(self, name: str, subject: str) -> Form:
        return self._tables.form(name, self._turn.actor).build(self._turn, subject).labelled(self._turn.t)

    def _submitted(self, name: str, subject: str, values: Values, rev: int) -> Replies:
        form, flow = self._form(name, subject), self._tables.form(name, self._turn.actor)
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
                return (Show(self._closed()),)
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

    def _meant_command(self, draft_id: str, position: int, unfit: str = "") -> Replies:
        """Take back an answer that was meant as a command, or was `unfit` to be one, and do what it says."""
        draft = self.session.left
        stands = draft is not None and (draft.id, draft.position) == (draft_id, position)
        words = ""
        if draft and stands:
            words = self._filling.left_for(draft, unfit) if unfit else self._filling.taken_back(draft)
        return self._words.understood(words) if words else (Show(card(self._turn.t("Nothing was changed."))),)

    def _closed(self) -> Card:
        return card(self._turn.t("This form was sent or left already."))

    def _refusal(self, why: NotThere) -> Card:
        t = self._turn.t
        if isinstance(why, AdminsOnly):
            return card(t("Only those who run the programme can do this. They are glad to help."))
        return card(t("I do not find that, or it is not yours to change."))

    def _why(self, press: Pressed) -> Replies:
        earlier = self._turn.unit.outbox.earlier(self._turn.actor.organization_id, [press.card])
        return (Show(reasons(self._turn, self._tables, (kind for one in earlier for kind, _ in one.sections))),)


def _leads_to_a_form(reply: object) -> bool:
    if not isinstance(reply, Show):
        return False
    return isinstance(reply.what, Form) or any(button.opens for button in reply.what.buttons)
