"""What people type, in their conversation or behind the command, through the whole adapter; behind it a script."""

import asyncio

from adapters.slack.app import SlackEndpoint
from bot.messages import Answer, Card, Section, Sender, Typed, card
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.receiver import SHORT, HandClock, ScriptedReceiver
from tests.adapters.slack.sample import EVERYTHING


def has_form(user: SlackUser) -> bool:
    return user.form is not None


# Typing


async def test_what_ana_types_is_stored_before_slack_hears_200(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.ready.clear()
    typing = asyncio.ensure_future(ana.type("Can we talk about <b> & co.?"))
    done, _ = await asyncio.wait({typing}, timeout=5 * SHORT)
    assert not done, "acknowledged before it was stored"
    receiver.ready.set()
    await typing
    [event] = receiver.stored
    assert isinstance(event, Typed)
    assert event.text == "Can we talk about <b> & co.?"
    assert event.sender == Sender("slack", TEAM, ana.id, ana.channel, "Ana Lima", "Europe/Berlin", "en")
    assert not event.slash


async def test_a_message_that_cannot_be_stored_is_sent_again_under_the_same_keys(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": ana.channel,
        "user": ana.id,
        "text": "hi",
        "ts": "1.2",
    }
    receiver.failure = OSError("the disk is full")
    assert (await slack.send_event(event, "Ev1")).status_code == 503
    assert (await slack.send_event(event, "Ev1", retry=1)).status_code == 200
    assert (await slack.send_event(event, "Ev9", retry=2)).status_code == 200
    first, second = receiver.stored
    assert set(first.keys) & set(second.keys) == {f"slack:{TEAM}:{ana.channel}:1.2"}


async def test_what_is_no_persons_message_is_acknowledged_and_left(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    said = {
        "type": "message",
        "channel_type": "im",
        "channel": ana.channel,
        "user": ana.id,
        "text": "hi",
        "ts": "1.2",
    }
    for other in (
        said | {"bot_id": "B0APP"},
        said | {"subtype": "message_changed", "message": said},
        said | {"subtype": "message_deleted", "deleted_ts": "1.2"},
        said | {"channel_type": "channel", "channel": "C0GENERAL"},
        {"type": "reaction_added", "user": ana.id, "item": {}},
    ):
        assert (await slack.send_event(other, "Ev1")).status_code == 200
    assert receiver.stored == []


# The slash command


async def test_a_command_is_answered_where_it_was_typed(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    ben = SlackUser.joining(slack, "Ben Ode")
    receiver.script = lambda event: Answer(card("Two pairs, both on track."))
    assert "Two pairs, both on track." in await ana.command("status of @Ben Ode & all")
    [event] = receiver.answered
    assert isinstance(event, Typed)
    assert event.slash
    assert event.text == f"status of <@{ben.id}> & all"
    assert event.sender.address == ""


async def test_a_command_may_open_a_form_or_say_nothing(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    assert await ana.command("home") == ""
    receiver.script = lambda event: Answer(EVERYTHING)
    assert await ana.command("join") == ""
    assert has_form(ana)


async def test_a_long_answer_to_a_command_comes_in_several_parts(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(Card((Section("a pair " * 3000 + "and the last one"),)))
    assert (await ana.command("status")).endswith("and the last one")
    assert len(ana.whispers()) > 1


async def test_a_slow_command_says_one_moment_and_the_answer_follows(
    ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(card("All is well."))
    receiver.ready.clear()
    assert "One moment" in await ana.command("status")
    receiver.ready.set()
    await hasty.close()
    assert "All is well." in ana.whispers()[-1]


async def test_a_form_that_comes_too_late_for_the_command_says_so(
    ana: SlackUser, clock: HandClock, hasty: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(EVERYTHING)
    receiver.ready.clear()
    await ana.command("join")
    receiver.ready.set()
    await hasty.close()
    assert not has_form(ana)
    assert "Please try again" in ana.whispers()[-1]
