"""Every kind of thing that Slack sends: taken, left alone, or refused, each on purpose."""

from typing import Any

import pytest

from adapters.slack.app import SlackEndpoint
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver

Json = dict[str, Any]

CHANNEL = {"channel": "C0GENERAL", "channel_type": "channel"}
SAID: Json = {"type": "message", "text": "hi", "ts": "1804000000.000100"}
BUTTON: Json = {
    "type": "button",
    "action_id": "meeting.held",
    "text": {"type": "plain_text", "text": "Yes"},
    "value": '{"s":"m1"}',
}

VIEW: Json = {
    "id": "V1",
    "hash": "1",
    "type": "modal",
    "callback_id": "agenda.write",
    "title": {"type": "plain_text", "text": "Your agenda"},
    "private_metadata": '{"s":"m1"}',
    "blocks": [{"type": "input", "block_id": "topics", "label": {"type": "plain_text", "text": "Topics"}}],
    "state": {"values": {"topics": {"answer": {"type": "plain_text_input", "value": "Saying no"}}}},
}


@pytest.mark.parametrize(
    ("event", "stored"),
    [
        (SAID, 1),
        (SAID | {"thread_ts": "1803000000.000100", "parent_user_id": "U0BOT"}, 1),
        (SAID | {"subtype": "message_changed", "message": SAID, "previous_message": SAID}, 0),
        (SAID | {"subtype": "message_deleted", "deleted_ts": "1.2", "previous_message": SAID}, 0),
        (SAID | {"subtype": "file_share", "files": [{"id": "F1"}]}, 0),
        (SAID | {"subtype": "bot_message", "bot_id": "B1", "username": "other"}, 0),
        (SAID | {"bot_id": "B1"}, 0),
        (SAID | CHANNEL, 0),
        ({"type": "app_mention", "text": "<@U0BOT> hi", "ts": "1.2", "channel": "C0GENERAL"}, 0),
        ({"type": "app_home_opened", "tab": "messages"}, 0),
        ({"type": "app_home_opened", "tab": "home", "view": {"type": "home", "blocks": []}}, 0),
        ({"type": "member_joined_channel", "channel": "C0GENERAL", "channel_type": "C", "team": "T0COMPANY"}, 0),
        ({"type": "member_left_channel", "channel": "C0GENERAL", "channel_type": "C", "team": "T0COMPANY"}, 0),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U0000001"], "bot": []}}, 0),
        ({"type": "reaction_added", "reaction": "tada", "item": {"type": "message", "ts": "1.2"}}, 0),
        ({"type": "of_next_year", "anything": [1]}, 0),
    ],
)
async def test_events(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, event: Json, stored: int
) -> None:
    where = {"user": ana.id, "channel": ana.channel, "channel_type": "im"}
    answer = await slack.send_event(where | event)
    assert (answer.status_code, len(receiver.stored), receiver.answered) == (200, stored, [])


def pressed(ana: SlackUser, container: Json, **changed: Any) -> Json:
    found = ana.interaction("block_actions") | {"container": container, "actions": [BUTTON]}
    return {key: value for key, value in (found | changed).items() if value is not None}


@pytest.mark.parametrize(
    ("container", "changed", "status", "answered"),
    [
        ({"type": "message", "channel_id": "D1"}, {}, 200, 1),
        ({"type": "message", "channel_id": "C0GENERAL", "is_ephemeral": True}, {}, 200, 1),
        ({"type": "message_attachment", "channel_id": "C0GENERAL", "attachment_id": 1}, {}, 200, 1),
        ({"type": "message", "channel_id": "D1"}, {"team": None, "is_enterprise_install": True}, 200, 1),
        ({"type": "view", "view_id": "V1"}, {"view": {"type": "home", "id": "V1", "hash": "1"}}, 200, 1),
        ({"type": "view", "view_id": "V1"}, {"view": VIEW, "actions": [BUTTON | {"action_id": "back"}]}, 200, 1),
        ({"type": "message", "channel_id": "D1"}, {"actions": [BUTTON | {"action_id": "back"}]}, 400, 0),
        ({"type": "view", "view_id": "V1"}, {"actions": [{"type": "static_select", "action_id": "answer"}]}, 200, 0),
        ({"type": "message", "channel_id": "D1"}, {"actions": [BUTTON | {"action_id": "link#1"}]}, 200, 0),
        ({"type": "message", "channel_id": "D1"}, {"trigger_id": None, "function_data": {}}, 400, 0),
    ],
)
async def test_presses(
    ana: SlackUser,
    slack: FakeSlack,
    endpoint: SlackEndpoint,
    receiver: ScriptedReceiver,
    container: Json,
    changed: Json,
    status: int,
    answered: int,
) -> None:
    answer = await slack.send_interaction(pressed(ana, container, **changed))
    assert (answer.status_code, len(receiver.answered), receiver.stored) == (status, answered, [])


@pytest.mark.parametrize(
    ("kind", "rest", "status", "answered"),
    [
        ("view_submission", {"view": VIEW}, 200, 1),
        ("view_submission", {"view": VIEW, "response_urls": [{"response_url": "https://x.example"}]}, 200, 1),
        ("view_submission", {"view": {k: v for k, v in VIEW.items() if k != "state"}}, 400, 0),
        (
            "view_submission",
            {"view": VIEW | {"state": {"values": {"topics": {"answer": {"type": "channels_select"}}}}}},
            400,
            0,
        ),
        ("view_closed", {"view": VIEW, "is_cleared": True}, 404, 0),
        ("block_suggestion", {"action_id": "answer", "block_id": "who", "value": "be"}, 404, 0),
        ("shortcut", {"callback_id": "send_a_win"}, 200, 1),
        ("shortcut", {"callback_id": "of_another_app"}, 404, 0),
        ("message_action", {"callback_id": "add_to_agenda", "message": {"text": "x", "ts": "1.2"}}, 200, 1),
        ("message_action", {"callback_id": "add_to_agenda", "message": {"ts": "1.2", "files": []}}, 200, 1),
        ("message_action", {"callback_id": "add_to_agenda"}, 400, 0),
        ("dialog_submission", {"callback_id": "of_old", "submission": {}}, 400, 0),
    ],
)
async def test_windows_and_shortcuts(
    ana: SlackUser,
    slack: FakeSlack,
    endpoint: SlackEndpoint,
    receiver: ScriptedReceiver,
    kind: str,
    rest: Json,
    status: int,
    answered: int,
) -> None:
    answer = await slack.send_interaction(ana.interaction(kind) | rest)
    assert (answer.status_code, len(receiver.answered), receiver.stored) == (status, answered, [])


@pytest.mark.parametrize(
    ("changed", "status", "answered"),
    [({}, 200, 1), ({"command": "/of-another-app"}, 404, 0), ({"ssl_check": "1"}, 200, 0), ({"text": ""}, 200, 1)],
)
async def test_commands(
    ana: SlackUser,
    slack: FakeSlack,
    endpoint: SlackEndpoint,
    receiver: ScriptedReceiver,
    changed: dict[str, str],
    status: int,
    answered: int,
) -> None:
    sent = {
        "command": "/mentoring",
        "text": "status",
        "team_id": ana.team,
        "user_id": ana.id,
        "user_name": "ana",
        "response_url": slack.response_url(ana.id),
        "trigger_id": slack.trigger(ana.id),
    }
    answer = await slack.send_form(sent | changed)
    assert (answer.status_code, len(receiver.answered)) == (status, answered)
