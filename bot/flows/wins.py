"""What went well, told to one's partners at any time: read back first, kept, and told in their own hours."""

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.prompts import Prompt
from bot.domain.records import WIN, Note, NoteKind, Visibility, Win
from bot.flow import Command, Drawn, Flow, FormFlow, Topic
from bot.language import N_
from bot.messages import Field, FieldKind, Form, Option, Pressed, Quote, Section, Show, Values, card
from bot.scene import NotThere, Scene
from bot.turn import Replies, Turn

EVERYBODY, ONLY_ME = "everybody", "me"
"""Answers to who may read it, besides a mentorship's id."""


# What is said


def win(scene: Scene) -> Section:
    """Tell somebody what went well for another, in that person's own words."""
    t, told = scene.t, scene.unit.words.wins(scene.facts.mentorship.id, scene.reader.id)
    note, text = next(((note, text) for note, text in told if note.id == scene.about), (None, ""))
    if note is None:
        return Section(t("This was about something that went well."))
    name = scene.facts.people[note.author_id].first_name
    return Section(
        t("{name} wanted you to hear this. A word back is always welcome, and never owed.", name=name),
        title=t("Something went well for {name}", name=name),
        quotes=(Quote(text, name),),
    )


# What is asked


def win_form(turn: Turn, subject: str) -> Form:
    """Ask what went well, and who may read it: at first the mentorship `subject`, or the only one that there is."""
    t, among = turn.t, _running(turn)
    if not among:
        raise NotThere(subject)
    audiences = [Option(f.mentorship.id, t("Share with {name}", name=turn.partner(f))) for f in among]
    if len(among) > 1:
        audiences.append(Option(EVERYBODY, t("Share with all of them")))
    chosen = among[0].mentorship.id if len(among) == 1 else subject
    fields = (
        Field("win", t("What went well?"), FieldKind.LONG, max_length=1000),
        Field(
            "audience",
            t("Who may read this?"),
            FieldKind.CHOICE,
            (*audiences, Option(ONLY_ME, t("Only me"))),
            initial=chosen if chosen in {one.value for one in audiences} else "",
        ),
    )
    intro = t("Small things count too. I tell it in their working hours, and it stays in the record that you keep.")
    names = t.listing([turn.partner(facts) for facts in among])
    return Form("wins.send", subject, t("A win"), fields, intro=intro, shared_with=names)


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the form."""
    return (Show(win_form(turn, press.subject)),)


def win_command(turn: Turn, text: str) -> Replies:
    """Open the form, with what was typed already in it, to be read once more before anybody else does."""
    among = _running(turn)
    if not among:
        return (Show(card(turn.t("A win is told to those with whom you have a running mentorship."))),)
    facts, words = turn.named(among, text)
    form = win_form(turn, facts.mentorship.id if facts else "")
    return (Show(form.starting_with({"win": words}) if words else form),)


def sent(turn: Turn, form: Form, values: Values) -> Replies:
    """Put it into the record for those who may read it; they hear of it in their own hours."""
    t, text, audience, among = turn.t, str(values["win"]), str(values["audience"]), _running(turn)
    if audience == ONLY_ME:
        _keep(turn, among[-1], text, "note", Visibility.ME)
        return (Show(card(t("Kept, for you alone."))),)
    readers = [facts for facts in among if audience in (EVERYBODY, facts.mentorship.id)]
    for facts in readers:
        if note := _keep(turn, facts, text, WIN, facts.for_all):
            facts.wins.append(Win(note.id, note.author_id, note.written_at))
    name = t.listing([turn.partner(facts) for facts in readers])
    return (Show(card(t("Well done. {name} hears of it in their working hours.", name=name))),)


# What stands behind them


def _running(turn: Turn) -> list[Facts]:
    return [facts for facts in turn.begun() if facts.mentorship.runs and facts.meetings]


def _keep(turn: Turn, facts: Facts, words: str, question: str, visibility: Visibility) -> Note | None:
    """Save it with the latest meeting; None where that was done already, as when it is sent twice."""
    meeting = facts.meetings[-1]
    known = turn.unit.words.notes(meeting.id, NoteKind.NOTE, turn.actor.id)
    if any((note.author_id, note.question, text) == (turn.actor.id, question, words) for note, text in known):
        return None
    note = Note(
        id=new_id(),
        organization_id=meeting.organization_id,
        mentorship_id=meeting.mentorship_id,
        meeting_id=meeting.id,
        author_id=turn.actor.id,
        kind=NoteKind.NOTE,
        question=question,
        words_id=new_id(),
        written_at=turn.now,
    )
    turn.unit.words.write(note, words, visibility)
    return note


FLOW = Flow(
    actions={"wins.open": opened},
    forms={"wins.send": FormFlow(win_form, sent)},
    sections={Prompt.WIN: Drawn(win, N_("your partner told what went well, and wanted you to hear it"))},
    commands=(
        Command(
            (N_("win"),), N_("win: tell your partner what went well"), win_command, topic=Topic.WRITING, opens=True
        ),
    ),
)
