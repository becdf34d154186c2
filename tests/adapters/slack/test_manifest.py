"""The manifest asks for what the code needs, and for nothing else."""

import ast
import re
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import adapters.slack
from adapters.slack.app import SlackEndpoint
from adapters.slack.manifest import (
    COMMAND,
    FREE_CALLS,
    PATH,
    SCOPES,
    SHORTCUTS,
    events,
    manifest,
    missing,
)
from tests.adapters.slack.methods import NEEDS
from tests.adapters.slack.receiver import ScriptedReceiver, one_workspace

FOLDER = Path(adapters.slack.__file__).parent
NOT_A_CALL = {"api_call", "create_slack_response"}
BY_LIBRARY = {"oauth_v2_access"}
"""What the library calls for us: its way of installing."""


def called() -> set[str]:
    """Return the methods of the web client that the adapter's code calls, by the library's names."""
    methods = {name for name in dir(AsyncWebClient) if re.fullmatch(r"[a-z]+(_[a-zA-Z0-9]+)+", name)} - NOT_A_CALL
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.py")]
    names = {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return (names & methods) | BY_LIBRARY


def as_method(name: str) -> str:
    return name.replace("_", ".")


def test_every_call_has_its_scope_and_every_scope_is_used() -> None:
    listed = {call for scope in SCOPES for call in scope.calls} | set(FREE_CALLS)
    assert {as_method(name) for name in called()} == listed
    unused = [scope.name for scope in SCOPES if not scope.calls and not scope.events]
    assert unused == ["commands", "users:read.email", "groups:read"], (
        "the one for what is listened to, the second for a field, the last for the same call in private channels"
    )


def test_the_table_and_the_fake_agree_on_what_needs_which_scope() -> None:
    assert {call: scope.name for scope in SCOPES for call in scope.calls} == NEEDS


def test_every_event_is_subscribed_to_and_listened_to(client: AsyncWebClient) -> None:
    endpoint: SlackEndpoint = one_workspace(client, ScriptedReceiver())
    assert {event.removesuffix(".im") for event in events()} == set(endpoint.events.listeners)


def test_the_manifest_for_http() -> None:
    made = manifest("https://bot.example/")
    assert made["oauth_config"] == {
        "redirect_urls": ["https://bot.example/slack/oauth_redirect"],
        "scopes": {"bot": [scope.name for scope in SCOPES]},
    }
    settings, features = made["settings"], made["features"]
    assert settings["event_subscriptions"]["request_url"] == f"https://bot.example{PATH}"
    assert settings["event_subscriptions"]["bot_events"] == list(events())
    assert settings["interactivity"] == {"is_enabled": True, "request_url": f"https://bot.example{PATH}"}
    assert not settings["socket_mode_enabled"]
    assert not settings["token_rotation_enabled"]
    assert features["app_home"]["home_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"], "people must be able to write to it"
    [command] = features["slash_commands"]
    assert command["command"] == COMMAND
    assert command["should_escape"], "else mentions come as names that nobody can resolve"
    assert [(one["type"], one["callback_id"]) for one in features["shortcuts"]] == [
        ("global", "send_a_win"),
        ("message", "add_to_agenda"),
    ]


def test_the_manifest_for_socket_mode_names_no_address() -> None:
    made = manifest(socket=True)
    assert made["settings"]["socket_mode_enabled"]
    assert "http" not in str(made)


def test_what_slack_limits_in_a_manifest() -> None:
    """As docs.slack.dev/reference/app-manifest says."""
    made = manifest("https://bot.example")
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for shortcut in SHORTCUTS:
        assert len(shortcut.name) <= 24
        assert len(shortcut.description) <= 150
    assert len(made["features"]["slash_commands"][0]["description"]) <= 2000


@pytest.mark.parametrize(
    ("without", "lacking"),
    [
        ((), []),
        (("users:read.email", "im:history"), ["im:history", "users:read.email"]),
        (("commands",), ["commands"]),
    ],
)
def test_what_was_not_granted(without: tuple[str, ...], lacking: list[str]) -> None:
    granted = [scope.name for scope in SCOPES if scope.name not in without]
    assert [scope.name for scope in missing([*granted, "team:read"])] == lacking


def test_the_docs_name_each_scope_with_its_reason_and_each_event() -> None:
    """For whoever reviews the security of it."""
    text = (FOLDER.parents[1] / "docs" / "slack.md").read_text(encoding="utf-8")
    for scope in SCOPES:
        assert f"| `{scope.name}` | {scope.why}{' (optional)' if scope.optional else ''} |" in text
    assert ", ".join(f"`{event}`" for event in events()) in text
