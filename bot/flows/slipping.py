"""When a meeting slips: new times, letting one go, and something easier before those who run the programme see it."""

from bot.domain.meeting import Move, State
from bot.domain.mentorship import SLOWER_WEEKS
from bot.domain.offers import Offers, offers
from bot.domain.prompts import Prompt
from bot.flow import Drawn, Flow
from bot.language import N_
from bot.messages import Button, Pressed, Section, Show, card
from bot.scene import Scene
from bot.standing import another, confirming, stale, standing
from bot.turn import Replies, Turn

# What is asked


def mend(scene: Scene) -> Section:
    """Offer three times that suit both after a meeting did not take place."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.MISSED:
        return standing(scene)
    found = offers(scene.facts, meeting, scene.now)
    picks = tuple(
        Button(
            scene.when(offer),
            "scheduling.pick",
            meeting.id,
            value=offer.isoformat(),
            rev=meeting.moves,
            words=(str(number), scene.when(offer)),
        )
        for number, offer in enumerate(found.times, 1)
    )
    return Section(
        _times_offered(scene, found),
        title=t("A new time with {name}?", name=scene.partner),
        buttons=(
            *picks,
            another(scene, t("Another time")),
            Button(
                t("Wait for the next one"), "scheduling.skip", meeting.id, rev=meeting.moves, words=(t("next one"),)
            ),
        ),
    )


def _times_offered(scene: Scene, found: Offers) -> str:
    t, name = scene.t, confirming(scene.facts, scene.meeting, scene.reader.id)
    if not found.times:
        return t("It happens. You share no working hours, so please suggest a time that all can bear.")
    if not found.shared:
        return t(
            "It happens. You share no working hours, so these are early for one of you or late for the other; whose "
            "turn that is changes. Pick one, {name} confirms with a tap.",
            name=name,
        )
    if len(scene.facts.present) > 2:
        return t(
            "It happens. These are in everybody's working hours (I cannot see your calendars). "
            "Pick one, {name} confirms with a tap.",
            name=name,
        )
    return t(
        "It happens. These are in both your working hours (I cannot see your calendars). "
        "Pick one, {name} confirms with a tap.",
        name=name,
    )


def stuck(scene: Scene) -> Section:
    """Offer something easier to both when no new time was found."""
    t, meeting = scene.t, scene.meeting
    if meeting.state not in (State.MISSED, State.UNSETTLED):
        return standing(scene)
    title = t("Shall we make it easier?")
    if meeting.state is State.UNSETTLED:
        text = t(
            "I have heard nothing of your last two meetings with {name}, and that is fine. I book nothing more until "
            "one of you moves. Your programme sees that it is quiet, never why.",
            name=scene.partner,
        )
        out_of_turn = Button(t("Suggest a time"), "extra.open", scene.facts.mentorship.id, opens=True)
        return Section(text, title=title, buttons=(out_of_turn, *_easier(scene)))
    if not scene.facts.decides(scene.reader.id):
        text = t(
            "{name} has no date yet. Any time that you suggest helps. In {n} working days your programme sees the "
            "word 'slipping', never why.",
            name=scene.partner,
            n=scene.facts.program.warned_days,
        )
        return Section(text, title=title, buttons=(another(scene, t("Suggest a time")),))
    text = t(
        "You and {name} have no date. Slower or a pause is fine, and so is a new time. In {n} working days your "
        "programme sees the word 'slipping', never why.",
        name=scene.partner,
        n=scene.facts.program.warned_days,
    )
    return Section(text, title=title, buttons=(another(scene, t("Suggest a time")), *_easier(scene)))


def not_started(scene: Scene) -> Section:
    """Offer help to a pair that has no first date, before those who run the programme see it."""
    t = scene.t
    if scene.meeting.state is not State.OPEN:
        return standing(scene)
    text = t(
        "You and {name} have no first date yet. Any hour will do to begin with, and it can be moved. In {n} "
        "working days your programme sees the words 'not started', never why.",
        name=scene.partner,
        n=scene.facts.program.warned_days,
    )
    buttons = (another(scene, t("Suggest a time")), *_easier(scene))
    return Section(text, title=t("A first date with {name}?", name=scene.partner), buttons=buttons)


def easier(scene: Scene) -> Section:
    """Offer something easier where a meeting was moved twice."""
    t = scene.t
    if scene.meeting.state not in (State.PROPOSED, State.CONFIRMED):
        return standing(scene)
    text = t("Your meeting with {name} has moved twice. Slower, or a pause, is fine too.", name=scene.partner)
    return Section(text, buttons=_easier(scene))


def _easier(scene: Scene) -> tuple[Button, ...]:
    """Return the ways out of a stuck rhythm: slower, a pause, a new match; a group's are for its mentor."""
    t, mentorship = scene.t, scene.facts.mentorship
    if not scene.facts.decides(scene.reader.id):
        return ()
    slower = Button(t("Every four weeks"), "scheduling.slower", scene.meeting.id, words=(t("slower"),))
    return (
        *((slower,) if mentorship.every_weeks < SLOWER_WEEKS else ()),
        Button(t("Pause"), "closing.pause", mentorship.id, rev=mentorship.version, words=(t("pause"),)),
        Button(t("A new match"), "closing.rematch", mentorship.id, rev=mentorship.version, words=(t("new match"),)),
    )


# What is answered


def skipped(turn: Turn, press: Pressed) -> Replies:
    """Let this meeting go; the next regular one is booked."""
    _, meeting = turn.meeting(press.subject)
    if old := stale(turn, press.rev, meeting):
        return old
    if meeting.state is State.MISSED:
        meeting.move(Move.SKIP, turn.now)
    return ()


def slower(turn: Turn, press: Pressed) -> Replies:
    """Meet every four weeks from now on; a meeting without a date is let go, so that the next one is booked.

    A pair that had fallen silent is booked anew too.
    """
    facts, meeting = turn.meeting(press.subject)
    if not facts.decides(turn.actor.id):
        return (
            Show(card(turn.t("The rhythm of a group is its mentor's word; they are glad to hear what suits you."))),
        )
    facts.mentorship.slow_down(turn.now)
    if meeting.state is State.MISSED:
        meeting.move(Move.SKIP, turn.now)
    text = turn.t("From now on every four weeks. {name} is told with the next date.", name=turn.partner(facts))
    return (Show(card(text)),)


FLOW = Flow(
    actions={"scheduling.skip": skipped, "scheduling.slower": slower},
    sections={
        Prompt.MEND: Drawn(mend, N_("a meeting did not take place, and you lead it")),
        Prompt.MEND_REMINDER: Drawn(mend, N_("there is no new time yet; I remind you once")),
        Prompt.NOT_STARTED: Drawn(not_started, N_("there is no first date yet, and you hear it before anybody else")),
        Prompt.EASIER: Drawn(easier, N_("a meeting has moved twice")),
        Prompt.STUCK: Drawn(
            stuck, N_("your meeting has had no date for some time; this is the last time that I ask")
        ),
    },
)
