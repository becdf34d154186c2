"""What is open in one conversation: a form that is filled by typing, or was left, and the last choice offered."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from bot.domain.ids import new_id
from bot.engine.tables import Tables
from bot.messages import Button, Card, Field, FieldKind, Form, Say, Show, Values, card
from bot.ports import Choice, Draft, Kept, Quoted
from bot.scene import NotThere
from bot.turn import Replies, Turn
from bot.typed_form import ANSWER, FRESH_FOR, in_turn, question

COMMAND = "typed.command"
"""The action of the button that takes an answer back, since it was meant as a command. The name is permanent."""

ASKS = "typed.form"
"""What a delivery holds in place of a section's kind if it asked a question of a form. The name is permanent."""

MOST = 8
"""How many half typed forms wait behind the open one: as many as one can be asked to choose from."""

_NO_FORM = Form("", "", "", ())


class Session:
    """The open form and the open choice of whoever acts in a turn; at most one of each, the last ones.

    Of each form about one thing there is one draft; those that were begun before wait behind the open one.
    """

    def __init__(self, tables: Tables, turn: Turn) -> None:
        self._tables = tables
        self._turn = turn
        self._drafts = turn.unit.drafts
        self.draft = turn.unit.drafts.get(turn.account.id)
        self.asks: tuple[tuple[str, str], ...] = ()
        """What this turn asks, for who answers in the thread of its message: of which draft, and where in it."""

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

    def asked(self, sections: Iterable[tuple[str, str]]) -> Draft | None:
        """Return the draft whose question an earlier message asked, at that question; None where it is closed.

        Later questions are asked again, as after 'back'.
        """
        about = next((about for kind, about in sections if kind == ASKS), "")
        draft_id, _, position = about.partition(":")
        draft = self.find(draft_id)
        if draft is not None:
            draft.position = int(position)
        return draft

    def form(self, draft: Draft) -> Form:
        """Return the form of a draft as it is asked now.

        Raises:
            NotThere: what it was about is gone, and so is the draft.
        """
        try:
            flow = self._tables.form(draft.form, self._turn.actor)
            return replace(flow.build(self._turn, draft.subject), rev=draft.rev)
        except NotThere:
            self._forget(draft)
            raise

    def find(self, draft_id: str) -> Draft | None:
        """Return a draft by its id, and let it be the open one; None where it was sent or left already."""
        kept = next((one for one in self.draft.kept if one.id == draft_id), None) if self.draft else None
        if kept is not None:
            self.put(self._taken_up(kept))
        return self.left if self.left and self.left.id == draft_id else None

    def waiting(self) -> list[tuple[str, Form]]:
        """Return the forms that 'resume' may mean, each with its draft's id; what is about nothing any more goes."""
        drafts = [self.left, *map(self._taken_up, self.left.kept)] if self.left else []
        found = []
        for draft in drafts:
            with suppress(NotThere):
                found.append((draft.id, self.form(draft)))
        return found

    def ask(self, shown: Form | Card) -> Card:
        """Turn what is shown into words for somebody who types: a form becomes its first open question."""
        if isinstance(shown, Card):
            self._offer(shown)
            return shown
        draft, before = self._begun(shown), self.draft
        draft.touched_at = self._turn.now
        if shown.begun:
            draft.values = {**draft.values, **shown.begun}
            draft.position = len(shown.begun)
        self.put(draft)
        return Card((question(shown, draft, self._turn.t).section,), note=self._kept(before))

    def quote(self, words: str) -> None:
        """Keep the words of a message for a form that is to come, until one is sent, or for a while."""
        draft = self.draft or self._new(_NO_FORM)
        draft.quoted = Quoted(words, self._turn.now)
        self._store(draft)

    def open(self, form: Form) -> Form:
        """Note that a form opens on a platform, and return it filled with what was typed into it before.

        Typed words fill it only after 'resume'. The words of a message that wait for a form stand in it.
        """
        draft = self._begun(form)
        draft.touched_at = None
        self.put(draft)
        filled, quoted = form.filled(draft.values).labelled(self._turn.t), draft.quoted
        return _with(filled, quoted.words) if quoted and self._turn.now - quoted.at <= FRESH_FOR else filled

    def begun(self, form: str, subject: str, rev: int) -> Draft | None:
        """Return the draft of a form that was begun; not one of when its subject looked different."""
        asked, draft = (form, subject, rev), self.draft
        if draft and (draft.form, draft.subject, draft.rev) == asked:
            return draft
        kept = next((one for one in draft.kept if (one.form, one.subject, one.rev) == asked), None) if draft else None
        return self._taken_up(kept) if kept else None

    def keep(self, form: Form, values: Values, *, begins: bool) -> bool:
        """Keep the answers to one part of a form; False where the form is open no longer.

        The part that `begins` opens it again. Words of a message that stood in a part are among its answers by now.
        """
        draft = self.begun(form.name, form.subject, form.rev) or (self._new(form) if begins else None)
        if draft is None:
            return False
        draft.values, draft.touched_at = {**draft.values, **values}, None
        fields, quoted_in = in_turn(form), _quoted_in(form)
        draft.position = next((n for n, one in enumerate(fields) if one.name not in draft.values), len(fields))
        if self.draft and quoted_in and quoted_in.name in values:
            self.draft.quoted = None
        self.put(draft)
        return True

    def sent(self, form: str, subject: str) -> None:
        """Note that a form was sent in, so that there is nothing to resume, and no words wait for it."""
        draft = self.draft
        if draft and (draft.form, draft.subject) == (form, subject):
            self.close()
        elif draft:
            draft.kept = tuple(one for one in draft.kept if (one.form, one.subject) != (form, subject))
            draft.quoted = None
            self.put(draft)

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
            if self.draft.form or self.draft.quoted:
                self._store(self.draft)
            else:
                self.close()

    def put(self, draft: Draft) -> None:
        """Keep a draft as it is now, as the open one; another one that was begun waits behind it."""
        if self.draft is not None and self.draft is not draft:
            open_before = (_kept(self.draft),) if self.draft.form and self.draft.values else ()
            others = (*open_before, *self.draft.kept)
            draft.kept = tuple(one for one in others if (one.form, one.subject) != (draft.form, draft.subject))[:MOST]
            draft.quoted = self.draft.quoted
        self.asks = ((ASKS, f"{draft.id}:{draft.position}"),) if draft.touched_at == self._turn.now else ()
        self._store(draft)

    def close(self) -> None:
        """Forget what is open; what waits behind it is what 'resume' goes on with."""
        kept = self.draft.kept if self.draft else ()
        self._drafts.drop(self._turn.account.id)
        self.draft, self.asks = None, ()
        if kept:
            following = self._taken_up(kept[0])
            following.kept = kept[1:]
            self.put(following)

    def _offer(self, shown: Card) -> None:
        """Let words stand for the buttons of a card, together with those of other cards of the same turn."""
        buttons = tuple(button for button in shown.buttons if button.action not in (ANSWER, COMMAND))
        if buttons:
            now = self._turn.now
            draft = self.draft or self._new(_NO_FORM)
            before = draft.choice.buttons if draft.choice and draft.choice.at == now else ()
            draft.choice = Choice(before + buttons, now)
            self._store(draft)

    def _store(self, draft: Draft) -> None:
        self._drafts.put(draft, self._turn.now)
        self.draft = draft

    def _forget(self, draft: Draft) -> None:
        if self.draft and self.draft.id == draft.id:
            self.close()
        elif self.draft:
            self.draft.kept = tuple(one for one in self.draft.kept if one.id != draft.id)
            self.put(self.draft)

    def _begun(self, form: Form) -> Draft:
        """Return the draft of a form as far as it was typed before, else a new one.

        What was typed when its subject looked different is not taken for an answer now.
        """
        return self.begun(form.name, form.subject, form.rev) or self._new(form)

    def _kept(self, before: Draft | None) -> str:
        """Say what became of the form that was open before another one."""
        t, now = self._turn.t, self.draft
        if before is None or before is now or not before.form or not before.values or now is None:
            return ""
        if all(one.id != before.id for one in now.kept):
            return t("What you wrote in the form before was not kept.")
        try:
            title = self.form(before).title
        except NotThere:
            return ""
        return t("What you wrote for '{title}' is kept. 'resume' goes on with it.", title=title)

    def _new(self, form: Form) -> Draft:
        actor, account = self._turn.actor, self._turn.account
        return Draft(new_id(), actor.organization_id, account.id, form.name, form.subject, form.rev)

    def _taken_up(self, kept: Kept) -> Draft:
        actor, account = self._turn.actor, self._turn.account
        where = (kept.id, actor.organization_id, account.id, kept.form, kept.subject, kept.rev)
        return Draft(*where, values=dict(kept.values), position=kept.position)


def _kept(draft: Draft) -> Kept:
    return Kept(draft.id, draft.form, draft.subject, draft.rev, draft.values, draft.position)


def _quoted_in(form: Form) -> Field | None:
    """Return the field that takes the words of a message: the first long one."""
    return next((one for one in form.fields if one.kind is FieldKind.LONG), None)


def _with(form: Form, words: str) -> Form:
    """Return a form with words behind what stands in its first long field, as far as they fit."""
    field = _quoted_in(form)
    if field is None:
        return form
    together = "\n".join(filter(None, [str(field.initial), words]))
    fits = len(together) <= field.max_length
    return form.filled({field.name: together if fits else together[: field.max_length - 1] + "…"})
