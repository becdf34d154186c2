"""Pause, resume, end, and a new match: asked back before it is done, and told to the others with the same word."""

from datetime import date, time

from bot.domain.cadence import at_local
from bot.domain.facts import Facts
from bot.domain.leaving import leave, stop
from bot.domain.mentorship import Consent, EndReason, Format, NotPossible, Participant, Role, Status, Step
from bot.domain.people import FORMER
from bot.domain.prompts import Prompt
from bot.flow import Command, Drawn, Flow
from bot.language import N_
from bot.meant import meant
from bot.messages import Button, Pressed, Section, Show, card
from bot.scene import Scene
from bot.turn import Replies, Turn

# What is said


def news(scene: Scene) -> Section:
    """Say that a mentorship was paused, goes on, or is over, or that the reader is not in it any more."""
    t, mentorship = scene.t, scene.facts.mentorship
    me = next(p for p in scene.facts.participants if p.person_id == scene.reader.id)
    links = tuple(link for meeting in scene.facts.settled for link in scene.calendar_links(meeting))
    if me.left_at is not None:
        return Section(_gone(scene, me.consent), links=links)
    if mentorship.status is Status.ENDED:
        return Section(_over(scene, me.role), buttons=_why(scene), links=links)
    if mentorship.status is not Status.PAUSED:
        return Section(t("Your mentoring with {name} goes on.", name=scene.partner))
    if scene.facts.managed:
        return Section(_parted(scene), buttons=(_rematch(scene),), links=links)
    resume = Button(t("Go on"), "closing.resume", mentorship.id, rev=mentorship.version, words=(t("resume"),))
    return Section(_rests(scene), buttons=(resume,), links=links)


def _rests(scene: Scene) -> str:
    t, mentorship, name = scene.t, scene.facts.mentorship, scene.partner
    if mentorship.resumes_on is None:
        return t("Your mentoring with {name} is paused. Until it goes on I write nothing.", name=name)
    day = t.day(at_local(mentorship.resumes_on, time(), mentorship.zone), mentorship.zone)
    return t("Your mentoring with {name} is paused until {day}. Until then I write nothing.", name=name, day=day)


def _parted(scene: Scene) -> str:
    return scene.t(
        "A mentor is best found outside one's own reporting line, and these lines have changed. So your mentoring "
        "with {name} rests from now on; thank you both for what it was. Shall there be a new match?",
        name=scene.partner,
    )


def _gone(scene: Scene, consent: Consent) -> str:
    """Say goodbye to somebody; who never came to a group hears what those hear whose pair did not come about."""
    if consent is not Consent.ACCEPTED:
        return _not_matched(scene)
    return scene.t(
        "Your time in {name} has ended. What you wrote stays yours: the record, goals and open steps. Your programme "
        "finds somebody new for you, and 'pair me with @someone' works too.",
        name=scene.partner,
    )


def _not_matched(scene: Scene) -> str:
    return scene.t("This mentorship did not come about. That happens often and says nothing about you.")


def _over(scene: Scene, role: Role) -> str:
    t, mentorship, name = scene.t, scene.facts.mentorship, scene.partner
    if mentorship.end_reason is EndReason.NOT_MATCHED:
        return _not_matched(scene)
    if mentorship.end_reason is EndReason.NEW_MATCH:
        return t(
            "Your mentoring with {name} has ended, so that both can be matched anew. Not every match fits, and that "
            "is nobody's fault.",
            name=name,
        )
    if mentorship.end_reason is not EndReason.LEFT:
        return t("Your mentoring with {name} has ended. Thank you for the time you gave.", name=name)
    if mentorship.format is Format.GROUP:
        return t("{name} has come to its end. What you wrote stays yours.", name=name)
    if name == t(FORMER):
        return t("One of your mentorships has ended. Thank you for the time you gave. What you wrote stays yours.")
    if role is Role.MENTOR:
        return t("{name} has moved on, so your mentoring has ended. Thank you for the time you gave.", name=name)
    return t(
        "{name} has moved on, so your mentoring has ended. What you wrote stays yours: the record, goals and open "
        "steps. With somebody new, by your programme or by 'pair me with @someone', you choose what they see of it.",
        name=name,
    )


# What is answered


def paused(turn: Turn, press: Pressed) -> Replies:
    """Pause, until the day that the button names if it names one; the meeting to come is let go."""
    return _step(turn, press, Step.PAUSE)


def resumed(turn: Turn, press: Pressed) -> Replies:
    """Go on; the next meeting is booked in the old rhythm."""
    if turn.mentorship(press.subject, as_admin=True).managed:
        text = turn.t("This one rests, since a mentor is best found outside one's own reporting line.")
        return (Show(card(text)),)
    return _step(turn, press, Step.RESUME)


def ended(turn: Turn, press: Pressed) -> Replies:
    """End it, after the question was asked back."""
    return _step(turn, press, Step.END)


