"""In a group everybody says for themselves whether they were there: on the card of the brief, with no new message."""

from bot.domain.meeting import Answer, State
from bot.domain.mentorship import Format, Role
from bot.domain.records import NoteKind
from bot.messages import Button, Section
from bot.scene import Scene


def own_answer(scene: Scene) -> Answer | None:
    """Return what the reader said about the present hour of the meeting."""
    answers = scene.facts.answers_about(scene.meeting)
    return next((answer for answer in answers if answer.person_id == scene.reader.id), None)


def asks_attendance(scene: Scene) -> bool:
    """Tell whether the brief for a meeting asks for attendance by now: of a group's mentees but the one who leads."""
    facts, meeting, reader = scene.facts, scene.meeting, scene.reader
    comes = facts.mentorship.format is Format.GROUP and facts.roles[reader.id] is Role.MENTEE
    over = meeting.ends_at is not None and meeting.ends_at <= scene.now
    return comes and over and reader.id != meeting.lead_id and meeting.state in (State.CONFIRMED, State.HELD)


def were_you_there(scene: Scene) -> Section:
    """Ask for the reader's own attendance, or say what they answered; the others' answers are not shown."""
    t, meeting = scene.t, scene.meeting
    answer, when = own_answer(scene), scene.when(meeting.starts_at)
    if answer and answer.met and meeting.state is State.CONFIRMED and not scene.wrote(NoteKind.REFLECTION):
        reflect = Button(t("Reflect"), "reflection.open", meeting.id, opens=True, words=(t("reflect"),))
        return Section(t("Noted. Two questions while it is fresh, if you like."), buttons=(reflect,))
    if answer or meeting.state not in (State.CONFIRMED, State.HELD):
        return Section(t("Noted. Thank you.") if answer else t("This was about your meeting on {when}.", when=when))
    yes = Button(t("I was there"), "meeting.yes", meeting.id, rev=meeting.moves, words=(t("yes"), t("we met")))
    no = Button(t("I was not"), "meeting.no", meeting.id, rev=meeting.moves, words=(t("no"),))
    return Section(t("Were you there on {when}? Either answer is fine.", when=when), buttons=(yes, no))
