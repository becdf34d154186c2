"""Less from the bot: what it said last is put off, and less comes in a week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.records import Snooze, Touch
from bot.domain.windows import Window, windows
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import Button, Pressed, Show, card
from bot.moments import moment
from bot.turn import Replies, Turn

FEWER = "quiet.fewer"
"""The action of the small button under every unasked card. The name is permanent."""

FEW = 1
"""Unasked messages a week for somebody who wants fewer."""


# Put off what was said last


def snooze(turn: Turn, text: str) -> Replies:
    """Put off what the last unasked card said, to a named time or the next working day."""
    t, hours = turn.t, turn.actor.working_time
    named = moment(text, turn.now, turn.actor.zone, turn.actor.day_starts) if text else hours.days_after(turn.now, 1)
    if named is None:
        return (Show(card(t("Until when? For example 'snooze until Monday' or 'snooze until tomorrow 14:00'."))),)
    until, said = hours.next_open(named), list(_said_last(turn))
    if not said:
        return (Show(card(t("There is nothing to put off just now."))),)
    in_time = [(facts, window) for facts, window in said if until < window.moot_after]
    if not in_time:
        return (Show(card(_too_late(turn, *said[0]))),)
    for facts, window in in_time:
        _put_off(turn, facts, window, until)
    when = t.when(until, turn.actor.zone)
    if len(in_time) < len(said):
        return (Show(card(t("Put off until {when}, but for what would come too late then.", when=when))),)
    return (Show(card(t("Put off until {when}.", when=when))),)


def _said_last(turn: Turn) -> Iterator[tuple[Facts, Window]]:
    """Yield what the last unasked card said and what still waits for an answer."""
    mine = {facts.mentorship.id: facts for facts in turn.mine()}
    for mentorship_id, touch in turn.unit.touches.latest(turn.actor.id):
        for window in windows(mine[mentorship_id]) if mentorship_id in mine else ():
            if _first(window.touch) == _first(touch) and turn.now < window.moot_after:
                yield mine[mentorship_id], window


def _put_off(turn: Turn, facts: Facts, window: Window, until: datetime) -> None:
    """Put something off; what is put off already and has not come back yet is put off to another time."""
    mentorship, touch = facts.mentorship, _first(window.touch)
    snoozed = Snooze(window.touch.ordinal + (window.touch in facts.said), until)
    facts.snoozed[touch] = snoozed
    turn.unit.touches.snooze(mentorship.organization_id, mentorship.id, touch, snoozed)


def _first(touch: Touch) -> Touch:
    return replace(touch, ordinal=0)


def _too_late(turn: Turn, facts: Facts, window: Window) -> str:
    t, zone, meeting = turn.t, turn.actor.zone, facts.meeting(window.touch.about)
    if meeting and meeting.starts_at and meeting.starts_at > turn.now:
        when = t.when(meeting.starts_at, zone)
        return t("That is after your meeting on {when}. An earlier time works, and so does 'move'.", when=when)
    when = t.when(window.moot_after, zone)
    return t("It would come too late after {when}. An earlier time works.", when=when)


# Fewer


def fewer(turn: Turn, said: object) -> Replies:
    """Say at most one thing a week unasked."""
    t = turn.t
    turn.actor.unasked_a_week = FEW
    turn.mine()
    text = t("From now on I write at most once a week unasked. What matters for a meeting comes first.")
    return (Show(card(text, Button(t("Back to two"), "quiet.usual", "", words=(t("back to two"),)))),)


def usual(turn: Turn, press: Pressed) -> Replies:
    """Go back to what the programme allows."""
    turn.actor.unasked_a_week = None
    turn.mine()
    return (Show(card(turn.t("As before: two messages a week at most, mostly less."))),)


FLOW = Flow(
    actions={FEWER: fewer, "quiet.usual": usual},
    commands=(
        Command(
            (N_("snooze"), N_("later"), N_("put off")),
            N_("snooze until Monday: what I said last comes again then"),
            snooze,
            topic=Topic.QUIET,
        ),
        Command((N_("fewer"), N_("less")), N_("fewer: one message a week at most"), fewer, topic=Topic.QUIET),
    ),
)
