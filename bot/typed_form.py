"""A form answered by typing, one question at a time; it ends with the same answers as the form sent in at once.

Nothing here touches storage: a draft goes in, and a question, the finished answers, or 'left' comes out.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.language import N_, Translator
from bot.messages import Button, Fact, Field, FieldKind, Form, Quote, Section, Values
from bot.moments import day, hour
from bot.ports import Draft

FRESH_FOR = timedelta(minutes=30)
"""How long after the last word typing fills an open form by itself."""

ANSWER = "typed.answer"
"""The action of the buttons under a question, which say what one may type instead. The name is permanent."""

AUDIENCE = "audience"
"""The name of the field, in any form, that asks who may read the answers: by typing it is asked last."""

ABOUT_FORMS = (N_("send"), N_("skip"), N_("cancel"))
"""Words that mean nothing where no form is open."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question, or the same again where the last words were `unfit` to answer it."""

    section: Section
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The answers, as if the form had been sent in."""

    values: Values


@dataclass(frozen=True, slots=True)
class Left:
    """The person left the form; nothing was written."""


def in_turn(form: Form) -> tuple[Field, ...]:
    """Return the fields that are asked one by one; the position of a draft counts these."""
    return tuple(field for field in form.fields if field.name != AUDIENCE)


def question(form: Form, draft: Draft, t: Translator, problem: str = "") -> Ask:
    """Return the question at which a draft stands, or the reading back of all answers before they count."""
    fields = in_turn(form)
    if draft.position >= len(fields):
        return Ask(_read_back(form, draft, t, problem), bool(problem))
    field = fields[draft.position]
    asked = " ".join(part for part in (problem, field.label) if part)
    text = "\n".join(part for part in (asked, field.hint) if part)
    facts = tuple(Fact(str(number), option.label) for number, option in enumerate(field.options, 1))
    keeps = t("'skip' keeps: {value}.", value=shown(field, field.initial, t)) if field.initial else ""
    leave = t("'skip' leaves it out.") if not field.required and not field.initial else ""
    steps = t("Question {n} of {all}; 'back' and 'cancel' work too.", n=draft.position + 1, all=len(fields))
    ways = " ".join(part for part in (keeps or leave, steps) if part)
    return Ask(Section(text, title=form.title, facts=(*facts, Fact(t("By typing"), ways))), bool(problem))


def answer(
    form: Form, draft: Draft, text: str, now: datetime, zone: str, t: Translator, *, read_back: bool = False
) -> Ask | Done | Left:
    """Take one typed line as the answer to the question at which the draft stands, and move on.

    'cancel', 'back', 'skip', 'help' and 'resume' are words about the form; everything else is the answer. All answers
    are read back before they count where somebody else will see them, or where `read_back` asks for it.
    """
    word, fields = text.strip().casefold(), in_turn(form)
    draft.touched_at = now
    if word in {"cancel", t("cancel").casefold()}:
        return Left()
    if word in {"back", t("back").casefold()}:
        draft.position = max(draft.position - 1, 0)
        return question(form, draft, t)
    if word in {"help", "resume", t("help").casefold(), t("resume").casefold()}:
        return question(form, draft, t)
    if draft.position >= len(fields):
        return _sent(form, draft, text.strip(), t)
    field = fields[draft.position]
    skips = word in {"skip", t("skip").casefold()}
    value = field.initial if skips else _read(field, text.strip(), now, zone)
    if problem := field.check(value, t):
        return question(form, draft, t, problem)
    draft.values = {**draft.values, field.name: value}
    draft.position += 1
    if draft.position == len(fields) and not (form.shared_with or read_back or _audience(form)):
        return Done(dict(draft.values))
    return question(form, draft, t)


def shown(field: Field, value: str | tuple[str, ...], t: Translator) -> str:
    """Return an answer as people read it: options by their labels, a day with its name, all else as it is."""
    if field.kind is FieldKind.DATE and isinstance(value, str) and field.check(value, t) is None:
        return t.full_day(date.fromisoformat(value)) if value else ""
    labels = {option.value: option.label for option in field.options}
    chosen = (value,) if isinstance(value, str) else value
    return ", ".join(labels.get(one, one) for one in chosen)


def _audience(form: Form) -> Field | None:
    return next((field for field in form.fields if field.name == AUDIENCE), None)


def _read_back(form: Form, draft: Draft, t: Translator, problem: str) -> Section:
    quotes = tuple(
        Quote(shown(field, draft.values[field.name], t), field.label)
        for field in in_turn(form)
        if draft.values.get(field.name)
    )
    audience = _audience(form)
    choices = {option.value: option.label for option in audience.options} if audience else {"send": t("Send")}
    usual = audience.initial if audience else "send"
    buttons = tuple(
        Button(label, ANSWER, draft.id, value, draft.position, style="primary" if value == usual else "")
        for value, label in (choices | {"back": t("Back")}).items()
    )
    if audience:
        text = t("Please read it once more. Who may read it?")
    elif form.shared_with:
        text = t("{name} will see this. 'send' sends it, 'back' changes it.", name=form.shared_with)
    else:
        text = t("Please read it once more. 'send' keeps it, 'back' changes it.")
    return Section(problem or text, title=form.title, quotes=quotes, buttons=buttons)


def _sent(form: Form, draft: Draft, text: str, t: Translator) -> Ask | Done:
    """Take what was typed when all had been read back; 'send' is for whom the form would have been sent to."""
    sends, audience = text.casefold() in {"send", "yes", t("send").casefold(), t("yes").casefold()}, _audience(form)
    if audience is None:
        return Done(dict(draft.values)) if sends else Ask(question(form, draft, t).section, unfit=True)
    value = audience.initial if sends else _option(audience, text)
    if problem := audience.check(value, t):
        return question(form, draft, t, problem)
    return Done({**draft.values, AUDIENCE: value})


def _read(field: Field, text: str, now: datetime, zone: str) -> str | tuple[str, ...]:
    """Turn what was typed into the value that a form would have sent; the text itself where it makes no sense."""
    match field.kind:
        case FieldKind.CHOICE:
            return _option(field, text)
        case FieldKind.CHOICES:
            return tuple(_option(field, part.strip()) for part in text.split(",") if part.strip())
        case FieldKind.DATE if not _ISO_DAY.fullmatch(text):
            named = day(text, now, zone)
            return named.isoformat() if named else text
        case FieldKind.TIME:
            at = hour(text)
            return f"{at:%H:%M}" if at else text
    return text


def _option(field: Field, text: str) -> str:
    for number, option in enumerate(field.options, 1):
        if text.casefold() in {str(number), option.value.casefold(), option.label.casefold()}:
            return option.value
    return text
