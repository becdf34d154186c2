"""A form answered by typing, one question at a time; it ends with the same answers as the form sent in at once.

Nothing here touches storage: a draft goes in, and a question, the finished answers, or 'left' comes out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cadence import local
from bot.language import Translator
from bot.messages import Fact, Field, FieldKind, Form, Quote, Section, Values
from bot.ports import Draft

FRESH_FOR = timedelta(minutes=30)
"""How long after the last word typing fills an open form by itself."""

_READ_BACK = {"send", "yes", "ja", "senden"}


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question, or what was wrong with the last answer."""

    section: Section


@dataclass(frozen=True, slots=True)
class Done:
    """The answers, as if the form had been sent in."""

    values: Values


@dataclass(frozen=True, slots=True)
class Left:
    """The person left the form; nothing was written."""


def question(form: Form, draft: Draft, t: Translator, problem: str = "") -> Ask:
    """Return the question at which a draft stands, or the reading back of all answers before they are shared."""
    if draft.position >= len(form.fields):
        quotes = tuple(
            Quote(shown(f, draft.values[f.name]), f.label) for f in form.fields if draft.values.get(f.name)
        )
        text = t("{name} will see this, unless you chose otherwise. 'send' sends it, 'back' changes it.",
                 name=form.shared_with)  # fmt: skip
        return Ask(Section(problem or text, title=form.title, quotes=quotes))
    field = form.fields[draft.position]
    text = " ".join(part for part in (problem, field.label, field.hint) if part)
    facts = tuple(Fact(str(number), option.label) for number, option in enumerate(field.options, 1))
    keeps = t("'skip' keeps: {value}.", value=shown(field, field.initial)) if field.initial else ""
    leave = t("'skip' leaves it out.") if not field.required and not field.initial else ""
    steps = t("Question {n} of {all}; 'back' and 'cancel' work too.", n=draft.position + 1, all=len(form.fields))
    ways = " ".join(part for part in (keeps or leave, steps) if part)
    return Ask(Section(text, title=form.title, facts=(*facts, Fact(t("By typing"), ways))))


def answer(form: Form, draft: Draft, text: str, now: datetime, zone: str, t: Translator) -> Ask | Done | Left:
    """Take one typed line as the answer to the question at which the draft stands, and move on.

    'cancel', 'back', 'skip' and 'help' are words about the form; everything else is the answer.
    """
    word = text.strip().casefold()
    draft.touched_at = now
    if word in {"cancel", t("cancel")}:
        return Left()
    if word in {"back", t("back")}:
        draft.position = max(draft.position - 1, 0)
        return question(form, draft, t)
    if word in {"help", t("help")}:
        return question(form, draft, t)
    if draft.position >= len(form.fields):
        return Done(dict(draft.values)) if word in _READ_BACK | {t("send")} else question(form, draft, t)
    field = form.fields[draft.position]
    value = field.initial if word in {"skip", t("skip")} else _read(field, text.strip(), now, zone)
    if problem := field.check(value, t):
        return question(form, draft, t, problem)
    draft.values = {**draft.values, field.name: value}
    draft.position += 1
    if draft.position == len(form.fields) and not form.shared_with:
        return Done(dict(draft.values))
    return question(form, draft, t)


def shown(field: Field, value: str | tuple[str, ...]) -> str:
    """Return an answer as people read it: the labels of options, everything else as it is."""
    labels = {option.value: option.label for option in field.options}
    chosen = (value,) if isinstance(value, str) else value
    return ", ".join(labels.get(one, one) for one in chosen)


def _read(field: Field, text: str, now: datetime, zone: str) -> str | tuple[str, ...]:
    """Turn what was typed into the value that a form would have sent; the text itself where it makes no sense."""
    match field.kind:
        case FieldKind.CHOICE:
            return _option(field, text)
        case FieldKind.CHOICES:
            return tuple(_option(field, part.strip()) for part in text.split(",") if part.strip())
        case FieldKind.DATE | FieldKind.TIME:
            moment = _moment(text, now, zone)
            if moment is None:
                return text
            return moment.date().isoformat() if field.kind is FieldKind.DATE else f"{moment:%H:%M}"
    return text


def _option(field: Field, text: str) -> str:
    for number, option in enumerate(field.options, 1):
        if text.casefold() in {str(number), option.value.casefold(), option.label.casefold()}:
            return option.value
    return text


def _moment(text: str, now: datetime, zone: str) -> datetime | None:
    """Read a date or hour in words, English or German, on the clocks of `zone`; the next one that fits."""
    import dateparser  # takes a second to import, and only typed dates need it

    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": local(now, zone).replace(tzinfo=None),
        "DATE_ORDER": "YMD" if text[:4].isdigit() else "DMY",
    }
    return dateparser.parse(text, languages=["en", "de"], settings=settings)
