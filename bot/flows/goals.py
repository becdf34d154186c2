"""What somebody wants to reach: named in a short form, worded more sharply if they like, and celebrated when met."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.mentorship import Role
from bot.domain.prompts import Prompt
from bot.domain.records import Goal, GoalState
from bot.flow import Command, Drawn, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.messages import Button, Card, Fact, Field, FieldKind, Form, Pressed, Quote, Section, Show, Values, card
from bot.scene import NotThere, Scene
from bot.turn import Replies, Turn

SHOWN = 10
"""How many goals of one mentorship one answer holds."""


# What is asked


def goal(scene: Scene) -> Section:
    """Ask who learns for a goal, and tell who mentors that there is none; or say that there is one."""
    t, facts, name = scene.t, scene.facts, scene.partner
    learners = [p.person_id for p in facts.present if p.role is not Role.MENTOR]
    if scene.reader.id not in learners:
        without = [facts.people[person_id].first_name for person_id in learners if person_id not in facts.with_goal]
        if not without:
            return Section(t("{name} has named what to reach: 'goals' shows it.", name=name))
        text = t(
            "{name} has no goal written down yet. A question for your next talk: what should be different in a few "
            "months, and how would you both notice?",
            name=t.listing(without),
        )
        return Section(text, title=t("A goal for {name}", name=t.listing(without)))
    if scene.reader.id in facts.with_goal:
        return Section(t("Thank you. Your goal is kept: 'goals' shows it."))
    text = t("What would you like to reach with {name}? One line is enough, and it may change later.", name=name)
    name_it = Button(
        t("Name a goal"), "goals.open", facts.mentorship.id, opens=True, style="primary",
        words=(t("goal"), t("name a goal")),
    )  # fmt: skip
    return Section(text, title=t("A goal for your time with {name}", name=name), buttons=(name_it,))


def goal_form(turn: Turn, subject: str) -> Form:
    """Ask for a goal, how one will see that it is reached, and until when."""
    facts = turn.mentorship(subject)
    if not _may_have(facts, turn.actor.id):
        raise NotThere(subject)
    t, name = turn.t, turn.partner(facts)
    intro = t("{name} reads it too.", name=name)
    return Form("goals.write", subject, t("Your goal"), _fields(t), intro=intro, shared_with=name)


def change_form(turn: Turn, subject: str) -> Form:
    """Ask for the same again, filled in; a goal that could be sharper comes with one hint."""
    facts, known, text = _own(turn, subject)
    t, name = turn.t, turn.partner(facts)
    wish, _, sign = text.partition("\n")
    vague = _is_vague(wish, sign, known.due_on)
    fields = _fields(t, _hint(t) if vague else "")
    form = Form(
        "goals.change", subject, t("Your goal"), fields, intro=t("{name} reads it too.", name=name), shared_with=name
    )
    return form.filled({"goal": wish, "sign": sign, "due": known.due_on.isoformat() if known.due_on else ""})


def _fields(t: Translator, hint: str = "") -> tuple[Field, Field, Field]:
    return (
        Field("goal", t("What do you want to reach?"), max_length=300, hint=hint),
        Field("sign", t("How will you both see that it is reached?"), required=False, max_length=300),
        Field("due", t("Until when?"), FieldKind.DATE, required=False),
    )


def _hint(t: Translator) -> str:
    return t(
        "It is kept. One thought: a goal is easier to reach when one can see it. For example, not 'improve my "
        "technical skills' but 'hold a design review by March that two colleagues find useful'. Send it again as it "
        "is if it suits you."
    )


def _is_vague(wish: str, sign: str, due: date | None) -> bool:
    """Tell whether a goal names no result that can be seen, no measure and no date."""
    return not sign and due is None and not re.search(r"\d", wish)


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the form for a new goal, with the words that were typed before it was asked for which mentorship."""
    return (Show(_begun(goal_form(turn, press.subject), press.value)),)


