"""Buttons and links as the actions of a card."""

from collections.abc import Iterator, Sequence

from adapters.teams import payload
from adapters.teams.limits import ACTIONS_TOGETHER, PRIMARY_ACTIONS
from adapters.teams.text import Json
from bot.messages import Button, Link


def action_sets(
    buttons: Sequence[Button], delivery_id: str = "", in_dialog: bool = False, links: Sequence[Link] = ()
) -> Iterator[Json]:
    """Yield sets of actions for buttons and links; what is too much for a row waits in its overflow menu."""
    actions = [_action(button, payload.of_button(button, delivery_id), in_dialog) for button in buttons]
    actions += [{"type": "Action.OpenUrl", "title": link.label, "url": link.url} for link in links]
    for start in range(0, len(actions), ACTIONS_TOGETHER):
        together = actions[start : start + ACTIONS_TOGETHER]
        for action in together[PRIMARY_ACTIONS:]:
            action["mode"] = "secondary"
        yield {"type": "ActionSet", "actions": together}


def executed(title: str, verb: str, data: Json) -> Json:
    """Return an action whose answer takes the card's place; a client that knows none sends a message instead."""
    fallback = {"type": "Action.Submit", "title": title, "data": data}
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data, "fallback": fallback}


def submitted(title: str, data: Json) -> Json:
    """Return an action for a dialog, where Teams takes no other, or one that opens a dialog."""
    return {"type": "Action.Submit", "title": title, "data": data}


def _action(button: Button, data: Json, in_dialog: bool) -> Json:
    if in_dialog:
        return submitted(button.label, data)
    if button.opens:
        return submitted(button.label, {"msteams": {"type": "task/fetch"}, **data})
    return executed(button.label, button.action, data)
