"""The start: three short questions each and a first hour; both see each other's answers."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.meeting import SETTLED, Meeting, State
from bot.domain.mentorship import Format, Role
from bot.domain.offers import offers
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind
from bot.flow import Drawn, Flow, FormFlow
from bot.hours import hour_fields, hour_in, hour_problem
from bot.language import N_
from bot.messages import Button, Errors, Fact, Field, FieldKind, Form, Option, Pressed, Section, Show, Values
from bot.scene import Scene
from bot.turn import Replies, Turn

QUESTIONS = ("background", "hopes", "style")


# What is asked


def kickoff(scene: Scene) -> Section:
    """Tell both that they are a pair and ask for the introduction, or show what stands."""
    t, meeting = scene.t, scene.meeting
    title, quotes = _title(scene), scene.quotes(NoteKind.INTRODUCTION)
    suggested, confirm = _suggested(scene)
    if scene.wrote(NoteKind.INTRODUCTION):
        told = t("{name} can read your introduction.", name=scene.partner)
        return Section(told, title=title, facts=suggested, quotes=quotes, buttons=(*confirm, *_handover(scene)))
    if meeting.state in SETTLED:
        return Section(title, quotes=quotes)
    if asks_hour(scene.facts, meeting, scene.reader.id):
        text = t(
            "Three short questions before you meet, and a first hour. {name} sees what you write.", name=scene.partner
        )
    else:
        text = t("Three short questions before you meet. {name} sees what you write.", name=scene.partner)
    return Section(
        text,
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
            *_handover(scene),
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


def _handover(scene: Scene) -> tuple[Button, ...]:
    """Return the button by which somebody who had another mentor before may bring along what they choose."""
    began, meeting = scene.facts.mentorship.started_at, scene.meeting
    if began is None or meeting.state in SETTLED or scene.facts.roles[scene.reader.id] is Role.MENTOR:
        return ()
    if scene.unit.mentorships.former(scene.reader.id, began) is None:
        return ()
    label = scene.t("Change what I bring along") if scene.wrote(NoteKind.NOTE) else scene.t("Bring something along")
    return (Button(label, "handover.open", meeting.id, opens=True),)


def asks_hour(facts: Facts, meeting: Meeting, person_id: str) -> bool:
    """Tell whether somebody may still suggest the first hour; in a group its mentor alone once there is one."""
    if meeting.state is State.PROPOSED and facts.mentorship.format is Format.GROUP:
        return facts.roles[person_id] is Role.MENTOR
    return meeting.state in (State.OPEN, State.PROPOSED, State.MISSED)


def kickoff_form(turn: Turn, subject: str) -> Form:
    """Ask three questions, and for hour, length and place of the first meeting, prefilled with what suits all."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    suiting = offers(facts, meeting, turn.now + timedelta(days=1), 1)
    asked = asks_hour(facts, meeting, turn.actor.id)
    intro = t("{name} sees what you write here.", name=partner)
    if asked and not suiting.shared:
        intro = t(
            "{name} sees what you write here. You share no working hours, so the first hour is early for one of you "
            "or late for the other, and it changes from meeting to meeting.",
            name=partner,
        )
    hour = meeting.starts_at or next(iter(suiting.times), None)
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
            *((*hour_fields(t, hour, turn.actor.zone), *_length_and_place(turn, meeting)) if asked else ()),
        ),
        intro=intro,
        rev=meeting.moves,
        shared_with=partner,
    )


def _title(scene: Scene) -> str:
    if scene.facts.mentorship.format is Format.GROUP:
        return scene.t("{name} begins", name=scene.partner)
    return scene.t("You and {name} are a pair", name=scene.partner)


def _length_and_place(turn: Turn, meeting: Meeting) -> tuple[Field, ...]:
    t, place = turn.t, turn.unit.words.place(meeting, turn.actor.id)
    lengths = tuple(Option(str(n), t("{n} minutes", n=n)) for n in sorted({30, 45, 60, meeting.minutes}))
    hint = t("A room, a link, or by phone.")
    return (
        Field("minutes", t("How long?"), FieldKind.CHOICE, lengths, initial=str(meeting.minutes)),
        Field("place", t("Where?"), required=False, max_length=200, initial=place, hint=hint),
    )


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the introduction."""
    return (Show(kickoff_form(turn, press.subject)),)


def introduced(turn: Turn, form: Form, values: Values) -> Replies:
    """Save the introduction; the hour is suggested, or agreed to where it is the one that stands."""
    facts, meeting = turn.meeting(form.subject)
    if asks_hour(facts, meeting, turn.actor.id):
        hour = hour_in(values, turn.actor.zone)
        if problems := hour_problem(turn.t, hour, turn.now):
            return (Errors(problems),)
        meeting.minutes = int(str(values["minutes"]))
        turn.unit.words.meet_at(meeting, turn.actor.id, str(values.get("place", "")))
        facts.mentorship.minutes = meeting.minutes
        if meeting.state is not State.PROPOSED or hour != meeting.starts_at:
            meeting.propose(hour, turn.actor.id, turn.now)
        elif facts.owes_confirmation(meeting) == turn.actor.id:
            facts.agree(meeting, turn.now)
    answers = {name: str(values.get(name, "")) for name in QUESTIONS}
    turn.write(facts, meeting, NoteKind.INTRODUCTION, answers, facts.for_all)
    return ()


FLOW = Flow(
    actions={"kickoff.open": opened},
    forms={"kickoff.introduce": FormFlow(kickoff_form, introduced)},
    sections={
        Prompt.KICKOFF: Drawn(kickoff, N_("you said yes, and who sets a first date soon goes on")),
        Prompt.KICKOFF_REMINDER: Drawn(kickoff, N_("there is no first date yet; I remind you once")),
    },
)
