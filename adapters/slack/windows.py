"""Forms, and cards that only one person sees, as Slack's windows (it calls them modal views)."""

from collections.abc import Iterable, Iterator, Mapping

from adapters.slack.carried import BACK, Carried
from adapters.slack.limits import (
    LABEL,
    OPTION_LABEL,
    OPTIONS,
    PLACES_TO_TICK,
    TYPED_ANSWER,
    WINDOW_BLOCKS,
    WINDOW_TITLE,
)
from adapters.slack.render import blocks
from adapters.slack.text import Json, lines, plain, rich, shortened
from bot.form_parts import parts
from bot.language import Translator
from bot.messages import Card, Fact, Field, FieldKind, Form, Option, Section

ANSWER = "answer"
"""The `action_id` of every field; its `block_id` is the field's name."""

SCALE = tuple(Option(number, number) for number in "12345")


def form_window(form: Form, t: Translator, part: int = 0, errors: Mapping[str, str] | None = None) -> Json:
    """Return a form as a window, a long one as a window of one part, with what is wrong by field name.

    Slack words its way out, 'Close', in the reader's own language.
    """
    groups, problems = parts(form.fields), errors or {}
    last = len(groups) - 1
    number = min(part, last)
    above = _above(form, [problem for name, problem in problems.items() if all(f.name != name for f in form.fields)])
    fields = (block for field in groups[number] for block in _with_problem(field, problems))
    place = [_place(number, last, t)] if last else []
    back = [_back(t)] if number else []
    return _window(form.title, [*above, *place, *fields, *back]) | {
        "callback_id": form.name,
        "private_metadata": _carried(form, number, len(groups)).packed(),
        "submit": plain(shortened(form.submit if number == last else t("Next part"), WINDOW_TITLE)),
    }


def card_window(card: Card, title: str) -> Json:
    """Return a card as a window that, once closed, takes what lies beneath it along."""
    return _window(title, _shown(card)) | {"clear_on_close": True}


def home_view(card: Card) -> Json:
    """Return a card as what stands in somebody's home tab."""
    return {"type": "home", "blocks": _shown(card)}


def line_window(text: str, title: str) -> Json:
    """Return one sentence as a window, such as the one that is there while a form is being made."""
    return card_window(Card((Section(text),)), title)


def problems_window(problems: Mapping[str, str], title: str) -> Json:
    """Return what is wrong with a form, by label, as a window that lies on the form and gives it back when closed."""
    facts = tuple(Fact(label, problem) for label, problem in problems.items())
    return _window(title, blocks(Card((Section("", facts=facts),))))


def _shown(card: Card) -> list[Json]:
    shown = list(blocks(card))
    if len(shown) > WINDOW_BLOCKS:
        shown[WINDOW_BLOCKS - 1 :] = rich(lines("…"))
    return shown


def _window(title: str, content: Iterable[Json]) -> Json:
    return {"type": "modal", "title": plain(shortened(title, WINDOW_TITLE)), "blocks": list(content)}


def _above(form: Form, problems: Iterable[str]) -> Iterator[Json]:
    heading = form.title if len(form.title) > WINDOW_TITLE else ""
    wrong = (line for problem in problems for line in lines(problem, bold=True))
    return rich([*lines(heading, bold=True), *lines(form.intro), *wrong])


def _place(number: int, last: int, t: Translator) -> Json:
    return {"type": "context", "elements": [plain(t("Part {number} of {count}", number=number + 1, count=last + 1))]}


def _back(t: Translator) -> Json:
    button = {"type": "button", "text": plain(t("Back")), "action_id": BACK}
    return {"type": "actions", "elements": [button]}


def _carried(form: Form, number: int, count: int) -> Carried:
    return Carried(form.subject, rev=form.rev, part=number, parts=count if count > 1 else 0)


def _with_problem(field: Field, problems: Mapping[str, str]) -> Iterator[Json]:
    """Slack's own errors are for the window on the screen; in one that is still to come they are words."""
    yield from _field(field)
    yield from rich(lines(problems.get(field.name, ""), bold=True))


def _field(field: Field) -> Iterator[Json]:
    """A label or hint that is too long for its place, since it repeats people's words, stands whole above it."""
    for words in (field.label, field.hint):
        if len(words) > LABEL:
            yield from rich(lines(words))
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(shortened(field.label, LABEL)),
        "element": {**_element(field), "action_id": ANSWER},
        "optional": not field.required,
    }
    if field.hint:
        block["hint"] = plain(shortened(field.hint, LABEL))
    yield block


def _element(field: Field) -> Json:
    match field.kind:
        case FieldKind.SHORT | FieldKind.LONG:
            return _typed(field)
        case FieldKind.CHOICE:
            return _one_of(field, field.options)
        case FieldKind.SCALE:
            return _one_of(field, SCALE)
        case FieldKind.CHOICES:
            return _some_of(field)
        case FieldKind.DATE:
            return _prefilled({"type": "datepicker"}, "initial_date", field)
        case FieldKind.TIME:
            return _prefilled({"type": "timepicker"}, "initial_time", field)
        case FieldKind.PERSON:
            return _prefilled({"type": "users_select"}, "initial_user", field)


def _typed(field: Field) -> Json:
    several_lines = field.kind is FieldKind.LONG or "\n" in field.initial
    element: Json = {
        "type": "plain_text_input",
        "multiline": several_lines,
        "max_length": min(field.max_length, TYPED_ANSWER),
    }
    return _prefilled(element, "initial_value", field)


def _prefilled(element: Json, key: str, field: Field) -> Json:
    return element | ({key: field.initial} if field.initial else {})


def _one_of(field: Field, options: tuple[Option, ...]) -> Json:
    """Radio buttons show all at once, but cannot be cleared again: only where an answer must be given."""
    ticked = field.required and len(options) <= PLACES_TO_TICK
    element = {"type": "radio_buttons" if ticked else "static_select"} | _offered(options)
    chosen = [_option(option) for option in options if option.value == field.initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _some_of(field: Field) -> Json:
    ticked = len(field.options) <= PLACES_TO_TICK
    element = {"type": "checkboxes" if ticked else "multi_static_select"} | _offered(field.options)
    initial = (field.initial,) if isinstance(field.initial, str) else field.initial
    chosen = [_option(option) for option in field.options if option.value in initial]
    return element | ({"initial_options": chosen} if chosen else {})


def _offered(options: tuple[Option, ...]) -> Json:
    """Return all options, in groups by number where one menu does not hold them."""
    shown = [_option(option) for option in options]
    if len(shown) <= OPTIONS:
        return {"options": shown}
    starts = range(0, len(shown), OPTIONS)
    groups = [(first, shown[first : first + OPTIONS]) for first in starts]
    return {
        "option_groups": [
            {"label": plain(f"{first + 1}–{first + len(part)}"), "options": part} for first, part in groups
        ]
    }


def _option(option: Option) -> Json:
    return {"text": plain(shortened(option.label, OPTION_LABEL)), "value": option.value}
