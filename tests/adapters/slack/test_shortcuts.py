"""The two shortcuts: a window opens at once, and the form comes into it."""

import asyncio

from adapters.slack.app import SlackEndpoint
from bot.messages import Answer, Button, Event, Field, FieldKind, Form, Pressed, Submitted, card
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver
from tests.adapters.slack.things import Fault

TOPICS = Form(
    "agenda.write",
    "m1",
    "Your agenda",
    (Field("topics", "Topics, one a line", FieldKind.LONG, required=False, max_length=2000, initial="Speaking up"),),
)
WHICH = card(
    "For which meeting?",
    Button("Ben", "agenda.open", "m1", opens=True),
    Button("Cleo", "agenda.open", "m2", opens=True),
)


async def test_ana_sends_a_win(ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver) -> None:
    receiver.script = lambda event: Answer(TOPICS)
    await ana.shortcut("send_a_win")
    assert ana.form is not None
    event = receiver.answered[-1]
    assert isinstance(event, Pressed)
    assert (event.action, event.value) == ("typed.run", "win")


async def test_the_window_is_there_before_the_form_is(
    ana: SlackUser, clock: HandClock, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    def late(event: Event) -> Answer:
        clock.move(seconds=4)
        return Answer(TOPICS)

    receiver.script = late
    receiver.ready.clear()
    choosing = asyncio.ensure_future(ana.shortcut("send_a_win"))
    async with asyncio.timeout(5):
        while ana.window is None:
            await asyncio.wait({choosing}, timeout=0.01)
    assert ana.window == "…"
    receiver.ready.set()
    await choosing
    assert ana.form is not None


async def test_a_message_becomes_a_topic_as_it_was_typed(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(TOPICS)
    await ana.shortcut("add_to_agenda", message="How do I say <no> & mean it? @here")
    receiver.script = lambda event: Answer()
    assert await ana.fill({}) == {}
    sent = receiver.answered[-1]
    assert isinstance(sent, Submitted)
    assert sent.values == {"topics": "Speaking up\nHow do I say <no> & mean it? @here"}


async def test_with_several_meetings_the_words_wait_for_the_choice(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(WHICH)
    await ana.shortcut("add_to_agenda", message="Say ‘no’")
    assert ana.window == "For which meeting?"
    receiver.script = lambda event: Answer(TOPICS)
    await ana.press("Cleo")
    receiver.script = lambda event: Answer()
    await ana.fill({})
    sent = receiver.answered[-1]
    assert isinstance(sent, Submitted)
    assert sent.values == {"topics": "Speaking up\nSay ‘no’"}


async def test_a_message_that_is_longer_than_the_field_is_shown_as_far_as_it_goes(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(TOPICS)
    await ana.shortcut("add_to_agenda", message="word " * 3000)
    receiver.script = lambda event: Answer()
    await ana.fill({})
    sent = receiver.answered[-1]
    assert isinstance(sent, Submitted)
    assert len(sent.values["topics"]) == 2000
    assert str(sent.values["topics"]).endswith("…")


async def test_a_long_message_fits_into_a_window_that_asks_which(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(WHICH)
    await ana.shortcut("add_to_agenda", message='"\\\n' * 1300)
    assert ana.window == "For which meeting?"


async def test_where_slack_opens_no_window_a_button_offers_it_again(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.faults["views.open"] = [Fault("internal_error"), Fault("internal_error")]
    receiver.script = lambda event: Answer(TOPICS)
    await ana.shortcut("send_a_win")
    assert "Please try again" in ana.whispers()[-1]
    await ana.press("Send a win")
    assert ana.form is not None


async def test_a_shortcut_that_is_none_of_ours_is_refused(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    answer = await slack.send_interaction({**ana.interaction("shortcut"), "callback_id": "other"})
    assert answer.status_code == 404
    assert receiver.answered == []
