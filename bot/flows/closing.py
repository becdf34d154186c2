"""Pause, resume and end: asked back before it is done, and told to the others with the same word."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.meeting import Move
from bot.domain.mentorship import EndReason, NotPossible, Status, Step
from bot.domain.prompts import Prompt
from bot.messages import Button, Pressed, Section, Show, card
from bot.turn import Command, Drawn, Flow, NotThere, Replies, Scene, Turn

# What is said


def news(scene: Scene) -> Section:
    """Say that a mentorship was paused, goes on, or is over."""
    t, mentorship = scene.t, scene.facts.mentorship
    links = tuple(link for meeting in scene.facts.settled for link in scene.calendar_links(meeting))
    if mentorship.status is Status.PAUSED:
        resume = Button(t("Go on"), "closing.resume", mentorship.id, rev=mentorship.version, words=(t("resume"),))
        text = t("Your mentoring with {name} is paused. Until it goes on I write nothing.", name=scene.partner)
        return Section(text, buttons=(resume,), links=links)
    if mentorship.status is not Status.ENDED:
        return Section(t("Your mentoring with {name} goes on.", name=scene.partner))
    if mentorship.end_reason is EndReason.NOT_MATCHED:
        return Section(t("This pair did not come about. That happens often and says nothing about you."))
    text = t("Your mentoring with {name} has ended. Thank you for the time you gave.", name=scene.partner)
    return Section(text, links=links)


def ending(scene: Scene) -> Section:
    """Say that the end is near, and ask how to close."""
    t, mentorship = scene.t, scene.facts.mentorship
    day = t.day(mentorship.ends_at - timedelta(days=1), mentorship.zone)
    if mentorship.status is not Status.ACTIVE:
        return news(scene)
    prolong = Button(
        t("Prolong by three months"), "closing.prolong", mentorship.id, rev=mentorship.version, words=(t("prolong"),)
    )
    text = t(
        "Your mentoring with {name} is agreed until {day}. The last meeting is a good time to look back, say thanks "
        "and choose what comes next. If you both want more time, one tap asks {name}.",
        name=scene.partner,
        day=day,
    )
    return Section(text, title=t("A good end"), buttons=(prolong,))


def prolong(scene: Scene) -> Section:
    """Ask whether somebody wants more time too."""
    t, mentorship = scene.t, scene.facts.mentorship
    me = next(p for p in scene.facts.participants if p.person_id == scene.reader.id)
    until = t.day(mentorship.ends_at - timedelta(days=1), mentorship.zone)
    if me.prolongs_at or mentorship.status is not Status.ACTIVE or not _asked(scene.facts):
        return Section(t("Your mentoring with {name} is agreed until {day}.", name=scene.partner, day=until))
    yes = Button(
        t("Yes, three more months"), "closing.prolong", mentorship.id, rev=mentorship.version, words=(t("prolong"),)
    )
    text = t(
        "{name} would like three more months with you after {day}. Without a word from you it ends as agreed, and "
        "that is fine.",
        name=scene.partner,
        day=until,
    )
    return Section(text, title=t("A little longer?"), buttons=(yes,))


def _asked(facts: Facts) -> bool:
    return any(participant.prolongs_at for participant in facts.present)


# What is answered


def paused(turn: Turn, press: Pressed) -> Replies:
    """Pause; the meeting to come is let go."""
    return _step(turn, press, Step.PAUSE)


def resumed(turn: Turn, press: Pressed) -> Replies:
    """Go on; the next meeting is booked in the old rhythm."""
    return _step(turn, press, Step.RESUME)


def ended(turn: Turn, press: Pressed) -> Replies:
    """End it, after the question was asked back."""
    return _step(turn, press, Step.END)


def prolonged(turn: Turn, press: Pressed) -> Replies:
    """Note a wish for more time; once all have it, the mentorship goes on."""
    facts = turn.mentorship(press.subject)
    t, mentorship = turn.t, facts.mentorship
    if press.rev != mentorship.version or mentorship.status is not Status.ACTIVE:
        return (Show(card(t("This has changed since. Please look again with 'status'."))),)
    for participant in facts.present:
        if participant.person_id == turn.actor.id:
            participant.prolongs_at = turn.now
    if not all(participant.prolongs_at for participant in facts.present):
        return (Show(card(t("I ask {name}, in their working hours.", name=turn.partner(facts)))),)
    for participant in facts.present:
        participant.prolongs_at = None
    mentorship.prolong()
    turn.audit("prolong", mentorship.id)
    day = t.day(mentorship.ends_at - timedelta(days=1), mentorship.zone)
    return (Show(card(t("It goes on until {day}.", day=day))),)


def rematch_asked(turn: Turn, press: Pressed) -> Replies:
    """Ask back before a pair is parted for a new match."""
    facts = turn.mentorship(press.subject)
    t, mentorship = turn.t, facts.mentorship
    sure = Button(t("Yes, a new match"), "closing.rematch_sure", mentorship.id, rev=mentorship.version)
    keep = Button(t("Leave it as it is"), "closing.keep", "")
    text = t("Not every match fits, and that is nobody's fault. Shall I end this one, so that both can be matched anew?")
    return (Show(card(text, sure, keep)),)


def rematched(turn: Turn, press: Pressed) -> Replies:
    """End a mentorship so that both can be matched anew; nobody is told who asked."""
    return _step(turn, press, Step.END, EndReason.NEW_MATCH)


def kept(turn: Turn, press: Pressed) -> Replies:
    """Leave everything as it is."""
    return (Show(card(turn.t("Nothing was changed."))),)


def _step(turn: Turn, press: Pressed, step: Step, reason: EndReason | None = None) -> Replies:
    facts = turn.mentorship(press.subject, as_admin=True)
    mentorship, t = facts.mentorship, turn.t
    if press.rev != mentorship.version:
        return (Show(card(t("This has changed since. Please look again with 'status'."))),)
    try:
        mentorship.step(step, turn.now, reason)
    except NotPossible:
        return (Show(card(t("This is not possible now. Please look again with 'status'."))),)
    if step is not Step.RESUME:
        for meeting in facts.unsettled:
            meeting.move(Move.SKIP, turn.now)
    turn.audit(step, mentorship.id)
    if turn.actor.id in facts.roles and step is not Step.RESUME:
        return ()
    done = {Step.PAUSE: t("Paused."), Step.RESUME: t("It goes on."), Step.END: t("Ended. Both are told kindly.")}
    return (Show(card(done[step])),)


def pause_command(turn: Turn, text: str) -> Replies:
    """Ask back before pausing."""
    return _ask(turn, text, "closing.pause", turn.t("Pause"), (Status.ACTIVE,))


def resume_command(turn: Turn, text: str) -> Replies:
    """Ask which one is to go on."""
    return _ask(turn, text, "closing.resume", turn.t("Go on"), (Status.PAUSED,))


def end_command(turn: Turn, text: str) -> Replies:
    """Ask back before ending."""
    return _ask(turn, text, "closing.end", turn.t("End it"), (Status.PROPOSED, Status.ACTIVE, Status.PAUSED))


def _ask(turn: Turn, text: str, action: str, label: str, among: tuple[Status, ...]) -> Replies:
    t = turn.t
    possible = [facts for facts in _meant(turn, text) if facts.mentorship.status in among]
    if not possible:
        return (Show(card(t("There is no mentorship for which this is possible."))),)
    buttons = [
        Button(f"{label}: {_names(turn, facts)}", action, facts.mentorship.id, rev=facts.mentorship.version)
        for facts in possible[:5]
    ]
    keep = Button(t("Leave it as it is"), "closing.keep", "")
    return (Show(card(t("Are you sure? Both are told, without a reason."), *buttons, keep)),)


def _meant(turn: Turn, text: str) -> list[Facts]:
    """Return the mentorships that are meant: of the person named, for whoever runs the programme; else one's own."""
    if not text.strip():
        return turn.mine()
    person = turn.person(text.split(">")[0] + ">" if text.startswith("<@") else text)
    if person is None or not turn.actor.is_admin:
        raise NotThere(text)
    return list(turn.unit.mentorships.of_person(person.id, turn.now))


def _names(turn: Turn, facts: Facts) -> str:
    return turn.t.listing([person.first_name for person in facts.others(turn.actor.id)])


FLOW = Flow(
    actions={
        "closing.pause": paused,
        "closing.resume": resumed,
        "closing.end": ended,
        "closing.keep": kept,
        "closing.prolong": prolonged,
        "closing.rematch": rematch_asked,
        "closing.rematch_sure": rematched,
    },
    sections={
        Prompt.NEWS: Drawn(news, "something about your mentorship has changed"),
        Prompt.PROLONG: Drawn(prolong, "your partner asked for more time"),
        Prompt.ENDING: Drawn(ending, "the term that you agreed on ends in about four weeks"),
    },
    commands=(
        Command(("pause",), "pause: nothing until you go on", pause_command),
        Command(("resume", "go on"), "resume: go on after a pause", resume_command),
        Command(("end",), "end: end a mentorship, after I ask back", end_command),
    ),
)
