"""Somebody confides: the bot says what it is, and offers a private note and a person to talk to."""

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.records import Note, NoteKind, Visibility
from bot.flow import Flow, FormFlow
from bot.messages import Button, Field, FieldKind, Form, Pressed, Say, Show, Values, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

# What is said


def confided(turn: Turn) -> Replies:
    """Answer words that sound like a confidence; they are kept nowhere."""
    t, about = turn.t, _with_a_record(turn)
    contact = turn.trusted_contact()
    if not about:
        text = (
            t("I am a bot, and nobody who runs me reads this. Would you like to talk to {contact}?", contact=contact)
            if contact
            else t("I am a bot, and nobody who runs me reads this. Is there somebody you trust to talk to?")
        )
        return (Show(card(text)),)
    text = (
        t(
            "I am a bot, and nobody who runs me reads this. Keep it as a private note, or talk to {contact}?",
            contact=contact,
        )
        if contact
        else t(
            "I am a bot, and nobody who runs me reads this. Keep it as a private note, or talk to somebody you trust?"
        )
    )
    keep = Button(t("Keep a private note"), "confiding.open", about[-1].mentorship.id, opens=True, words=(t("note"),))
    return (Show(card(text, keep)),)


def note_form(turn: Turn, subject: str) -> Form:
    """Ask for a note that nobody else can read."""
    t = turn.t
    text = Field("text", t("What would you like to keep?"), FieldKind.LONG)
    intro = t("Only you can read it. Your employer may be able to export typed messages, forms not.")
    return Form("confiding.note", turn.mentorship(subject).mentorship.id, t("A private note"), (text,), intro=intro)


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the note."""
    return (Show(note_form(turn, press.subject)),)


def kept(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the note for its author alone, once however often it is sent."""
    facts, text = turn.mentorship(form.subject), str(values["text"])
    if not facts.meetings:
        raise NotThere(form.subject)
    meeting = facts.meetings[-1]
    known = turn.unit.words.notes(meeting.id, NoteKind.NOTE, turn.actor.id)
    if not any(note.author_id == turn.actor.id and words == text for note, words in known):
        note = Note(
            id=new_id(),
            organization_id=meeting.organization_id,
            mentorship_id=meeting.mentorship_id,
            meeting_id=meeting.id,
            author_id=turn.actor.id,
            kind=NoteKind.NOTE,
            question="private",
            words_id=new_id(),
            written_at=turn.now,
        )
        turn.unit.words.write(note, text, Visibility.ME)
    return (Say(card(turn.t("Kept. Only you can read it."))),)


def _with_a_record(turn: Turn) -> list[Facts]:
    return [facts for facts in turn.mine() if facts.meetings]


FLOW = Flow(
    actions={"confiding.open": opened},
    forms={"confiding.note": FormFlow(note_form, kept)},
)
