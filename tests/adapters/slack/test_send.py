"""The messenger against the fake workspace, through a real socket."""

import socket
from contextlib import ExitStack

import pytest

from adapters.pace import Pace
from adapters.slack.client import connected
from adapters.slack.send import EVENT_TYPE, SlackMessenger
from bot.messages import Card, Quote, Section, card
from bot.ports import InDoubt, SendFailed
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TOKEN, FakeSlack
from tests.adapters.slack.receiver import HandClock
from tests.adapters.slack.sample import BRIEF, parcel
from tests.adapters.slack.things import Fault

LONG = Card(
    (Section("Here is what everybody wrote.", quotes=tuple(Quote(f"{n} " * 1000, "Ana") for n in range(1, 10))),)
)
SHORT = card("All is said.")


def called(slack: FakeSlack, method: str) -> int:
    return [name for name, _ in slack.calls].count(method)


# Sending and drawing anew


async def test_a_card_reaches_the_conversation_with_its_delivery_id_alone(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    await messenger.send(parcel(ana.id, BRIEF, "d7"))
    [message] = slack.messages
    assert message.channel == ana.channel
    assert message.metadata == {"event_type": EVENT_TYPE, "event_payload": {"delivery": "d7", "part": 0}}
    assert message.text == "About your mentoring"
    assert "You meet Ben tomorrow at 14:00." in ana.messages()[0]


async def test_a_known_address_is_not_looked_up(slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser) -> None:
    await messenger.send(parcel(ana.id, SHORT, address=ana.channel))
    assert [name for name, _ in slack.calls] == ["chat.postMessage"]


async def test_a_card_is_drawn_anew_in_its_place(messenger: SlackMessenger, ana: SlackUser) -> None:
    place = await messenger.send(parcel(ana.id, BRIEF, "d1"))
    await messenger.send(parcel(ana.id, card("Another."), "d2"))
    assert await messenger.send(parcel(ana.id, SHORT, "d3", replaces=place)) == place
    assert [text.splitlines()[-1] for text in ana.messages()] == ["All is said.", "Another."]
    assert ana.buttons() == []
    assert await messenger.find(parcel(ana.id, SHORT, "d3")) == place


async def test_a_card_too_long_for_one_message_comes_in_several_and_shrinks_again(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    place = await messenger.send(parcel(ana.id, LONG, "d1"))
    assert len(slack.messages) == 2
    assert [message.metadata["event_payload"]["part"] for message in slack.messages] == [0, 1]
    shorter = await messenger.send(parcel(ana.id, SHORT, "d2", replaces=place))
    assert [text.splitlines()[-1] for text in ana.messages()] == ["All is said."]
    longer = await messenger.send(parcel(ana.id, LONG, "d3", replaces=shorter))
    assert len(ana.messages()) == 2
    assert longer.startswith(shorter)


async def test_of_a_long_card_only_what_is_missing_is_sent_again(
    slack: FakeSlack, clock: HandClock, messenger: SlackMessenger, ana: SlackUser
) -> None:
    slack.faults["chat.postMessage"] = [Fault(), Fault("ratelimited", 429, 30)]
    with pytest.raises(SendFailed):
        await messenger.send(parcel(ana.id, LONG))
    assert len(slack.messages) == 1
    assert await messenger.find(parcel(ana.id, LONG)) is None
    clock.move(seconds=30)
    place = await messenger.send(parcel(ana.id, LONG))
    assert len(slack.messages) == 2
    assert await messenger.find(parcel(ana.id, LONG)) == place


# When it goes wrong


@pytest.mark.parametrize(
    ("fault", "code", "retry_after"),
    [
        (Fault("ratelimited", 429, 17), "ratelimited", 17),
        (Fault("rate_limited"), "ratelimited", 30),
        (Fault(raw="<h1>slow down</h1>", status=429), "ratelimited", 30),
        (Fault("service_unavailable", 503), "service_unavailable", 30),
        (Fault("channel_not_found"), "channel_not_found", None),
        (Fault("account_inactive"), "account_inactive", 900),
        (Fault("invalid_blocks"), "invalid_blocks", None),
    ],
)
async def test_a_refusal_says_whether_a_retry_is_of_use(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser, fault: Fault, code: str, retry_after: float | None
) -> None:
    slack.faults["chat.postMessage"] = [fault]
    with pytest.raises(SendFailed) as failed:
        await messenger.send(parcel(ana.id, card("private words")))
    assert (failed.value.code, failed.value.retry_after) == (code, retry_after)
    assert "private" not in repr(failed.value)
    assert failed.value.__suppress_context__
    assert called(slack, "chat.postMessage") == 1


async def test_somebody_who_left_cannot_be_written_to(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    slack.left.add(ana.id)
    with pytest.raises(SendFailed) as failed:
        await messenger.send(parcel(ana.id, SHORT))
    assert (failed.value.code, failed.value.retry_after) == ("user_disabled", None)


async def test_a_wrong_token_is_a_refusal(slack: FakeSlack, pace: Pace, ana: SlackUser) -> None:
    async with connected("xoxb-other", slack.api_url) as client:
        with pytest.raises(SendFailed, match="invalid_auth"):
            await SlackMessenger(client, pace).send(parcel(ana.id, SHORT))


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (Fault(lost=True), True),
        (Fault("internal_error"), False),
        (Fault("fatal_error", 500), False),
        (Fault(raw="<h1>bad gateway</h1>", status=502), False),
        (Fault(raw="{", status=200), False),
    ],
)
async def test_a_lost_answer_is_doubt_and_the_message_is_found_if_it_arrived(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser, fault: Fault, arrives: bool
) -> None:
    slack.faults["chat.postMessage"] = [fault]
    with pytest.raises(InDoubt):
        await messenger.send(parcel(ana.id, SHORT, "d7"))
    assert called(slack, "chat.postMessage") == 1, "it must not be sent again behind our back"
    await messenger.send(parcel(ana.id, BRIEF, "d8"))
    assert (await messenger.find(parcel(ana.id, SHORT, "d7")) is not None) == arrives
    assert await messenger.find(parcel(ana.id, SHORT, "d9")) is None


async def test_silence_is_doubt_once_the_time_is_up(slack: FakeSlack, pace: Pace, ana: SlackUser) -> None:
    slack.faults["chat.postMessage"] = [Fault(silent=True)]
    async with connected(TOKEN, slack.api_url, answers_within=0.2) as client:
        with pytest.raises(InDoubt):
            await SlackMessenger(client, pace).send(parcel(ana.id, SHORT, address=ana.channel))


async def test_where_nobody_listens_nothing_was_sent(pace: Pace, ana: SlackUser) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with connected(TOKEN, f"http://127.0.0.1:{port}/api/") as client:
        with pytest.raises(SendFailed) as failed:
            await SlackMessenger(client, pace).send(parcel(ana.id, SHORT, address=ana.channel))
    assert failed.value.code == "unreachable"
    assert failed.value.retry_after


async def test_a_line_that_is_never_picked_up_carried_nothing(pace: Pace, ana: SlackUser) -> None:
    with ExitStack() as open_sockets:
        deaf = open_sockets.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(2):
            caller = open_sockets.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/api/"
        async with connected(TOKEN, url, connects_within=0.1) as client:
            with pytest.raises(SendFailed, match="unreachable"):
                await SlackMessenger(client, pace).send(parcel(ana.id, SHORT, address=ana.channel))


async def test_what_may_be_repeated_is_never_in_doubt(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    slack.faults["conversations.open"] = [Fault(lost=True)]
    with pytest.raises(SendFailed) as failed:
        await messenger.send(parcel(ana.id, SHORT))
    assert failed.value.retry_after
    assert slack.messages == []


# Looking for a message


async def test_without_leave_to_read_nothing_is_found(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    await messenger.send(parcel(ana.id, SHORT))
    slack.scopes.remove("im:history")
    assert await messenger.find(parcel(ana.id, SHORT)) is None


async def test_where_slack_cannot_say_the_doubt_stays(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    await messenger.send(parcel(ana.id, SHORT))
    slack.faults["conversations.history"] = [Fault("ratelimited", 429, 5)]
    with pytest.raises(InDoubt):
        await messenger.find(parcel(ana.id, SHORT))


async def test_of_somebody_who_left_nothing_is_found(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    await messenger.send(parcel(ana.id, SHORT))
    slack.left.add(ana.id)
    assert await messenger.find(parcel(ana.id, SHORT)) is None


async def test_a_colleagues_message_is_not_found_in_ones_own_place(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    ben = SlackUser.joining(slack, "Ben Ode")
    await messenger.send(parcel(ana.id, SHORT, "d7"))
    assert await messenger.find(parcel(ben.id, SHORT, "d7")) is None
