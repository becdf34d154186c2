"""Handing over: who had another mentor before chooses what the new one sees of it, and nothing else is shown."""

from bot.domain.facts import Facts
from bot.domain.meeting import SETTLED, Meeting
from bot.domain.records import ActionState, GoalState, NoteKind, Visibility
from bot.flow import Flow, FormFlow
from bot.messages import Field, FieldKind, Form, Option, Pressed, Show, Values, card
from bot.record import agreement_lines
from bot.scene import NotThere
from bot.turn import Replies, Turn

PARTS = ("goals", "steps", "agreement")
"""What may be handed over: the names of the questions under which it is kept for the first meeting."""


# What is asked


def handover_form(turn: Turn, subject: str) -> Form:
    """Ask which parts of what one wrote before the new mentor may see; at first none."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    labels = {"goals": t("My goals"), "steps": t("My open steps"), "agreement": t("What I wrote in our agreement")}
    known, shown = _own_words(turn, facts), _shown(turn, meeting)
    options = tuple(Option(part, labels[part]) for part in PARTS if part in known)
    return Form(
        "handover.choose",
        meeting.id,
        t("What do you bring along?"),
        (
            Field(
                "parts",
                t("What may {name} see of your earlier mentorship?", name=partner),
                FieldKind.CHOICES,
                options,
                required=False,
                initial=tuple(part for part in PARTS if part in shown),
            ),
        ),
        intro=t("Only what you choose stands in the first brief. The record itself stays yours."),
        rev=meeting.moves,
        shared_with=partner,
    )


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the choice, or say that there is nothing to choose from."""
    facts, meeting = turn.meeting(press.subject)
    if meeting.state in SETTLED:
        return (
            Show(
                card(
                    turn.t(
                        "Your first meeting is over; 'goal' and 'note' share more with {name}.",
                        name=turn.partner(facts),
                    )
                )
            ),
        )
    if not _own_words(turn, facts):
        return (Show(card(turn.t("There is nothing from before that you could bring along."))),)
    return (Show(handover_form(turn, press.subject)),)


def chosen(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep a copy of what was chosen for the first brief; what was not chosen is not in it."""
    facts, meeting = turn.meeting(form.subject)
    parts = values.get("parts", ())
    picked = (parts,) if isinstance(parts, str) else parts
    known = _own_words(turn, facts)
    answers = {part: known.get(part, "") if part in picked else "" for part in PARTS}
    turn.write(facts, meeting, NoteKind.NOTE, answers, Visibility.PAIR)
    if not any(answers.values()):
        return (Show(card(turn.t("Nothing of it is shown."))),)
    return (Show(card(turn.t("{name} reads it in the first brief.", name=turn.partner(facts)))),)


def _own_words(turn: Turn, facts: Facts) -> dict[str, str]:
    """Return what the actor wrote in the earlier mentorship, by part; what others wrote is not theirs to share."""
    t, words, me = turn.t, turn.unit.words, turn.actor.id
    began = facts.mentorship.started_at
    former = turn.unit.mentorships.former(me, began) if began else None
    if former is None:
        raise NotThere(facts.mentorship.id)
    goals = [text for goal, text in words.goals(former, me) if goal.owner_id == me and goal.state is GoalState.OPEN]
    steps = [
        step.text
        for step in words.actions(former, me)
        if step.action.owner_id == me and step.action.state is ActionState.OPEN
    ]
    agreed = {note.question: text for note, text in words.agreement(former, me) if note.author_id == me}
    lines = [f"{label}: {text}" for label, text in agreement_lines(t, agreed)]
    titles = {
        "goals": t("My goals from before"),
        "steps": t("My open steps from before"),
        "agreement": t("From the agreement before"),
    }
    found = {"goals": goals, "steps": steps, "agreement": lines}
    return {part: "\n".join([titles[part], *found[part]]) for part in PARTS if found[part]}


def _shown(turn: Turn, meeting: Meeting) -> set[str]:
    """Return the parts that the actor has chosen so far."""
    notes = turn.unit.words.notes(meeting.id, NoteKind.NOTE, turn.actor.id)
    return {note.question for note, _ in notes if note.author_id == turn.actor.id}


FLOW = Flow(
    actions={"handover.open": opened},
    forms={"handover.choose": FormFlow(handover_form, chosen)},
)
