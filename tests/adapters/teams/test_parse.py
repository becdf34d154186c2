"""What Teams sends, read into what happened."""

from typing import Any

import pytest

from adapters.teams.address import Address
from adapters.teams.parse import Inbound, Way, parse
from bot.messages import Pressed, Submitted, Typed

Json = dict[str, Any]

BOT = "28:2d5c1b1e-7d5f-4a53-9d2b-6f6f3c0a9a01"
SERVICE = "https://smba.trafficmanager.net/emea/8f2f6a34-54b4-4d2d-8f4e-0c3b7f0e7c11/"


def activity(**fields: Any) -> Json:
    """A message in a personal chat, with what Teams puts around it."""
    return {
        "text": "hello",
        "textFormat": "plain",
        "attachments": [{"contentType": "text/html", "content": "<p>hello</p>"}],
        "type": "message",
        "timestamp": "2027-03-15T08:00:00.1234567Z",
        "localTimestamp": "2027-03-15T09:00:00.1234567+01:00",
        "id": "1805184000123",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": "29:1ana", "name": "Ana Lopez", "aadObjectId": "6c0a1de2-0f5e-4a8a-9a51-0e3f6e6a0001"},
        "conversation": {"conversationType": "personal", "tenantId": "8f2f6a34", "id": "a:1pZ"},
        "recipient": {"id": BOT, "name": "Mentronome"},
        "entities": [{"locale": "de-DE", "country": "DE", "timezone": "Europe/Berlin", "type": "clientInfo"}],
        "channelData": {"tenant": {"id": "8f2f6a34"}},
        "locale": "de-DE",
        "localTimezone": "Europe/Berlin",
        **fields,
    }


def invoke(name: str, value: object) -> Json:
    return activity(type="invoke", name=name, value=value, text=None, replyToId="1805184000001")


def typed(**fields: Any) -> Typed:
    inbound = parse(activity(**fields))
    assert inbound is not None
    assert isinstance(inbound.event, Typed)
    return inbound.event


def mention(id_: str, text: str, **more: str) -> Json:
    return {"type": "mention", "text": text, "mentioned": {"id": id_, "name": "somebody", **more}}


def test_words_typed_in_a_personal_chat() -> None:
    event = typed(text="  agenda\n")
    assert event.text == "agenda"
    assert not event.slash
    sender = event.sender
    assert (sender.platform, sender.workspace) == ("teams", "8f2f6a34")
    assert (sender.user, sender.name) == ("6c0a1de2-0f5e-4a8a-9a51-0e3f6e6a0001", "Ana Lopez")
    assert (sender.zone, sender.language) == ("Europe/Berlin", "de-DE")
    assert Address.load(sender.address) == Address("a:1pZ", SERVICE, "8f2f6a34")


def test_what_is_typed_hangs_on_the_message_that_it_quotes_or_replies_to() -> None:
    told = {"type": "quotedReply", "quotedReply": {"messageId": "1805184000001", "preview": "A minute"}}
    event = typed(text='<quoted messageId="1805184000001"/> yes', entities=[told])
    assert (event.text, event.about) == ("yes", "1805184000001")
    markup = '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1805184000002">A</blockquote>yes'
    assert typed(attachments=[{"contentType": "text/html", "content": markup}]).about == "1805184000002"
    assert typed(replyToId="1805184000003").about == "1805184000003"
    own = "<blockquote>A saying</blockquote>yes"
    assert typed(attachments=[{"contentType": "text/html", "content": own}]).about == ""


def test_the_same_activity_has_the_same_key_and_others_have_others() -> None:
    assert typed().keys == typed(text="hello again").keys
    assert typed().keys != typed(id="1805184000124").keys
    elsewhere = {"conversationType": "personal", "tenantId": "8f2f6a34", "id": "a:2"}
    assert typed().keys != typed(conversation=elsewhere).keys
    assert typed(id=None).keys == ()


def test_somebody_without_a_directory_id_is_known_by_teams_own() -> None:
    assert typed(**{"from": {"id": "29:1ana", "name": "Ana"}}).sender.user == "29:1ana"


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ({"localTimezone": "Asia/Tokyo"}, "Asia/Tokyo"),
        ({"localTimezone": None}, "Europe/Berlin"),
        ({"localTimezone": "GMT-8"}, "Europe/Berlin"),
        ({"localTimezone": "../../etc/passwd", "entities": []}, ""),
        ({"localTimezone": {}, "entities": [{"type": "clientInfo", "timezone": ["UTC"]}]}, ""),
    ],
)
def test_the_zone_is_one_that_exists_or_none(given: Json, zone: str) -> None:
    assert typed(**given).sender.zone == zone


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({"locale": "en-GB"}, "en-GB"),
        ({"locale": None}, "de-DE"),
        ({"locale": "de" * 40}, ""),
        ({"locale": "'; --", "entities": "none"}, ""),
    ],
)
def test_the_language_is_that_of_the_client(given: Json, language: str) -> None:
    assert typed(**given).sender.language == language


