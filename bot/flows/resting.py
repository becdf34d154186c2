"""A pause: the bot writes nothing unasked to one person for a while, or a mentorship rests for all in it."""

import re
from datetime import date, time, timedelta

from bot.domain.cadence import at_local, local
from bot.domain.facts import Facts
from bot.domain.mentorship import Status
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.meant import meant
from bot.messages import Button, Card, Pressed, Show, card
from bot.moments import day
from bot.scene import NotThere
from bot.turn import Replies, Turn

PAUSED_FOR = timedelta(weeks=4)
"""How long somebody who names no day hears nothing unasked."""

_UNTIL = re.compile(r"(.*?)\b(?:until|till|bis)\b(.*)", re.IGNORECASE | re.DOTALL)


# What is asked


def _which_rests(turn: Turn, possible: list[Facts], until: date | None, *, me_too: bool) -> Card:
    t, value = turn.t, until.isoformat() if until else ""
    buttons = [
        Button(
            t("Pause: {name}", name=turn.partner(facts)),
            "closing.pause",
            facts.mentorship.id,
            value=value,
            rev=facts.mentorship.version,
            words=(turn.partner(facts),),
        )
        for facts in possible[:5]
    ]
    if me_too:
        buttons.append(Button(t("Only what I hear from you"), "quiet.rest", "", value=value, words=(t("me"),)))
    buttons.append(Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),)))
    if until is None:
        return card(t("What shall rest? A mentorship rests for all in it, without a reason."), *buttons)
    text = t(
        "What shall rest until {day}? A mentorship rests for all in it, without a reason.", day=t.full_day(until)
    )
    return card(text, *buttons)


# What is answered


def pause(turn: Turn, text: str) -> Replies:
    """Pause the bot for oneself, or a mentorship for all in it; where the words do not say which, it is asked."""
    t = turn.t
    whom, ends, until = _pause_words(turn, text)
    if ends and until is None:
        return (Show(card(t("Until when? For example 'pause until Monday' or 'pause until 16 March'."))),)
    if whom.casefold() in {"me", "myself", t("me").casefold(), t("myself").casefold()}:
        return _rest(turn, until)
    possible = [facts for facts in meant(turn, whom) if facts.mentorship.status is Status.ACTIVE]
    if possible:
        return (Show(_which_rests(turn, possible, until, me_too=not whom)),)
    if whom:
        return (Show(card(t("There is no mentorship for which this is possible."))),)
    return _rest(turn, until)


def _pause_words(turn: Turn, text: str) -> tuple[str, bool, date | None]:
    """Return whom the words name, whether they name an end, and the day on which it goes on if that lies ahead."""
    found = _UNTIL.fullmatch(text)
    whom, ends = (found[1].strip(), found[2]) if found else (text.strip(), "")
    until = day(ends, turn.now, turn.actor.zone)
    today = local(turn.now, turn.actor.zone).date()
    return whom, found is not None, until if until and until > today else None


def rested(turn: Turn, press: Pressed) -> Replies:
    """Say nothing unasked until the day that the button names, if it names one."""
    try:
        return _rest(turn, date.fromisoformat(press.value) if press.value else None)
    except ValueError as error:
        raise NotThere(press.value) from error


def _rest(turn: Turn, until: date | None) -> Replies:
    t, person = turn.t, turn.actor
    person.paused_until = at_local(until, time(), person.zone) if until else turn.now + PAUSED_FOR
    turn.mine()
    text = t(
        "I write nothing unasked before {day}. Your meetings stay as they are.",
        day=t.day(person.paused_until, person.zone),
    )
    return (Show(card(text, Button(t("Go on now"), "quiet.go_on", "", words=(t("go on"),)))),)


def go_on(turn: Turn, text: str) -> Replies:
    """End one's own pause, or ask which paused mentorship is to go on."""
    t, rests = turn.t, _rests(turn)
    paused = [f for f in meant(turn, text) if f.mentorship.status is Status.PAUSED and not f.managed]
    if rests and not text and not paused:
        return woken(turn)
    if not paused:
        return (Show(card(t("Nothing is paused, and no form waits."))),)
    buttons = [
        Button(
            t("Go on: {name}", name=turn.partner(facts)),
            "closing.resume",
            facts.mentorship.id,
            rev=facts.mentorship.version,
            words=(turn.partner(facts),),
        )
        for facts in paused[:5]
    ]
    if rests:
        buttons.append(Button(t("Only what I hear from you"), "quiet.go_on", "", words=(t("me"),)))
    keep = Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),))
    return (Show(card(t("What shall go on? All in it are told."), *buttons, keep)),)


def woken(turn: Turn, press: Pressed | None = None) -> Replies:
    """End one's own pause."""
    turn.actor.paused_until = None
    turn.mine()
    return (Show(card(turn.t("I write to you again when something is due."))),)


def anything_rests(turn: Turn) -> bool:
    """Tell whether there is a pause of the bot or of a mentorship that 'resume' could mean."""
    return _rests(turn) or any(facts.mentorship.status is Status.PAUSED for facts in turn.mine())


def _rests(turn: Turn) -> bool:
    until = turn.actor.paused_until
    return until is not None and until > turn.now


FLOW = Flow(
    actions={"quiet.rest": rested, "quiet.go_on": woken},
    commands=(
        Command(
            (N_("pause"),),
            N_("pause until Monday: nothing unasked, or a mentorship rests"),
            pause,
            topic=Topic.QUIET,
        ),
        Command(
            (N_("resume"), N_("go on")),
            N_("resume: go on with a form that you left, or after a pause"),
            go_on,
            topic=Topic.QUIET,
        ),
    ),
)
