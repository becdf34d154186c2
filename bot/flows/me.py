"""What is stored on oneself: in a few lines with who sees what, and all of it to read or to take along."""

from datetime import timedelta

from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import Button, Card, Fact, Link, Pressed, Section, Show
from bot.ports import LinkKind, Ticket
from bot.retention import for_how_long
from bot.turn import Replies, Turn

VALID_FOR = timedelta(minutes=15)
"""How long the links work: whoever has one needs nothing else."""


# What is said


def about_me(turn: Turn) -> Card:
    """Say what is stored and who sees what, and offer all of it."""
    t = turn.t
    lines = (
        Fact(t("Your name and your hours"), t("Your partners and those who run the programme see your name.")),
        Fact(
            t("Your mentorships and meetings"),
            t("You and your partners see their dates. Those who run the programme see dates and states."),
        ),
        Fact(
            t("What you write"),
            t("It is stored encrypted. You alone read it, and whom you share it with; nobody who runs me does."),
        ),
        Fact(t("Whether you met"), t("I keep your answer to myself. What counts is whether a meeting was held.")),
        Fact(t("What I said to you"), t("Its kind and its time, so that I say nothing twice. Nobody sees that.")),
        Fact(t("For how long"), for_how_long(t, turn.keeping)),
    )
    erase = Button(t("Erase me"), "erasing.open", turn.actor.id)
    return Card(
        (
            Section(t("This is what I keep, and who sees it."), title=t("What is stored on you"), facts=lines),
            _files(turn),
            Section(t("You can be forgotten at any time: 'erase me' asks you back first."), buttons=(erase,)),
        )
    )


def _files(turn: Turn) -> Section:
    t = turn.t
    if turn.links is None:
        text = t("I cannot hand you a file: whoever operates me has given me no address that your browser can reach.")
        return Section(text)
    made = {
        kind: turn.links.url(
            Ticket(kind, turn.actor.organization_id, turn.actor.id, turn.actor.id, turn.now + VALID_FOR)
        )
        for kind in (LinkKind.MINE, LinkKind.MINE_JSON)
    }
    text = t(
        "Here is everything, word for word. The links work for 15 minutes, for whoever has them: please keep them to "
        "yourself. 'me' makes new ones."
    )
    links = (
        Link(t("Everything, to read"), made[LinkKind.MINE]),
        Link(t("Everything, as JSON"), made[LinkKind.MINE_JSON]),
    )
    return Section(text, links=links)


# What is answered


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show what is stored."""
    return (Show(about_me(turn)),)


def me_command(turn: Turn, text: str) -> Replies:
    """Show what is stored."""
    return (Show(about_me(turn)),)


FLOW = Flow(
    actions={"me.show": shown},
    commands=(
        Command(
            (N_("me"), N_("my data")),
            N_("me: what is stored on you, and who sees what"),
            me_command,
            topic=Topic.YOU,
            opens=True,
        ),
    ),
)
