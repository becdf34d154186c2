"""An invitation: each is asked by themselves, and nobody hears another's answer before the day on which all hear."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.mentorship import Consent, Format, Role, Status
from bot.domain.people import FORMER
from bot.domain.prompts import Prompt
from bot.flow import Drawn, Flow
from bot.language import N_
from bot.matching.outcome import Part
from bot.messages import Button, Pressed, Section
from bot.scene import Scene
from bot.turn import Replies, Turn

# What is asked


def invitation(scene: Scene) -> Section:
    """Ask whether somebody wants this mentorship, or say what they answered."""
    t, mentorship = scene.t, scene.facts.mentorship
    me = next(p for p in scene.facts.participants if p.person_id == scene.reader.id)
    hears_at = scene.facts.hears_at(scene.reader.id)
    day = t.day(hears_at, scene.reader.zone)
    about = _about(scene, me.role)
    if mentorship.status is not Status.PROPOSED and hears_at <= scene.now:
        return Section(t("This invitation is closed; on {day} you heard what became of it.", day=day), title=about)
    if me.consent is not Consent.OPEN or mentorship.status is not Status.PROPOSED:
        return Section(t("Thank you, noted. You will hear on {day} whatever happens.", day=day), title=about)
    if any(person.name == FORMER for person in scene.facts.people.values()):
        text = t("You will hear on {day} what becomes of your invitation. Nothing is asked of you.", day=day)
        return Section(text, title=about)
    rhythm = t(
        "About {minutes} minutes every {weeks} weeks until {day}. Either answer is fine, and yours stays with me. "
        "You will hear on {heard} whatever happens.",
        minutes=mentorship.minutes,
        weeks=mentorship.every_weeks,
        day=t.day(mentorship.ends_at - timedelta(days=1), mentorship.zone),
        heard=day,
    )
    return Section(
        " ".join(filter(None, (_asked(scene, me.role), _why(scene), rhythm))),
        title=_title(scene, me.role),
        buttons=(
            Button(
                t("Yes, gladly"),
                "matching.accept",
                mentorship.id,
                style="primary",
                words=(t("yes"), t("accept"), t("yes, gladly")),
            ),
            Button(t("Not this time"), "matching.decline", mentorship.id, words=(t("no"), t("decline"))),
        ),
    )


def _asked(scene: Scene, role: Role) -> str:
    """Say what is asked, by what somebody would give or get, never by rank.

    A group's mentor hears for whom it would be. Nobody else does, so that nobody sees later who is not there.
    """
    t, facts = scene.t, scene.facts
    others = facts.others(scene.reader.id) or [one for one in facts.people.values() if one is not scene.reader]
    form, names = facts.mentorship.format, t.listing([person.first_name for person in others])
    if form is Format.GROUP:
        if role is Role.MENTOR:
            return t("Would you be the mentor of a small group? It would be for {names}.", names=names)
        return t("{name} could be your mentor, in a small group that learns together.", name=_mentor(facts))
    if form is Format.REVERSE:
        if role is Role.MENTOR:
            return t("Would you show {name} something that you know well?", name=names)
        return t("{name} could show you something that they know well.", name=names)
    return {
        Role.MENTOR: t("Would you be a mentor to {name}?", name=names),
        Role.MENTEE: t("{name} could be your mentor.", name=names),
        Role.PEER: t("You and {name} could be each other's mentors, and lead in turns.", name=names),
    }[role]


def _title(scene: Scene, role: Role) -> str:
    """Say with whom it would be, since several invitations may stand on one card."""
    t, facts = scene.t, scene.facts
    if facts.mentorship.format is not Format.GROUP:
        return t("Shall we try? You and {name}", name=scene.partner)
    if role is Role.MENTOR:
        return t("Shall we try? You and a small group")
    return t("Shall we try? A small group with {name}", name=_mentor(facts))


def _about(scene: Scene, role: Role) -> str:
    """Say what an invitation was about, once there is nothing to answer.

    It names nobody: the name of whoever asks to be forgotten has to go from every card at once, and that would tell
    before the day on which all hear.
    """
    t, form = scene.t, scene.facts.mentorship.format
    if form is Format.GROUP:
        return t("Your invitation to a small group")
    if form is Format.PEER:
        return t("Your invitation to be each other's mentors")
    if form is Format.REVERSE and role is Role.MENTOR:
        return t("Your invitation to show what you know well")
    if form is Format.REVERSE:
        return t("Your invitation to be shown something")
    return t("Your invitation to be a mentor") if role is Role.MENTOR else t("Your invitation to have a mentor")


def _why(scene: Scene) -> str:
    """Say in one sentence which skill brings the two together, where a round has; '' where none may be named.

    What else a round has weighed, and how much, is told to neither. A group's mentor hears no reason: each of their
    mentees has another one.
    """
    t, facts, me = scene.t, scene.facts, scene.reader.id
    if facts.mentorship.format is Format.GROUP and facts.roles[me] is Role.MENTOR:
        return ""
    pair = scene.unit.rounds.asked(facts.mentorship.organization_id, facts.mentorship.id, me)
    wanted = next((one for one in pair.reasons if one.part is Part.WANTED), None) if pair else None
    if pair is None or wanted is None:
        return ""
    skill = scene.unit.skills.all(facts.mentorship.organization_id).get(wanted.subject)
    other = facts.people.get(pair.seeker_id if pair.mentor_id == me else pair.mentor_id)
    if skill is None or other is None or not skill.is_public:
        return ""
    if wanted.giver == me:
        return t("{name} wants to learn {skill}, and you offer it.", name=other.first_name, skill=skill.name)
    return t("{name} offers {skill}, which you want to learn.", name=other.first_name, skill=skill.name)


def _mentor(facts: Facts) -> str:
    return next(facts.people[p.person_id].first_name for p in facts.participants if p.role is Role.MENTOR)


# What is answered


def accept(turn: Turn, press: Pressed) -> Replies:
    """Note a yes; it is told to nobody until the day on which all hear."""
    return _answered(turn, press.subject, Consent.ACCEPTED)


def decline(turn: Turn, press: Pressed) -> Replies:
    """Note a no; it is never told to anybody."""
    return _answered(turn, press.subject, Consent.DECLINED)


def _answered(turn: Turn, mentorship_id: str, consent: Consent) -> Replies:
    facts = turn.mentorship(mentorship_id)
    if facts.mentorship.status is Status.PROPOSED:
        me = next(p for p in facts.present if p.person_id == turn.actor.id)
        me.consent = consent
    return ()


FLOW = Flow(
    actions={"matching.accept": accept, "matching.decline": decline},
    sections={
        Prompt.INVITATION: Drawn(invitation, N_("a mentorship was proposed to you")),
        Prompt.INVITATION_REMINDER: Drawn(
            invitation, N_("an invitation is waiting for your answer; I ask twice at most")
        ),
    },
)
