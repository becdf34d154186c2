"""Forms: as a dialog where Teams can open one, else as a card with inputs in the chat."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.teams import payload
from adapters.teams.buttons import executed, submitted
from adapters.teams.parts import one_at_a_time
from adapters.teams.render import Page, attachment, page, pages
from adapters.teams.text import Json, block, literal
from bot.form_parts import first_to_mend, parts
from bot.messages import Card, Field, FieldKind, Form, Say_in

SCALE = ("1", "2", "3", "4", "5")
EVERYBODY = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
"""Lets Teams itself offer the people of the organization (Microsoft Learn, 'People Picker in Adaptive Cards')."""


def dialog(form: Form, say: Say_in, errors: Mapping[str, str] | None = None) -> Json:
    """Return the answer that opens a form, or draws it anew with what is wrong, by field name."""
    send = submitted(form.submit, payload.of_form(form))
    return opened(form.title, _filled_in(form, say, errors or {}, send, form.title))


def form_page(form: Form, say: Say_in, errors: Mapping[str, str] | None = None) -> Page:
    """Return a form as a card for the chat, if need be with what is wrong."""
    heading = block(form.title, weight="Bolder", size="Medium")
    send = executed(form.submit, form.name, payload.of_form(form))
    return _filled_in(form, say, errors or {}, send, say("About your mentoring"), heading)


def card_dialog(card: Card, delivery_id: str = "") -> tuple[Json, list[Page]]:
    """Return the answer that shows a card in a dialog, and the pages that have to follow as messages."""
    first, *rest = pages(card, delivery_id, in_dialog=True)
    return opened(first.summary, first), rest


def opened(title: str, shown: Page) -> Json:
    """Return the answer that opens a dialog, or replaces what it shows."""
    value = {"title": title, "width": "medium", "height": "medium", "card": attachment(shown.content)}
    return {"task": {"type": "continue", "value": value}}


def _filled_in(
    form: Form, say: Say_in, errors: Mapping[str, str], send: Json, summary: str, heading: Sequence[Json] = ()
) -> Page:
    """Return the card of a form, with what is wrong with no field of it on top."""
    named = {field.name for field in form.fields}
    of_none = [line for name, problem in errors.items() if name not in named for line in _problem(problem)]
    above = [*heading, *block(form.intro), *of_none]
    groups = parts(form.fields)
    shown = [list(_fields(fields, say, errors)) for fields in groups]
    if len(groups) == 1:
        return page([*above, *shown[0]], summary, [send])
    return page([*above, *one_at_a_time(shown, first_to_mend(groups, errors) or 0, send, say)], summary)


def _fields(fields: Sequence[Field], say: Say_in, errors: Mapping[str, str]) -> Iterator[Json]:
    for field in fields:
        yield _input(field, say)
        yield from block(field.hint, size="Small", isSubtle=True)
        yield from _problem(errors.get(field.name, ""))


def _problem(problem: str) -> list[Json]:
    return list(block(problem, color="Attention"))


def _input(field: Field, say: Say_in) -> Json:
    common = {
        "id": payload.input_id(field),
        "label": literal(field.label),
        "isRequired": field.required,
        "errorMessage": say("Please fill this in."),
    }
    specific = _kind(field)
    if field.initial:
        specific["value"] = _initial(field)
    return {**specific, **common}


def _kind(field: Field) -> Json:
    match field.kind:
        case FieldKind.DATE:
            return {"type": "Input.Date"}
        case FieldKind.TIME:
            return {"type": "Input.Time"}
        case FieldKind.SCALE:
            return _choices([(step, step) for step in SCALE], style="expanded")
        case FieldKind.CHOICE:
            return _choices([(option.label, option.value) for option in field.options])
        case FieldKind.CHOICES:
            options = [(option.label, payload.chosen(option.value)) for option in field.options]
            return {**_choices(options), "isMultiSelect": True}
        case FieldKind.PERSON:
            return {**_choices([]), "choices.data": EVERYBODY}
        case FieldKind.SHORT | FieldKind.LONG:
            return {"type": "Input.Text", "isMultiline": field.kind is FieldKind.LONG}


def _choices(options: list[tuple[str, str]], style: str = "compact") -> Json:
    """Return a list to choose from; only in a compact one labels are never Markdown."""
    choices = [{"title": literal(label), "value": value} for label, value in options]
    return {"type": "Input.ChoiceSet", "style": style, "wrap": True, "choices": choices}


def _initial(field: Field) -> str:
    values = (field.initial,) if isinstance(field.initial, str) else field.initial
    return ",".join(map(payload.chosen, values)) if field.kind is FieldKind.CHOICES else values[0]
