"""What the app needs of Slack, in one table: from it come the manifest and the check of what was granted."""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.slack.text import Json

PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
COMMAND = "/mentoring"

NAME = "Mentronome"
DESCRIPTION = "Keeps workplace mentoring going."


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission, why it is asked for, and the calls and events that need it.

    Without an `optional` one the bot works, and does less.
    """

    name: str
    why: str
    calls: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of Slack's menus. `id` is permanent; `words` are what one would type instead."""

    id: str
    name: str
    description: str
    words: str
    on_messages: bool = False


SCOPES = (
    Scope(
        "chat:write",
        "writes its messages, draws them anew when they were answered, and tells one person alone in their own "
        "conversation with it",
        calls=("chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral"),
    ),
    Scope("commands", "is spoken to by /mentoring and by its two shortcuts"),
    Scope("im:write", "opens the conversation with somebody before it writes to them", calls=("conversations.open",)),
    Scope(
        "im:history",
        "reads what people type to it in their conversation with it, and looks there for a message of its own whose "
        "arrival is in doubt; it sees no other conversation",
        calls=("conversations.history",),
        events=("message.im",),
    ),
    Scope(
        "users:read",
        "learns names, time zones and languages, who has joined and left, and who is a guest or a bot and so never "
        "in a pair",
        calls=("users.list", "users.info"),
        events=("user_change", "team_join"),
    ),
    Scope(
        "users:read.email",
        "knows somebody of the imported roster again by their e-mail address",
        optional=True,
    ),
    Scope(
        "channels:read",
        "finds out who is in a public channel whose people those who run the programme bring in, and who joins it "
        "later; it reads nothing that is said there",
        calls=("conversations.members",),
        events=("member_joined_channel",),
        optional=True,
    ),
    Scope("groups:read", "finds out the same of a private channel that it was invited to", optional=True),
    Scope(
        "usergroups:read",
        "finds out who is in a user group whose people are brought in",
        calls=("usergroups.users.list",),
        optional=True,
    ),
)
"""Every scope of the bot's token, as docs.slack.dev/reference/scopes names them; no user token is asked for."""

FREE_CALLS = (
    "auth.test",
    "auth.teams.list",
    "views.open",
    "views.update",
    "views.publish",
    "apps.connections.open",
    "oauth.v2.access",
)
"""Calls that no scope of the bot's token is needed for; `apps.connections.open` takes the app token."""

FREE_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "team_access_granted",
    "team_access_revoked",
)

SOCKET_SCOPE = "connections:write"
"""What the app token of Socket Mode holds."""

SHORTCUTS = (
    Shortcut("send_a_win", "Send a win", "Something went well? Tell your partner.", "win"),
    Shortcut(
        "add_to_agenda",
        "Add to our agenda",
        "Talk about this message when you meet next.",
        "agenda",
        on_messages=True,
    ),
)


def events() -> tuple[str, ...]:
    """Return the names of all events that are subscribed to, as the manifest writes them."""
    return tuple(sorted((*FREE_EVENTS, *(event for scope in SCOPES for event in scope.events))))


def missing(granted: Iterable[str]) -> tuple[Scope, ...]:
    """Return the scopes that were not granted, those first that the bot does not work without."""
    lacking = [scope for scope in SCOPES if scope.name not in set(granted)]
    return tuple(sorted(lacking, key=lambda scope: scope.optional))


def manifest(url: str = "", *, socket: bool = False) -> Json:
    """Return the app's manifest. `url` is the service's own public address; with `socket` nothing is sent there."""
    base = url.rstrip("/")
    address: Json = {} if socket else {"request_url": base + PATH}
    command: Json = {
        "command": COMMAND,
        "description": DESCRIPTION,
        "usage_hint": "help",
        "should_escape": True,
    }
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [_shortcut(one) for one in SHORTCUTS],
            "slash_commands": [command if socket else command | {"url": base + PATH}],
        },
        "oauth_config": {
            **({"redirect_urls": [base + REDIRECT_PATH]} if base else {}),
            "scopes": {"bot": [scope.name for scope in SCOPES]},
        },
        "settings": {
            "event_subscriptions": address | {"bot_events": list(events())},
            "interactivity": {"is_enabled": True} | address,
            "org_deploy_enabled": True,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(one: Shortcut) -> Json:
    kind = "message" if one.on_messages else "global"
    return {"name": one.name, "type": kind, "callback_id": one.id, "description": one.description}
