"""What people do on the screen as events, each with the ways in which Slack lets it be answered."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from adapters.slack.carried import BACK, LINK, Carried
from adapters.slack.manifest import SHORTCUTS
from bot.domain.people import Platform
from bot.flow import RUN
from bot.messages import Filled, Pressed, Sender, Submitted, Typed, Values

Payload = Mapping[str, Any]

_ENTITY = re.compile(r"<([@#!][^<>|]+|[a-z][a-z0-9+.-]*:[^<>|]+)(?:\|([^<>]*))?>")
_PLACE = re.compile(r"(?:#|!subteam\^)([A-Z0-9]+)")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))

P = ParamSpec("P")
R = TypeVar("R")


class Unreadable(Exception):
    """A payload is not what Slack documents; says nothing of its content."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window on somebody's screen; `hash` tells which state of it is known, and changes with each update."""

    id: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Words typed behind the slash command. `trigger` opens a window within 3 seconds, `respond_to` takes replies."""

    event: Typed
    trigger: str
    respond_to: str


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button with its label; `window` is where it was, `respond_to` is empty there and in the home tab."""

    event: Pressed
    label: str
    opens: bool
    trigger: str
    respond_to: str = ""
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent in from a window with a title; `labels` are those of its fields, by name.

    A part of a long form is filled, and leads to the next part; behind the last one, what the parts left is `sent`.
    """

    event: Submitted | Filled
    title: str
    labels: Mapping[str, str]
    sent: Submitted | None = None
    next_part: int = 0


@dataclass(frozen=True, slots=True)
class WayBack:
    """'Back', pressed in a window with a title that shows a part of a form: to the part before, from 0."""

    event: Filled
    title: str
    part: int
    window: Window


def readable(parse: Callable[P, R]) -> Callable[P, R]:
    """Let a function raise Unreadable where a payload lacks what Slack documents."""

    @wraps(parse)
    def parsed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return parse(*args, **kwargs)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError, StopIteration):
            raise Unreadable(parse.__name__) from None

    return parsed


@readable
def command(body: Payload) -> Command:
    """Read a slash command. It may be typed anywhere, so that it tells no address of the person's conversation."""
    return Command(
        event=Typed(
            keys=(f"slack:{an_id(body['trigger_id'])}",),
            sender=Sender(Platform.SLACK, an_id(body["team_id"]), an_id(body["user_id"]), name=body["user_name"]),
            text=as_typed(body.get("text", "")),
            slash=True,
            places=places(body.get("text", "")),
        ),
        trigger=body["trigger_id"],
        respond_to=body["response_url"],
    )


@readable
def press(body: Payload) -> Press | None:
    """Read a press; None on what is no button of ours, such as a menu, and on a link, which the browser follows."""
    action = body["actions"][0]
    name = action["action_id"].partition("#")[0]
    if action["type"] != "button" or name in (LINK, BACK):
        return None
    carried = Carried.unpacked(action.get("value", ""))
    view = body.get("view") or {}
    on_window = view.get("type") == "modal"
    return Press(
        event=Pressed(
            keys=(f"slack:{an_id(body['trigger_id'])}",),
            sender=_person(body, _conversation(body["container"])),
            action=name,
            subject=carried.subject,
            value=carried.value,
            rev=carried.rev,
            card=carried.delivery,
        ),
        label=action["text"]["text"],
        opens=carried.opens,
        trigger=body["trigger_id"],
        respond_to=body.get("response_url") or "",
        window=Window(an_id(view["id"]), view["hash"]) if on_window else None,
    )


@readable
def way_back(body: Payload) -> WayBack | None:
    """Read a press on 'Back'; None on any other. The answers of the part that is left come along."""
    if body["actions"][0]["action_id"] != BACK:
        return None
    view = body["view"]
    carried = Carried.unpacked(view.get("private_metadata", ""))
    return WayBack(
        event=Filled(
            keys=(f"slack:{an_id(body['trigger_id'])}",),
            sender=_person(body, ""),
            form=view["callback_id"],
            subject=carried.subject,
            values=_values(view),
            rev=carried.rev,
            checked=False,
        ),
        title=view["title"]["text"],
        part=max(carried.part - 1, 0),
        window=Window(an_id(view["id"]), view["hash"]),
    )


