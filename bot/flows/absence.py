"""Days off: noted as dates, never with a reason; shown, and taken back."""

from datetime import date

from bot.domain.cadence import local
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import Button, Card, Pressed, Show, card
from bot.spans import span
from bot.turn import Replies, Turn

MOST = 20
"""How many absences are kept for one person at a time."""

Days = tuple[str, str]
"""A stretch of days off, as (first, last) in ISO form."""


# What is said


def _shown(turn: Turn, days: Days) -> str:
    t, (first, last) = turn.t, map(date.fromisoformat, days)
    if first == last:
        return t.full_day(first)
    return t("{first} to {last}", first=t.full_day(first), last=t.full_day(last))


def _listed(turn: Turn) -> Card:
    """Show the absences that are not over, each with a button that takes it back."""
    t, noted = turn.t, _to_come(turn)
    if not noted:
        return card(t("No days off are noted. 'away until Friday' notes some."))
    buttons = (_undo(t("Take back: {days}", days=_shown(turn, days)), days) for days in noted)
    return card(t("These are your days off. I keep dates, never reasons."), *buttons)


def _then(turn: Turn, days: Days) -> tuple[Button, ...]:
    """Return the meetings that lie in some days off, to be moved; nothing moves by itself."""
    t, zone = turn.t, turn.actor.zone
    meetings = (meeting for facts in turn.mine() for meeting in facts.unsettled)
    return tuple(
        Button(
            t("Move the meeting of {when}", when=t.when(meeting.starts_at, zone)),
            "scheduling.move",
            meeting.id,
            rev=meeting.moves,
            opens=True,
        )
        for meeting in meetings
        if meeting.starts_at
        and meeting.starts_at > turn.now
        and days[0] <= local(meeting.starts_at, zone).date().isoformat() <= days[1]
    )


# What is answered


def away(turn: Turn, text: str) -> Replies:
    """Note days off, or show those that are noted."""
    t, person = turn.t, turn.actor
    if not text:
        return (Show(_listed(turn)),)
    found = span(text, turn.now, person.zone)
    if found is None:
        return (Show(card(t("From when until when? For example 'away until Friday' or 'away from 3 to 10 March'."))),)
    days = (found[0].isoformat(), found[1].isoformat())
    person.away = tuple(sorted({*_to_come(turn), days}))[:MOST]
    text = t("You are away: {days}. I keep only the dates, and write nothing unasked then.", days=_shown(turn, days))
    return (Show(card(text, *_then(turn, days), _undo(t("Undo"), days))),)


def back(turn: Turn, text: str) -> Replies:
    """End the absence of today; where there is none, show those to come."""
    today = local(turn.now, turn.actor.zone).date().isoformat()
    later = tuple(days for days in _to_come(turn) if days[0] > today)
    if later == _to_come(turn):
        return (Show(_listed(turn)),)
    turn.actor.away = later
    turn.mine()
    return (Show(card(turn.t("Welcome back. I write to you again when something is due."))),)


def undone(turn: Turn, press: Pressed) -> Replies:
    """Take one absence back."""
    turn.actor.away = tuple(days for days in _to_come(turn) if "/".join(days) != press.value)
    turn.mine()
    return (Show(_listed(turn)),)


def _to_come(turn: Turn) -> tuple[Days, ...]:
    """Return the absences that are not over; what is over is of no use to anybody."""
    today = local(turn.now, turn.actor.zone).date().isoformat()
    return tuple(days for days in turn.actor.away if days[1] >= today)


def _undo(label: str, days: Days) -> Button:
    return Button(label, "absence.undo", "", value="/".join(days))


FLOW = Flow(
    actions={"absence.undo": undone},
    commands=(
        Command((N_("away"),), N_("away until Friday: days off, as dates without a reason"), away, topic=Topic.QUIET),
        Command((N_("back"),), N_("back: you are here again"), back, topic=Topic.QUIET),
    ),
)
