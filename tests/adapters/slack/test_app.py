"""Slack's requests, signed, through the whole adapter; behind it stands a receiver with a script."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.manifest import PATH
from adapters.slack.screen import LOOKS, Screen
from adapters.slack.send import SlackMessenger
from adapters.slack.windows import form_window, line_window
from bot.messages import Answer, Button, Card, Event, Pressed, Section, Sender, Submitted, Typed, card
from tests.adapters.slack.driver import MISSING, OpenForm, SlackUser
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver, one_workspace
from tests.adapters.slack.sample import BRIEF, EVERYTHING, parcel
from tests.adapters.slack.things import Fault

JSON = {"content-type": "application/json"}

SHORT = 0.01
"""Seconds of patience, for answers that wait until they are let go."""


@pytest.fixture
def receiver() -> ScriptedReceiver:
    return ScriptedReceiver()


@pytest.fixture
async def endpoint(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    endpoint = slack.app = one_workspace(client, receiver)
    return endpoint


@pytest.fixture
async def hasty(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    hasty = slack.app = one_workspace(client, receiver, SHORT)
    return hasty


@pytest.fixture
def ana(slack: FakeSlack) -> SlackUser:
    return SlackUser.joining(slack, "Ana Lima")


@pytest.fixture
def messenger(client: AsyncWebClient) -> SlackMessenger:
    return SlackMessenger(client)


async def until_open(user: SlackUser, pressing: asyncio.Future[None]) -> None:
    async with asyncio.timeout(5):
        while user.window is None:
            await asyncio.wait({pressing}, timeout=SHORT)


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


# Pressing


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
        return Answer(EVERYTHING)

    receiver.ready.clear()
    receiver.script = late
    pressing = asyncio.ensure_future(ana.press("Add a topic"))
    await until_open(ana, pressing)
    assert ana.window == "…"
    receiver.ready.set()
    await pressing
    assert ana.form == OpenForm(EVERYTHING.title, tuple(field.label for field in EVERYTHING.fields))


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
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.press("Done")
    assert has_form(ana)
    ana.close()

    def late(event: Event) -> Answer:
        clock.move(seconds=4)
        return Answer(EVERYTHING)

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
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.press("Add a topic")
    assert "Please try again" in ana.whispers()[0]


# Sending a form in


async def test_ana_fills_a_form_of_every_kind_of_field(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    ben = SlackUser.joining(slack, "Ben Ode")
    receiver.script = lambda event: Answer(EVERYTHING if isinstance(event, Typed) else None)
    await ana.command("join")
    assert await ana.fill({}) == {"Format": MISSING, "How sure are you?": MISSING}
    errors = await ana.fill(
        {
            "Your path so far": "Sales,\nthen <code> & more",
            "Format": "In a group",
            "Skills": ("Python", "Design"),
            "Best hour": "14:30",
            "How sure are you?": "4",
            "Who knows you?": "Ben Ode",
        }
    )
    assert errors == {}
    assert ana.window is None
    sent = receiver.answered[-1]
    assert isinstance(sent, Submitted)
    assert (sent.form, sent.subject, sent.rev) == ("joining.profile", "p1", 4)
    assert sent.values == {
        "focus": "Speaking up",
        "story": "Sales,\nthen <code> & more",
        "format": "group",
        "skills": ("py", "ux"),
        "zone": "z7",
        "starts": "2027-03-16",
        "hour": "14:30",
        "sure": "4",
        "buddy": ben.id,
    }


async def test_errors_stand_at_their_fields_and_the_form_stays(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    def script(event: Event) -> Answer:
        if isinstance(event, Typed):
            return Answer(EVERYTHING)
        return Answer(errors={"focus": "Please be more precise.", "whole": "This was changed meanwhile."})

    receiver.script = script
    await ana.command("join")
    chosen = {"Format": "One to one", "How sure are you?": "1"}
    assert await ana.fill(chosen) == {"Your focus": "This was changed meanwhile."}
    receiver.script = lambda event: Answer(errors={"sure": "Are you?"})
    assert await ana.fill(chosen) == {"How sure are you?": "Are you?"}
    receiver.script = lambda event: Answer()
    assert await ana.fill({"Your focus": "Speaking up in meetings"} | chosen) == {}
    assert ana.window is None
    first, second, third = receiver.answered[1:]
    assert len({first.keys, second.keys, third.keys}) == 3


async def test_a_form_may_lead_to_another_or_to_a_line(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(EVERYTHING)
    chosen = {"Format": "One to one", "How sure are you?": "1"}
    await ana.command("join")
    await ana.fill(chosen)
    assert has_form(ana)
    receiver.script = lambda event: Answer(card("Welcome!"))
    await ana.fill(chosen)
    assert not has_form(ana)
    assert ana.window == "Welcome!"


async def test_a_form_that_was_taken_closes_with_all_that_lies_beneath(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.show(ana.id, line_window("What it is about.", "About you"))
    slack.show(ana.id, form_window(EVERYTHING), push=True)
    await ana.fill({"Format": "One to one", "How sure are you?": "1"})
    assert ana.window is None


async def test_a_slow_form_keeps_what_was_typed_until_it_is_taken(
    ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    chosen = {"Format": "One to one", "How sure are you?": "1"}
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.command("join")
    receiver.script = lambda event: Answer(errors={"focus": "Please be more precise."})
    receiver.ready.clear()
    assert await ana.fill(chosen) == {}
    assert ana.window is not None
    assert "One moment" in ana.window
    receiver.ready.set()
    await hasty.close()
    assert ana.window == "Your focus: Please be more precise."
    ana.close()
    assert has_form(ana)

    receiver.script = lambda event: Answer()
    receiver.ready.clear()
    await ana.fill(chosen)
    receiver.ready.set()
    await hasty.close()
    assert ana.window == "Done. You can close this."
    ana.close()
    assert ana.window is None


async def test_a_window_that_slack_has_not_opened_yet_is_looked_for_again(
    ana: SlackUser, slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.show(ana.id, {**line_window("One moment.", "Add a topic"), "external_id": "n1"})
    slack.faults["views.update"] = [Fault("not_found"), Fault("not_found")]
    await Screen(client, pause=0).update_named("n1", line_window("Done.", "Add a topic"))
    assert ana.window == "Done."
    slack.faults["views.update"] = [Fault("not_found")] * LOOKS
    await Screen(client, pause=0).update_named("n1", line_window("Never.", "Add a topic"))
    assert ana.window == "Done."


# Requests that are not Slack's, or broken


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
