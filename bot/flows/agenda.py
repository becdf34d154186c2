"""Before a meeting: its lead is asked for topics, and for what came of the steps taken on before."""

import re
from collections.abc import Sequence

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.prompts import Prompt
from bot.domain.records import NextStep, NoteKind
from bot.domain.windows import brief_from
from bot.flow import Command, Drawn, Flow, FormFlow
from bot.follow_up import AT_ONCE, noted, open_steps, questions, reach
from bot.language import N_
from bot.messages import Button, Fact, Field, FieldKind, Form, Pressed, Quote, Section, Show, Values, card
from bot.scene import Scene
from bot.turn import Replies, Turn, on_a_button

# What is asked


def agenda(scene: Scene) -> Section:
    """Ask the lead for topics, or say that they stand; the day before, this turns into the lead's own brief."""
    t, meeting = scene.t, scene.meeting
    when, links = scene.when(meeting.starts_at), scene.calendar_links(meeting)
    if meeting.state is not State.CONFIRMED:
        return Section(t("This was about your meeting on {when}.", when=when), links=links)
    if scene.now >= brief_from(scene.facts, meeting, scene.reader.id):
        return _own_brief(scene)
    if scene.wrote(NoteKind.TOPIC):
        text = t("{name} sees your topics the day before {when}.", name=scene.partner, when=when)
        return Section(text, buttons=(_write(scene, t("Change my topics")),), links=links)
    steps = open_steps(scene.unit, scene.facts, scene.reader.id)
    goals = scene.unit.words.goals(scene.facts.mentorship.id, scene.reader.id)
    mine = (goal for goal in goals if goal[0].owner_id == scene.reader.id)
    review = meeting.kind is MeetingKind.REVIEW
    return Section(
        _question(scene, review=review, steps=bool(steps)),
        title=t("Your review: {when}", when=when) if review else t("Your agenda for {when}", when=when),
        facts=(*reach(t("Your goal"), mine), *_more(scene, steps)),
        quotes=tuple(Quote(step.text, _due(scene, step)) for step in steps[:AT_ONCE]),
        buttons=(_write(scene, t("Add topics")), *(_whole(scene) if review else ())),
        links=links,
    )


def _question(scene: Scene, *, review: bool, steps: bool) -> str:
    t, name = scene.t, scene.partner
    if review:
        return t(
            "This one looks at the whole: what have you reached, does the rhythm still fit, and what comes next with "
            "{name}?",
            name=name,
        )
    if steps:
        return t("What came of these steps, and what would you like to talk about with {name}?", name=name)
    return t("What would you like to talk about with {name}? A question, a decision, a thing to try.", name=name)


def _own_brief(scene: Scene) -> Section:
    t, meeting = scene.t, scene.meeting
    notes = scene.unit.words.notes(meeting.id, NoteKind.TOPIC, scene.reader.id)
    topics = tuple(Quote(text, scene.facts.people[note.author_id].first_name) for note, text in notes)
    text = t("These are the topics.") if topics else t("There are no topics yet; one line is plenty.")
    return Section(
        text,
        title=t("You meet {name}: {when}", name=scene.partner, when=scene.when(meeting.starts_at)),
        facts=scene.where(),
        quotes=topics,
        buttons=(_write(scene, t("Change my topics") if topics else t("Add topics")),),
        links=scene.calendar_links(meeting),
    )


def agenda_form(turn: Turn, subject: str) -> Form:
    """Ask for topics, with those that were given before, and for what came of the actor's own open steps."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    mine = _my_topics(turn, meeting)
    left = "" if mine else _left_over(turn, facts, meeting)
    hint = t("These are left from last time; change them as you like.") if left else t("Two or three are plenty.")
    topics = Field(
        "topics", t("Topics, one a line"), FieldKind.LONG, required=False, max_length=2000, initial=mine or left,
        hint=hint,
    )  # fmt: skip
    steps = open_steps(turn.unit, facts, turn.actor.id)[:AT_ONCE]
    return Form(
        "agenda.write",
        meeting.id,
        t("Your agenda"),
        (topics, *questions(t, steps)),
        intro=t("{name} sees this in the brief the day before.", name=partner),
        rev=meeting.moves,
        shared_with=partner,
    )


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the agenda, with the topics that were typed before it was asked for which meeting."""
    return (Show(_with(agenda_form(turn, press.subject), press.value)),)