def test_people_are_mentioned_by_id_and_the_bot_not_at_all() -> None:
    event = typed(
        text="<at>Mentronome</at> pair <at>Ben Ode</at> <at>Ana Lopez</at>\u00a0",
        entities=[
            mention(BOT, "<at>Mentronome</at>"),
            mention("29:ben", "<at>Ben Ode</at>", aadObjectId="aad-ben"),
            mention("29:ana", "<at>Ana Lopez</at>"),
        ],
    )
    assert event.text == "pair <@aad-ben> <@29:ana>"


def test_namesakes_are_told_apart_and_so_are_names_within_names() -> None:
    event = typed(
        text="<at>Ana</at> <at>Ana</at> <at>Ana Maria</at>",
        entities=[
            mention("29:a", "<at>Ana</at>"),
            mention("29:b", "<at>Ana</at>"),
            mention("29:c", "<at>Ana Maria</at>"),
        ],
    )
    assert event.text == "<@29:a> <@29:b> <@29:c>"


def test_words_that_only_look_like_a_mention_are_words() -> None:
    assert typed(text="<at>Mentronome</at> is a tag", entities=[]).text == "<at>Mentronome</at> is a tag"
    broken = [{"type": "mention"}, {"type": "mention", "text": "hello", "mentioned": "me"}, None, 7]
    assert typed(text="hello", entities=broken).text == "hello"


def test_what_no_database_could_hold_is_left_out() -> None:
    assert typed(text="a\0b \ud83d c").text == "ab \ufffd c"
    pair = "\ud83d" + "\ude00"
    assert typed(text=f"smile {pair}").text == "smile 😀"


DATA = {"action": "meeting.held", "subject": "m1", "value": "yes", "rev": 3, "card": "d1"}
FORM = {"form": "agenda.topics", "subject": "m1", "rev": 3, "shown": ["one.topic", "many.who", "one.left"]}
FILLED = {**FORM, "one.topic": "Growth", "many.who": "a%2Cb,c", "one.unasked": "x"}


def event_of(inbound: Inbound | None, way: Way) -> object:
    assert inbound is not None
    assert inbound.way is way
    assert inbound.replies_to == "1805184000001"
    return inbound.event


@pytest.mark.parametrize(
    ("sent", "way"),
    [
        (invoke("adaptiveCard/action", {"action": {"type": "Action.Execute", "data": DATA}}), Way.ACTION),
        (invoke("task/fetch", {"data": {**DATA, "msteams": {"type": "task/fetch"}}, "context": {}}), Way.FETCH),
        (invoke("task/submit", {"data": DATA, "context": {"theme": "dark"}}), Way.SUBMIT),
        (activity(text=None, value=DATA, replyToId="1805184000001"), Way.MESSAGE),
    ],
)
def test_a_press_is_the_same_however_it_comes(sent: Json, way: Way) -> None:
    event = event_of(parse(sent), way)
    assert isinstance(event, Pressed)
    pressed = (event.action, event.subject, event.value, event.rev, event.card)
    assert pressed == ("meeting.held", "m1", "yes", 3, "d1")
    assert event.sender.user.startswith("6c0a1de2")


@pytest.mark.parametrize(
    ("sent", "way"),
    [
        (invoke("adaptiveCard/action", {"action": {"type": "Action.Execute", "data": FILLED}}), Way.ACTION),
        (invoke("task/submit", {"data": FILLED, "context": {"theme": "dark"}}), Way.SUBMIT),
        (activity(text=None, value=FILLED, replyToId="1805184000001"), Way.MESSAGE),
    ],
)
def test_a_form_brings_back_what_it_showed_and_nothing_else(sent: Json, way: Way) -> None:
    event = event_of(parse(sent), way)
    assert isinstance(event, Submitted)
    assert (event.form, event.subject, event.rev) == ("agenda.topics", "m1", 3)
    assert event.values == {"topic": "Growth", "who": ("a,b", "c"), "left": ""}


@pytest.mark.parametrize(
    "ignored",
    [
        {"type": "conversationUpdate"},
        {"type": "messageReaction"},
        {"type": "typing"},
        {"type": "invoke", "name": "composeExtension/query"},
        {"type": "invoke", "name": "message"},
        {"channelId": "webchat"},
        {"text": "  "},
        {"text": "<at>Mentronome</at>", "entities": [mention(BOT, "<at>Mentronome</at>")]},
        {"from": {"id": BOT, "name": "Mentronome"}},
        {"conversation": {"conversationType": "channel", "tenantId": "8f2f6a34", "id": "19:x@thread.tacv2"}},
        {"conversation": {"tenantId": "8f2f6a34", "id": "a:1pZ"}},
        {"conversation": {"conversationType": "personal", "id": "a:1pZ"}, "channelData": {}},
        {"value": {**DATA, "rev": True}},
        {"value": {**DATA, "rev": 2**40}},
        {"value": {**DATA, "subject": None}},
        {"value": {"action": "of another bot"}},
    ],
)
def test_what_is_nothing_to_the_bot_is_ignored(ignored: Json) -> None:
    assert parse(activity(**ignored)) is None
