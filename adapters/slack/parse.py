"""Slack's payloads as events, each with the ways in which Slack lets it be answered; no payload goes beyond here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from adapters.slack.carried import LINK, Carried
from bot.domain.people import Platform
from bot.messages import Pressed, Sender, Submitted, Typed

Payload = Mapping[str, Any]

_ENTITY = re.compile(r"<([@#!][^<>|]+|[a-z][a-z0-9+.-]*:[^<>|]+)(?:\|([^<>]*))?>")
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
    """A pressed button with its label; `window` is where it was, `respond_to` is empty there."""

    event: Pressed
    label: str
    opens: bool
    trigger: str
    respond_to: str
    window: Window | None


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent in from a window with a title; `labels` are those of its fields, by name."""

    event: Submitted
    title: str
    labels: Mapping[str, str]


def _readable(parse: Callable[P, R]) -> Callable[P, R]:
    """Raise Unreadable where a payload lacks what Slack documents."""

    @wraps(parse)
    def parsed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return parse(*args, **kwargs)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError):
            raise Unreadable(parse.__name__) from None

    return parsed


@_readable
def message(body: Payload) -> Typed | None:
    """Read an event of the Events API; None for all but what a person typed to the bot in their conversation.

    Messages of bots (our own too), edits, deletions, files and what is said in channels are no answers to us. The
    same message may come again under its event id, or under another one with the same channel and time.
    """
    event = body["event"]
    if event["type"] != "message" or event.get("channel_type") != "im":
        return None
    if "subtype" in event or "bot_id" in event:
        return None
    team, channel = _id(body["team_id"]), _id(event["channel"])
    profile = event.get("user_profile") or {}
    return Typed(
        keys=(f"slack:{body['event_id']}", f"slack:{team}:{channel}:{event['ts']}"),
        sender=Sender(Platform.SLACK, team, _id(event["user"]), channel, name=profile.get("real_name") or ""),
        text=as_typed(event["text"]),
    )


@_readable
def command(body: Payload) -> Command:
    """Read a slash command. It may be typed anywhere, so that it tells no address of the person's conversation."""
    return Command(
        event=Typed(
            keys=(f"slack:{_id(body['trigger_id'])}",),
            sender=Sender(Platform.SLACK, _id(body["team_id"]), _id(body["user_id"]), name=body["user_name"]),
            text=as_typed(body.get("text", "")),
            slash=True,
        ),
        trigger=body["trigger_id"],
        respond_to=body["response_url"],
    )


@_readable
def press(body: Payload) -> Press | None:
    """Read a press; None on what is no button of ours, such as a menu, and on a link, which the browser follows."""
    action = body["actions"][0]
    name = action["action_id"].partition("#")[0]
    if action["type"] != "button" or name == LINK:
        return None
    carried = Carried.unpacked(action.get("value", ""))
    view = body.get("view")
    return Press(
        event=Pressed(
            keys=(f"slack:{_id(body['trigger_id'])}",),
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
        window=Window(view["id"], view["hash"]) if view else None,
    )


@_readable
def submission(body: Payload) -> Submission:
    """Read a form that was sent in, with an answer to each field that it showed."""
    view = body["view"]
    carried = Carried.unpacked(view.get("private_metadata", ""))
    states = view["state"]["values"]
    return Submission(
        event=Submitted(
            keys=(f"slack:{body.get('trigger_id') or view['id'] + ':' + view['hash']}",),
            sender=_person(body, ""),
            form=view["callback_id"],
            subject=carried.subject,
            values={name: _answer(*elements.values()) for name, elements in states.items()},
            rev=carried.rev,
        ),
        title=view["title"]["text"],
        labels={block["block_id"]: block["label"]["text"] for block in view["blocks"] if block["type"] == "input"},
    )


def as_typed(text: str) -> str:
    """Return a message's text as its author typed it; only mentions of people keep Slack's form, <@id>."""
    text = _ENTITY.sub(_entity, text)
    for escape, sign in _ESCAPES:
        text = text.replace(escape, sign)
    return text


def _entity(match: re.Match[str]) -> str:
    target, label = match[1], match[2] or ""
    if target.startswith("@"):
        return f"<{target}>"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label if label and label in target else f"{label} ({target})" if label else target


def _answer(state: Payload) -> str | tuple[str, ...]:
    match state["type"]:
        case "plain_text_input":
            return state.get("value") or ""
        case "radio_buttons" | "static_select":
            option = state.get("selected_option")
            return _id(option["value"]) if option else ""
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
    return Sender(Platform.SLACK, _id(team), _id(user["id"]), address, name=user.get("name") or "")


def _conversation(container: Payload) -> str:
    """Only messages of our own conversation stand there for all to see who are in it."""
    if container["type"] != "message" or container.get("is_ephemeral"):
        return ""
    channel = _id(container["channel_id"])
    return channel if channel.startswith("D") else ""


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("an id is missing")
    return value
