"""The hour that somebody typed behind 'move': said back on their clocks before anything is suggested to anybody."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting
from bot.messages import Button, Card, Fact, card
from bot.moments import moment
from bot.turn import Turn

USUAL = time(10)
"""The hour meant by a mere day, for a meeting that has none yet."""

_CHOICES = 5
"""Among how many meetings somebody is asked which one is meant."""

Found = tuple[Facts, Meeting, datetime]


def said_back(turn: Turn, among: Sequence[tuple[Facts, Meeting]], text: str) -> Card | None:
    """Return what is asked before a typed hour is suggested, for one of several meetings; None where none was typed.

    The words may begin with a partner's first name. A mere day keeps the meeting's hour.
    """
    first, _, rest = text.partition(" ")
    name = first.casefold().strip("@:")
    with_named = [one for one in among if name in {p.first_name.casefold() for p in one[0].others(turn.actor.id)}]
    meant, words = (with_named, rest) if with_named else (among, text)
    found = [
        (facts, meeting, hour)
        for facts, meeting in meant
        if (hour := moment(words, turn.now, turn.actor.zone, _usual(turn, meeting)))
    ]
    if not found:
        return None
    return _one(turn, *found[0]) if len(found) == 1 else _which(turn, found[:_CHOICES])


def _usual(turn: Turn, meeting: Meeting) -> time:
    return local(meeting.starts_at, turn.actor.zone).time() if meeting.starts_at else USUAL


def _one(turn: Turn, facts: Facts, meeting: Meeting, hour: datetime) -> Card:
    t, zone = turn.t, turn.actor.zone
    when, name = t.when(hour, zone), turn.partner(facts)
    if meeting.starts_at:
        text = t("Move your meeting with {name} to {when}?", name=name, when=when)
        lines = [Fact(t("Now"), t.when(meeting.starts_at, zone))]
    else:
        text, lines = t("Suggest {when} to {name}?", name=name, when=when), []
    lines.append(Fact(t("On your clocks"), t.city(zone)))
    lines += [
        Fact(t("For {name}", name=other.first_name), t.when(hour, other.zone))
        for other in facts.others(turn.actor.id)
        if local(hour, other.zone).utcoffset() != local(hour, zone).utcoffset()
    ]
    another = Button(
        t("Another time"), "scheduling.move", meeting.id, rev=meeting.moves, opens=True, words=(t("no"),)
    )
    return card(text, _suggest(t("Suggest it"), meeting, hour, t("yes"), t("suggest")), another, facts=tuple(lines))


def _which(turn: Turn, found: Sequence[Found]) -> Card:
    t = turn.t
    buttons = (
        _suggest(t("{name}: {when}", name=turn.partner(facts), when=t.when(hour, turn.actor.zone)), meeting, hour)
        for facts, meeting, hour in found
    )
    return card(t("Which meeting do you mean? Nothing moves before you choose."), *buttons)


def _suggest(label: str, meeting: Meeting, hour: datetime, *words: str) -> Button:
    return Button(
        label,
        "scheduling.pick",
        meeting.id,
        value=hour.isoformat(),
        rev=meeting.moves,
        style="primary",
        words=words,
    )
