"""The web API of the fake Slack: what each method does, and what it refuses."""

import itertools
import math
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.adapters.slack.reading import keep
from tests.adapters.slack.rules import faults_of_home, faults_of_message, faults_of_window
from tests.adapters.slack.things import Json, Message, Refused, TooFast, View

if TYPE_CHECKING:
    from tests.adapters.slack.fake import FakeSlack

NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "conversations.history": "im:history",
    "users.list": "users:read",
    "users.info": "users:read",
    "conversations.members": "channels:read",
    "usergroups.users.list": "usergroups:read",
}
"""The scope without which a method is refused."""

SECOND = timedelta(seconds=1)
AT_ONCE = 3
"""Messages in one channel, which then are enough for as many seconds."""

PAGE = 3
"""People in one page of the directory, so that there are several."""


class Methods:
    """Calls by the token of one workspace."""

    def __init__(self, slack: "FakeSlack", team: str) -> None:
        self._slack = slack
        self._team = team
        self._by_name = {
            "auth.test": self._auth_test,
            "auth.teams.list": self._teams,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._whisper,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.open": self._open_conversation,
            "conversations.history": self._history,
            "conversations.members": self._members,
            "usergroups.users.list": self._group,
            "users.info": self._user,
            "users.list": self._users,
            "views.open": self._open_view,
            "views.publish": self._publish,
            "views.update": self._update_view,
        }

    def call(self, method: str, given: Json) -> Json:
        """Do what a method does; raise Refused as Slack would."""
        channel = self._slack.channels.get(given.get("channel", ""))
        needed = "groups:read" if channel and channel.private else NEEDS.get(method, "chat:write")
        if needed not in self._slack.scopes:
            raise Refused("missing_scope")
        return self._by_name[method](given)

    def _auth_test(self, given: Json) -> Json:
        return {"url": "https://company.example/", "team": "Company", "team_id": self._team, "bot_id": "B0APP"}

    def _teams(self, given: Json) -> Json:
        return {"teams": [{"id": team, "name": f"Team {team}"} for team in self._slack.of_organization]}

    def _post(self, given: Json) -> Json:
        channel = self._channel(given["channel"])
        check_message(given)
        self._keep_pace(channel)
        message = Message(channel, self._slack.stamp(), given["text"], given["blocks"], given.get("metadata", {}))
        self._slack.messages.append(message)
        return {"channel": channel, "ts": message.ts}

    def _whisper(self, given: Json) -> Json:
        if not given["channel"].startswith("D") or self._channel(given["channel"]) != given["channel"]:
            raise Refused("channel_not_found")
        if self._slack.conversation(given["user"]) != given["channel"]:
            raise Refused("user_not_in_channel")
        self._slack.whisper(given["user"], {"text": given["text"], "blocks": given["blocks"]})
        return {"message_ts": self._slack.stamp()}

    def _update(self, given: Json) -> Json:
        message = self._message(given)
        check_message(given)
        message.text, message.blocks = given["text"], given["blocks"]
        message.metadata = given.get("metadata", message.metadata)
        return {"channel": message.channel, "ts": message.ts}

    def _delete(self, given: Json) -> Json:
        message = self._message(given)
        self._slack.messages.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    def _open_conversation(self, given: Json) -> Json:
        return {"channel": {"id": self._channel(given["users"])}}

    def _history(self, given: Json) -> Json:
        if not given["channel"].startswith("D"):
            raise Refused("channel_not_found")
        shown = [message for message in reversed(self._slack.messages) if message.channel == given["channel"]]
        with_metadata = str(given.get("include_all_metadata", "")).lower() in ("1", "true")
        return {
            "messages": [
                {"type": "message", "ts": message.ts, "text": message.text}
                | ({"metadata": message.metadata} if with_metadata and message.metadata else {})
                for message in shown[: int(given["limit"])]
            ]
        }

    def _user(self, given: Json) -> Json:
        if given["user"] not in self._slack.profiles:
            raise Refused("user_not_found")
        return {"user": self._told(given["user"], given)}

    def _users(self, given: Json) -> Json:
        """Slack gives at most so many people at once, however many are asked for."""
        ids = [user for user in self._slack.profiles if self._slack.teams[user] == self._team]
        first = int(given.get("cursor") or 0)
        following = str(first + PAGE) if first + PAGE < len(ids) else ""
        members = [self._told(user, given) for user in ids[first : first + PAGE]]
        return {"members": members, "response_metadata": {"next_cursor": following}}

    def _members(self, given: Json) -> Json:
        """Who is in a private channel only its members are told."""
        channel = self._slack.channels.get(given["channel"])
        if channel is None or (channel.private and not channel.with_app):
            raise Refused("channel_not_found")
        first = int(given.get("cursor") or 0)
        following = str(first + PAGE) if first + PAGE < len(channel.members) else ""
        return {
            "members": channel.members[first : first + PAGE],
            "response_metadata": {"next_cursor": following},
        }

    def _group(self, given: Json) -> Json:
        if given["usergroup"] not in self._slack.groups:
            raise Refused("no_such_subteam")
        return {"users": self._slack.groups[given["usergroup"]]}

    def _told(self, user: str, given: Json) -> Json:
        """Return a person as the scopes allow."""
        told = dict(self._slack.profiles[user])
        if "users:read.email" not in self._slack.scopes:
            told["profile"] = {key: value for key, value in told["profile"].items() if key != "email"}
        if str(given.get("include_locale", "")).lower() not in ("1", "true"):
            told.pop("locale", None)
        return told

    def _open_view(self, given: Json) -> Json:
        user = self._slack.redeem(given["trigger_id"])
        view = self._slack.show(user, given["view"])
        return {"view": {"id": view.id, "hash": view.hash}}

    def _publish(self, given: Json) -> Json:
        user = given["user_id"]
        if self._slack.teams.get(user) != self._team:
            raise Refused("not_found")
        if faults_of_home(given["view"]):
            raise Refused("invalid_arguments")
        keep(given["view"])
        view = self._slack.homes[user] = View(f"V{self._slack.next_id():06d}", self._slack.hash(), given["view"])
        return {"view": {"id": view.id, "hash": view.hash}}

    def _update_view(self, given: Json) -> Json:
        view = self._view(given)
        if given.get("hash", view.hash) != view.hash:
            raise Refused("hash_conflict")
        self._slack.redraw(view, {**given["view"], "external_id": view.content.get("external_id", "")})
        return {"view": {"id": view.id, "hash": view.hash}}

    def _keep_pace(self, channel: str) -> None:
        """Slack takes about one message a second in a channel, and a few more at once."""
        now, posted = self._slack.clock.now(), self._slack.posted[channel]
        if len(posted) >= AT_ONCE and (since := now - posted[-AT_ONCE]) < AT_ONCE * SECOND:
            raise TooFast(math.ceil((AT_ONCE * SECOND - since).total_seconds()))
        posted.append(now)

    # Looking things up

    def _channel(self, channel: str) -> str:
        user = channel.replace("D", "U", 1)
        if self._slack.teams.get(user) != self._team:
            raise Refused("channel_not_found")
        if user in self._slack.left:
            raise Refused("user_disabled")
        return self._slack.conversation(user)

    def _message(self, given: Json) -> Message:
        """Unlike posting, this does not take a person's id for a channel."""
        if not given["channel"].startswith("D"):
            raise Refused("channel_not_found")
        for message in self._slack.messages:
            if (message.channel, message.ts) == (given["channel"], given["ts"]):
                return message
        raise Refused("message_not_found")

    def _view(self, given: Json) -> View:
        """A home view is published anew, never updated as if it were a window."""
        for view in itertools.chain(*self._slack.windows.values()):
            if "view_id" in given and view.id == given["view_id"]:
                return view
            if "external_id" in given and view.content.get("external_id") == given["external_id"]:
                return view
        raise Refused("not_found")


def check_message(message: Json) -> None:
    """Raise Refused where Slack would refuse a message."""
    if faults_of_message(message):
        raise Refused("invalid_blocks")
    keep({"text": message["text"], "blocks": message["blocks"]})


def check_window(content: Json) -> None:
    """Raise Refused where Slack would refuse a window."""
    if faults_of_window(content):
        raise Refused("invalid_arguments")
    keep(content)
