"""What one can type: five things that help now, or all of it in groups."""

from collections.abc import Iterable, Sequence

from bot.engine.meaning import Offer
from bot.engine.tables import Tables
from bot.flow import Command, Topic
from bot.messages import Card, Section
from bot.turn import Turn

FEW = 5
"""How many things a short menu names beside 'help'."""

_FIRST = ("agenda", "move", "status", "snooze", "away")
"""The commands that help most people most of the time, for where nothing else is due."""


def few(turn: Turn, offers: Sequence[Offer], commands: Sequence[Command]) -> Card:
    """Return what helps now: the buttons of what is due, and the commonest words to type."""
    t = turn.t
    buttons = tuple(offer.button for offer in offers[:FEW])
    common = [one for word in _FIRST for one in commands if word in one.words]
    lines = [t(one.help) for one in common[: FEW - len(buttons)]]
    text = "\n".join([t("I did not understand that. You can type:"), *lines, t("help: everything I understand")])
    return Card((Section(text, buttons=buttons),))


def reasons(turn: Turn, tables: Tables, kinds: Iterable[str]) -> Card:
    """Return why the bot wrote unasked, of the kinds of things that it said, and how to hear less."""
    t = turn.t
    drawn = tables.sections | tables.alone
    known = [drawn[kind] for kind in dict.fromkeys(kinds) if kind in drawn]
    because = t.listing([t(one.why) for one in known])
    why = t("This came because {reasons}.", reasons=because) if known else t("I have not written lately.")
    usual = t("'snooze until Monday' puts it off, 'fewer' lets less come, 'pause' stops me until you resume.")
    less = dict.fromkeys(t(one.less) if one.less else usual for one in known) or (usual,)
    return Card((Section(why), *(Section(way) for way in less)))


def everything(turn: Turn, commands: Sequence[Command]) -> Card:
    """Return all commands in groups, and whom to talk to when the bot is not the right one."""
    t = turn.t
    sections = [Section(t("You can type these words, and the words on my buttons."))]
    for topic in Topic:
        lines = [
            t(one.help)
            for one in commands
            if (Topic.PROGRAM if one.admin else one.topic) is topic and one.is_for(turn.actor)
        ]
        if lines:
            sections.append(Section("\n".join(lines), title=t(topic)))
    contact = turn.trusted_contact()
    if contact:
        text = t("I am a bot, and nobody who runs me reads this. {contact} listens in confidence.", contact=contact)
        sections.append(Section(text, title=t("If something weighs on you")))
    return Card(tuple(sections))
