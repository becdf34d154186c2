"""To be forgotten: asked back twice in plain words, then done at once, and for good."""

from datetime import datetime, timedelta

from bot.domain.leaving import leave
from bot.domain.people import PersonStatus
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import Button, Card, Pressed, Section, Show, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

SURE_FOR = timedelta(hours=1)
"""How long the last button works: cards stay in a chat for years, and this one must not be pressed by chance."""

# What is asked


def first_question(turn: Turn) -> Card:
    """Say what goes and what stays."""
    t = turn.t
    goes = t(
        "Your name, e-mail address and accounts, your profile, all that you wrote or began to write, whether you "
        "said that you met, what I said to you. Your mentorships end; your partners are told so, without a reason."
    )
    stays = t(
        "The dates of your meetings, under 'Former participant', so that your partners keep their history; what "
        "others wrote; and a mark that nobody can read, so that I do not take you in again by myself. What stands in "
        "this chat is kept by the chat itself."
    )
    ask = Button(t("Erase me"), "erasing.ask", turn.actor.id, style="danger")
    take = Button(t("Take my data along first"), "me.show", turn.actor.id)
    return Card(
        (
            Section(t("Shall I forget you? You may; nobody is asked, and nobody is told why.")),
            Section(goes, title=t("What goes")),
            Section(stays, title=t("What stays"), buttons=(ask, take, _keep(turn))),
        )
    )


def last_question(turn: Turn) -> Card:
    """Ask once more."""
    t = turn.t
    yes = Button(
        t("Yes, erase everything"), "erasing.sure", turn.actor.id, value=turn.now.isoformat(), style="danger"
    )
    return card(t("Are you sure? Nobody can bring it back, neither you nor I."), yes, _keep(turn))


def _keep(turn: Turn) -> Button:
    return Button(turn.t("Keep everything"), "erasing.keep", turn.actor.id)


# What is answered


def erase_command(turn: Turn, text: str) -> Replies:
    """Ask back before anybody is forgotten."""
    return (Show(first_question(turn)),)


def opened(turn: Turn, press: Pressed) -> Replies:
    """Ask back for the first time."""
    return (Show(first_question(turn)),)


def asked(turn: Turn, press: Pressed) -> Replies:
    """Ask back for the second time."""
    _only_oneself(turn, press)
    return (Show(last_question(turn)),)


def sure(turn: Turn, press: Pressed) -> Replies:
    """Leave all mentorships, and be forgotten. Typed words are not enough, nor is a button of some days ago.

    Cards with partners that quote or name this person are drawn anew, as far back as the bot looks.
    """
    _only_oneself(turn, press)
    t = turn.t
    if not press.keys:
        return (Show(card(t("For this, words are not enough: please press the button itself."))),)
    if turn.now - _asked_at(press) > SURE_FOR:
        return (Show(last_question(turn)),)
    for facts in turn.mine():
        leave(facts, turn.actor.id, turn.now)
        turn.stale |= {said.delivery_id for said in facts.said.values() if said.delivery_id}
    turn.audit("erase", turn.actor.id)
    turn.actor.status, turn.actor.left_at = PersonStatus.LEFT, turn.now
    turn.unit.erase(turn.actor, turn.now)
    text = t("Done: I have forgotten you. Thank you for the time you gave. If you write to me again, we begin anew.")
    return (Show(card(text)),)


def kept(turn: Turn, press: Pressed) -> Replies:
    """Leave everything as it is."""
    return (Show(card(turn.t("Nothing was changed."))),)


def _only_oneself(turn: Turn, press: Pressed) -> None:
    if press.subject != turn.actor.id:
        raise NotThere(press.subject)


def _asked_at(press: Pressed) -> datetime:
    try:
        return datetime.fromisoformat(press.value)
    except ValueError:
        raise NotThere(press.value) from None


FLOW = Flow(
    actions={"erasing.open": opened, "erasing.ask": asked, "erasing.sure": sure, "erasing.keep": kept},
    commands=(
        Command(
            (N_("erase me"), N_("forget me")),
            N_("erase me: forget everything about you, after I ask back"),
            erase_command,
            topic=Topic.YOU,
        ),
    ),
)
