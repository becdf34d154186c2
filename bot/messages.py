"""Everything the bot says and asks, and everything that reaches it; none of it knows a platform.

What the bot says is a `Card`, what it asks is a `Form`. Platforms, typing and tests all speak in these.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

Values = Mapping[str, str | tuple[str, ...]]
"""The answers to a form by field name: text, 'YYYY-MM-DD', 'HH:MM', an option's value, or several of them."""

Say_in = Callable[[str], str]
"""A translator of whole sentences."""


class FieldKind(StrEnum):
    """The kinds of questions that a form can hold."""

    SHORT = "short"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TIME = "time"
    SCALE = "scale"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; `label` is what people read, at most 75 characters."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `initial` prefills it; a scale runs from 1 to 5."""

    name: str
    label: str
    kind: FieldKind = FieldKind.SHORT
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 2000
    hint: str = ""
    initial: str | tuple[str, ...] = ""

    def check(self, value: str | tuple[str, ...], say: Say_in) -> str | None:
        """Return what is wrong with an answer, in a kind sentence that says the mend, or None."""
        if not value:
            return say("Please fill this in.") if self.required else None
        match self.kind:
            case FieldKind.SHORT | FieldKind.LONG if len(value) > self.max_length:
                return say("This is {length} characters long; please keep it under {limit}.").format(
                    length=len(value), limit=self.max_length
                )
            case FieldKind.DATE if not _parses(date.fromisoformat, value):
                return say("Please give a date, for example 2027-03-16.")
            case FieldKind.TIME if not _parses(time.fromisoformat, value):
                return say("Please give an hour, for example 14:30.")
            case FieldKind.SCALE if value not in {"1", "2", "3", "4", "5"}:
                return say("Please choose a number from 1 to 5.")
            case FieldKind.CHOICE | FieldKind.CHOICES:
                chosen = {value} if isinstance(value, str) else set(value)
                if not chosen <= {option.value for option in self.options}:
                    return say("Please choose one of the options.")
        return None


SEND = "Send"
"""What the button of a form says that names none."""