@readable
def shortcut(body: Payload) -> Press:
    """Read a shortcut, as a press on a button that stands for typed words and opens a form."""
    chosen = next(one for one in SHORTCUTS if one.id == body["callback_id"])
    return Press(
        event=Pressed(
            keys=(f"slack:{an_id(body['trigger_id'])}",),
            sender=_person(body, ""),
            action=RUN,
            subject="",
            value=chosen.words,
            quoted=as_typed(body["message"].get("text") or "") if chosen.on_messages else "",
        ),
        label=chosen.name,
        opens=True,
        trigger=body["trigger_id"],
    )


@readable
def submission(body: Payload) -> Submission:
    """Read a form that was sent in, or a part of one, with an answer to each field that it showed."""
    view = body["view"]
    carried = Carried.unpacked(view.get("private_metadata", ""))
    key = f"slack:{body.get('trigger_id') or view['id'] + ':' + view['hash']}"
    form, subject, sender, rev = view["callback_id"], carried.subject, _person(body, ""), carried.rev
    title = view["title"]["text"]
    labels = {block["block_id"]: block["label"]["text"] for block in view["blocks"] if block["type"] == "input"}
    if not carried.parts:
        return Submission(Submitted((key,), sender, form, subject, _values(view), rev), title, labels)
    following = carried.part + 1
    filled = Filled((f"{key}:part",), sender, form, subject, _values(view), rev, begins=carried.part == 0)
    sent = Submitted((key,), sender, form, subject, rev=rev, kept=True) if following >= carried.parts else None
    return Submission(filled, title, labels, sent, 0 if sent else following)


def as_typed(text: str) -> str:
    """Return a message's text as its author typed it; only mentions of people keep Slack's form, <@id>."""
    text = _ENTITY.sub(_entity, text)
    for escape, sign in _ESCAPES:
        text = text.replace(escape, sign)
    return text


def places(text: str) -> tuple[tuple[str, str], ...]:
    """Return the channels and user groups that Slack's text names, as `as_typed` writes them, and by their ids."""
    found = ((as_typed(match[0]), _PLACE.fullmatch(match[1])) for match in _ENTITY.finditer(text))
    return tuple((name, place[1]) for name, place in found if place)


def _entity(match: re.Match[str]) -> str:
    target, label = match[1], match[2] or ""
    if target.startswith("@"):
        return f"<{target}>"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label if label and label in target else f"{label} ({target})" if label else target


def _values(view: Payload) -> Values:
    return {name: _answer(*elements.values()) for name, elements in view["state"]["values"].items()}


def _answer(state: Payload) -> str | tuple[str, ...]:
    match state["type"]:
        case "plain_text_input":
            return state.get("value") or ""
        case "radio_buttons" | "static_select":
            option = state.get("selected_option")
            return an_id(option["value"]) if option else ""
        case "checkboxes" | "multi_static_select":
            return tuple(option["value"] for option in state.get("selected_options") or ())
        case "datepicker":
            return state.get("selected_date") or ""
        case "timepicker":
            return state.get("selected_time") or ""
        case "users_select":
            return state.get("selected_user") or ""
        case _:
            raise ValueError(state["type"])


def _person(body: Payload, address: str) -> Sender:
    user = body["user"]
    team = (body.get("team") or {}).get("id") or user["team_id"]
    return Sender(Platform.SLACK, an_id(team), an_id(user["id"]), address, name=user.get("name") or "")


def _conversation(container: Payload) -> str:
    """Only messages of our own conversation stand there for all to see who are in it."""
    if container["type"] != "message" or container.get("is_ephemeral"):
        return ""
    channel = an_id(container["channel_id"])
    return channel if channel.startswith("D") else ""


def an_id(value: Any) -> str:
    """Return an id; raise ValueError where it is none."""
    if not isinstance(value, str) or not value:
        raise ValueError("an id is missing")
    return value
