"""One's own hours, zone, holidays and language, told to the bot in one form or in a word."""

from datetime import time
from zoneinfo import available_timezones

from bot.domain.cadence import regions
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import LANGUAGES, N_, translator
from bot.messages import Button, Card, Errors, Field, FieldKind, Form, Option, Pressed, Show, Values, card
from bot.roster import names
from bot.turn import Replies, Turn

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as the form's answers name them. The names are permanent."""


# What is asked


def hours_form(turn: Turn, subject: str) -> Form:
    """Ask when somebody works, on which clocks, with which holidays, and in which language the bot writes."""
    t, me = turn.t, turn.actor
    days = tuple(Option(name, t.weekday(number)) for number, name in enumerate(DAYS))
    languages = tuple(Option(code, translator(code).own_name) for code in LANGUAGES)
    return Form(
        "own_time.hours",
        me.id,
        t("Your working hours"),
        (
            Field("zone", t("Your time zone"), max_length=60, initial=me.zone, hint=t("A city will do.")),
            Field(
                "days",
                t("On which days do you work?"),
                FieldKind.CHOICES,
                days,
                initial=tuple(DAYS[number] for number in me.working_days),
            ),
            Field("begins", t("From when?"), FieldKind.TIME, initial=f"{me.day_starts:%H:%M}"),
            Field("ends", t("Until when?"), FieldKind.TIME, initial=f"{me.day_ends:%H:%M}"),
            Field(
                "country",
                t("Public holidays of which country?"),
                required=False,
                max_length=60,
                initial=me.country,
                hint=t("A name or a code, such as DE."),
            ),
            Field(
                "region",
                t("And of which region?"),
                required=False,
                max_length=20,
                initial=me.region,
                hint=t("Its short name, such as BE for Berlin."),
            ),
            Field("language", t("In which language do I write?"), FieldKind.CHOICE, languages, initial=t.language),
        ),
        intro=t("Outside these hours I write nothing unasked."),
    )


# What is answered


def hours_opened(turn: Turn, said: object) -> Replies:
    """Open the form."""
    return (Show(hours_form(turn, turn.actor.id)),)


def hours_told(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the hours; no meeting moves by itself, and what is due is planned anew."""
    t, me = turn.t, turn.actor
    begins, ends = time.fromisoformat(str(values["begins"])), time.fromisoformat(str(values["ends"]))
    zone, country = _zone(str(values["zone"])), _country(str(values.get("country", "")))
    region = str(values.get("region", "")).upper()
    problems = {
        "zone": "" if zone else t("I do not know this zone. A large city in it works, or 'Europe/Berlin'."),
        "ends": "" if begins < ends else t("This is before the day begins. Please check both hours."),
        "country": t("I do not know this country. Its code works, such as DE.") if country is None else "",
        "region": _region_problem(turn, country or "", region),
    }
    if found := {name: problem for name, problem in problems.items() if problem}:
        return (Errors(found),)
    before, me.zone, me.country, me.region = me.zone, zone or me.zone, country or "", region
    me.working_days = tuple(number for number, name in enumerate(DAYS) if name in values["days"])
    me.day_starts, me.day_ends = begins, ends
    me.language = str(values["language"])
    return (Show(_kept(turn, before)),)


def _kept(turn: Turn, zone_before: str) -> Card:
    """Say what holds now; where meetings go on in the zone from before, offer to look at them."""
    t, me = turn.t, turn.actor
    begins, ends = f"{me.day_starts:%H:%M}", f"{me.day_ends:%H:%M}"
    text = t("Kept. I write from {begins} to {ends} in {city}.", begins=begins, ends=ends, city=t.city(me.zone))
    there = [facts for facts in turn.mine() if facts.mentorship.zone == zone_before != me.zone]
    ask = Button(t("What about my meetings?"), "moving.meetings", "", value=zone_before)
    return card(text, *(ask for _ in there[:1]))


def language(turn: Turn, text: str) -> Replies:
    """Write in another language from now on, or ask in which."""
    code = names.language(text.strip()).split("-")[0].lower()
    if code in LANGUAGES:
        return _speak(turn, code)
    buttons = (
        Button(translator(code).own_name, "own_time.language", "", value=code, words=(code,)) for code in LANGUAGES
    )
    return (Show(card(turn.t("In which language shall I write?"), *buttons)),)


def language_chosen(turn: Turn, press: Pressed) -> Replies:
    """Write in the language of the button from now on."""
    return _speak(turn, press.value) if press.value in LANGUAGES else language(turn, "")


def _speak(turn: Turn, code: str) -> Replies:
    turn.actor.language = code
    return (Show(card(turn.t("I write to you in English now."))),)


def _zone(text: str) -> str | None:
    """Return the zone of a name, or of a large city by which one is named."""
    try:
        return names.zone(text)
    except ValueError:
        city = "/" + text.replace(" ", "_").casefold()
        return min((zone for zone in available_timezones() if zone.casefold().endswith(city)), default=None)


def _country(text: str) -> str | None:
    try:
        return names.country(text) if text else ""
    except ValueError:
        return None


def _region_problem(turn: Turn, country: str, region: str) -> str:
    known = regions(country)
    if not region or region in known:
        return ""
    if not known:
        return turn.t("I know no regions there. Please leave this empty.")
    return turn.t("I do not know this region. These I know: {names}.", names=", ".join(known))


FLOW = Flow(
    actions={"own_time.open": hours_opened, "own_time.language": language_chosen},
    forms={"own_time.hours": FormFlow(hours_form, hours_told)},
    commands=(
        Command(
            (N_("working hours"), N_("hours")),
            N_("working hours: your days, hours, zone, holidays and language"),
            hours_opened,
            topic=Topic.YOU,
            opens=True,
        ),
        Command((N_("language"),), N_("language de: I write in German"), language, topic=Topic.YOU),
    ),
)
