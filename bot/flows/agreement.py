"""After the first talk: one short form says what both want of it; the others agree with a tap, or change it."""

from collections.abc import Mapping
from datetime import date

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.mentorship import Format, Mentorship, Role
from bot.domain.prompts import Prompt
from bot.domain.records import Goal, NoteKind
from bot.flow import Command, Drawn, Flow, FormFlow, Topic
from bot.language import N_
from bot.messages import Button, Card, Fact, Field, FieldKind, Form, Option, Pressed, Section, Show, Values, card
from bot.record import AGREED, agreement_lines, rhythm
from bot.scene import NotThere, Scene
from bot.turn import Replies, Turn

RHYTHMS = (1, 2, 4)
"""Weeks between two meetings that are offered."""

CARDS = (Prompt.AGREEMENT, Prompt.AGREEMENT_REMINDER, Prompt.AGREE, Prompt.AGREE_REMINDER)


# What is asked


def agreement(scene: Scene) -> Section:
    """Ask for the agreement, ask to agree to it, or show how it stands; whichever is the reader's turn."""
    t, facts = scene.t, scene.facts
    title = t("Your agreement with {name}", name=scene.partner)
    if facts.mentorship.drafted_by is None:
        return _to_write(scene, title)
    agreed = next((p.agreed_at for p in facts.present if p.person_id == scene.reader.id), None)
    if not facts.mentorship.runs:
        return Section(t("This is what you had agreed on."), title=title, facts=_lines(scene))
    if facts.agreement_stands:
        text = t(
            "This is what you agreed on. It can be changed at any time; {name} is asked again.", name=scene.partner
        )
    elif agreed:
        text = t("I asked {name}. It holds once you all agree.", name=scene.partner)
    else:
        author = facts.people[facts.mentorship.drafted_by].first_name
        text = t("{name} wrote this. Does it suit you? One tap, or change what does not.", name=author)
    agree = Button(
        t("I agree"), "agreement.agree", facts.mentorship.id, rev=_edition(facts.mentorship), style="primary",
        words=(t("agree"), t("i agree"), t("yes")),
    )  # fmt: skip
    buttons = (*(() if agreed else (agree,)), *_change(scene, t("Change it")))
    return Section(text, title=title, facts=_lines(scene), buttons=buttons)


def _to_write(scene: Scene, title: str) -> Section:
    t, facts = scene.t, scene.facts
    if facts.drafter != scene.reader.id:
        author = facts.people[facts.drafter].first_name
        return Section(t("There is no agreement yet; {name} begins it.", name=author), title=title)
    text = t(
        "You have talked. A few lines keep clear what you both want of it; most of them are filled in already, and "
        "{name} agrees or changes them.",
        name=scene.partner,
    )
    return Section(text, title=title, buttons=_change(scene, t("Write it down")))


def _lines(scene: Scene) -> tuple[Fact, ...]:
    """Return what the agreement says, each answer behind a short label."""
    known = scene.unit.words.agreement(scene.facts.mentorship.id, scene.reader.id)
    said = agreement_lines(scene.t, {note.question: text for note, text in known})
    return tuple(Fact(label, text) for label, text in said)


