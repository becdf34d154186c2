"""After a meeting: did you meet? One word is enough, and either answer is fine."""

from bot.domain.meeting import Answer, Meeting, Move, State, verdict
from bot.domain.plan import Prompt
from bot.messages import Button, Fact, Pressed, Section, Show, card
from bot.turn import Drawn, Flow, Replies, Scene, Turn

MOVES = {State.HELD: Move.HOLD, State.MISSED: Move.MISS, State.UNSETTLED: Move.UNSETTLE}


# What is asked


def did_you_meet(scene: Scene) -> Section:
    """Ask whether they met, or say what is known."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.CONFIRMED:
        return _known(scene)
    return Section(
        t("Did you and {name} get to talk? No problem if not.", name=scene.partner),
        facts=(Fact(t("When"), scene.when(meeting.starts_at)),),
        buttons=(
            Button(
                t("Yes, we met"),
                "meeting.yes",
                meeting.id,
                rev=meeting.moves,
                style="primary",
                words=(t("yes"), t("we met"), t("met")),
            ),
            Button(
                t("Not this time"),
                "meeting.no",
                meeting.id,
                rev=meeting.moves,
                words=(t("no"), t("we did not meet"), t("missed")),
            ),
        ),
    )


def _known(scene: Scene) -> Section:
    t, meeting = scene.t, scene.meeting
    when = scene.when(meeting.starts_at)
    following = next((m for m in scene.facts.unsettled if m.number > meeting.number and m.starts_at), None)
    facts = (Fact(t("Next"), scene.when(following.starts_at)),) if following else ()
    if meeting.state is State.HELD:
        return Section(t("You met on {when}. Good to hear.", when=when), facts=facts)
    if meeting.state is State.UNSETTLED:
        return Section(
            t("Noted. Whether you met on {when} stays open, and I ask nobody again.", when=when), facts=facts
        )
    return Section(t("Noted: not on {when}.", when=when), facts=facts)


# What is answered


def yes(turn: Turn, press: Pressed) -> Replies:
    """Note that they met."""
    return _answered(turn, press, met=True)


def no(turn: Turn, press: Pressed) -> Replies:
    """Note that they did not meet; new times are offered to whoever leads."""
    return _answered(turn, press, met=False)


def _answered(turn: Turn, press: Pressed, *, met: bool) -> Replies:
    facts, meeting = turn.meeting(press.subject)
    t = turn.t
    if press.rev != meeting.moves:
        return (Show(card(t("That was about an earlier hour of this meeting, which has moved since."))),)
    if meeting.starts_at is None or meeting.starts_at > turn.now:
        return (Show(card(t("This meeting is still to come."))),)
    if meeting.state in (State.CONFIRMED, State.HELD, State.MISSED):
        _note(turn, meeting, met=met)
        found = verdict(facts.mentorship.format, facts.roles, facts.answers_about(meeting))
        if found is not None and found is not meeting.state:
            meeting.move(MOVES[found], turn.now)
    return ()


def _note(turn: Turn, meeting: Meeting, *, met: bool) -> None:
    facts = turn.touched[meeting.mentorship_id]
    mine = next((a for a in facts.answers if a.meeting_id == meeting.id and a.person_id == turn.actor.id), None)
    if mine is None:
        mine = Answer(meeting.id, turn.actor.id, meeting.organization_id, meeting.moves, met, turn.now)
        facts.answers.append(mine)
        turn.unit.mentorships.add(mine)
    mine.met, mine.moves, mine.answered_at = met, meeting.moves, turn.now


FLOW = Flow(
    actions={"meeting.yes": yes, "meeting.no": no},
    sections={
        Prompt.DID_YOU_MEET: Drawn(did_you_meet, "a meeting was planned for today, and your word keeps the rhythm"),
        Prompt.WRAP: Drawn(did_you_meet, "nobody has said whether this meeting took place"),
    },
)
