"""The hour of a meeting: suggested, confirmed with a tap, moved."""

from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.offers import offers
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind
from bot.flow import Command, Drawn, Flow, FormFlow
from bot.hours import hour_fields, hour_in, hour_problem
from bot.language import N_
from bot.messages import Button, Card, Errors, Fact, Form, Pressed, Section, Show, Values, card
from bot.move_words import said_back
from bot.scene import Scene
from bot.standing import another, confirmer, confirming, stale, standing
from bot.turn import Replies, Turn

# What is asked


def confirm(scene: Scene) -> Section:
    """Ask whoever owes the next move to confirm an hour with one tap."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.PROPOSED or scene.facts.owes_confirmation(meeting) != scene.reader.id:
        return standing(scene)
    when, name = scene.when(meeting.starts_at), scene.facts.people[meeting.proposed_by or ""].first_name
    if meeting.kind is MeetingKind.EXTRA:
        text = t(
            "{name} would like to meet out of turn: {when}. One tap and it is booked; your rhythm stays as it is.",
            name=name,
            when=when,
        )
    else:
        text = t("{name} suggested {when}, and it is your turn. One tap and it is booked.", name=name, when=when)
    out = Button(t("Not this time"), "extra.decline", meeting.id, rev=meeting.moves, words=(t("no"),))
    return Section(
        text,
        title=t("A time for your meeting"),
        facts=(*scene.where(), *_series(scene)),
        quotes=scene.quotes(NoteKind.INTRODUCTION),
        buttons=(
            Button(
                t("Works for me"),
                "scheduling.confirm",
                meeting.id,
                rev=meeting.moves,
                style="primary",
                words=(t("yes"), t("ok"), t("works"), t("confirm")),
            ),
            another(scene, t("Another time")),
            *((out,) if meeting.kind is MeetingKind.EXTRA else ()),
        ),
    )


def _series(scene: Scene) -> tuple[Fact, ...]:
    """Say on which clocks the meetings go on where a series moves with the hour that was suggested."""
    t, meeting, at = scene.t, scene.meeting, scene.facts.mentorship.at
    if not meeting.series_zone or at is None:
        return ()
    return (Fact(t("From then on"), t("{hour} {city} time", hour=f"{at:%H:%M}", city=t.city(meeting.series_zone))),)


def booked(scene: Scene) -> Section:
    """Tell whoever suggested an hour that it is agreed."""
    if scene.meeting.state is not State.CONFIRMED:
        return standing(scene)
    when = scene.when(scene.meeting.starts_at)
    text = scene.t("{name} confirmed: {when}.", name=confirmer(scene), when=when)
    quotes = scene.quotes(NoteKind.INTRODUCTION)
    links = scene.calendar_links(scene.meeting)
    return Section(text, title=scene.t("It is booked"), facts=scene.where(), quotes=quotes, links=links)


def move_form(turn: Turn, subject: str) -> Form:
    """Ask for another day and hour, prefilled with the one that stands."""
    facts, meeting = turn.meeting(subject)
    t = turn.t
    suggested = next(iter(offers(facts, meeting, turn.now, 1).times), meeting.starts_at)
    return Form(
        "scheduling.move",
        meeting.id,
        t("Another time"),
        hour_fields(t, suggested, turn.actor.zone),
        intro=t("{name} confirms with a tap.", name=confirming(facts, meeting, turn.actor.id)),
        submit=t("Suggest"),
        rev=meeting.moves,
        shared_with=turn.partner(facts),
    )


# What is answered


def confirmed(turn: Turn, press: Pressed) -> Replies:
    """Book the hour that was suggested, if it is still the same."""
    facts, meeting = turn.meeting(press.subject)
    if old := stale(turn, press.rev, meeting):
        return old
    if meeting.state is State.PROPOSED and facts.owes_confirmation(meeting) == turn.actor.id:
        facts.agree(meeting, turn.now)
    return ()


def move_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the question for another hour."""
    return (Show(move_form(turn, press.subject)),)


def moved(turn: Turn, form: Form, values: Values) -> Replies:
    """Suggest the hour of the form to the other."""
    hour = hour_in(values, turn.actor.zone)
    if problems := hour_problem(turn.t, hour, turn.now):
        return (Errors(problems),)
    return _propose(turn, form.subject, form.rev, hour)


def picked(turn: Turn, press: Pressed) -> Replies:
    """Suggest one of the offered hours to the other."""
    hour = datetime.fromisoformat(press.value)
    if hour <= turn.now:
        return (Show(card(turn.t("This hour is over. Please choose one that lies ahead."))),)
    return _propose(turn, press.subject, press.rev, hour)


def move_command(turn: Turn, text: str) -> Replies:
    """Say a typed hour back before it is suggested; without one, ask for it, or for which meeting."""
    t = turn.t
    open_ones = [(facts, meeting) for facts in turn.mine() for meeting in facts.unsettled]
    if not open_ones:
        return (Show(card(t("You have no meeting to move."))),)
    if asked := said_back(turn, open_ones, text):
        return (Show(asked),)
    if len(open_ones) == 1:
        return (Show(move_form(turn, open_ones[0][1].id)),)
    buttons = [
        Button(_named(turn, facts, meeting), "scheduling.move", meeting.id, opens=True)
        for facts, meeting in open_ones
    ]
    return (Show(card(t("Which one?"), *buttons)),)


def _named(turn: Turn, facts: Facts, meeting: Meeting) -> str:
    """Name a meeting by whom it is with, and its hour where it has one."""
    if meeting.starts_at is None:
        return turn.partner(facts)
    when = turn.t.when(meeting.starts_at, turn.actor.zone)
    return turn.t("{name}: {when}", name=turn.partner(facts), when=when)


def _propose(turn: Turn, meeting_id: str, rev: int, hour: datetime) -> Replies:
    facts, meeting = turn.meeting(meeting_id)
    if old := stale(turn, rev, meeting):
        return old
    if meeting.state in (State.HELD, State.UNSETTLED, State.SKIPPED):
        return (Show(Card((standing(turn.scene(facts, meeting.id)),))),)
    meeting.propose(hour, turn.actor.id, turn.now)
    t = turn.t
    text = t(
        "I asked {name} about {when}. Once it is confirmed you hear from me.",
        name=confirming(facts, meeting, turn.actor.id),
        when=t.when(hour, turn.actor.zone),
    )
    return (Show(card(text)),)


FLOW = Flow(
    actions={
        "scheduling.confirm": confirmed,
        "scheduling.move": move_opened,
        "scheduling.pick": picked,
    },
    forms={"scheduling.move": FormFlow(move_form, moved)},
    sections={
        Prompt.CONFIRM: Drawn(confirm, N_("a time was suggested and it is your turn")),
        Prompt.CONFIRM_REMINDER: Drawn(confirm, N_("a suggested time is waiting for you; I remind you once")),
        Prompt.BOOKED: Drawn(booked, N_("you suggested this time")),
    },
    commands=(
        Command(
            (N_("move"), N_("another time")),
            N_("move to Thursday 3pm: another time for your next meeting"),
            move_command,
        ),
    ),
)
