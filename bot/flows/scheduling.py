"""The hour of a meeting: suggested, confirmed with a tap, moved, and mended after a slip."""

from datetime import datetime

from bot.domain.cadence import common_times, local
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, Move, State
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind
from bot.hours import hour_fields, hour_in, hour_problem
from bot.messages import Button, Card, Errors, Fact, Form, Pressed, Section, Show, Values, card
from bot.turn import Command, Drawn, Flow, FormFlow, Replies, Scene, Turn

OFFERS = 3
"""How many times are offered after a slip."""


# What is asked


def confirm(scene: Scene) -> Section:
    """Ask whoever owes the next move to confirm an hour with one tap."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.PROPOSED or scene.facts.owes_confirmation(meeting) != scene.reader.id:
        return standing(scene)
    return Section(
        t(
            "{name} suggested {when}, and it is your turn. One tap and it is booked.",
            name=scene.partner,
            when=scene.when(meeting.starts_at),
        ),
        title=t("A time for your meeting"),
        facts=_place(scene),
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
            _another(scene, t("Another time")),
        ),
    )


def standing(scene: Scene) -> Section:
    """Say how a meeting stands, without asking anything."""
    t, meeting = scene.t, scene.meeting
    when = scene.when(meeting.starts_at)
    said = {
        State.OPEN: t("There is no hour yet."),
        State.PROPOSED: t("Suggested: {when}. {name} confirms with a tap.", when=when, name=scene.partner),
        State.CONFIRMED: t("Booked: {when}.", when=when),
        State.MISSED: t("It did not take place on {when}.", when=when),
        State.HELD: t("You met: {when}.", when=when),
        State.UNSETTLED: t("Whether you met on {when} stays open. That is fine.", when=when),
        State.SKIPPED: t("This one is skipped. The next one comes as usual."),
    }[meeting.state]
    place = _place(scene) if meeting.state is State.CONFIRMED else ()
    return Section(said, facts=place, links=scene.calendar_links(meeting))


def booked(scene: Scene) -> Section:
    """Tell whoever suggested an hour that it is agreed."""
    if scene.meeting.state is not State.CONFIRMED:
        return standing(scene)
    when = scene.when(scene.meeting.starts_at)
    text = scene.t("{name} confirmed: {when}.", name=scene.partner, when=when)
    quotes = scene.quotes(NoteKind.INTRODUCTION)
    links = scene.calendar_links(scene.meeting)
    return Section(text, title=scene.t("It is booked"), facts=_place(scene), quotes=quotes, links=links)


def mend(scene: Scene) -> Section:
    """Offer three times that suit both after a meeting did not take place."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.MISSED:
        return standing(scene)
    offers = _offers(scene.facts, meeting, scene.now)
    if offers:
        text = t(
            "It happens. These are in both your working hours (I cannot see your calendars). "
            "Pick one, {name} confirms with a tap.",
            name=scene.partner,
        )
    else:
        text = t("It happens. You two share no working hour, so please suggest a time that both can bear.")
    picks = tuple(
        Button(
            scene.when(offer),
            "scheduling.pick",
            meeting.id,
            value=offer.isoformat(),
            rev=meeting.moves,
            words=(str(number), scene.when(offer)),
        )
        for number, offer in enumerate(offers, 1)
    )
    return Section(
        text,
        title=t("A new time with {name}?", name=scene.partner),
        buttons=(
            *picks,
            _another(scene, t("Another time")),
            Button(
                t("Wait for the next one"), "scheduling.skip", meeting.id, rev=meeting.moves, words=(t("next one"),)
            ),
        ),
    )


def stuck(scene: Scene) -> Section:
    """Offer something easier to both when no new time was found."""
    t, meeting = scene.t, scene.meeting
    if meeting.state not in (State.MISSED, State.UNSETTLED):
        return standing(scene)
    text = t(
        "You and {name} have no date. Slower or a pause is fine, and so is a new time. In three working days your "
        "programme sees the word 'slipping', never why.",
        name=scene.partner,
    )
    buttons = _out(scene) if meeting.state is State.MISSED else _out(scene)[1:]
    return Section(text, title=t("Shall we make it easier?"), buttons=buttons)


def not_started(scene: Scene) -> Section:
    """Offer help to a pair that has no first date, before those who run the programme see it."""
    t = scene.t
    if scene.meeting.state is not State.OPEN:
        return standing(scene)
    text = t(
        "You and {name} have no first date yet. Any hour will do to begin with, and it can be moved. In three working "
        "days your programme sees the words 'not started', never why.",
        name=scene.partner,
    )
    return Section(text, title=t("A first date with {name}?", name=scene.partner), buttons=_out(scene))


def easier(scene: Scene) -> Section:
    """Offer something easier where a meeting was moved twice."""
    t = scene.t
    if scene.meeting.state not in (State.PROPOSED, State.CONFIRMED):
        return standing(scene)
    text = t("Your meeting with {name} has moved twice. Slower, or a pause, is fine too.", name=scene.partner)
    return Section(text, buttons=_out(scene)[1:])


def _out(scene: Scene) -> tuple[Button, ...]:
    """Return the ways out of a stuck rhythm: another time, slower, a pause."""
    t, mentorship = scene.t, scene.facts.mentorship
    return (
        _another(scene, t("Suggest a time")),
        Button(t("Every four weeks"), "scheduling.slower", scene.meeting.id, words=(t("slower"),)),
        Button(t("Pause"), "closing.pause", mentorship.id, rev=mentorship.version, words=(t("pause"),)),
        Button(t("A new match"), "closing.rematch", mentorship.id, rev=mentorship.version, words=(t("new match"),)),
    )


