"""Socket Mode: the same events by a connection that the bot opens, and that may break, end or fall silent."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.socket import Socket
from bot.messages import Answer, Typed, card
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import APP_TOKEN, TEAM, FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver, one_workspace
from tests.adapters.slack.sample import EVERYTHING
from tests.adapters.slack.things import Fault, Json

PINGED_EVERY = 0.05
"""Seconds, so that a test need not wait for what an hour may bring."""


@pytest.fixture
async def endpoint(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    return one_workspace(client, receiver)


@pytest.fixture
async def socket(slack: FakeSlack, client: AsyncWebClient, endpoint: SlackEndpoint) -> AsyncIterator[Socket]:
    socket = Socket(APP_TOKEN, client, endpoint, pinged_every=PINGED_EVERY, replaced_after=3.0)
    async with socket.running():
        await slack.sockets.until(lambda: slack.sockets.opened == 1)
        yield socket


def message(ana: SlackUser, text: str, event_id: str = "Ev1", ts: str = "1.2") -> Json:
    event = {"type": "message", "channel_type": "im", "channel": ana.channel, "user": ana.id, "text": text, "ts": ts}
    return {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event}


def command(ana: SlackUser, slack: FakeSlack, text: str) -> Json:
    return {
        "team_id": TEAM,
        "user_id": ana.id,
        "user_name": "ana",
        "command": "/mentoring",
        "text": text,
        "response_url": slack.response_url(ana.id),
        "trigger_id": slack.trigger(ana.id),
    }


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(PINGED_EVERY / 5)


async def test_a_message_is_acknowledged_once_it_is_stored(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    receiver.ready.clear()
    envelope = await slack.sockets.send("events_api", message(ana, "Can we talk?"))
    other = await slack.sockets.send("events_api", {**message(ana, "x"), "event": {"type": "reaction_added"}})
    await slack.sockets.answer(other)
    assert envelope not in slack.sockets.acknowledged, "a slow one holds up no other, and is not acknowledged before"
    receiver.ready.set()
    await slack.sockets.answer(envelope)
    [event] = receiver.stored
    assert isinstance(event, Typed)
    assert event.text == "Can we talk?"


async def test_what_cannot_be_stored_is_not_acknowledged_and_comes_again_under_the_same_keys(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    receiver.failure = OSError("the disk is full")
    lost = await slack.sockets.send("events_api", message(ana, "hi"))
    await until(lambda: receiver.failure is None)
    again = await slack.sockets.send("events_api", message(ana, "hi"), retry=1)
    await slack.sockets.answer(again)
    twice = await slack.sockets.send("events_api", message(ana, "hi", event_id="Ev2"))
    await slack.sockets.answer(twice)
    assert lost not in slack.sockets.acknowledged
    first, second = receiver.stored
    assert set(first.keys) & set(second.keys) == {f"slack:{TEAM}:{ana.channel}:1.2"}


async def test_a_command_is_answered_in_its_envelope_and_may_open_a_form(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(card("All is well."))
    told = await slack.sockets.answer(await slack.sockets.send("slash_commands", command(ana, slack, "status")))
    assert "All is well." in str(told["blocks"])
    assert told["response_type"] == "ephemeral"
    receiver.script = lambda event: Answer(EVERYTHING)
    await slack.sockets.answer(await slack.sockets.send("slash_commands", command(ana, slack, "join")))
    assert ana.form is not None
    receiver.failure = RuntimeError("the database is away")
    told = await slack.sockets.answer(await slack.sockets.send("slash_commands", command(ana, slack, "status")))
    assert "was not saved" in told["text"]


async def test_a_shortcut_and_something_unknown(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(EVERYTHING)
    await slack.sockets.send("interactive", {"type": "view_submission", "view": 7})
    await slack.sockets.send("events_api", {"type": "event_callback", "event": "x"})
    shortcut = {**ana.interaction("shortcut"), "callback_id": "send_a_win"}
    await slack.sockets.answer(await slack.sockets.send("interactive", shortcut))
    assert ana.form is not None
    assert len(slack.sockets.acknowledged) == 1


async def test_it_reconnects_when_slack_asks_for_it_and_when_it_restarts(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    await slack.sockets.ask_to_reconnect()
    await slack.sockets.until(lambda: slack.sockets.opened == 2)
    await slack.sockets.close()
    await slack.sockets.until(lambda: slack.sockets.opened >= 3)
    await until(lambda: socket.state() == "ok")
    await slack.sockets.answer(await slack.sockets.send("events_api", message(ana, "still there?")))
    assert len(receiver.stored) == 1


async def test_a_connection_that_falls_silent_is_told_and_opened_anew(
    ana: SlackUser, slack: FakeSlack, socket: Socket, receiver: ScriptedReceiver
) -> None:
    await until(lambda: socket.state() == "ok")
    slack.sockets.silent = True
    await until(lambda: socket.state().startswith("away for"))
    slack.sockets.silent = False
    await until(lambda: socket.state() == "ok")
    await slack.sockets.answer(await slack.sockets.send("events_api", message(ana, "still there?")))
    assert len(receiver.stored) == 1


async def test_a_client_that_never_comes_back_by_itself_is_replaced(
    slack: FakeSlack, client: AsyncWebClient, endpoint: SlackEndpoint
) -> None:
    """The library tries one address again and again, which Slack takes only once."""
    seconds = iter(range(0, 10_000, 10))
    slack.sockets.refused = 1
    socket = Socket(APP_TOKEN, client, endpoint, pinged_every=PINGED_EVERY, clock=lambda: float(next(seconds)))
    async with socket.running():
        await slack.sockets.until(lambda: slack.sockets.opened == 1)
        await until(lambda: socket.state() == "ok")


async def test_a_wrong_token_stays_away_and_is_told(
    slack: FakeSlack, client: AsyncWebClient, endpoint: SlackEndpoint
) -> None:
    socket = Socket("xapp-other", client, endpoint, pinged_every=PINGED_EVERY)
    async with socket.running():
        await until(lambda: ("apps.connections.open", {}) in slack.calls)
        assert socket.state().startswith("away for")
    assert slack.sockets.opened == 0


async def test_slack_away_at_the_start_is_waited_for(
    slack: FakeSlack, client: AsyncWebClient, endpoint: SlackEndpoint
) -> None:
    slack.faults["apps.connections.open"] = [Fault("internal_error"), Fault(raw="<h1>bad gateway</h1>", status=502)]
    socket = Socket(APP_TOKEN, client, endpoint, pinged_every=PINGED_EVERY)
    async with socket.running():
        await slack.sockets.until(lambda: slack.sockets.opened == 1)
        await until(lambda: socket.state() == "ok")