def written(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the goal as it was written; one that could be sharper is shown once more, with a hint."""
    facts = turn.mentorship(form.subject)
    wish, sign, due = _answers(values)
    if not _has(turn, facts, _text(wish, sign)):
        new = Goal(new_id(), turn.actor.organization_id, facts.mentorship.id, turn.actor.id, new_id(), turn.now, due)
        turn.unit.words.write(new, _text(wish, sign), facts.for_all)
        _known(turn, facts)
        if _is_vague(wish, sign, due):
            return (Show(change_form(turn, new.id)),)
    return (Show(card(turn.t("Your goal is kept. {name} reads it too.", name=turn.partner(facts)))),)


def change_opened(turn: Turn, press: Pressed) -> Replies:
    """Open a goal to word it anew."""
    return (Show(change_form(turn, press.subject)),)


def changed(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep a goal in its new words, whatever they are."""
    facts, known, _ = _own(turn, form.subject)
    wish, sign, known.due_on = _answers(values)
    turn.unit.words.reword(known, _text(wish, sign))
    _known(turn, facts)
    return (Show(card(turn.t("Your goal is kept. {name} reads it too.", name=turn.partner(facts)))),)


def settled(turn: Turn, press: Pressed) -> Replies:
    """Note that a goal is reached, let go of, or open again; a goal that is reached is good news for all."""
    facts, known, text = _own(turn, press.subject)
    t, state, name = turn.t, GoalState(press.value), turn.partner(facts)
    known.settle(state, turn.now)
    turn.draw_anew(facts, Prompt.AGENDA, Prompt.BRIEF)
    undo = Button(t("Not yet"), "goals.settle", known.id, value=GoalState.OPEN)
    said = {
        GoalState.MET: t("Wonderful, you have done it! {name} reads it in the next brief.", name=name),
        GoalState.DROPPED: t("Let go. Goals change, and that is fine."),
        GoalState.OPEN: t("It is open again."),
    }[state]
    buttons = () if state is GoalState.OPEN else (undo,)
    return (Show(card(said, *buttons, quotes=(Quote(text),))),)


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show the goals of one mentorship."""
    return (Show(Card(tuple(_list(turn, turn.mentorship(press.subject))))),)


def goals_command(turn: Turn, text: str) -> Replies:
    """Show the goals of all one's mentorships."""
    begun = turn.begun()
    if not begun:
        return (Show(card(turn.t("You are in no mentorship yet."))),)
    return (Show(Card(tuple(section for facts in begun for section in _list(turn, facts)))),)


def goal_command(turn: Turn, text: str) -> Replies:
    """Open the form for a new goal with the words that were typed, or ask for which mentorship."""
    mine = [facts for facts in turn.begun() if _may_have(facts, turn.actor.id)]
    if not mine:
        return (Show(card(turn.t("Goals are for those who learn. 'goals' shows what your mentees want to reach."))),)
    facts, wish = turn.named(mine, text)
    if facts is None:
        return turn.which(mine, "goals.open", opens=True, words=wish)
    return (Show(_begun(goal_form(turn, facts.mentorship.id), wish)),)


def _begun(form: Form, wish: str) -> Form:
    return form.starting_with({"goal": wish}) if wish else form


# Parts of the answers


def _list(turn: Turn, facts: Facts) -> Sequence[Section]:
    """Return the goals in one mentorship, each with what its owner can do with it; the open ones first."""
    t, name = turn.t, turn.partner(facts)
    known = sorted(
        turn.unit.words.goals(facts.mentorship.id, turn.actor.id), key=lambda one: one[0].settled_at is not None
    )
    title = t("Goals with {name}", name=name)
    new = Button(t("Name a goal"), "goals.open", facts.mentorship.id, opens=True)
    buttons = (new,) if _may_have(facts, turn.actor.id) else ()
    if not known:
        return [Section(t("There is no goal yet."), title=title, buttons=buttons)]
    return [Section("", title=title, buttons=buttons), *(_one(turn, facts, one, text) for one, text in known[:SHOWN])]


def _one(turn: Turn, facts: Facts, known: Goal, text: str) -> Section:
    t, (wish, _, sign) = turn.t, text.partition("\n")
    owner = facts.people[known.owner_id].first_name
    states = {
        GoalState.OPEN: t("{name} wants to reach this.", name=owner),
        GoalState.MET: t("{name} has reached this.", name=owner),
        GoalState.DROPPED: t("{name} has let go of this.", name=owner),
    }
    seen = (Fact(t("One will see it by"), sign),) if sign else ()
    until = (Fact(t("Until"), t.full_day(known.due_on)),) if known.due_on else ()
    mine = known.owner_id == turn.actor.id and known.state is GoalState.OPEN
    buttons = (
        Button(t("Reached"), "goals.settle", known.id, value=GoalState.MET),
        Button(t("Change"), "goals.change", known.id, opens=True),
        Button(t("Let go"), "goals.settle", known.id, value=GoalState.DROPPED),
    )
    return Section(states[known.state], facts=(*seen, *until), quotes=(Quote(wish),), buttons=buttons if mine else ())


# What stands behind them


def _own(turn: Turn, goal_id: str) -> tuple[Facts, Goal, str]:
    """Return a goal of the actor with its mentorship and its words.

    Raises:
        NotThere: there is none that this person may change.
    """
    known = turn.unit.words.one(Goal, turn.actor.organization_id, goal_id)
    if known is None or known.owner_id != turn.actor.id:
        raise NotThere(goal_id)
    facts = turn.mentorship(known.mentorship_id)
    texts = {one.id: text for one, text in turn.unit.words.goals(facts.mentorship.id, turn.actor.id)}
    return facts, known, texts[goal_id]


def _may_have(facts: Facts, person_id: str) -> bool:
    """Tell whether somebody has goals in a mentorship: who learns in it, while it lasts."""
    return facts.mentorship.runs and facts.roles[person_id] is not Role.MENTOR


def _has(turn: Turn, facts: Facts, text: str) -> bool:
    """Tell whether the actor has this very goal already, as when a form is sent twice."""
    known = turn.unit.words.goals(facts.mentorship.id, turn.actor.id)
    return any(one.owner_id == turn.actor.id and said == text for one, said in known)


def _known(turn: Turn, facts: Facts) -> None:
    facts.with_goal.add(turn.actor.id)
    turn.draw_anew(facts, Prompt.GOAL, Prompt.AGENDA, Prompt.BRIEF)


def _answers(values: Values) -> tuple[str, str, date | None]:
    """Return the wish and its sign, each in one line, and the date."""
    wish, sign = (" ".join(str(values.get(name, "")).split()) for name in ("goal", "sign"))
    due = str(values.get("due", ""))
    return wish, sign, date.fromisoformat(due) if due else None


def _text(wish: str, sign: str) -> str:
    return f"{wish}\n{sign}".strip()


FLOW = Flow(
    actions={
        "goals.open": opened,
        "goals.change": change_opened,
        "goals.settle": settled,
        "goals.show": shown,
    },
    forms={"goals.write": FormFlow(goal_form, written), "goals.change": FormFlow(change_form, changed)},
    sections={Prompt.GOAL: Drawn(goal, N_("you have met twice, and a goal makes the talks worth more"))},
    commands=(
        Command((N_("goals"),), N_("goals: what you want to reach"), goals_command, topic=Topic.WRITING, opens=True),
        Command(
            (N_("goal"), N_("new goal")), N_("goal: name a new one"), goal_command, topic=Topic.WRITING, opens=True
        ),
    ),
)
