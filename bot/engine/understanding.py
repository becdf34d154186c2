"""What typed words mean to whoever typed them: a button that makes sense now, a command, a confidence, or a slip."""

from collections.abc import Callable, Iterator, Sequence

from bot.confidences import sounds_like_one
from bot.domain.own import own_plan
from bot.engine import menu
from bot.engine.meaning import Offer, command, did_you_mean, distinct, exactly, nearly, plain, which
from bot.engine.session import Session
from bot.engine.tables import Tables
from bot.flow import Command, Topic
from bot.flows.confiding import confided
from bot.flows.resting import anything_rests
from bot.language import N_
from bot.messages import Button, Form, Pressed, Sender, Show, card
from bot.scene import AdminsOnly, OwnScene
from bot.turn import Replies, Turn
from bot.typed_form import ABOUT_FORMS

GO_ON = "typed.resume"
"""The action of the button that goes on with a form that was left. The name is permanent."""

RESUME = "resume"
"""The command that means a form that was left, before anything that is paused."""


class Understanding:
    """Understands the words of one turn; `press` answers the button that they stand for."""

    def __init__(self, tables: Tables, turn: Turn, session: Session, press: Callable[[Pressed], Replies]) -> None:
        self._tables = tables
        self._turn = turn
        self._session = session
        self._press = press
        self._commands = (
            *tables.commands,
            Command(
                (N_("why"), N_("why this?")), N_("why: why I wrote last"), self._why, topic=Topic.QUIET, opens=True
            ),
            Command((N_("help"), N_("menu")), N_("help: everything I understand"), self._help, opens=True),
        )

    def understood(self, text: str, hung_on: Sequence[tuple[str, str]] = ()) -> Replies:
        """Answer words: as a button, a command, a confidence, one of these with a slip; else say what would help.

        Where they hang on a message, which is known by the (kind, about) of its sections, its own buttons come first.
        """
        turn, t = self._turn, self._turn.t
        near_by = list(self._on_message(hung_on))
        if chosen := exactly(near_by, text):
            return self._take(chosen)
        if meant := nearly(near_by, (), text, t):
            return self._perhaps(meant)
        choices = [Offer(button) for button in self._session.choices()]
        if chosen := exactly(choices, text):
            return self._take(chosen)
        offers = list(self._offers())
        if chosen := exactly(offers, text):
            return self._take(chosen)
        found = command(self._commands, text, t)
        if sounds_like_one(text) and (found is None or found[1]):
            return confided(turn)
        if found:
            return self._run(*found)
        if plain(text) in {word for english in ABOUT_FORMS for word in (english, plain(t(english)))}:
            return (Show(card(t("There is no open form to send, to skip a question of, or to cancel."))),)
        allowed = [one for one in self._commands if one.is_for(turn.actor)]
        if meant := nearly([*choices, *offers], allowed, text, t):
            return self._perhaps(meant)
        return (Show(menu.few(turn, distinct(near_by or offers), self._commands)),)

    def is_command(self, text: str) -> bool:
        """Tell whether words are a command and nothing else."""
        found = command(self._commands, text, self._turn.t)
        return found is not None and not found[1]

    def begins_a_command(self, text: str) -> bool:
        """Tell whether words begin with a command that this person may give."""
        found = command(self._commands, text, self._turn.t)
        return found is not None and found[0].is_for(self._turn.actor)

    def go_on(self, draft_id: str) -> Replies:
        """Go on with a form that was left; without an id with the last one."""
        left = self._session.find(draft_id) if draft_id else self._session.left
        return self._session.resume(left) if left else (Show(card(self._turn.t("There is no form to go on with."))),)

    def _take(self, meant: Sequence[Offer]) -> Replies:
        """Press the one button that is meant, or ask which."""
        self._session.chosen()
        if len(meant) > 1:
            return (Show(which(meant, self._turn.t)),)
        button = meant[0].button
        return self._press(Pressed((), self._sender, button.action, button.subject, button.value, button.rev))

    def _perhaps(self, meant: Sequence[Offer]) -> Replies:
        """Take what was typed with a slip at once where it only asks or shows something; else ask back."""
        sure = len(meant) > 1 or meant[0].button.opens
        return self._take(meant) if sure else (Show(did_you_mean(meant[0], self._turn.t)),)

    def _run(self, found: Command, rest: str) -> Replies:
        turn, t = self._turn, self._turn.t
        self._session.chosen()
        if not found.is_for(turn.actor):
            raise AdminsOnly(found.words[0])
        if RESUME in found.words and not rest and (waiting := self._session.waiting()):
            rests = anything_rests(turn)
            if len(waiting) == 1 and not rests:
                return self.go_on(waiting[0][0])
            paused = (Button(t("What is paused"), "quiet.go_on", ""),) if rests else ()
            return (Show(card(t("What shall go on?"), *self._waiting(waiting), *paused)),)
        return found.run(turn, rest)

    def _waiting(self, forms: Sequence[tuple[str, Form]]) -> Iterator[Button]:
        """Yield a button for each form that waits, with whom it is about where several have the same title."""
        t, mine = self._turn.t, self._turn.mine()
        titles = [form.title for _, form in forms]
        for draft_id, form in forms:
            about = (facts for facts in mine if facts.mentorship.id == form.subject or facts.meeting(form.subject))
            name = next((self._turn.partner(facts) for facts in about), "")
            several = titles.count(form.title) > 1 and name
            label = t("{button}: {name}", button=form.title, name=name) if several else form.title
            yield Button(label, GO_ON, draft_id)

    def _offers(self) -> Iterator[Offer]:
        """Yield the buttons of all that is due to the actor, might come along, or was said and not answered yet."""
        turn = self._turn
        for facts in turn.mine():
            for window in turn.planned[facts.mentorship.id].windows:
                opens = min(window.opens, window.early or window.opens)
                if window.touch.person_id == turn.actor.id and opens <= turn.now < window.moot_after:
                    drawn = turn.draw(window.touch.kind, window.touch.about, facts, turn.actor)
                    yield from (Offer(button, turn.partner(facts)) for button in drawn.buttons)
        yield from self._alone()

    def _alone(self) -> Iterator[Offer]:
        """Yield the buttons of what is asked about no mentorship."""
        turn = self._turn
        for window in own_plan(turn.actor.id, turn.unit.ties.own(turn.actor.id)).windows:
            if window.is_open(turn.now) and window.touch.kind in self._tables.alone:
                scene = OwnScene(turn.now, turn.actor, window.touch.about, turn.unit)
                drawn = self._tables.alone[window.touch.kind].draw(scene)
                yield from (Offer(button) for button in drawn.buttons)

    def _on_message(self, sections: Sequence[tuple[str, str]]) -> Iterator[Offer]:
        """Yield the buttons that a message of these sections has now."""
        turn = self._turn
        for facts in turn.mine() if sections else ():
            for kind, about in sections:
                if kind in self._tables.sections and (facts.mentorship.id == about or facts.meeting(about)):
                    drawn = turn.draw(kind, about, facts, turn.actor)
                    yield from (Offer(button, turn.partner(facts)) for button in drawn.buttons)

    def _why(self, turn: Turn, text: str) -> Replies:
        latest = turn.unit.touches.latest(turn.actor.id)
        return (Show(menu.reasons(turn, self._tables, (touch.kind for _, touch in latest))),)

    def _help(self, turn: Turn, text: str) -> Replies:
        return (Show(menu.everything(turn, self._commands)),)

    @property
    def _sender(self) -> Sender:
        account = self._turn.account
        return Sender(account.platform, "", account.external_id)
