"""Towards the end: how to close, and more time where both want it."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.mentorship import Participant, Status
from bot.domain.prompts import Prompt
from bot.flow import Command, Drawn, Flow
from bot.language import N_, Translator
from bot.meant import meant
from bot.messages import Button, Pressed, Section, Show, card
from bot.scene import Scene
from bot.turn import Replies, Turn

# What is asked


def ending(scene: Scene) -> Section:
    """Say that the end is near, and ask how to close."""
    t, facts = scene.t, scene.facts
    if facts.mentorship.status is not Status.ACTIVE:
        return Section(t("This was about the end of your mentoring with {name}.", name=scene.partner))
    text = t(
        "Your mentoring with {name} is agreed until {day}. The last meeting is a good time to look back, say thanks "
        "and choose what comes next. If you both want more time, one tap asks {name}.",
        name=scene.partner,
        day=_last_day(t, facts),
    )
    return Section(text, title=t("A good end"), buttons=(_prolong(t, facts, t("Prolong by three months")),))


def prolong(scene: Scene) -> Section:
    """Ask whether somebody wants more time too."""
    t, facts, day = scene.t, scene.facts, _last_day(scene.t, scene.facts)
    if _me(facts, scene.reader.id).prolongs_at or facts.mentorship.status is not Status.ACTIVE or not _asked(facts):
        return Section(t("Your mentoring with {name} is agreed until {day}.", name=scene.partner, day=day))
    text = t(
        "{name} would like three more months with you after {day}. Without a word from you it ends as agreed, and "
        "that is fine.",
        name=scene.partner,
        day=day,
    )
    return Section(text, title=t("A little longer?"), buttons=(_prolong(t, facts, t("Yes, three more months")),))


# What is answered


def prolonged(turn: Turn, press: Pressed) -> Replies:
    """Note a wish for more time; once all have it, the mentorship goes on."""
    facts = turn.mentorship(press.subject)
    t, mentorship = turn.t, facts.mentorship
    if press.rev != mentorship.version or mentorship.status is not Status.ACTIVE:
        return (Show(card(t("This has changed since. Please look again with 'status'."))),)
    _me(facts, turn.actor.id).prolongs_at = turn.now
    if not all(participant.prolongs_at for participant in facts.present):
        return (Show(card(t("I ask {name}, in their working hours.", name=turn.partner(facts)))),)
    for participant in facts.present:
        participant.prolongs_at = None
    mentorship.prolong()
    turn.audit("prolong", mentorship.id)
    return (Show(card(t("It goes on until {day}.", day=_last_day(t, facts)))),)


def prolong_command(turn: Turn, text: str) -> Replies:
    """Ask back before asking the other for more time, or ask which mentorship is meant."""
    t, mine = turn.t, turn.mine()
    possible = [facts for facts in meant(turn, text) if facts in mine and facts.mentorship.status is Status.ACTIVE]
    if not possible:
        return (Show(card(t("There is no mentorship for which this is possible."))),)
    buttons = [
        _prolong(t, facts, t("Three more months with {name}", name=turn.partner(facts))) for facts in possible[:5]
    ]
    if len(possible) > 1:
        return (Show(card(t("Which one? It goes on if all in it want that."), *buttons)),)
    asked = t(
        "Your mentoring with {name} is agreed until {day}. It goes on for three months more if all in it want that.",
        name=turn.partner(possible[0]),
        day=_last_day(t, possible[0]),
    )
    return (Show(card(asked, *buttons, Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),)))),)


def _asked(facts: Facts) -> bool:
    return any(participant.prolongs_at for participant in facts.present)


def _me(facts: Facts, person_id: str) -> Participant:
    return next(participant for participant in facts.participants if participant.person_id == person_id)


def _last_day(t: Translator, facts: Facts) -> str:
    return t.day(facts.mentorship.ends_at - timedelta(days=1), facts.mentorship.zone)


def _prolong(t: Translator, facts: Facts, label: str) -> Button:
    mentorship = facts.mentorship
    return Button(label, "closing.prolong", mentorship.id, rev=mentorship.version, words=(t("prolong"),))


FLOW = Flow(
    actions={"closing.prolong": prolonged},
    sections={
        Prompt.PROLONG: Drawn(prolong, N_("your partner asked for more time")),
        Prompt.ENDING: Drawn(ending, N_("the term that you agreed on is coming to its end")),
    },
    commands=(Command((N_("prolong"),), N_("prolong: three more months, if all in it want that"), prolong_command),),
)