def rematch_asked(turn: Turn, press: Pressed) -> Replies:
    """Ask back before a pair is parted for a new match."""
    return _parting(turn, turn.mentorship(press.subject, as_admin=True))


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
    me = next((participant for participant in facts.present if participant.person_id == turn.actor.id), None)
    if me and step is Step.END and mentorship.status is Status.PROPOSED:
        return _declined(turn, facts, me)
    if me and not facts.decides(me.person_id):
        return _in_a_group(turn, facts, step)
    if mentorship.status is Status.PROPOSED:
        reason = EndReason.NOT_MATCHED
    try:
        if step is Step.RESUME:
            mentorship.step(step, turn.now)
        else:
            stop(facts, step, turn.now, reason)
    except NotPossible:
        return (Show(card(t("This is not possible now. Please look again with 'status'."))),)
    mentorship.resumes_on = date.fromisoformat(press.value) if step is Step.PAUSE and press.value else None
    turn.audit(step, mentorship.id)
    if turn.actor.id in facts.roles and step is not Step.RESUME:
        return ()
    done = {Step.PAUSE: t("Paused."), Step.RESUME: t("It goes on."), Step.END: t("Ended. Both are told kindly.")}
    return (Show(card(done[step])),)


def _declined(turn: Turn, facts: Facts, me: Participant) -> Replies:
    """Take back a yes, or say no; the others hear on the day on which all hear."""
    me.consent = Consent.DECLINED
    day = turn.t.day(facts.hears_at(turn.actor.id), turn.actor.zone)
    return (Show(card(turn.t("Thank you, noted. You will hear on {day} whatever happens.", day=day))),)


def _in_a_group(turn: Turn, facts: Facts, step: Step) -> Replies:
    """Let one of a group leave it; whether it rests is its mentor's word."""
    if step is Step.END:
        leave(facts, turn.actor.id, turn.now)
        turn.audit("leave", facts.mentorship.id)
        return ()
    text = turn.t("A group rests when its mentor says so. 'pause me' keeps me quiet for you alone.")
    return (Show(card(text)),)


def end_command(turn: Turn, text: str) -> Replies:
    """Ask back before ending."""
    t = turn.t
    possible = [facts for facts in meant(turn, text) if facts.mentorship.status is not Status.ENDED]
    if not possible:
        return (Show(card(t("There is no mentorship for which this is possible."))),)
    buttons = [
        Button(
            t("End it: {name}", name=turn.partner(facts)),
            "closing.end",
            facts.mentorship.id,
            rev=facts.mentorship.version,
        )
        for facts in possible[:5]
    ]
    return (Show(card(t("Are you sure? All in it are told, without a reason."), *buttons, _keep(turn))),)


def rematch_command(turn: Turn, text: str) -> Replies:
    """Ask back before parting, or ask which mentorship is meant."""
    running = (Status.ACTIVE, Status.PAUSED)
    possible = [facts for facts in meant(turn, text) if facts.mentorship.status in running]
    if not possible:
        return (Show(card(turn.t("There is no mentorship for which this is possible."))),)
    return _parting(turn, possible[0]) if len(possible) == 1 else turn.which(possible, "closing.rematch")


def _parting(turn: Turn, facts: Facts) -> Replies:
    t, mentorship = turn.t, facts.mentorship
    sure = Button(t("Yes, a new match"), "closing.rematch_sure", mentorship.id, rev=mentorship.version)
    text = t(
        "Not every match fits, and that is nobody's fault. Shall I end this one, so that both can be matched anew?"
    )
    return (Show(card(text, sure, _keep(turn))),)


def _rematch(scene: Scene) -> Button:
    t, mentorship = scene.t, scene.facts.mentorship
    return Button(t("A new match"), "closing.rematch", mentorship.id, rev=mentorship.version, words=(t("new match"),))


def _why(scene: Scene) -> tuple[Button, ...]:
    """Let somebody who was not in the right match say what did not fit, if they like."""
    if scene.facts.mentorship.end_reason is not EndReason.NEW_MATCH:
        return ()
    return (Button(scene.t("Say what did not fit"), "misfit.open", scene.facts.mentorship.id, opens=True),)


def _keep(turn: Turn) -> Button:
    return Button(turn.t("Leave it as it is"), "closing.keep", "", words=(turn.t("no"),))


FLOW = Flow(
    actions={
        "closing.pause": paused,
        "closing.resume": resumed,
        "closing.end": ended,
        "closing.keep": kept,
        "closing.rematch": rematch_asked,
        "closing.rematch_sure": rematched,
    },
    sections={Prompt.NEWS: Drawn(news, N_("something about your mentorship has changed"))},
    commands=(
        Command((N_("end"),), N_("end: end a mentorship, after I ask back"), end_command),
        Command(
            (N_("new match"), N_("not the right match")),
            N_("new match: part without blame, and be matched anew"),
            rematch_command,
        ),
    ),
)
