"""What Slack sends, as the bot understands it."""

from typing import Any

import pytest

from adapters.slack import happened, parse
from bot.messages import Pressed, Sender

SAID = {
    "team_id": "T0COMPANY",
    "event_id": "Ev0042",
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D0000001",
        "user": "U0000001",
        "text": "hello",
        "ts": "1804000000.000100",
        "user_profile": {"real_name": "Ana Lima", "display_name": "ana"},
    },
}

PRESSED = {
    "type": "block_actions",
    "user": {"id": "U0000001", "username": "ana", "name": "ana", "team_id": "T0COMPANY"},
    "container": {"type": "message", "message_ts": "1804000000.000100", "channel_id": "D0000001"},
    "trigger_id": "17.2.abcdef",
    "team": {"id": "T0COMPANY", "domain": "company"},
    "response_url": "https://hooks.example/r1",
    "actions": [
        {
            "type": "button",
            "action_id": "meeting.move#2",
            "block_id": "b1",
            "text": {"type": "plain_text", "text": "Thursday 15:00"},
            "value": '{"s":"m1","v":"1","r":3,"d":"d7"}',
            "action_ts": "1804000100.000001",
        }
    ],
}


def said(**changed: Any) -> dict[str, Any]:
    return SAID | {"event": SAID["event"] | changed}  # type: ignore[operator]


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt; stays", "&lt; stays"),
        ("pair <@U0000002|ben> with <@U0000003>", "pair <@U0000002> with <@U0000003>"),
        ("see <https://x.example/?a=1&amp;b=2>", "see https://x.example/?a=1&b=2"),
        ("see <http://x.example|x.example>", "see x.example"),
        ("see <https://x.example/1|my notes>", "see my notes (https://x.example/1)"),
        ("write to <mailto:ben@x.example|ben@x.example>", "write to ben@x.example"),
        (
            "in <#C0000001|general> or <#C0000002>, <!here> or <!subteam^S1|@team>",
            "in #general or #C0000002, @here or @team",
        ),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_text_is_what_was_typed(sent: str, typed: str) -> None:
    message = happened.message(said(text=sent))
    assert message is not None
    assert message.text == typed


def test_a_message_has_two_keys_and_tells_its_authors_name() -> None:
    message = happened.message(SAID)
    assert message is not None
    assert message.keys == ("slack:Ev0042", "slack:T0COMPANY:D0000001:1804000000.000100")
    assert message.sender == Sender("slack", "T0COMPANY", "U0000001", "D0000001", "Ana Lima")


@pytest.mark.parametrize("more", [{}, {"subtype": "thread_broadcast"}], ids=["in the thread", "to the channel too"])
def test_what_is_typed_in_a_thread_hangs_on_the_message_that_began_it(more: dict[str, str]) -> None:
    message = happened.message(said(thread_ts="1803000000.000200", **more))
    assert message is not None
    assert message.about == "1803000000.000200"
    began = happened.message(said(thread_ts="1804000000.000100"))
    assert began is not None
    assert began.about == "", "the message that began a thread"


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "file_share"},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"type": "app_mention"},
    ],
)
def test_what_no_person_typed_to_the_bot_is_nothing(changed: dict[str, str]) -> None:
    assert happened.message(said(**changed)) is None


def test_a_press_tells_what_its_button_carried() -> None:
    press = parse.press(PRESSED)
    assert press is not None
    sender = Sender("slack", "T0COMPANY", "U0000001", "D0000001", "ana")
    assert press.event == Pressed(("slack:17.2.abcdef",), sender, "meeting.move", "m1", "1", 3, "d7")
    assert (press.label, press.opens, press.window) == ("Thursday 15:00", False, None)


@pytest.mark.parametrize("value", ["", "old", "[1]", '{"s":1,"r":"x"}'])
def test_a_button_that_is_not_ours_leads_nowhere(value: str) -> None:
    action = PRESSED["actions"][0] | {"value": value}  # type: ignore[index]
    press = parse.press(PRESSED | {"actions": [action]})
    assert press is not None
    assert (press.event.subject, press.event.value, press.event.rev, press.event.card) == ("", "", 0, "")


def test_a_menu_is_no_button() -> None:
    assert parse.press(PRESSED | {"actions": [{"type": "overflow", "action_id": "x"}]}) is None


@pytest.mark.parametrize(
    "container",
    [
        {"type": "message", "channel_id": "C0000001"},
        {"type": "message", "channel_id": "D0000009", "is_ephemeral": True},
    ],
)
def test_only_the_conversation_with_the_bot_is_an_address(container: dict[str, Any]) -> None:
    press = parse.press(PRESSED | {"container": container})
    assert press is not None
    assert press.event.sender.address == ""


def test_where_slack_names_no_team_the_persons_counts() -> None:
    press = parse.press(PRESSED | {"team": None})
    assert press is not None
    assert press.event.sender.workspace == "T0COMPANY"


def test_what_is_missing_is_said_without_its_content() -> None:
    with pytest.raises(parse.Unreadable) as unreadable:
        parse.press(PRESSED | {"user": {"name": "private words"}})
    assert "private" not in str(unreadable.value)
    assert unreadable.value.__suppress_context__


@pytest.mark.parametrize(
    ("text", "typed", "places"),
    [
        ("enrol <#C0123|mentoring>", "enrol #mentoring", (("#mentoring", "C0123"),)),
        ("enrol <#C0123|>", "enrol #C0123", (("#C0123", "C0123"),)),
        ("enrol <!subteam^S0123|@guides>", "enrol @guides", (("@guides", "S0123"),)),
        ("enrol <!channel> <@U0123|ana> <https://x.example|#mentoring>", "", ()),
    ],
)
def test_channels_and_user_groups_keep_their_ids_beside_the_text(
    text: str, typed: str, places: tuple[tuple[str, str], ...]
) -> None:
    assert parse.places(text) == places
    assert not typed or parse.as_typed(text) == typed
