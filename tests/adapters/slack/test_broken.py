"""Whatever is signed and is not what Slack documents is refused; nothing of it ends as an error of ours."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.carried import BACK
from adapters.slack.windows import form_window
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver, one_workspace
from tests.adapters.slack.sample import ENGLISH, EVERYTHING

Json = Any


async def recorded() -> list[Json]:
    """Return one good payload of each kind, as the fake sends them."""
    slack = FakeSlack(HandClock(datetime(2027, 3, 1, tzinfo=UTC)))
    ana = SlackUser.joining(slack, "Ana Lima")
    view = slack.show(ana.id, form_window(EVERYTHING, ENGLISH))
    states = {
        "focus": {"answer": {"type": "plain_text_input", "value": "x"}},
        "skills": {"answer": {"type": "checkboxes", "selected_options": [{"value": "py"}]}},
        "format": {"answer": {"type": "radio_buttons", "selected_option": {"value": "one"}}},
    }
    slack.url = "http://127.0.0.1:9"
    button = {
        "type": "button",
        "action_id": "a.b",
        "value": '{"s":"m1"}',
        "text": {"type": "plain_text", "text": "Yes"},
    }
    message = {"container": {"type": "message", "channel_id": "D1"}, "response_url": slack.response_url(ana.id)}
    return [
        {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": "Ev1",
            "event": {
                "type": "message",
                "channel_type": "im",
                "channel": "D1",
                "user": "U1",
                "text": "hi",
                "ts": "1.2",
                "user_profile": {"real_name": "Ana"},
            },
        },
        {**ana.interaction("block_actions"), **message, "actions": [button]},
        {
            **ana.interaction("view_submission"),
            "view": {**view.content, "id": "V1", "hash": "h", "state": {"values": states}},
        },
        {
            **ana.interaction("block_actions"),
            "container": {"type": "view", "view_id": "V1"},
            "view": {**view.content, "id": "V1", "hash": "h", "state": {"values": states}},
            "actions": [{key: part for key, part in button.items() if key != "value"} | {"action_id": BACK}],
        },
    ]


def places(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the way to each part of a payload."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from places(part, (*path, key))


MISSING = object()
ODD = st.sampled_from([MISSING, None, "", "x", 0, 7, True, [], [None], {}, {"type": "x"}])


@pytest.fixture
def endpoint(slack: FakeSlack, client: AsyncWebClient) -> SlackEndpoint:
    endpoint = slack.app = one_workspace(client, ScriptedReceiver())
    return endpoint


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(data=st.data())
async def test_a_payload_with_one_odd_part_is_taken_or_refused(
    slack: FakeSlack, endpoint: SlackEndpoint, data: st.DataObject
) -> None:
    body = copy.deepcopy(data.draw(st.sampled_from(await recorded())))
    *way, last = data.draw(st.sampled_from(list(places(body))))
    odd = data.draw(ODD)
    holder = body
    for key in way:
        holder = holder[key]
    if odd is MISSING:
        del holder[last]
    else:
        holder[last] = odd
    answer = await slack.send_interaction(body)
    assert answer.status_code in (200, 400, 404)
