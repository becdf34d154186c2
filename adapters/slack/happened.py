"""What Slack tells of by its Events API, read; what is not for the bot is None."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.parse import Payload, an_id, as_typed, places, readable
from bot.domain.people import Platform
from bot.messages import Sender, Typed
from bot.ports import Member

ROBOT = "USLACKBOT"
"""Slack's own assistant, which no flag tells from a person."""

_NOT_PAIRED = ("deleted", "is_bot", "is_workflow_bot", "is_restricted", "is_ultra_restricted", "is_stranger")


@dataclass(frozen=True, slots=True)
class Ended:
    """The app may do nothing any more in a workspace, or in a whole organization; `reason` is Slack's name of it."""

    workspaces: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody has come into a channel that the bot is in."""

    workspace: str
    channel: str
    user: str


@readable
def message(body: Payload) -> Typed | None:
    """Read a message; None for all but what a person typed to the bot in their conversation.

    Messages of bots (our own too), edits, deletions, files and what is said in channels are no answers to us. The
    same message may come again under its event id, or under another one with the same channel and time. What is typed
    in a thread hangs on the message that began it, and may have been sent to the conversation, too.
    """
    event = body["event"]
    sort = event.get("subtype", "thread_broadcast")
    if (event["type"], event.get("channel_type"), sort) != ("message", "im", "thread_broadcast") or "bot_id" in event:
        return None
    team, channel = an_id(body["team_id"]), an_id(event["channel"])
    profile = event.get("user_profile") or {}
    return Typed(
        keys=(f"slack:{body['event_id']}", f"slack:{team}:{channel}:{event['ts']}"),
        sender=Sender(Platform.SLACK, team, an_id(event["user"]), channel, name=profile.get("real_name") or ""),
        text=as_typed(event["text"]),
        places=places(event["text"]),
        about=an_id(event["thread_ts"]) if event.get("thread_ts", event["ts"]) != event["ts"] else "",
    )


@readable
def home_opened(body: Payload) -> Sender | None:
    """Read who has opened the home tab; None for the other tabs of the app."""
    event = body["event"]
    if event["tab"] != "home":
        return None
    return Sender(Platform.SLACK, an_id(body["team_id"]), an_id(event["user"]), an_id(event["channel"]))


@readable
def changed(body: Payload) -> tuple[str, Member]:
    """Read a workspace and one of its people, who has come, has gone, or has changed something."""
    team, event = an_id(body["team_id"]), body["event"]
    return team, replace(member(event["user"], team), arrives=event["type"] == "team_join")


@readable
def joined(body: Payload) -> Joined:
    """Read who has come into a channel; in a shared one the event may be under another company's workspace."""
    event, authorized = body["event"], body.get("authorizations") or [{}]
    team = authorized[0].get("team_id") or body["team_id"]
    return Joined(an_id(team), an_id(event["channel"]), an_id(event["user"]))


@readable
def ended(body: Payload) -> Ended | None:
    """Read where the app may do nothing any more; None where only somebody's own token went, which it has none of."""
    event = body["event"]
    match event["type"]:
        case "tokens_revoked" if not event["tokens"].get("bot"):
            return None
        case "team_access_revoked":
            return Ended(tuple(an_id(team) for team in event["team_ids"]), event["type"])
    team = body.get("team_id") or body["enterprise_id"]
    return Ended((an_id(team),), event["type"])


@readable
def granted(body: Payload) -> tuple[str, tuple[str, ...]]:
    """Read an organization that has the app, and which of its workspaces may use it from now on."""
    return an_id(body["enterprise_id"]), tuple(an_id(team) for team in body["event"]["team_ids"])


@readable
def member(user: Mapping[str, Any], team: str) -> Member:
    """Read one person of the directory of a workspace; bots, guests, strangers and those who left do not belong.

    Within an organization of several workspaces a person is of each that they are in. An e-mail address that was
    never confirmed is nobody's.
    """
    profile = user.get("profile") or {}
    user_id = an_id(user["id"])
    teams = (user.get("enterprise_user") or {}).get("teams") or [user.get("team_id", team)]
    confirmed = user.get("is_email_confirmed", True)
    return Member(
        user_id,
        name=user.get("real_name") or profile.get("real_name") or user.get("name") or "",
        email=(profile.get("email") or "").lower() if confirmed else "",
        zone=user.get("tz") or "",
        language=(user.get("locale") or "")[:2],
        belongs=user_id != ROBOT and team in teams and not any(user.get(flag) for flag in _NOT_PAIRED),
    )