def move_form(turn: Turn, subject: str) -> Form:
    """Ask for another day and hour, prefilled with the one that stands."""
    facts, meeting = turn.meeting(subject)
    t = turn.t
    offers = _offers(facts, meeting, turn.now)
    suggested = offers[0] if offers else meeting.starts_at
    return Form(
        "scheduling.move",
        meeting.id,
        t("Another time"),
        hour_fields(t, suggested, turn.actor.zone),
        intro=t("{name} confirms with a tap.", name=turn.partner(facts)),
        submit=t("Suggest"),
        rev=meeting.moves,
    )


# What is answered


def confirmed(turn: Turn, press: Pressed) -> Replies:
    """Book the hour that was suggested, if it is still the same."""
    facts, meeting = turn.meeting(press.subject)
    if stale := _stale(turn, press.rev, meeting):
        return stale
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


def skipped(turn: Turn, press: Pressed) -> Replies:
    """Let this meeting go; the next regular one is booked."""
    _, meeting = turn.meeting(press.subject)
    if stale := _stale(turn, press.rev, meeting):
        return stale
    if meeting.state is State.MISSED:
        meeting.move(Move.SKIP, turn.now)
    return ()


def slower(turn: Turn, press: Pressed) -> Replies:
    """Meet every four weeks from now on; a meeting without a date is let go, so that the next one is booked."""
    facts, meeting = turn.meeting(press.subject)
    facts.mentorship.every_weeks = 4
    if meeting.state is State.MISSED:
        meeting.move(Move.SKIP, turn.now)
    text = turn.t("From now on every four weeks. {name} is told with the next date.", name=turn.partner(facts))
    return (Show(card(text)),)


def move_command(turn: Turn, text: str) -> Replies:
    """Move the next meeting, or ask which one."""
    t = turn.t
    open_ones = [(facts, meeting) for facts in turn.mine() for meeting in facts.unsettled]
    if not open_ones:
        return (Show(card(t("You have no meeting to move."))),)
    if len(open_ones) == 1:
        return (Show(move_form(turn, open_ones[0][1].id)),)
    buttons = [Button(turn.partner(facts), "scheduling.move", meeting.id, opens=True) for facts, meeting in open_ones]
    return (Show(card(t("Which one?"), *buttons)),)


def _propose(turn: Turn, meeting_id: str, rev: int, hour: datetime) -> Replies:
    facts, meeting = turn.meeting(meeting_id)
    if stale := _stale(turn, rev, meeting):
        return stale
    if meeting.state in (State.HELD, State.UNSETTLED, State.SKIPPED):
        return (Show(Card((standing(turn.scene(facts, meeting.id)),))),)
    meeting.propose(hour, turn.actor.id, turn.now)
    t = turn.t
    text = t(
        "I asked {name} about {when}. Once it is confirmed you hear from me.",
        name=turn.partner(facts),
        when=t.when(hour, turn.actor.zone),
    )
    return (Show(card(text)),)


def _stale(turn: Turn, rev: int, meeting: Meeting) -> Replies:
    """Return an answer where a button or form was made for an earlier hour of the meeting, else nothing."""
    if rev == meeting.moves:
        return ()
    t = turn.t
    now_at = t.when(meeting.starts_at, turn.actor.zone) if meeting.starts_at else t("without an hour")
    return (Show(card(t("That was about an earlier hour. The meeting is now: {when}.", when=now_at))),)


def _another(scene: Scene, label: str) -> Button:
    words = (scene.t("another time"), scene.t("move"))
    return Button(label, "scheduling.move", scene.meeting.id, rev=scene.meeting.moves, opens=True, words=words)


def _place(scene: Scene) -> tuple[Fact, ...]:
    return (Fact(scene.t("Where"), scene.meeting.place),) if scene.meeting.place else ()


def _offers(facts: Facts, meeting: Meeting, now: datetime) -> tuple[datetime, ...]:
    """Return the times to offer: in everybody's working hours, near the hour at which these people meet."""
    zone = facts.mentorship.zone
    like = meeting.starts_at or local(now, zone).replace(hour=10, minute=0, second=0, microsecond=0)
    hours = [facts.people[participant.person_id].working_time for participant in facts.present]
    return common_times(hours, now, meeting.minutes, OFFERS, like, zone)


FLOW = Flow(
    actions={
        "scheduling.confirm": confirmed,
        "scheduling.move": move_opened,
        "scheduling.pick": picked,
        "scheduling.skip": skipped,
        "scheduling.slower": slower,
    },
    forms={"scheduling.move": FormFlow(move_form, moved)},
    sections={
        Prompt.CONFIRM: Drawn(confirm, "a time was suggested and it is your turn"),
        Prompt.CONFIRM_REMINDER: Drawn(confirm, "a suggested time is waiting for you; I remind you once"),
        Prompt.BOOKED: Drawn(booked, "you suggested this time"),
        Prompt.MEND: Drawn(mend, "a meeting did not take place, and you lead it"),
        Prompt.MEND_REMINDER: Drawn(mend, "there is no new time yet; I remind you once"),
        Prompt.NOT_STARTED: Drawn(not_started, "there is no first date yet, and you hear it before anybody else"),
        Prompt.EASIER: Drawn(easier, "a meeting has moved twice"),
        Prompt.STUCK: Drawn(stuck, "your meeting has had no date for some time; this is the last time that I ask"),
    },
    commands=(Command(("move", "another time"), "move: another time for your next meeting", move_command),),
)
