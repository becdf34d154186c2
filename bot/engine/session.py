"""What is open in one conversation: a form that is filled by typing, or was left, and the last choice offered."""

from dataclasses import replace

from bot.domain.ids import new_id
from bot.engine.tables import Tables
from bot.messages import Button, Card, Form, Say, Show, card
from bot.ports import Choice, Draft
from bot.turn import NotThere, Replies, Turn
from bot.typed_form import ANSWER, FRESH_FOR, question

COMMAND = "typed.command"
"""The action of the button that takes an answer back, since it was meant as a command. The name is permanent."""


class Session:
    """The open form and the open choice of whoever acts in a turn; at most one of each, the last ones."""

    def __init__(self, tables: Tables, turn: Turn) -> None:
        self._forms = tables.forms
        self._turn = turn
        self._drafts = turn.unit.drafts
        self.draft = turn.unit.drafts.get(turn.account.id)

    @property
    def filling(self) -> Draft | None:
        """The draft that typed words fill by themselves, where there is one."""
        draft = self.draft
        fresh = draft and draft.form and draft.touched_at and self._turn.now - draft.touched_at <= FRESH_FOR
        return draft if fresh else None

    @property
    def left(self) -> Draft | None:
        """The draft that 'resume' goes on with, where there is one."""
        return self.draft if self.draft and self.draft.form else None

    def form(self, draft: Draft) -> Form:
        """Return the form of a draft as it is asked now.

        Raises:
            NotThere: what it was about is gone, and so is the draft.
        """
        try:
            if draft.form not in self._forms:
                raise NotThere(draft.form)
            return replace(self._forms[draft.form].build(self._turn, draft.subject), rev=draft.rev)
        except NotThere:
            self.close()
            raise

    def ask(self, shown: Form | Card) -> Card:
        """Turn what is shown into words for somebody who types: a form becomes its first open question."""
        if isinstance(shown, Card):
            self._offer(shown)
            return shown
        lost = self.draft is not None and not self._is_open(shown) and bool(self.draft.values)
        draft = self.draft if self.draft and self._is_open(shown) else self._new(shown)
        draft.touched_at = self._turn.now
        if shown.begun:
            draft.values = {**draft.values, **shown.begun}
            draft.position = len(shown.begun)
        self.put(draft)
        note = self._turn.t("What you wrote in the form before was not kept.") if lost else ""
        return Card((question(shown, draft, self._turn.t).section,), note=note)

    def open(self, form: Form) -> Form:
        """Note that a form opens on a platform, and return it filled with what was typed into it before.

        Typed words fill it only after 'resume'; an older form that was half typed stays the one to resume.
        """
        if self.draft is None or not (self.draft.values or self._is_open(form)):
            self.put(self._new(form))
        elif self.draft.touched_at is not None:
            self.draft.touched_at = None
            self.put(self.draft)
        return form.filled(self.draft.values) if self.draft and self._is_open(form) else form

    def sent(self, form: str, subject: str) -> None:
        """Note that a form was sent in, so that there is nothing to resume."""
        if self.draft and (self.draft.form, self.draft.subject) == (form, subject):
            self.close()

    def resume(self, draft: Draft) -> Replies:
        """Go on with a form that was left."""
        form = self.form(draft)
        draft.touched_at = self._turn.now
        self.put(draft)
        return (Say(Card((question(form, draft, self._turn.t).section,))),)

    def remind(self) -> Replies:
        """Say once that a half typed form waits, since words no longer fill it by themselves."""
        draft, t = self.draft, self._turn.t
        if draft is None or draft.touched_at is None or not draft.values or self.filling:
            return ()
        title = self.form(draft).title
        draft.touched_at = None
        self.put(draft)
        return (Show(card(t("What you wrote for '{title}' is kept. 'resume' goes on with it.", title=title))),)

    def choices(self) -> tuple[Button, ...]:
        """Return the buttons of the last choice, unless it was long ago or something was asked unasked since."""
        choice = self.draft.choice if self.draft else None
        if choice is None or self._turn.now - choice.at > FRESH_FOR:
            return ()
        told = self._turn.unit.touches.told_since(self._turn.actor.id, choice.at)
        return () if any(one.at > choice.at for one in told) else choice.buttons

    def chosen(self) -> None:
        """Note that words no longer stand for the last choice, since something was chosen or said."""
        if self.draft and self.draft.choice:
            self.draft.choice = None
            if self.draft.form:
                self.put(self.draft)
            else:
                self.close()

    def put(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        self._drafts.put(draft)
        self.draft = draft

    def close(self) -> None:
        """Forget what is open."""
        self._drafts.drop(self._turn.account.id)
        self.draft = None

    def _offer(self, shown: Card) -> None:
        """Let words stand for the buttons of a card, together with those of other cards of the same turn."""
        buttons = tuple(button for button in shown.buttons if button.action not in (ANSWER, COMMAND))
        if buttons:
            now = self._turn.now
            draft = self.draft or self._new(Form("", "", "", ()))
            before = draft.choice.buttons if draft.choice and draft.choice.at == now else ()
            draft.choice = Choice(before + buttons, now)
            self.put(draft)

    def _is_open(self, form: Form) -> bool:
        draft = self.draft
        return draft is not None and (draft.form, draft.subject, draft.rev) == (form.name, form.subject, form.rev)

    def _new(self, form: Form) -> Draft:
        actor, account = self._turn.actor, self._turn.account
        return Draft(new_id(), actor.organization_id, account.id, form.name, form.subject, form.rev)
