"""How people fill in forms and answer typed questions. Every text that they write carries a mark of its own."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Field, FieldKind, Form, Section, Values

SHARES = 0.3
"""How likely somebody lets the partner read what could stay private."""

_BY_TYPING, _READ_BACK = "By typing", "typed.answer"
"""By this fact a person knows that the next line is the answer to a form, by these buttons that all was said."""

_MANY = 15
_ANOTHER = "08:30"
_WORDS = "What we tried last time, what came of it, and what to try next"


@dataclass(frozen=True, slots=True)
class Written:
    """That somebody wrote something: the number of its mark, and whether it is only for the author.

    `about` is the id of the meeting or mentorship that it was written for, `place` the field of a form.
    """

    mark: int
    author_id: str
    about: str
    private: bool
    place: str


@dataclass
class Talk:
    """A form that somebody answers by typing, line by line."""

    about: str
    private: bool
    lines: int = 0


def marked(number: int) -> str:
    """Return how a mark looks in a text."""
    return f"§{number}§"


class Pen:
    """Writes for everybody; listeners hear what was written."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Written], None]] = []
        self._marks = 0

    def write(self, author_id: str, about: str, place: str, *, private: bool) -> str:
        """Return a text with a mark that no other text has."""
        self._marks += 1
        for hears in self.listeners:
            hears(Written(self._marks, author_id, about, private, place))
        return f"{_WORDS} {marked(self._marks)}"

    def fill(self, form: Form, author_id: str, chance: random.Random, now: datetime) -> Values:
        """Return answers to all fields of a form; what is filled in already is left so."""
        audience = next((field for field in form.fields if field.name == "audience"), None)
        private = audience is not None and chance.random() >= SHARES
        values: dict[str, str | tuple[str, ...]] = {}
        for field in form.fields:
            if field is audience:
                values[field.name] = "me" if private else next(o.value for o in field.options if o.value != "me")
            elif field.initial:
                values[field.name] = field.initial
            elif field.kind not in (FieldKind.SHORT, FieldKind.LONG):
                values[field.name] = _choice(field, now)
            elif field.required or chance.random() < 0.7:
                alone = private and field.name != "step"
                values[field.name] = self.write(author_id, form.subject, f"{form.name} {field.name}", private=alone)
        return values

    def reply(self, section: Section, author_id: str, talk: Talk) -> str | None:
        """Return the next line to type, as the bot's question asks for it; None where it asks for none."""
        if any(button.action == _READ_BACK for button in section.buttons):
            return "send"
        ways = next((fact.value for fact in section.facts if fact.label == _BY_TYPING), None)
        if ways is None:
            return None
        talk.lines += 1
        if talk.lines > _MANY:
            return "cancel"
        if talk.lines > 1 and "'skip'" in ways:
            return "skip"
        return (
            "1" if len(section.facts) > 1 else self.write(author_id, talk.about, section.title, private=talk.private)
        )


def elsewhen(values: Values, now: datetime) -> Values | None:
    """Return answers whose hour was refused with another one, some days ahead; None where that was tried before."""
    if values.get("hour") == _ANOTHER:
        return None
    return {**values, "day": (now + timedelta(days=4)).date().isoformat(), "hour": _ANOTHER}


def _choice(field: Field, now: datetime) -> str | tuple[str, ...]:
    if not field.required:
        return ""
    match field.kind:
        case FieldKind.DATE:
            return (now + timedelta(days=10)).date().isoformat()
        case FieldKind.TIME:
            return "10:00"
        case FieldKind.SCALE:
            return "4"
        case FieldKind.CHOICES:
            return tuple(option.value for option in field.options[:1])
    return field.options[0].value if field.options else ""
