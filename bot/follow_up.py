"""What became of the next steps that somebody took on, and of goals: asked in forms, and told to the others."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.records import ActionState, Goal, GoalState, NextStep
from bot.language import Translator
from bot.messages import Fact, Field, FieldKind, Option, Quote, Values
from bot.ports import UnitOfWork

AT_ONCE = 5
"""How many open steps are asked after at once, the oldest first."""


def open_steps(unit: UnitOfWork, facts: Facts, owner_id: str) -> Sequence[NextStep]:
    """Return the steps of one person in a mentorship that are still open, the oldest first."""
    return still_open(unit.words.actions(facts.mentorship.id, owner_id), owner_id)


def still_open(known: Iterable[NextStep], owner_id: str) -> Sequence[NextStep]:
    """Return those of some steps that are one person's and still open."""
    return [step for step in known if step.action.owner_id == owner_id and step.action.state is ActionState.OPEN]


def questions(t: Translator, steps: Iterable[NextStep]) -> tuple[Field, ...]:
    """Return two questions for each step: what became of it, and what happened."""
    became = {
        ActionState.OPEN: t("Still open"),
        ActionState.DONE: t("Done"),
        ActionState.TRIED: t("Tried"),
        ActionState.DROPPED: t("Let go"),
    }
    options = tuple(Option(state, label) for state, label in became.items())
    fields: list[Field] = []
    for step in steps:
        state, told = _names(step)
        label = t("'{step}': what became of it?", step=step.text)
        fields.append(Field(state, label, FieldKind.CHOICE, options, initial=step.action.state))
        label = t("'{step}': what happened?", step=step.text)
        fields.append(Field(told, label, required=False, max_length=500, initial=step.outcome))
    return tuple(fields)


def noted(unit: UnitOfWork, facts: Facts, steps: Iterable[NextStep], values: Values, now: datetime) -> bool:
    """Save the answers to the questions about some steps that were shown, and tell whether anything is new."""
    changed = False
    for step in steps:
        state, told = _names(step)
        became = ActionState(str(values.get(state, step.action.state)))
        outcome = str(values.get(told, step.outcome))
        if became is not step.action.state:
            step.action.settle(became, now)
            changed = True
        if outcome != step.outcome:
            unit.words.tell(step.action, outcome, facts.for_all)
            changed = True
    return changed


def news(
    t: Translator, facts: Facts, reader_id: str, steps: Iterable[NextStep], goals: Iterable[tuple[Goal, str]]
) -> tuple[Quote, ...]:
    """Say what came of the others' goals and steps since the last meeting that took place, in their own words."""
    held = facts.last_held
    since = held.starts_at if held and held.starts_at else facts.mentorship.proposed_at
    reached = [
        Quote(text, t("{name} has reached this goal", name=facts.people[goal.owner_id].first_name))
        for goal, text in goals
        if goal.owner_id != reader_id and goal.state is GoalState.MET and goal.settled_at and goal.settled_at >= since
    ]
    told = [
        _told(t, step, facts.people[step.action.owner_id].first_name)
        for step in steps
        if step.action.owner_id != reader_id
        and (step.action.settled_at >= since if step.action.settled_at else step.outcome)
    ]
    return (*reached, *told)


def reach(label: str, goals: Iterable[tuple[Goal, str]]) -> tuple[Fact, ...]:
    """Return the goals that are still open: of each the line that says what is to be reached."""
    texts = (text for goal, text in goals if goal.state is GoalState.OPEN)
    return tuple(Fact(label, text.partition("\n")[0]) for text in texts)[:AT_ONCE]


def _told(t: Translator, step: NextStep, name: str) -> Quote:
    said = {
        ActionState.OPEN: t("{name} is still at it", name=name),
        ActionState.DONE: t("{name} did this", name=name),
        ActionState.TRIED: t("{name} tried this", name=name),
        ActionState.DROPPED: t("{name} let this go", name=name),
    }[step.action.state]
    return Quote(f"{step.text}\n{step.outcome}".strip(), said)


def _names(step: NextStep) -> tuple[str, str]:
    """Return the names of the two fields about a step; they stay the same whatever other steps are asked after."""
    return f"became_{step.action.id}", f"happened_{step.action.id}"
