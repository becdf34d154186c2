"""After a meeting: did you meet? One word is enough, and either answer is fine."""

from datetime import timedelta

from bot.attendance import own_answer, were_you_there
from bot.domain.facts import Facts
from bot.domain.meeting import COURSE, Answer, Meeting, MeetingKind, Move, State, verdict
from bot.domain.mentorship import Status
from bot.domain.prompts import Prompt
from bot.flow import Command, Drawn, Flow
from bot.language import N_
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.scene import Scene
from bot.turn import Replies, Turn

LATELY = timedelta(weeks=2)
"""For how long after its hour a meeting may be reported by words alone."""

MOVES = {State.HELD: Move.HOLD, State.MISSED: Move.MISS, State.UNSETTLED: Move.UNSETTLE}


ASKING = (Prompt.DID_YOU_MEET, Prompt.WRAP, Prompt.WERE_YOU_THERE)
"""The cards that ask whether a meeting took place; each says what is known once it is."""

# What is asked


def did_you_meet(scene: Scene) -> Section:
    """Ask whether they met, or say what is known."""
    t, meeting = scene.t, scene.meeting
    if meeting.state is not State.CONFIRMED or own_answer(scene):
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
    """Say what is known of a meeting; never who said it, and of a contradiction neither answer."""
    t, meeting = scene.t, scene.meeting
    when = scene.when(meeting.starts_at)
    later = (
        m for m in scene.facts.unsettled if m.starts_at and meeting.starts_at and m.starts_at > meeting.starts_at
    )
    following = min(later, key=lambda one: (one.starts_at, one.id), default=None)
    said = {
        State.CONFIRMED: t("Noted. Thank you."),
        State.HELD: t("You met on {when}. Good to hear.", when=when),
        State.UNSETTLED: t("Noted. Whether you met on {when} stays open, and I ask nobody again.", when=when),
    }.get(meeting.state, t("Noted: not on {when}.", when=when))
    facts = (Fact(t("Next"), scene.when(following.starts_at)),) if following else ()
    return Section(said, facts=facts, links=scene.calendar_links(following) if following else ())


# What is answered


def yes(turn: Turn, press: Pressed) -> Replies:
    """Note that they met."""
    return _answered(turn, press.subject, press.rev, met=True)


def no(turn: Turn, press: Pressed) -> Replies:
    """Note that they did not meet; new times are offered to whoever leads."""
    return _answered(turn, press.subject, press.rev, met=False)


def _answered(turn: Turn, meeting_id: str, moves: int, *, met: bool) -> Replies:
    facts, meeting = turn.meeting(meeting_id)
    t = turn.t
    if moves != meeting.moves:
        return (Show(card(t("That was about an earlier hour of this meeting, which has moved since."))),)
    if meeting.starts_at is None or meeting.starts_at > turn.now:
        return (Show(card(t("This meeting is still to come."))),)
    mine = Answer(meeting.id, turn.actor.id, meeting.organization_id, meeting.moves, met, turn.now)
    others = [answer for answer in facts.answers_about(meeting) if answer.person_id != turn.actor.id]
    found = verdict(facts.mentorship.format, facts.roles, [*others, mine])
    move = None if found in (None, meeting.state) else MOVES[found]
    if move is Move.MISS and meeting.kind is MeetingKind.EXTRA:
        move = Move.SKIP
    if move and (meeting.state, move) not in COURSE:
        return (Show(card(t("This is noted already, and the next meeting is on its way."))),)
    _note(turn, mine)
    if move:
        meeting.move(move, turn.now)
        turn.draw_anew(facts, *ASKING, about=meeting.id)
    return () if _asked(turn, facts, meeting) else (Show(Card((_known(turn.scene(facts, meeting.id)),))),)


def met_command(turn: Turn, text: str) -> Replies:
    """Note that they met, whether that was asked or not."""
    return _reported(turn, met=True)


def missed_command(turn: Turn, text: str) -> Replies:
    """Note that they did not meet, whether that was asked or not."""
    return _reported(turn, met=False)


def _reported(turn: Turn, *, met: bool) -> Replies:
    """Take an answer about the last meeting, or ask which of several it is about."""
    t, over = turn.t, [found for facts in turn.mine() if (found := _last_over(turn, facts))]
    if not over:
        return (Show(card(t("There is no meeting lately that this could be about."))),)
    action = "meeting.yes" if met else "meeting.no"
    if len(over) > 1:
        buttons = [Button(turn.partner(facts), action, meeting.id, rev=meeting.moves) for facts, meeting in over]
        return (Show(card(t("Which meeting do you mean?"), *buttons)),)
    facts, meeting = over[0]
    replies = _answered(turn, meeting.id, meeting.moves, met=met)
    return replies or (Show(Card((_known(turn.scene(facts, meeting.id)),))),)


def _last_over(turn: Turn, facts: Facts) -> tuple[Facts, Meeting] | None:
    """Return the last meeting of a mentorship of which one may still say whether it took place."""
    known = (State.CONFIRMED, State.MISSED, State.HELD, State.UNSETTLED)
    over = [
        (meeting.starts_at, meeting.id, meeting)
        for meeting in facts.meetings
        if meeting.starts_at and turn.now - LATELY < meeting.starts_at <= turn.now and meeting.state in known
    ]
    return (facts, max(over)[2]) if over and facts.mentorship.status is Status.ACTIVE else None


def _asked(turn: Turn, facts: Facts, meeting: Meeting) -> bool:
    """Tell whether a card has asked the actor about the meeting, so that it answers by itself."""
    return any(
        (touch.about, touch.person_id) == (meeting.id, turn.actor.id) and touch.kind in ASKING and said.delivery_id
        for touch, said in facts.said.items()
    )


def _note(turn: Turn, answer: Answer) -> None:
    """Save an answer in place of an earlier one of the same person about the same meeting."""
    facts, _ = turn.meeting(answer.meeting_id)
    for known in facts.answers:
        if known.meeting_id == answer.meeting_id and known.person_id == answer.person_id:
            known.met, known.moves, known.answered_at = answer.met, answer.moves, answer.answered_at
            return
    facts.answers.append(answer)
    turn.unit.mentorships.add(answer)


FLOW = Flow(
    actions={"meeting.yes": yes, "meeting.no": no},
    sections={
        Prompt.DID_YOU_MEET: Drawn(
            did_you_meet, N_("a meeting was planned for today, and your word keeps the rhythm")
        ),
        Prompt.WERE_YOU_THERE: Drawn(
            were_you_there, N_("your group has met, and only you know whether you were there")
        ),
        Prompt.WRAP: Drawn(did_you_meet, N_("nobody has said whether this meeting took place")),
    },
    commands=(
        Command((N_("we met"),), N_("we met: your last meeting took place"), met_command),
        Command((N_("we did not meet"),), N_("we did not meet: times for another one come"), missed_command),
    ),
)
