"""Notes and links for the record that both keep: typed for oneself until shared, or written for all in a form."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.records import EntryKind, Note, NoteKind, Visibility
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_
from bot.messages import Button, Errors, Field, FieldKind, Form, Pressed, Quote, Show, Values, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

FRESH_FOR = timedelta(minutes=30)
"""How long after a note was typed the word 'share' is about it without asking back."""


# What is asked


def note_form(turn: Turn, subject: str) -> Form:
    """Ask for a note, and a link that belongs to it."""
    facts = turn.mentorship(subject)
    if not _keeps_notes(facts):
        raise NotThere(subject)
    t, name = turn.t, turn.partner(facts)
    fields = (
        Field("note", t("What do you want to keep?"), FieldKind.LONG, required=False),
        Field("link", t("A link"), required=False, max_length=500, hint=t("A page, a document, a talk.")),
    )
    intro = t("It goes into the record that you and {name} keep.", name=name)
    return Form("notes.write", subject, t("A note"), fields, intro=intro, shared_with=name)


# What is answered


def note_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the form for a note."""
    return (Show(note_form(turn, press.subject)),)


def note_written(turn: Turn, form: Form, values: Values) -> Replies:
    """Put a note into the record for all to read."""
    facts, t = turn.mentorship(form.subject), turn.t
    text, link = str(values.get("note", "")), str(values.get("link", ""))
    if not text and not link:
        return (Errors({"note": t("Please write a line, or give a link.")}),)
    if link and (" " in link or not link.startswith(("https://", "http://"))):
        return (Errors({"link": t("Please give the whole address, for example https://example.org/talk.")}),)
    _keep(turn, facts, "\n".join(filter(None, [text, link])), facts.for_all)
    return (Show(card(t("Kept. {name} can read it too: 'record' shows it.", name=turn.partner(facts)))),)


def note_command(turn: Turn, text: str) -> Replies:
    """Keep what was typed, for oneself until it is shared; with nothing typed, open the form."""
    t, among = turn.t, [facts for facts in turn.begun() if _keeps_notes(facts)]
    if not among:
        return (Show(card(t("You have no mentorship to keep notes in."))),)
    if not text:
        one = among[0].mentorship.id
        return (Show(note_form(turn, one)),) if len(among) == 1 else turn.which(among, "notes.open", opens=True)
    facts, words = turn.named(among, text)
    if facts is None:
        return (Show(card(t("With whom? Please put the name before it: 'note Ben: read chapter 3'."))),)
    note = _keep(turn, facts, words, Visibility.ME)
    name = turn.partner(facts)
    said = t("Kept, for you alone. The button, or the word 'share', lets {name} read it.", name=name)
    return (Show(card(said, _share(turn, facts, note.id), quotes=(Quote(words),))),)


def shared(turn: Turn, press: Pressed) -> Replies:
    """Let the others read a note that was for oneself alone."""
    return _shared(turn, press.subject)


def _shared(turn: Turn, note_id: str) -> Replies:
    note = turn.unit.words.one(Note, turn.actor.organization_id, note_id)
    if note is None or note.author_id != turn.actor.id or note.kind is not NoteKind.NOTE:
        raise NotThere(note_id)
    facts = turn.mentorship(note.mentorship_id)
    turn.unit.words.show(note, facts.for_all)
    return (Show(card(turn.t("{name} can read it now.", name=turn.partner(facts)))),)


def share_command(turn: Turn, text: str) -> Replies:
    """Share the note that was just typed; an older one only after asking back."""
    mine = [
        (entry, facts)
        for facts in turn.begun()
        for entry in turn.unit.words.record(facts.mentorship.id, turn.actor.id)
        if entry.private and entry.kind is EntryKind.NOTE
    ]
    if not mine:
        return (Show(card(turn.t("You have no note that is yours alone."))),)
    entry, facts = max(mine, key=lambda one: one[0].at)
    if turn.now - entry.at <= FRESH_FOR:
        return _shared(turn, entry.id)
    text = turn.t("This is the newest note that is yours alone. Shall I share it?")
    return (Show(card(text, _share(turn, facts, entry.id), quotes=(Quote(entry.text),))),)


# What stands behind them


def _share(turn: Turn, facts: Facts, note_id: str) -> Button:
    return Button(turn.t("Share with {name}", name=turn.partner(facts)), "notes.share", note_id)


def _keeps_notes(facts: Facts) -> bool:
    return facts.mentorship.runs and bool(facts.meetings)


def _keep(turn: Turn, facts: Facts, words: str, visibility: Visibility) -> Note:
    """Save a note with the latest meeting, once, however often it is sent."""
    for note, text in turn.unit.words.notes(facts.meetings[-1].id, NoteKind.NOTE, turn.actor.id):
        if note.author_id == turn.actor.id and text == words:
            return note
    note = Note(
        id=new_id(),
        organization_id=turn.actor.organization_id,
        mentorship_id=facts.mentorship.id,
        meeting_id=facts.meetings[-1].id,
        author_id=turn.actor.id,
        kind=NoteKind.NOTE,
        question="note",
        words_id=new_id(),
        written_at=turn.now,
    )
    turn.unit.words.write(note, words, visibility)
    return note


FLOW = Flow(
    actions={"notes.open": note_opened, "notes.share": shared},
    forms={"notes.write": FormFlow(note_form, note_written)},
    commands=(
        Command((N_("note"),), N_("note: keep a thought or a link"), note_command, topic=Topic.WRITING),
        Command(
            (N_("share"),), N_("share: let your partner read your last note"), share_command, topic=Topic.WRITING
        ),
    ),
)
