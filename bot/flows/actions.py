"""The next steps that one took on: listed, marked as done by a tap or a word, with a line on what came of them."""

from collections.abc import Sequence

from bot.domain.facts import Facts
from bot.domain.prompts import Prompt
from bot.domain.records import ActionItem, ActionState, NextStep
from bot.flow import Command, Flow, FormFlow, Topic
from bot.follow_up import noted, open_steps, questions
from bot.language import N_
from bot.messages import Button, Card, Fact, Form, Pressed, Quote, Section, Show, Values, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

SHOWN = 10
"""How many open steps one answer holds, the oldest first; the others are counted."""


# What is asked


def tell_form(turn: Turn, subject: str) -> Form:
    """Ask what became of one step, and what happened."""
    facts, step = _own(turn, subject)
    t, name = turn.t, turn.partner(facts)
    intro = t("{name} reads it in the next brief.", name=name)
    return Form("actions.tell", subject, t("What came of it"), questions(t, (step,)), intro=intro, shared_with=name)


# What is answered


def tell_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the question what came of a step."""
    return (Show(tell_form(turn, press.subject)),)


def told(turn: Turn, form: Form, values: Values) -> Replies:
    """Save what came of a step."""
    facts, step = _own(turn, form.subject)
    if noted(turn.unit, facts, (step,), values, turn.now):
        turn.draw_anew(facts, Prompt.AGENDA, Prompt.BRIEF)
    text = turn.t("Thank you. {name} reads it in the next brief.", name=turn.partner(facts))
    return (Show(card(text)),)


def settled(turn: Turn, press: Pressed) -> Replies:
    """Mark a step as done, or open it again."""
    facts, step = _own(turn, press.subject)
    return _settle(turn, facts, step, ActionState(press.value))


def actions_command(turn: Turn, text: str) -> Replies:
    """List the actor's open steps with their numbers."""
    mine = _mine(turn)
    if not mine:
        return (Show(card(turn.t("You have no open step. The next one comes with your next reflection."))),)
    return (Show(Card((Section("", title=turn.t("Your open steps")), *_list(turn, mine)), note=_note(turn, mine))),)


def done_command(turn: Turn, text: str) -> Replies:
    """Mark the step of a number as done; without a number the only one, else ask which."""
    mine = _mine(turn)
    number = int(text) if text.isascii() and text.isdigit() else 1 if not text and len(mine) == 1 else 0
    if not 1 <= number <= len(mine):
        return actions_command(turn, "")
    return _settle(turn, *mine[number - 1], ActionState.DONE)


def _settle(turn: Turn, facts: Facts, step: NextStep, state: ActionState) -> Replies:
    t, action = turn.t, step.action
    action.settle(state, turn.now)
    turn.draw_anew(facts, Prompt.AGENDA, Prompt.BRIEF)
    if state is ActionState.OPEN:
        return (Show(card(t("It is open again."), quotes=(Quote(step.text),))),)
    undo = Button(t("Not done yet"), "actions.settle", action.id, value=ActionState.OPEN)
    text = t("Done, well done. {name} would surely like to know what came of it.", name=turn.partner(facts))
    rest = _mine(turn)
    head = Section(text, quotes=(Quote(step.text),), buttons=(_tell(turn, step), undo))
    return (Show(Card((head, *_list(turn, rest)), note=_note(turn, rest))),)


# Parts of the answers


def _list(turn: Turn, mine: Sequence[tuple[Facts, NextStep]]) -> tuple[Section, ...]:
    return tuple(_one(turn, number, *one) for number, one in enumerate(mine[:SHOWN], 1))


def _one(turn: Turn, number: int, facts: Facts, step: NextStep) -> Section:
    t, action = turn.t, step.action
    due = (Fact(t("Until"), t.full_day(action.due_on)),) if action.due_on else ()
    done = Button(t("Done"), "actions.settle", action.id, value=ActionState.DONE)
    text = t("{number}. With {name}", number=number, name=turn.partner(facts))
    return Section(text, facts=due, quotes=(Quote(step.text),), buttons=(done, _tell(turn, step)))


def _tell(turn: Turn, step: NextStep) -> Button:
    return Button(turn.t("Tell what came of it"), "actions.tell", step.action.id, opens=True)


def _note(turn: Turn, mine: Sequence[tuple[Facts, NextStep]]) -> str:
    if len(mine) > SHOWN:
        return turn.t("There are {n} more. 'done 2' marks the second as done.", n=len(mine) - SHOWN)
    return turn.t("'done 2' marks the second as done.") if len(mine) > 1 else ""


# What stands behind them


def _mine(turn: Turn) -> list[tuple[Facts, NextStep]]:
    """Return the actor's open steps over all mentorships, the oldest first."""
    found = [(facts, step) for facts in turn.begun() for step in open_steps(turn.unit, facts, turn.actor.id)]
    return sorted(found, key=lambda one: (one[1].action.created_at, one[1].action.id))


def _own(turn: Turn, action_id: str) -> tuple[Facts, NextStep]:
    """Return a step of the actor with its mentorship.

    Raises:
        NotThere: there is none that this person may change.
    """
    action = turn.unit.words.one(ActionItem, turn.actor.organization_id, action_id)
    if action is None or action.owner_id != turn.actor.id:
        raise NotThere(action_id)
    facts = turn.mentorship(action.mentorship_id)
    known = turn.unit.words.actions(facts.mentorship.id, turn.actor.id)
    return facts, next(step for step in known if step.action.id == action_id)


FLOW = Flow(
    actions={"actions.tell": tell_opened, "actions.settle": settled},
    forms={"actions.tell": FormFlow(tell_form, told)},
    commands=(
        Command(
            (N_("actions"), N_("steps")),
            N_("actions: your open steps"),
            actions_command,
            topic=Topic.WRITING,
            opens=True,
        ),
        Command((N_("done"),), N_("done 2: mark the second of your open steps"), done_command, topic=Topic.WRITING),
    ),
)
