"""After a meeting: two questions to think about, kept for oneself unless shared, and one next step."""

from datetime import date

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.meeting import State
from bot.domain.mentorship import Format, Role
from bot.domain.prompts import Prompt
from bot.domain.records import ActionItem, NoteKind, Visibility
from bot.flow import Drawn, Flow, FormFlow
from bot.language import N_
from bot.messages import Button, Errors, Field, FieldKind, Form, Option, Pressed, Say, Section, Show, Values, card
from bot.scene import Scene
from bot.turn import Replies, Turn

QUESTIONS = ("first", "second")


# What is asked


def reflection(scene: Scene) -> Section:
    """Offer the questions, or say that they were answered."""
    t = scene.t
    if scene.wrote(NoteKind.REFLECTION) or scene.meeting.state is not State.HELD:
        return Section(t("Thank you. Your reflection is kept."))
    return Section(
        t("Two questions while it is fresh. What you write is only yours unless you share it."),
        title=t("A minute to look back?"),
        buttons=(
            Button(
                t("Reflect"),
                "reflection.open",
                scene.meeting.id,
                opens=True,
                style="primary",
                words=(t("reflect"), t("reflection")),
            ),
        ),
    )


def reflection_form(turn: Turn, subject: str) -> Form:
    """Ask two questions, which rotate from meeting to meeting, and for one next step."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    pairs = (
        (t("What worked, and why?"), t("What surprised you?")),
        (t("Which of your assumptions held, and which did not?"), t("How would you test it another way?")),
        (t("What will you do differently?"), t("What did you not say?")),
    )
    first, second = pairs[meeting.number % len(pairs)]
    return Form(
        "reflection.write",
        meeting.id,
        t("Looking back"),
        (
            Field("first", first, FieldKind.LONG, required=False),
            Field("second", second, FieldKind.LONG, required=False),
            Field(
                "audience", t("Who may read this?"), FieldKind.CHOICE, _audiences(turn, facts), initial=Visibility.ME
            ),
            Field(
                "step",
                t("One next step of yours"),
                required=False,
                max_length=300,
                hint=t("{name} sees it.", name=partner),
            ),
            Field("due", t("Until when?"), FieldKind.DATE, required=False),
        ),
        intro=t("Nobody who runs me reads this. Your employer may be able to export typed messages, forms not."),
        rev=meeting.moves,
        shared_with=partner,
    )


def _audiences(turn: Turn, facts: Facts) -> tuple[Option, ...]:
    """Return who may read an answer: oneself, the other; in a group its mentor, or all of it."""
    t = turn.t
    only_me = Option(Visibility.ME, t("Only me"))
    all_of_us = Option(facts.for_all, t("Share with {name}", name=turn.partner(facts)))
    mentors = [p.person_id for p in facts.present if p.role is Role.MENTOR and p.person_id != turn.actor.id]
    if facts.mentorship.format is not Format.GROUP or not mentors:
        return (only_me, all_of_us)
    mentor = Option(Visibility.PAIR, t("Share with {name}", name=facts.people[mentors[0]].first_name))
    return (only_me, mentor, all_of_us)


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the questions."""
    return (Show(reflection_form(turn, press.subject)),)


def written(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the answers for the audience that was chosen, and the next step for all in the mentorship."""
    facts, meeting = turn.meeting(form.subject)
    t, step = turn.t, str(values.get("step", ""))
    answers = {name: str(values.get(name, "")) for name in QUESTIONS}
    if not any(answers.values()) and not step:
        return (Errors({"first": t("Please answer one of the questions, or name a next step.")}),)
    turn.write(facts, meeting, NoteKind.REFLECTION, answers, Visibility(str(values.get("audience", Visibility.ME))))
    if step and not _has(turn, meeting.id, step):
        due = date.fromisoformat(str(values["due"])) if values.get("due") else None
        action = ActionItem(
            new_id(),
            meeting.organization_id,
            meeting.mentorship_id,
            meeting.id,
            turn.actor.id,
            new_id(),
            turn.now,
            due,
        )
        turn.unit.words.write(action, step, facts.for_all)
    return (Say(card(t("Kept. Thank you for taking the minute."))),)


def _has(turn: Turn, meeting_id: str, step: str) -> bool:
    """Tell whether the actor has taken on this very step in this meeting already, as when a form is sent twice."""
    _, meeting = turn.meeting(meeting_id)
    known = turn.unit.words.actions(meeting.mentorship_id, turn.actor.id)
    mine = (one for one in known if one.action.meeting_id == meeting_id and one.action.owner_id == turn.actor.id)
    return any(one.text == step for one in mine)


FLOW = Flow(
    actions={"reflection.open": opened},
    forms={"reflection.write": FormFlow(reflection_form, written)},
    sections={
        Prompt.REFLECTION: Drawn(reflection, N_("you met, and a minute of thought keeps more than an hour of talk"))
    },
)
