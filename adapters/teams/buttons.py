"""Buttons and links as the actions of a card."""

from collections.abc import Iterator, Sequence

from adapters.teams import payload
from adapters.teams.limits import ACTIONS_TOGETHER, PRIMARY_ACTIONS, ROW_CHARACTERS
from adapters.teams.text import Json
from bot.messages import Button, Link


def action_sets(
    buttons: Sequence[Button], delivery_id: str = "", in_dialog: bool = False, links: Sequence[Link] = ()
) -> Iterator[Json]:
    """Yield sets of actions for buttons and links, in rows that show their labels whole.

    Where there are too many to be shown at once, the rest waits in an overflow menu.
    """
    actions = [_action(button, payload.of_button(button, delivery_id), in_dialog) for button in buttons]
    actions += [{"type": "Action.OpenUrl", "title": link.label, "url": link.url} for link in links]
    if len(actions) <= PRIMARY_ACTIONS:
        yield from ({"type": "ActionSet", "actions": row} for row in _rows(actions))
        return
    for start in range(0, len(actions), ACTIONS_TOGETHER):
        together = actions[start : start + ACTIONS_TOGETHER]
        for action in together[PRIMARY_ACTIONS:]:
            action["mode"] = "secondary"
        yield {"type": "ActionSet", "actions": together}


def _rows(actions: Sequence[Json]) -> Iterator[list[Json]]:
    row: list[Json] = []
    room = ROW_CHARACTERS
    for action in actions:
        needed = len(action["title"]) + 4
        if row and needed > room:
            yield row
            row, room = [], ROW_CHARACTERS
        row.append(action)
        room -= needed
    if row:
        yield row


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
