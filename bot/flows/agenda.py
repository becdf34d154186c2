"""Before a meeting: the lead is asked for topics, the other gets them in one brief."""

from bot.domain.meeting import State
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind, Visibility
from bot.domain.windows import brief_from
from bot.messages import Button, Fact, Field, FieldKind, Form, Pressed, Quote, Section, Show, Values, card
from bot.turn import Command, Drawn, Flow, FormFlow, Replies, Scene, Turn

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
    return Section(
        t(
            "What would you like to talk about with {name}? A question, a decision, a thing to try.",
            name=scene.partner,
        ),
        title=t("Your agenda for {when}", when=when),
        buttons=(_write(scene, t("Add topics")),),
        links=links,
    )


def _own_brief(scene: Scene) -> Section:
    t, meeting = scene.t, scene.meeting
    notes = scene.unit.words.notes(meeting.id, NoteKind.TOPIC, scene.reader.id)
    topics = tuple(Quote(text, scene.facts.people[note.author_id].first_name) for note, text in notes)
    text = t("These are the topics.") if topics else t("There are no topics yet; one line is plenty.")
    return Section(
        text,
        title=t("You meet {name}: {when}", name=scene.partner, when=scene.when(meeting.starts_at)),
        facts=(Fact(t("Where"), meeting.place),) if meeting.place else (),
        quotes=topics,
        buttons=(_write(scene, t("Change my topics") if topics else t("Add topics")),),
        links=scene.calendar_links(meeting),
    )


def brief(scene: Scene) -> Section:
    """Give the other the topics, and two questions worth asking; who comes to a group adds topics of their own.

    When a group's meeting is over, the card asks each for their own attendance, with no new message.
    """
    t, meeting = scene.t, scene.meeting
    when, links = scene.when(meeting.starts_at), scene.calendar_links(meeting)
    if meeting.state is not State.CONFIRMED:
        return Section(t("This was about your meeting on {when}.", when=when), links=links)
    topics = scene.quotes(NoteKind.TOPIC)
    questions = (
        t("What have you tried since we last spoke, and what did it teach you?"),
        t("What would make the next two weeks a success?"),
        t("What is the real difficulty here for you?"),
        t("Whom could you ask who sees it differently?"),
    )
    first = meeting.number % 2 * 2
    text = (
        t("{name} would like to talk about:", name=scene.partner)
        if topics
        else t("{name} has not named topics yet. These questions open most talks.", name=scene.partner)
    )
    place = (Fact(t("Where"), meeting.place),) if meeting.place else ()
    ask = (Fact(t("To ask"), questions[first]), Fact(t("Or"), questions[first + 1]))
    title = t("You meet {name}: {when}", name=scene.partner, when=when)
    return Section(text, title=title, facts=place + ask, quotes=topics, links=links)


def agenda_form(turn: Turn, subject: str) -> Form:
    """Ask for topics, with those that were given before."""
    facts, meeting = turn.meeting(subject)
    t, partner = turn.t, turn.partner(facts)
    notes = turn.unit.words.notes(meeting.id, NoteKind.TOPIC, turn.actor.id)
    mine = "\n".join(text for note, text in notes if note.author_id == turn.actor.id)
    topics = Field(
        "topics", t("Topics, one a line"), FieldKind.LONG, required=False, max_length=2000, initial=mine,
        hint=t("Two or three are plenty."),
    )  # fmt: skip
    intro = t("{name} sees them in the brief the day before.", name=partner)
    title = t("Your agenda")
    return Form("agenda.write", meeting.id, title, (topics,), intro=intro, rev=meeting.moves, shared_with=partner)


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the agenda."""
    return (Show(agenda_form(turn, press.subject)),)


def written(turn: Turn, form: Form, values: Values) -> Replies:
    """Save the topics for the other to see."""
    facts, meeting = turn.meeting(form.subject)
    if meeting.state not in (State.OPEN, State.PROPOSED, State.CONFIRMED):
        return (Show(card(turn.t("This meeting is over; a topic for the next one is welcome."))),)
    turn.write(facts, meeting, NoteKind.TOPIC, {"topics": str(values.get("topics", ""))}, Visibility.PAIR)
    return ()


def agenda_command(turn: Turn, text: str) -> Replies:
    """Open the agenda of the next meeting, or ask which one."""
    t = turn.t
    open_ones = [(facts, meeting) for facts in turn.mine() for meeting in facts.unsettled]
    if not open_ones:
        return (Show(card(t("You have no meeting to come."))),)
    if len(open_ones) == 1:
        return (Show(agenda_form(turn, open_ones[0][1].id)),)
    buttons = [Button(turn.partner(facts), "agenda.open", meeting.id, opens=True) for facts, meeting in open_ones]
    return (Show(card(t("For which meeting?"), *buttons)),)


def _write(scene: Scene, label: str) -> Button:
    words = (scene.t("agenda"), scene.t("topics"))
    return Button(label, "agenda.open", scene.meeting.id, opens=True, style="primary", words=words)


FLOW = Flow(
    actions={"agenda.open": opened},
    forms={"agenda.write": FormFlow(agenda_form, written)},
    sections={
        Prompt.AGENDA: Drawn(agenda, "you meet in two working days, and you choose the topics"),
        Prompt.AGENDA_TURNS: Drawn(agenda, "you meet soon, and your agenda has become your brief"),
        Prompt.BRIEF: Drawn(brief, "you meet soon; this is the one brief before it"),
    },
    commands=(Command(("agenda", "topics"), "agenda: topics for your next meeting", agenda_command),),
)