def agreement_form(turn: Turn, subject: str) -> Form:
    """Ask for the agreement, filled in with what stands, or with what most people choose."""
    facts = turn.mentorship(subject)
    if not _may_write(facts, turn.actor.id):
        raise NotThere(subject)
    t, mentorship, partner = turn.t, facts.mentorship, turn.partner(facts)
    said = {
        "by": mentorship.ends_on.isoformat(),
        "rhythm": str(mentorship.every_weeks),
        "limits": t("Evenings and weekends."),
        "between_us": t("What we say stays between us, unless we both agree otherwise."),
        "between_meetings": t("Yes, please write. An answer within two working days is fine."),
        "conflict": t("None that I know of."),
    }
    if mentorship.drafted_by:
        known = turn.unit.words.agreement(mentorship.id, turn.actor.id)
        said = {note.question: text for note, text in known}
    weeks = sorted({*RHYTHMS, mentorship.every_weeks, int(said.get("rhythm", mentorship.every_weeks))})
    rhythms = tuple(Option(str(n), rhythm(t, n)) for n in weeks)
    helped, wanted = _opening(turn, facts)
    fields = (
        Field("help", helped, max_length=500),
        Field("by", t("… by …"), FieldKind.DATE),
        Field("want", wanted, max_length=500, hint=t("What will be different then?")),
        Field("rhythm", t("How often do you meet?"), FieldKind.CHOICE, rhythms),
        Field("limits", t("Which hours and topics are off limits?"), required=False, max_length=500),
        Field("between_us", t("What stays between you?"), required=False, max_length=500),
        Field(
            "between_meetings",
            t("May one write between meetings, and how soon does an answer come?"),
            required=False,
            max_length=500,
        ),
        Field("conflict", t("Is there any conflict of interest?"), required=False, max_length=500),
    )
    form = Form(
        "agreement.write",
        mentorship.id,
        t("Your agreement"),
        fields,
        intro=t("{name} reads it, and agrees or changes it.", name=partner),
        rev=_edition(mentorship),
        shared_with=partner,
    )
    return form.filled(said)


def _opening(turn: Turn, facts: Facts) -> tuple[str, str]:
    """Return how the two sentences on help and wishes begin: in the first person for whoever is helped."""
    t = turn.t
    if facts.mentorship.format in (Format.GROUP, Format.PEER):
        return t("We work on …"), t("We want …")
    if facts.roles[turn.actor.id] is Role.MENTOR:
        name = turn.partner(facts)
        return t("{name} needs help with …", name=name), t("{name} wants …", name=name)
    return t("I need help with …"), t("I want …")


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the agreement to write it, or to change what stands."""
    return _open(turn, turn.mentorship(press.subject))


def _open(turn: Turn, facts: Facts) -> Replies:
    if facts.first_talk is None:
        return _too_early(turn, facts)
    return (Show(agreement_form(turn, facts.mentorship.id)),)


def written(turn: Turn, form: Form, values: Values) -> Replies:
    """Save what is new in the agreement and ask the others; nothing new is an 'I agree'."""
    facts = turn.mentorship(form.subject)
    meeting = facts.first_talk
    if form.rev != _edition(facts.mentorship):
        return _changed_meanwhile(turn, facts)
    if meeting is None:
        return _too_early(turn, facts)
    words, mentorship = turn.unit.words, facts.mentorship
    before = {note.question: text for note, text in words.agreement(mentorship.id, turn.actor.id)}
    answers = {question: str(values.get(question, "")) for question in AGREED}
    new = {question: text for question, text in answers.items() if text != before.get(question, "")}
    if not new and mentorship.drafted_by:
        return _agreed(turn, facts)
    words.replace(meeting, turn.actor.id, NoteKind.AGREEMENT, new, facts.for_all, turn.now, one_for_all=True)
    facts.draft(turn.actor.id, turn.now)
    _first_goal(turn, facts, answers)
    turn.draw_anew(facts, *CARDS)
    return (Show(card(turn.t("Thank you. I ask {name}, in their working hours.", name=turn.partner(facts)))),)


def _first_goal(turn: Turn, facts: Facts, answers: Mapping[str, str]) -> None:
    """Keep what a learner wants in the agreement as a first goal, so that nobody is asked for it once more."""
    learns = facts.roles[turn.actor.id] is not Role.MENTOR
    if learns and turn.actor.id not in facts.with_goal and facts.mentorship.format is not Format.GROUP:
        due = date.fromisoformat(answers["by"])
        goal = Goal(new_id(), turn.actor.organization_id, facts.mentorship.id, turn.actor.id, new_id(), turn.now, due)
        turn.unit.words.write(goal, answers["want"], facts.for_all)
        facts.with_goal.add(turn.actor.id)


def agreed(turn: Turn, press: Pressed) -> Replies:
    """Agree to the agreement as it stood when the button was made."""
    facts = turn.mentorship(press.subject)
    if press.rev != _edition(facts.mentorship) or not facts.mentorship.runs:
        return _changed_meanwhile(turn, facts)
    return _agreed(turn, facts)


def _agreed(turn: Turn, facts: Facts) -> Replies:
    t = turn.t
    facts.accept(turn.actor.id, turn.now)
    turn.draw_anew(facts, *CARDS)
    if not facts.agreement_stands:
        return (Show(card(t("Thank you, noted. It holds once enough of you agree."))),)
    said = {note.question: text for note, text in turn.unit.words.agreement(facts.mentorship.id, turn.actor.id)}
    facts.mentorship.every_weeks = int(said.get("rhythm", facts.mentorship.every_weeks))
    return (Show(card(t("Your agreement with {name} holds from now on.", name=turn.partner(facts)))),)


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show the agreement as it stands."""
    return _shown(turn, turn.mentorship(press.subject))


