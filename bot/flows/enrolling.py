"""Those who run the programme bring in the people of a channel, a user group or a team; each is asked once."""

from bot.domain.own import Enrolment
from bot.domain.prompts import Prompt
from bot.flow import Command, DrawnAlone, Flow, Topic
from bot.language import N_, Translator
from bot.messages import Button, Card, Pressed, Section, Show, card
from bot.ports import Unlisted
from bot.scene import NotThere, OwnScene
from bot.turn import Replies, Turn

# Whom to bring in


def enrol(turn: Turn, text: str) -> Replies:
    """Ask back before everybody in a place is asked; without a name it is the team in which it was said."""
    t, name = turn.t, text.strip()
    place = turn.places.get(name)
    if place is None:
        which = t("Whom shall I ask? Type 'enrol #channel' or 'enrol @group', or 'enrol' in a team's channel.")
        return (Show(card(which)),)
    if name:
        asked = t("Shall I ask everybody in {place} whether they would like to take part?", place=name)
    else:
        asked = t("Shall I ask everybody in that team whether they would like to take part?")
    how = t(
        "Each hears of it once, in their own working hours. Guests and bots are left out. Where I am a member, those "
        "who join later are asked too."
    )
    sure = Button(t("Yes, ask them"), "enrolling.sure", place, words=(t("yes"),))
    keep = Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),))
    return (Show(Card((Section(asked), Section(how, buttons=(sure, keep))))),)


def sure(turn: Turn, press: Pressed) -> Replies:
    """Let the platform tell who is there; what comes of it is told in this person's conversation."""
    if not press.subject:
        raise NotThere(press.subject)
    turn.enrols = press.subject
    return (Show(card(turn.t("I look who is there, and tell you in our conversation how many people I ask."))),)


def done(t: Translator, count: int) -> Card:
    """Say how many people will be asked, and nothing else of them."""
    match count:
        case 0:
            said = t("There is nobody to ask: who is there takes part already, was asked before, or is a guest.")
        case 1:
            said = t("I ask one person, in their own working hours.")
        case _:
            said = t("I ask {n} people, each in their own working hours.", n=count)
    return card(said)


def not_done(t: Translator, why: Unlisted) -> Card:
    """Say why nobody was asked, and what mends it."""
    return card(
        {
            Unlisted.SCOPE: t(
                "I am not allowed to read who is there. Whoever manages the app can take over its newest manifest "
                "and install it again; then please ask me once more."
            ),
            Unlisted.HIDDEN: t("I do not see who is there. Please add me to it, and ask me once more."),
            Unlisted.AWAY: t("I could not read who is there just now. Please ask me once more in a few minutes."),
        }[why]
    )


# What they are asked


def take_part(scene: OwnScene) -> Section:
    """Ask somebody whether to take part, or say that the answer was noted."""
    t, enrolment = scene.t, scene.unit.enrolments.get(scene.reader.id)
    if enrolment is None or enrolment.answered_at is not None:
        return Section(t("Thank you, noted. 'join' is open to you at any time."))
    asked = t(
        "Would you like to take part, as somebody who is guided, or who guides? Either answer is fine, and nobody "
        "learns which it was. 'join' works later, too."
    )
    join = Button(t("Join"), "profile.join", "", opens=True, style="primary")
    later = Button(t("Not now"), "enrolling.later", "", words=(t("not now"), t("no")))
    return Section(asked, title=t("Mentoring starts here"), buttons=(join, later))


def later(turn: Turn, press: Pressed) -> Replies:
    """Note that somebody need not be asked again."""
    enrolment = _mine(turn)
    enrolment.answered_at = enrolment.answered_at or turn.now
    for touch, said in turn.unit.ties.own(turn.actor.id).said.items():
        if touch.kind == Prompt.TAKE_PART and said.delivery_id:
            turn.stale.add(said.delivery_id)
    return ()


def _mine(turn: Turn) -> Enrolment:
    found = turn.unit.enrolments.get(turn.actor.id)
    if found is None:
        raise NotThere("enrolment")
    return found


FLOW = Flow(
    actions={"enrolling.later": later},
    admin_actions={"enrolling.sure": sure},
    alone={
        Prompt.TAKE_PART: DrawnAlone(
            take_part,
            N_("those who run mentoring here would like to have you in it"),
            N_("This is asked once; 'pause' stops me until you resume."),
        )
    },
    commands=(
        Command(
            (N_("enrol"), N_("enroll")),
            N_("enrol #channel: ask its people whether to take part; so does 'enrol @group', or 'enrol' in a team"),
            enrol,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
