"""The questions of an open form, each with the input that suits its kind."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from nicegui import ui

from adapters.web.elements import block, words
from bot.language import Translator
from bot.messages import Field, FieldKind

FEW = 7
"""Up to so many options are all shown; more go into a list to search."""

ONE_LINE = 40
"""Options whose labels have so many letters together stand side by side, others one below the other."""

SCALE = {number: number for number in "12345"}


class _Input(Protocol):
    @property
    def value(self) -> Any: ...


class Question:
    """One question with its answer so far, and what is wrong with it."""

    def __init__(self, field: Field, people: Mapping[str, str], t: Translator) -> None:
        """Add the question to what is being drawn; `people` are the labels of whom one may choose, by id."""
        self.name = field.name
        label = field.label if field.required else t("{label} (optional)", label=field.label)
        with block("question") as self._around:
            named = words(label, "label", "label")
            if field.hint:
                words(field.hint, css="hint")
            self._input = _input(field, people, t)
            self._problem = words("", css="problem").props("role=alert")
        if isinstance(self._input, ui.input | ui.textarea | ui.select):
            self._input.props["for"] = self._input.html_id
            self._input.props["aria-describedby"] = self._problem.html_id
            named.props["for"] = self._input.html_id
        else:
            self._around.props["role"] = "group"
            self._around.props["aria-labelledby"] = named.html_id

    @property
    def answer(self) -> str | tuple[str, ...]:
        """What is answered so far, as forms carry it."""
        value = self._input.value
        return tuple(value) if isinstance(value, list) else value or ""

    def tell(self, problem: str) -> None:
        """Show what is wrong, or with '' that nothing is."""
        self._problem.text = problem
        if problem:
            self._around.classes(add="wrong")
        else:
            self._around.classes(remove="wrong")

    def turn_to(self) -> None:
        """Bring the question into sight and let the keyboard write into it."""
        ui.run_javascript(
            f"const question = document.getElementById({self._around.html_id!r});"
            "question.scrollIntoView({block: 'center'});"
            "question.querySelector('input, textarea, [tabindex=\"0\"]')?.focus();"
        )


class Ticks:
    """Boxes to tick, as many as one likes."""

    def __init__(self, options: Mapping[str, str], ticked: Sequence[str]) -> None:
        self._boxes = {value: ui.checkbox(label, value=value in ticked) for value, label in options.items()}

    @property
    def value(self) -> list[str]:
        """The values that are ticked, in the order of the options."""
        return [value for value, box in self._boxes.items() if box.value]


def _input(field: Field, people: Mapping[str, str], t: Translator) -> _Input:
    text = field.initial if isinstance(field.initial, str) else ""
    options = {option.value: option.label for option in field.options}
    match field.kind:
        case FieldKind.SHORT:
            return ui.input(value=text).props("outlined dense")
        case FieldKind.LONG:
            return ui.textarea(value=text).props("outlined dense autogrow")
        case FieldKind.DATE | FieldKind.TIME:
            return ui.input(value=text).props(f"outlined dense type={field.kind}")
        case FieldKind.CHOICE:
            return _one_of(options, text, None if field.required else t("No answer"))
        case FieldKind.SCALE:
            return _one_of(SCALE, text, None if field.required else t("No answer"))
        case FieldKind.PERSON:
            return _list(people, text if text in people else None)
        case FieldKind.CHOICES:
            return _some_of(options, [value for value in options if value in field.initial])


def _one_of(options: Mapping[str, str], chosen: str, none: str | None) -> _Input:
    if len(options) > FEW:
        return _list(options, chosen if chosen in options else None)
    shown = {**options, "": none} if none else dict(options)
    radio = ui.radio(shown, value=chosen if chosen in shown else None)
    return radio.props("inline") if sum(map(len, shown.values())) <= ONE_LINE else radio


def _some_of(options: Mapping[str, str], chosen: list[str]) -> _Input:
    if len(options) <= FEW:
        return Ticks(options, chosen)
    return ui.select(dict(options), value=chosen, multiple=True, with_input=True).props("outlined dense use-chips")


def _list(options: Mapping[str, str], chosen: str | None) -> _Input:
    listed = ui.select(dict(options), value=chosen, with_input=True, clearable=True)
    return listed.props("outlined dense input-debounce=0")
