"""Two people whom nobody proposes to each other: said by those who run the programme, told to nobody else."""

from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.mentions import named
from bot.messages import Button, Card, Pressed, Section, Show, card
from bot.turn import Replies, Turn

SHOWN = 20
"""How many of those who are kept apart one answer lists."""


def apart(turn: Turn, text: str) -> Replies:
    """Keep two people apart from now on; without names, list those who are."""
    t, names = turn.t, named(text) if text.strip() else []
    if not names:
        return (Show(_listed(turn)),)
    found = [turn.person(name) for name in names]
    if len(found) != 2 or None in found or found[0] is found[1]:
        return (Show(card(t("Who is to be kept apart? Two full names or mentions: 'keep apart @Ana @Ben'."))),)
    one, other = (person for person in found if person)
    turn.unit.blocks.add(turn.actor.organization_id, one.id, other.id)
    turn.audit("kept_apart", turn.actor.id)
    text = t(
        "I never propose {one} and {other} to each other. Neither of them is told, and what runs already goes on.",
        one=one.name,
        other=other.name,
    )
    return (Show(card(text, _undo(turn, one.id, other.id, t("Take it back")))),)


def undone(turn: Turn, press: Pressed) -> Replies:
    """Keep two people apart no longer."""
    if frozenset((press.subject, press.value)) in turn.unit.blocks.all(turn.actor.organization_id):
        turn.unit.blocks.remove(turn.actor.organization_id, press.subject, press.value)
        turn.audit("apart_undone", turn.actor.id)
    return (Show(_listed(turn)),)


def _listed(turn: Turn) -> Card:
    t, org = turn.t, turn.actor.organization_id
    apart = turn.unit.blocks.all(org)
    people = turn.unit.people.some(org, frozenset().union(*apart))
    known = sorted(sorted((people[one].name, one) for one in pair) for pair in apart)
    if not known:
        return card(t("Nobody is kept apart. 'keep apart @Ana @Ben' does so; neither of them is told."))
    sections = (
        Section(
            t("{one} and {other}", one=first, other=second),
            buttons=(_undo(turn, one, other, t("Take it back")),),
        )
        for (first, one), (second, other) in known[:SHOWN]
    )
    head = Section(t("These I never propose to each other. Nobody but those who run the programme sees this."))
    return Card((head, *sections))


def _undo(turn: Turn, one_id: str, other_id: str, label: str) -> Button:
    return Button(label, "apart.undo", one_id, value=other_id)


FLOW = Flow(
    admin_actions={"apart.undo": undone},
    commands=(
        Command(
            (N_("keep apart"),),
            N_("keep apart @Ana @Ben: never propose two people to each other"),
            apart,
            admin=True,
            topic=Topic.PROGRAM,
        ),
    ),
)