@dataclass(frozen=True, slots=True)
class Form:
    """A tuple of questions about one subject, with the button that sends it.

    `name` and `subject` lead an answer back to the flow that asked; `rev` is what the subject looked like then.
    `shared_with` names whoever else will read the answers, so that typed ones are read back before they are sent.
    `begun` are answers to its first fields that came with the words that open it; they are not asked for again.
    """

    name: str
    subject: str
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    submit: str = SEND
    rev: int = 0
    shared_with: str = ""
    begun: Values = field(default_factory=dict)

    def clean(self, values: Values) -> dict[str, str | tuple[str, ...]]:
        """Return the answers to this form's own fields, trimmed; what was not shown is left out."""
        return {f.name: _trim(values[f.name]) for f in self.fields if f.name in values}

    def check(self, values: Values, say: Say_in) -> dict[str, str]:
        """Return what is wrong, by field name; nothing where the answers can be taken. Needs no database."""
        problems = ((f.name, f.check(values.get(f.name, ""), say)) for f in self.fields)
        return {name: problem for name, problem in problems if problem}

    def filled(self, values: Values) -> "Form":
        """Return the same form with answers already in it."""
        fields = tuple(replace(f, initial=values.get(f.name, f.initial)) for f in self.fields)
        return replace(self, fields=fields)

    def labelled(self, say: Say_in) -> "Form":
        """Return the same form, its button named in the reader's language where it has no name of its own."""
        return replace(self, submit=say(SEND)) if self.submit == SEND else self

    def starting_with(self, begun: Values) -> "Form":
        """Return the same form with answers to its first fields, for which somebody who types is not asked again."""
        return replace(self.filled(begun), begun=begun)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    `action` is permanent: old messages keep their buttons for years. `subject` is the id of what it is about, `value`
    the choice it stands for, `rev` what the subject looked like when the button was made. `opens` says that a form
    comes, so that a platform may open its window at once. `words` are what one may type instead.
    """

    label: str
    action: str
    subject: str
    value: str = ""
    rev: int = 0
    opens: bool = False
    style: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A short label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words, to be shown exactly as typed; `asked` is the question that they answer, in short."""

    words: str
    by: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to open in a browser."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a card. Where it has buttons, `kind` and `about` tell how to draw it anew from today's state.

    The links stand behind the buttons.
    """

    text: str
    title: str = ""
    facts: tuple[Fact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    buttons: tuple[Button, ...] = ()
    kind: str = ""
    about: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `note` is small print; a notification shows `summary` alone, which holds nothing private."""

    sections: tuple[Section, ...]
    note: str = ""
    footer: tuple[Button, ...] = ()
    summary: str = "About your mentoring"

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button of the card, in reading order."""
        return tuple(button for section in self.sections for button in section.buttons) + self.footer


def card(text: str, *buttons: Button, **rest: object) -> Card:
    """Return a card of one section."""
    return Card((Section(text, buttons=buttons, **rest),))  # type: ignore[arg-type]


# What reaches the bot


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did something, in the platform's own names; `address` is where to answer."""

    platform: str
    workspace: str
    user: str
    address: str = ""
    name: str = ""
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed to the bot in a direct conversation, or behind its slash command.

    Mentions stand in `text` as <@id>. `keys` are all the ids under which the same event may come again. `places` are
    the channels and groups of people that the words name, each as it stands in `text` and by the platform's id; the
    one without a name is where the words were said. `about` is the platform's id of the message that they hang on, in
    its thread or quoting it; empty where they stand by themselves.
    """

    keys: tuple[str, ...]
    sender: Sender
    text: str
    slash: bool = False
    places: tuple[tuple[str, str], ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button pressed on a message; `card` is the delivery that brought it, empty where it is not known.

    `quoted` are the words of a message from whose menu it was chosen: they are to stand in the form that comes of it.
    """

    keys: tuple[str, ...]
    sender: Sender
    action: str
    subject: str
    value: str = ""
    rev: int = 0
    card: str = ""
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form sent in; a person's answer to a person field is the platform's id of whom they chose.

    `kept` tells that its answers are those which its parts left, each of them `Filled` before.
    """

    keys: tuple[str, ...]
    sender: Sender
    form: str
    subject: str
    values: Values = field(default_factory=dict)
    rev: int = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """One part of a long form, filled in to go on to another part: its answers are kept, and nothing is sent yet.

    `begins` tells that it is the first part; `checked` that the person goes forth, for which its answers must be such
    as can be taken.
    """

    keys: tuple[str, ...]
    sender: Sender
    form: str
    subject: str
    values: Values = field(default_factory=dict)
    rev: int = 0
    begins: bool = False
    checked: bool = True


Event = Typed | Pressed | Submitted | Filled


# What goes out


@dataclass(frozen=True, slots=True)
class Say:
    """A durable answer: queued in the turn's own transaction, and sent whatever happens."""

    card: Card


@dataclass(frozen=True, slots=True)
class Show:
    """A transient answer, never queued and always to be had again: a form, a line that only this person sees."""

    what: Form | Card


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong with a submitted form, by field name; nothing was written. The engine adds the form as filled."""

    by_field: Mapping[str, str]
    form: Form | None = None


Reply = Say | Show | Errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who runs a programme wants to bring in the people of a place; the platform has to tell who they are.

    `workspace` and `place` are the platform's own ids, `account_id` is whose wish it is, and where they are told.
    """

    platform: str
    workspace: str
    place: str
    organization_id: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives back to the adapter; durable answers are on their way through the outbox already.

    `show` is a form to open or a card that only this person sees. `errors` is what is wrong with a submitted form,
    which `show` then holds as it was filled. `redrawn` is the pressed card as it stands now, for a platform that can
    put it in place in its response. What is `wanted` is looked up afterwards.
    """

    show: Form | Card | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    redrawn: Card | None = None
    wanted: Wanted | None = None


def _trim(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return value.strip() if isinstance(value, str) else value


def _parses(parse: Callable[[str], object], value: str | tuple[str, ...]) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[\d:-]+", value):
        return False
    try:
        parse(value)
    except ValueError:
        return False
    return True
