"""The two shortcuts: a window opens at once, and the form comes into it."""

import asyncio

from adapters.slack.app import SlackEndpoint
from bot.messages import Answer, Button, Event, Field, FieldKind, Form, Pressed, card
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


async def test_a_message_goes_along_as_it_was_typed(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(TOPICS)
    await ana.shortcut("add_to_agenda", message="How do I say <no> & mean it? @here")
    asked = receiver.answered[-1]
    assert isinstance(asked, Pressed)
    assert (asked.value, asked.quoted) == ("agenda", "How do I say <no> & mean it? @here")


async def test_with_several_meetings_the_window_asks_which(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(WHICH)
    await ana.shortcut("add_to_agenda", message="Say ‘no’")
    assert ana.window == "For which meeting?"
    receiver.script = lambda event: Answer(TOPICS)
    await ana.press("Cleo")
    assert ana.form is not None


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
