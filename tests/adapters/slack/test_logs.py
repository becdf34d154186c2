"""Nothing that people wrote reaches the log, whatever goes wrong and however much is logged."""

import asyncio
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.pace import Pace
from adapters.slack.send import SlackMessenger
from adapters.slack.socket import Socket
from bot import logs
from bot.messages import card
from bot.ports import SendFailed
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import APP_TOKEN, FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver, one_workspace
from tests.adapters.slack.sample import parcel
from tests.adapters.slack.things import Fault

MARKED = "marked-words"
JSON = {"content-type": "application/json"}


@pytest.fixture
def logged() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = StringIO()
    logs.configure("debug", "json", stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def test_marked_words_are_nowhere_in_the_log(
    slack: FakeSlack, client: AsyncWebClient, pace: Pace, logged: StringIO
) -> None:
    receiver = ScriptedReceiver()
    slack.app = one_workspace(client, receiver)
    ana = SlackUser.joining(slack, "Ana Lima")
    event = {"type": "message", "channel_type": "im", "channel": ana.channel, "user": ana.id, "ts": "1.2"}
    await ana.type(MARKED)
    receiver.failure = RuntimeError(MARKED)
    await slack.send_event(event | {"text": MARKED}, "Ev1")
    await slack.send_event(event | {"text": [MARKED]}, "Ev2")
    await slack.send_interaction({"type": "shortcut", "callback_id": MARKED, "user": {"id": ana.id, "name": MARKED}})
    await slack.send_form({"command": f"/{MARKED}", "text": MARKED})
    await slack.send(f'{{"{MARKED}": 1}}', JSON, signature="v0=0")
    await slack.send(f'{{"{MARKED}', JSON)
    slack.faults["chat.postMessage"] = [Fault("invalid_blocks")]
    with pytest.raises(SendFailed):
        await SlackMessenger(client, pace).send(parcel(ana.id, card(MARKED)))
    receiver.failure = RuntimeError(MARKED)
    slack.show(
        ana.id, {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "divider"}]}
    )
    await ana._submit(slack.windows[ana.id][0], {"focus": {"answer": {"type": "plain_text_input", "value": MARKED}}})
    written = logged.getvalue()
    assert written.count('"level": "error"') == 2
    assert MARKED not in written


async def test_no_token_and_no_address_that_opens_something_is_logged(
    slack: FakeSlack, client: AsyncWebClient, logged: StringIO
) -> None:
    slack.sockets.refused = 1
    socket = Socket(APP_TOKEN, client, one_workspace(client, ScriptedReceiver()), pinged_every=0.05)
    async with socket.running():
        async with asyncio.timeout(20):
            while ("apps.connections.open", {}) not in slack.calls or slack.sockets.refused:
                await asyncio.sleep(0.01)
    ours = [line for line in logged.getvalue().splitlines() if "aiohttp.access" not in line]
    assert not any("/link/" in line or APP_TOKEN in line for line in ours), "the fake's own log apart"
