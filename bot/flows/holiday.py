"""Days on which everybody in the programmes rests: nothing is written, and nothing is booked."""

from datetime import date

from bot.flow import Command, Flow, Topic
from bot.language import N_, Translator
from bot.messages import Button, Pressed, Show, card
from bot.overview import plan_anew
from bot.spans import span
from bot.turn import Replies, Turn


def holiday(turn: Turn, text: str) -> Replies:
    """Ask back before the whole programme rests, or before it goes on."""
    t = turn.t
    if text.strip().casefold() in ("off", t("off"), "none"):
        yes = Button(t("Yes, let it go on"), "holiday.rest", "", style="primary")
        return (Show(card(t("Shall nobody rest any more?"), yes, _keep(t))),)
    days = span(text, turn.now, turn.actor.zone)
    if days is None:
        return (Show(card(t("From when to when? For example 'holiday from 21 December to 3 January'."))),)
    first, last = days
    yes = Button(t("Yes, let all rest"), "holiday.rest", "", value=f"{first} {last}", style="primary")
    question = t(
        "From {first} to {last} I would write to nobody in your programmes, and book no meetings. Meetings that are "
        "booked already stay. Shall I?",
        first=t.full_day(first),
        last=t.full_day(last),
    )
    return (Show(card(question, yes, _keep(t))),)


def rested(turn: Turn, press: Pressed) -> Replies:
    """Let all programmes rest on some days, or on none."""
    days = [date.fromisoformat(day) for day in press.value.split()]
    first, last = days if days else (None, None)
    turn.unit.programs.main(turn.actor.organization_id, turn.now)
    ours = turn.unit.programs.all(turn.actor.organization_id)
    for program in ours:
        program.holiday_from, program.holiday_until = first, last
        turn.audit("holiday", program.id)
    plan_anew(turn.unit, ours, turn.now)
    return (Show(card(turn.t("Noted, for all programmes.") if days else turn.t("Everything goes on as usual."))),)


def _keep(t: Translator) -> Button:
    return Button(t("Leave it as it is"), "closing.keep", "")


FLOW = Flow(
    admin_actions={"holiday.rest": rested},
    commands=(
        Command(
            (N_("holiday"),),
            N_("holiday from 21 December to 3 January: everybody rests; 'holiday off' ends it"),
            holiday,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
