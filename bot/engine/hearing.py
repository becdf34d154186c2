"""What an event means: which flow answers a button, a form, or words, and what typed words can stand for."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import new_id
from bot.domain.windows import windows
from bot.engine.speaking import WHY, Speaker
from bot.engine.tables import Tables
from bot.messages import (
    Button,
    Card,
    Errors,
    Event,
    Form,
    Pressed,
    Reply,
    Say,
    Sender,
    Show,
    Submitted,
    Typed,
    Values,
    card,
)
from bot.ports import Draft
from bot.turn import NotThere, Replies, Turn
from bot.typed_form import FRESH_FOR, Ask, Done, answer, question


class Hearing:
    """Hears one event of one turn."""

    def __init__(self, tables: Tables, turn: Turn) -> None:
        self._tables = tables
        self._turn = turn
        self.deferred = False

    def replies(self, event: Event) -> Replies:
        """Return what the flows answer to an event; what is not there, or not this person's, is told kindly."""
        try:
            match event:
                case Pressed():
                    return self._pressed(event)
                case Submitted():
                    return self._submitted(event.form, event.subject, event.values, event.rev)
                case Typed():
                    self.deferred = not event.slash
                    return self._typed(event.text, slash=event.slash)
        except NotThere:
            return (Show(card(self._turn.t("I do not find that, or it is not yours to change."))),)

    def ask(self, shown: Form | Card) -> Card:
        """Turn what would be shown into words, for somebody who types: a form becomes its first question."""
        if isinstance(shown, Card):
            return shown
        turn = self._turn
        draft = Draft(
            new_id(), turn.actor.organization_id, turn.account.id, shown.name, shown.subject, shown.rev,
            touched_at=turn.now,
        )  # fmt: skip
        turn.unit.drafts.put(draft)
        return Card((question(shown, draft, turn.t).section,))

    def _pressed(self, press: Pressed) -> Replies:
        if press.action == WHY:
            return (Show(self._why(press.card)),)
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

    def _typed(self, text: str, *, slash: bool) -> Replies:
        turn = self._turn
        draft = None if slash else turn.unit.drafts.get(turn.account.id)
        if draft is not None and draft.touched_at and turn.now - draft.touched_at <= FRESH_FOR:
            return self._answered(draft, text)
        offered = self._offers(text)
        if len({(b.action, b.subject, b.value) for b in offered}) == 1:
            button = offered[0]
            press = Pressed((), self._sender(), button.action, button.subject, button.value, button.rev)
            return self._pressed(press)
        if offered:
            return (Show(card(turn.t("Which one do you mean?"), *offered[:10])),)
        found = self._tables.command(text)
        if found is None:
            return (Show(self._menu()),)
        command, rest = found
        if command.admin and not turn.actor.is_admin:
            return (Show(card(turn.t("Only those who run the programme can do this. They are glad to help."))),)
        return command.run(turn, rest)

    def _answered(self, draft: Draft, text: str) -> Replies:
        turn = self._turn
        try:
            form = self._tables.forms[draft.form].build(turn, draft.subject)
        except NotThere:
            turn.unit.drafts.drop(turn.account.id)
            raise
        heard = answer(form, draft, text, turn.now, turn.actor.zone, turn.t)
        if isinstance(heard, Ask):
            turn.unit.drafts.put(draft)
            return (Say(Card((heard.section,))),)
        turn.unit.drafts.drop(turn.account.id)
        if not isinstance(heard, Done):
            return (Say(card(turn.t("Left as it was; nothing was saved."))),)
        replies = list(self._submitted(form.name, form.subject, heard.values, draft.rev))
        return [self._spoken(reply, form, draft) for reply in replies] or [Say(card(turn.t("Saved.")))]

    def _spoken(self, reply: Reply, form: Form, draft: Draft) -> Reply:
        """Turn errors, which would stand beside their fields, into the question to answer again."""
        if isinstance(reply, Say | Show):
            return reply
        name, problem = next(iter(reply.by_field.items()))
        draft.position = next((n for n, f in enumerate(form.fields) if f.name == name), 0)
        self._turn.unit.drafts.put(draft)
        return Say(Card((question(form, draft, self._turn.t, problem).section,)))

    def _offers(self, text: str) -> list[Button]:
        """Return the buttons that make sense now and that these words stand for."""
        said = text.strip().casefold().rstrip(".!")
        return [b for b in self._buttons() if said in {b.label.casefold(), *(word.casefold() for word in b.words)}]

    def _buttons(self) -> Iterator[Button]:
        turn = self._turn
        speaker = Speaker(self._tables, turn.unit, turn.now, turn.links)
        for facts in turn.mine():
            for window in windows(facts):
                if window.touch.person_id == turn.actor.id and window.is_open(turn.now):
                    yield from speaker.draw(window.touch.kind, window.touch.about, facts, turn.actor).buttons

    def _why(self, delivery_id: str) -> Card:
        turn = self._turn
        earlier = turn.unit.outbox.earlier(turn.actor.organization_id, [delivery_id])
        kinds = dict.fromkeys(kind for one in earlier for kind, _ in one.sections)
        reasons = [turn.t(self._tables.sections[kind].why) for kind in kinds if kind in self._tables.sections]
        why = turn.t("This came because {reasons}.", reasons=turn.t.listing(reasons)) if reasons else ""
        return card(f"{why} {turn.t('pause stops me until you resume.')}".strip())

    def _menu(self) -> Card:
        turn = self._turn
        lines = [turn.t(c.help) for c in self._tables.commands if turn.actor.is_admin or not c.admin]
        return card(turn.t("You can type:") + "\n" + "\n".join(lines))

    def _sender(self) -> Sender:
        account = self._turn.account
        return Sender(account.platform, "", account.external_id)
