"""Buttons, on messages and in windows, pressed by somebody who waits for what comes of it."""

import asyncio

from adapters.slack.app import SlackEndpoint
from adapters.slack.send import SlackMessenger
from adapters.slack.windows import line_window
from bot.messages import Answer, Button, Event, Pressed, Sender, card
from tests.adapters.slack.driver import OpenForm, SlackUser
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.receiver import SHORT, HandClock, ScriptedReceiver
from tests.adapters.slack.sample import BRIEF, WHOLE, parcel
from tests.adapters.slack.things import Fault


async def until_open(user: SlackUser, pressing: asyncio.Future[None]) -> None:
    async with asyncio.timeout(5):
        while user.window is None:
            await asyncio.wait({pressing}, timeout=SHORT)


def has_form(user: SlackUser) -> bool:
    return user.form is not None


async def test_a_press_leads_back_to_what_the_button_is_about(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF, "d7"))
    await ana.press("Thursday 15:00")
    [event] = receiver.answered
    assert isinstance(event, Pressed)
    assert (event.action, event.subject, event.value, event.rev, event.card) == ("meeting.move", "m1", "1", 3, "d7")
    assert event.sender == Sender("slack", TEAM, ana.id, ana.channel, "Ana Lima", "Europe/Berlin", "en")


async def test_a_link_is_followed_by_the_browser_and_its_press_is_acknowledged_and_left(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF, "d7"))
    assert await ana.follow("Add to my calendar") == "https://bot.example/l/abc-_1"
    assert receiver.answered == []
    assert (ana.window, ana.whispers()) == (None, [])


async def test_a_button_that_opens_a_form_opens_it_while_the_trigger_lives(
    ana: SlackUser,
    slack: FakeSlack,
    clock: HandClock,
    endpoint: SlackEndpoint,
    receiver: ScriptedReceiver,
    messenger: SlackMessenger,
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))

    def late(event: Event) -> Answer:
        clock.move(seconds=4)
        return Answer(WHOLE)

    receiver.ready.clear()
    receiver.script = late
    pressing = asyncio.ensure_future(ana.press("Add a topic"))
    await until_open(ana, pressing)
    assert ana.window == "…"
    receiver.ready.set()
    await pressing
    assert ana.form == OpenForm(WHOLE.title, tuple(field.label for field in WHOLE.fields))


async def test_where_no_form_comes_the_window_says_what_there_is_instead(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.script = lambda event: Answer(card("This meeting is over.", Button("Show it", "meeting.show", "m1")))
    await ana.press("Add a topic")
    assert ana.window == "This meeting is over."
    receiver.script = lambda event: Answer()
    await ana.press("Show it")
    assert ana.window == "Done. You can close this."
    assert not has_form(ana)


async def test_a_press_without_a_window_is_answered_for_its_author_alone(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.script = lambda event: Answer(card("Noted.", Button("Undo", "actions.undo", "a1")))
    await ana.press("Done")
    assert ana.window is None
    assert "Noted." in ana.whispers()[0]
    await ana.press("Undo")
    event = receiver.answered[-1]
    assert isinstance(event, Pressed)
    assert (event.action, event.sender.address) == ("actions.undo", "")


async def test_a_form_for_a_button_that_announced_none_opens_all_the_same(
    ana: SlackUser, clock: HandClock, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.script = lambda event: Answer(WHOLE)
    await ana.press("Done")
    assert has_form(ana)
    ana.close()

    def late(event: Event) -> Answer:
        clock.move(seconds=4)
        return Answer(WHOLE)

    receiver.script = late
    await ana.press("Done")
    assert not has_form(ana)
    assert "Please try again" in ana.whispers()[-1]


async def test_a_window_that_was_closed_meanwhile_is_let_be(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.ready.clear()
    pressing = asyncio.ensure_future(ana.press("Add a topic"))
    await until_open(ana, pressing)
    ana.close()
    receiver.ready.set()
    await pressing
    assert ana.window is None


async def test_a_window_that_shows_something_else_meanwhile_keeps_it(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.ready.clear()
    pressing = asyncio.ensure_future(ana.press("Add a topic"))
    await until_open(ana, pressing)
    slack.redraw(slack.windows[ana.id][0], line_window("Something newer.", "Add a topic"))
    receiver.ready.set()
    await pressing
    assert ana.window == "Something newer."


async def test_a_press_that_fails_says_so_in_the_window(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.failure = RuntimeError("private words")
    await ana.press("Add a topic")
    assert ana.window is not None
    assert "Something went wrong" in ana.window


async def test_a_slow_press_is_acknowledged_and_done_all_the_same(
    ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    receiver.script = lambda event: Answer(card("Done at last."))
    receiver.ready.clear()
    await ana.press("Add a topic")
    receiver.ready.set()
    await hasty.close()
    assert ana.window == "Done at last."


async def test_where_slack_opens_no_window_the_answer_comes_as_a_line(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, messenger: SlackMessenger
) -> None:
    await messenger.send(parcel(ana.id, BRIEF))
    slack.faults["views.open"] = [Fault("internal_error"), Fault("internal_error")]
    receiver.script = lambda event: Answer(WHOLE)
    await ana.press("Add a topic")
    assert "Please try again" in ana.whispers()[0]
