"""Requests that are not Slack's, or broken, and those that ask for nothing."""

from typing import Any

import pytest

from adapters.slack.app import SlackEndpoint
from adapters.slack.manifest import PATH
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"signature": "v0=0"}, 401),
        ({"signature": ""}, 401),
        ({"signature": "v0=ä"}, 400),
        ({"timestamp": "1600000000"}, 401),
        ({"timestamp": "yesterday"}, 400),
        ({"timestamp": "²"}, 400),
        ({"timestamp": "9" * 5000}, 400),
    ],
)
async def test_unsigned_requests_are_refused(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, changed: dict[str, str], status: int
) -> None:
    answer = await slack.send('{"type": "event_callback", "event": {"type": "x"}}', JSON, **changed)
    assert answer.status_code == status
    assert receiver.stored == []


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[1]",
        "payload=[1]",
        "payload=%7B",
        '{"type": "event_callback", "event": "x"}',
        '{"type": "event_callback", "event": {"type": 1}}',
        '{"type": "event_callback", "event": {"type": "message", "channel_type": "im"}}',
        '{"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": {"type": "message", '
        '"channel_type": "im", "channel": "D1", "user": 5, "ts": "1", "text": "hi"}}',
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%7B%22type%22%3A%22button%22%7D%5D%7D",
        "payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A%7B%22callback_id%22%3A%22x%22%7D%7D",
        "command=%2Fmentoring&text=hi",
        b"\xff\xfe",
        "[" * 100_000,
    ],
)
async def test_broken_requests_are_refused_although_they_are_signed(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, body: str | bytes
) -> None:
    kind = "application/json" if body[:1] in ("{", "[") else "application/x-www-form-urlencoded"
    assert (await slack.send(body, {"content-type": kind})).status_code == 400
    assert receiver.stored == receiver.answered == []


async def test_a_query_in_no_known_encoding_does_not_matter(endpoint: SlackEndpoint) -> None:
    answers: list[dict[str, Any]] = []

    async def body() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}"}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "POST", "path": PATH, "query_string": b"\xff", "headers": []}
    await endpoint(scope, body, send)
    assert answers[0]["status"] == 401


async def test_slack_may_check_the_address_and_asks_for_nothing_else(
    slack: FakeSlack, endpoint: SlackEndpoint
) -> None:
    asked = await slack.send('{"type": "url_verification", "challenge": "c1"}', JSON)
    assert (asked.status_code, asked.json()) == (200, {"challenge": "c1"})
    other = await slack.send_interaction({"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}})
    assert other.status_code == 404
    assert slack.calls == []
