"""What buttons and dialogs carry with them and send back: ids alone, and what people filled in.

Teams adds what was filled in to the data of the button that sends it, so an input's id begins with a word of ours
that keeps it apart and says whether it holds one answer or many.
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote

from adapters.teams.text import Json
from bot.messages import Button, Field, FieldKind, Form, Pressed, Sender, Submitted

ONE = "one."
MANY = "many."
REV_ENDS = 2**31


def of_button(button: Button, delivery_id: str) -> Json:
    """Return what a button of a delivery sends when it is pressed."""
    return {
        "action": button.action,
        "subject": button.subject,
        "value": button.value,
        "rev": button.rev,
        "card": delivery_id,
    }


def of_form(form: Form) -> Json:
    """Return what a form sends beside its answers; `shown` tells a cleared field from one that was not there."""
    return {
        "form": form.name,
        "subject": form.subject,
        "rev": form.rev,
        "shown": [input_id(field) for field in form.fields],
    }


def input_id(field: Field) -> str:
    """Return the id of a field's input."""
    return (MANY if field.kind is FieldKind.CHOICES else ONE) + field.name


def chosen(value: str) -> str:
    """Return an option's value as it stands in an answer of many, which Teams joins by commas."""
    return quote(value, safe="")


def event(data: Mapping[object, object], keys: tuple[str, ...], sender: Sender) -> Pressed | Submitted | None:
    """Return what was pressed or sent in; None where the data is not of a button or form of ours."""
    subject, rev = data.get("subject"), data.get("rev")
    if not isinstance(subject, str) or type(rev) is not int or not 0 <= rev < REV_ENDS:
        return None
    form, shown = data.get("form"), data.get("shown")
    if isinstance(form, str) and isinstance(shown, list):
        values = dict(_answer(name, data.get(name)) for name in shown if isinstance(name, str))
        return Submitted(keys, sender, form, subject, values, rev)
    action, value, card = data.get("action"), data.get("value"), data.get("card")
    if isinstance(action, str) and isinstance(value, str) and isinstance(card, str):
        return Pressed(keys, sender, action, subject, value, rev, card)
    return None


def _answer(name: str, given: object) -> tuple[str, str | tuple[str, ...]]:
    text = given if isinstance(given, str) else ""
    if name.startswith(MANY):
        return name.removeprefix(MANY), tuple(unquote(part) for part in text.split(",") if part)
    return name.removeprefix(ONE), text