def written(turn: Turn, form: Form, values: Values) -> Replies:
    """Save the topics, and what came of the steps, for the others to see."""
    facts, meeting = turn.meeting(form.subject)
    if meeting.state not in (State.OPEN, State.PROPOSED, State.CONFIRMED):
        return (Show(card(turn.t("This meeting is over; a topic for the next one is welcome."))),)
    steps = open_steps(turn.unit, facts, turn.actor.id)
    if noted(turn.unit, facts, steps, values, turn.now):
        turn.draw_anew(facts, Prompt.AGENDA, Prompt.BRIEF)
    topics = str(values.get("topics", ""))
    if topics or _my_topics(turn, meeting):
        turn.write(facts, meeting, NoteKind.TOPIC, {"topics": topics}, facts.for_all)
    return ()


def agenda_command(turn: Turn, text: str) -> Replies:
    """Open the agenda of the next meeting with the topics that were typed, or ask which one."""
    t, among = turn.t, [facts for facts in turn.mine() if facts.unsettled]
    if not among:
        return (Show(card(t("You have no meeting to come."))),)
    named, topics = turn.named(among, text)
    open_ones = [(facts, meeting) for facts in among if named in (None, facts) for meeting in facts.unsettled]
    if len(open_ones) == 1:
        return (Show(_with(agenda_form(turn, open_ones[0][1].id), topics)),)
    kept = on_a_button(topics)
    buttons = [
        Button(turn.partner(facts), "agenda.open", meeting.id, kept, opens=True) for facts, meeting in open_ones
    ]
    return (Show(card(t("For which meeting?"), *buttons)),)


def _with(form: Form, typed: str) -> Form:
    """Return the agenda with the typed topics, one a line or with semicolons between, behind those it has."""
    topics = [topic.strip() for topic in re.split(r"[;\n]", typed) if topic.strip()]
    before = str(form.fields[0].initial)
    return form.starting_with({"topics": "\n".join(filter(None, [before, *topics]))}) if topics else form


def _my_topics(turn: Turn, meeting: Meeting) -> str:
    notes = turn.unit.words.notes(meeting.id, NoteKind.TOPIC, turn.actor.id)
    return "\n".join(text for note, text in notes if note.author_id == turn.actor.id)


def _left_over(turn: Turn, facts: Facts, meeting: Meeting) -> str:
    """Return the actor's topics for the meetings before this one that did not take place."""
    for earlier in reversed(facts.settled):
        if earlier.state is State.HELD:
            return ""
        if earlier.number < meeting.number and (topics := _my_topics(turn, earlier)):
            return topics
    return ""


# Parts of the cards


def _more(scene: Scene, steps: Sequence[NextStep]) -> tuple[Fact, ...]:
    more = len(steps) - AT_ONCE
    return (Fact(scene.t("Open besides"), str(more)),) if more > 0 else ()


def _due(scene: Scene, step: NextStep) -> str:
    due = step.action.due_on
    return scene.t("until {day}", day=scene.t.full_day(due)) if due else scene.t("still open")


def _whole(scene: Scene) -> tuple[Button, ...]:
    """Return the ways to what a review looks at besides."""
    t, about = scene.t, scene.facts.mentorship.id
    return (
        Button(t("Our agreement"), "agreement.show", about),
        Button(t("Our goals"), "goals.show", about),
    )


def _write(scene: Scene, label: str) -> Button:
    words = (scene.t("agenda"), scene.t("topics"))
    return Button(label, "agenda.open", scene.meeting.id, opens=True, style="primary", words=words)


FLOW = Flow(
    actions={"agenda.open": opened},
    forms={"agenda.write": FormFlow(agenda_form, written)},
    sections={
        Prompt.AGENDA: Drawn(agenda, N_("you meet in a few days, and you choose the topics")),
        Prompt.AGENDA_TURNS: Drawn(agenda, N_("you meet soon, and your agenda has become your brief")),
    },
    commands=(
        Command((N_("agenda"), N_("topics")), N_("agenda: topics for your next meeting"), agenda_command, opens=True),
    ),
)
