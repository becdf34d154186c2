"""What Slack tells the app of windows and of what was filled into them."""

from collections.abc import Mapping

from tests.adapters.slack.fake import TEAM
from tests.adapters.slack.rules import offered
from tests.adapters.slack.things import Json, View

Given = str | tuple[str, ...]


def state(block: Json, given: Given | None, people: Mapping[str, str]) -> Json:
    """Return what Slack sends of a field that was filled, or left as it was."""
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            value = element.get("initial_value") if given is None else given
            assert len(value or "") <= element["max_length"], "Slack takes no more characters here"
            return {"type": element["type"], "value": value or None}
        case "datepicker":
            date = element.get("initial_date") if given is None else given
            return {"type": element["type"], "selected_date": date or None}
        case "timepicker":
            hour = element.get("initial_time") if given is None else given
            return {"type": element["type"], "selected_time": hour or None}
        case "users_select":
            person = element.get("initial_user") if given is None else people.get(str(given), given)
            return {"type": element["type"], "selected_user": person or None}
        case "checkboxes" | "multi_static_select":
            several = element.get("initial_options", []) if given is None else _options(element, given)
            return {"type": element["type"], "selected_options": several}
        case _:
            one = [element.get("initial_option")] if given is None else _options(element, given)
            return {"type": element["type"], "selected_option": one[0] if one else None}


def _options(element: Json, given: Given) -> list[Json]:
    labels = [given] if isinstance(given, str) and given else list(given)
    by_label = {option["text"]["text"]: option for option in offered(element)}
    return [by_label[label] for label in labels]


def filled(state: Json) -> bool:
    """Tell whether a field holds anything."""
    return any(value for key, value in state.items() if key != "type")


def element_id(block: Json) -> str:
    """Return the name of a field's element."""
    return str(block["element"]["action_id"])


def told(view: View, values: Json) -> Json:
    """Return a view as Slack tells the app of it."""
    return {
        "private_metadata": "",
        "callback_id": "",
        **view.content,
        "id": view.id,
        "team_id": TEAM,
        "state": {"values": values},
        "hash": view.hash,
        "previous_view_id": None,
        "root_view_id": view.id,
        "bot_id": "B0APP",
    }
