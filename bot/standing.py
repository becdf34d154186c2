"""How a meeting stands, and what asks for another hour: what several conversations say of it in the same words."""

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, State
from bot.messages import Button, Section, Show, card
from bot.scene import Scene
from bot.turn import Replies, Turn


def standing(scene: Scene) -> Section:
    """Say how a meeting stands, without asking anything."""
    t, meeting = scene.t, scene.meeting
    when = scene.when(meeting.starts_at)
    said = {
        State.OPEN: t("There is no hour yet."),
        State.PROPOSED: t("Suggested: {when}. {name} confirms with a tap.", when=when, name=confirmer(scene)),
        State.CONFIRMED: t("Booked: {when}.", when=when),
        State.MISSED: t("It did not take place on {when}.", when=when),
        State.HELD: t("You met: {when}.", when=when),
        State.UNSETTLED: t("Whether you met on {when} stays open. That is fine.", when=when),
        State.SKIPPED: t("This one is skipped. The next one comes as usual."),
    }[meeting.state]
    where = scene.where() if meeting.state is State.CONFIRMED else ()
    return Section(said, facts=where, links=scene.calendar_links(meeting))


def stale(turn: Turn, rev: int, meeting: Meeting) -> Replies:
    """Return an answer where a button or form was made for an earlier hour of the meeting, else nothing."""
    if rev == meeting.moves:
        return ()
    t = turn.t
    now_at = t.when(meeting.starts_at, turn.actor.zone) if meeting.starts_at else t("without an hour")
    return (Show(card(t("That was about an earlier hour. The meeting is now: {when}.", when=now_at))),)


def another(scene: Scene, label: str) -> Button:
    """Return the button that asks for another hour of the meeting."""
    words = (scene.t("another time"), scene.t("move"))
    return Button(label, "scheduling.move", scene.meeting.id, rev=scene.meeting.moves, opens=True, words=words)


def confirmer(scene: Scene) -> str:
    """Name who has confirmed the hour that stands, or is to confirm it."""
    return scene.facts.people[scene.facts.owes_confirmation(scene.meeting)].first_name


def confirming(facts: Facts, meeting: Meeting, by: str) -> str:
    """Name who is to confirm what somebody suggests."""
    return facts.people[facts.confirms(meeting, by)].first_name