def _shown(turn: Turn, facts: Facts) -> Replies:
    if facts.first_talk is None:
        return _too_early(turn, facts)
    return (Show(Card((agreement(turn.scene(facts, facts.mentorship.id)),))),)


def agreement_command(turn: Turn, text: str) -> Replies:
    """Show the agreement; open it where it is still to be written, or where that is asked for."""
    begun = turn.begun()
    if not begun:
        return (Show(card(turn.t("You are in no mentorship yet."))),)
    if len(begun) > 1:
        return turn.which(begun, "agreement.show")
    facts = begun[0]
    to_write = facts.mentorship.drafted_by is None and facts.drafter == turn.actor.id
    if to_write or text.casefold() in {"change", turn.t("change")}:
        return _open(turn, facts)
    return _shown(turn, facts)


def _changed_meanwhile(turn: Turn, facts: Facts) -> Replies:
    look = Button(turn.t("Show it"), "agreement.show", facts.mentorship.id)
    return (Show(card(turn.t("The agreement has changed meanwhile. Please look again."), look)),)


def _too_early(turn: Turn, facts: Facts) -> Replies:
    text = turn.t("The agreement comes after your first talk with {name}.", name=turn.partner(facts))
    return (Show(card(text)),)


def _may_write(facts: Facts, person_id: str) -> bool:
    """Tell whether somebody may write the agreement while it lasts: in a group only who mentors it."""
    return facts.mentorship.runs and (
        facts.mentorship.format is not Format.GROUP or facts.roles[person_id] is Role.MENTOR
    )


def _change(scene: Scene, label: str) -> tuple[Button, ...]:
    if not _may_write(scene.facts, scene.reader.id):
        return ()
    words = (scene.t("agreement"), scene.t("change it"))
    return (Button(label, "agreement.open", scene.facts.mentorship.id, opens=True, words=words),)


def _edition(mentorship: Mentorship) -> int:
    """Return which edition of the agreement stands, so that nobody agrees to one they have not seen.

    It is the seconds from the proposal of the mentorship to the draft, and 0 before there is any.
    """
    if mentorship.drafted_at is None:
        return 0
    return 1 + int((mentorship.drafted_at - mentorship.proposed_at).total_seconds())


FLOW = Flow(
    actions={"agreement.open": opened, "agreement.agree": agreed, "agreement.show": shown},
    forms={"agreement.write": FormFlow(agreement_form, written)},
    sections={
        Prompt.AGREEMENT: Drawn(agreement, N_("you have had your first talk, and the agreement is yours to begin")),
        Prompt.AGREEMENT_REMINDER: Drawn(agreement, N_("there is no agreement yet; I remind you once")),
        Prompt.AGREE: Drawn(agreement, N_("an agreement was written or changed, and it holds once you agree")),
        Prompt.AGREE_REMINDER: Drawn(agreement, N_("an agreement is waiting for you; I remind you once")),
    },
    commands=(
        Command(
            (N_("agreement"),),
            N_("agreement: what you agreed on; 'agreement change' changes it"),
            agreement_command,
            topic=Topic.WRITING,
            opens=True,
        ),
    ),
)
