"""The start: three short questions each and a first hour; both see each other's answers."""

from datetime import datetime, timedelta

from bot.domain.cadence import common_times, local
from bot.domain.facts import Facts
from bot.domain.meeting import SETTLED, Meeting, State
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind, Visibility
from bot.hours import hour_fields, hour_in, hour_problem
from bot.messages import Button, Errors, Fact, Field, FieldKind, Form, Option, Pressed, Section, Show, Values
from bot.turn import Drawn, Flow, FormFlow, Replies, Scene, Turn

QUESTIONS = ("background", "hopes", "style")


# What is asked


def kickoff(scene: Scene) -> Section:
    """Tell both that they are a pair and ask for the introduction, or show what stands."""
    t, meeting = scene.t, scene.meeting
    title, quotes = t("You and {name} are a pair", name=scene.partner), scene.quotes(NoteKind.INTRODUCTION)
    suggested, confirm = _suggested(scene)
    if scene.wrote(NoteKind.INTRODUCTION):
        told = t("{name} can read your introduction.", name=scene.partner)
        return Section(told, title=title, facts=suggested, quotes=quotes, buttons=confirm)
    if meeting.state in SETTLED:
        return Section(title, quotes=quotes)
    return Section(
        t("Three short questions before you meet, and a first hour. {name} sees what you write.", name=scene.partner),
        title=title,
        facts=suggested,
        quotes=quotes,
        buttons=(
            *confirm,
            Button(
                t("Introduce myself"),
                "kickoff.open",
                meeting.id,
                opens=True,
                style="primary",
                words=(t("introduce"), t("introduction"), t("start")),
            ),
        ),
    )


def _suggested(scene: Scene) -> tuple[tuple[Fact, ...], tuple[Button, ...]]:
    """Return the hour that the reader may confirm here too, and the button for it."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.PROPOSED or scene.facts.owes_confirmation(meeting) != scene.reader.id:
        return (), ()
    works = Button(
        t("Works for me"), "scheduling.confirm", meeting.id, rev=meeting.moves, words=(t("works"), t("confirm"))
    )
    return (Fact(t("Suggested"), scene.when(meeting.starts_at)),), (works,)


def kickoff_form(turn: Turn, subject: str) -> Form:
    """Ask three questions, and for hour, length and place of the first meeting, prefilled with what suits both."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    lengths = tuple(Option(str(n), t("{n} minutes", n=n)) for n in (30, 45, 60))
    return Form(
        "kickoff.introduce",
        meeting.id,
        t("Your introduction"),
        (
            Field("background", t("What brought you to where you are?"), FieldKind.LONG, max_length=1000),
            Field("hopes", t("What would make these months worth your time?"), FieldKind.LONG, max_length=1000),
            Field(
                "style",
                t("What should {name} know about how you like to work?", name=partner),
                FieldKind.LONG,
                required=False,
                max_length=1000,
            ),
            *hour_fields(t, meeting.starts_at or _first_hour(turn, facts, meeting), turn.actor.zone),
            Field("minutes", t("How long?"), FieldKind.CHOICE, lengths, initial=str(meeting.minutes)),
            Field(
                "place",
                t("Where?"),
                required=False,
                max_length=200,
                initial=meeting.place,
                hint=t("A room, a link, or by phone."),
            ),
        ),
        intro=t("{name} sees what you write here.", name=partner),
        rev=meeting.moves,
        shared_with=partner,
    )


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the introduction."""
    return (Show(kickoff_form(turn, press.subject)),)


def introduced(turn: Turn, form: Form, values: Values) -> Replies:
    """Save the introduction; the hour is suggested, or agreed to where it is the one that stands."""
    facts, meeting = turn.meeting(form.subject)
    if meeting.state in (State.OPEN, State.PROPOSED, State.MISSED):
        hour = hour_in(values, turn.actor.zone)
        if problems := hour_problem(turn.t, hour, turn.now):
            return (Errors(problems),)
        meeting.minutes, meeting.place = int(str(values["minutes"])), str(values.get("place", ""))
        facts.mentorship.minutes = meeting.minutes
        if meeting.state is not State.PROPOSED or hour != meeting.starts_at:
            meeting.propose(hour, turn.actor.id, turn.now)
        elif facts.owes_confirmation(meeting) == turn.actor.id:
            facts.agree(meeting, turn.now)
    answers = {name: str(values.get(name, "")) for name in QUESTIONS}
    turn.write(facts, meeting, NoteKind.INTRODUCTION, answers, Visibility.PAIR)
    return ()


def _first_hour(turn: Turn, facts: Facts, meeting: Meeting) -> datetime | None:
    """Return an hour in two days or later that suits everybody, near ten on the lead's clocks."""
    lead = facts.people[meeting.lead_id]
    ten = local(turn.now, lead.zone).replace(hour=10, minute=0, second=0, microsecond=0)
    hours = [facts.people[participant.person_id].working_time for participant in facts.present]
    found = common_times(hours, turn.now + timedelta(days=1), meeting.minutes, 1, ten, lead.zone)
    return found[0] if found else None


FLOW = Flow(
    actions={"kickoff.open": opened},
    forms={"kickoff.introduce": FormFlow(kickoff_form, introduced)},
    sections={
        Prompt.KICKOFF: Drawn(kickoff, "you both said yes, and a pair that sets a first date soon goes on"),
        Prompt.KICKOFF_REMINDER: Drawn(kickoff, "there is no first date yet; I remind you once"),
    },
)
