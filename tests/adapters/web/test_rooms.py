"""The conversations of the playground, and the messenger that fills them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.web.messenger import RoomMessenger
from adapters.web.rooms import Message, Rooms, RoomsUnreadable, Who
from bot.domain.people import Account, Platform, Workspace
from bot.messages import Button, Card, Fact, Quote, Section, card
from bot.ports import Parcel, SendFailed

MONDAY = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
ANA = Account("account-ana", "acme", "space", "ana", Platform.PLAYGROUND, "ana", address="ana")
BEN = Account("account-ben", "acme", "space", "ben", Platform.PLAYGROUND, "ben", address="ben")
SPACE = Workspace("space", "acme", Platform.PLAYGROUND, "playground", "Playground")
RICH = Card(
    (
        Section(
            "You meet Ben on Tuesday.",
            title="Check-in 2",
            facts=(Fact("When", "Tue, Mar 2, 10:00"),),
            quotes=(Quote("  <b>two</b>\n\tlines — ü 🙂 ", by="Ana"),),
            buttons=(Button("Move it", "move", "m1", "x", rev=3, opens=True, style="primary", words=("move",)),),
            kind="brief",
            about="m1",
        ),
    ),
    note="Only the two of you see this.",
    footer=(Button("Not now", "snooze", "m1"),),
    summary="About Tuesday",
)


class StoppedClock:
    def now(self) -> datetime:
        return MONDAY


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    return Rooms(tmp_path / "rooms.sqlite3")


@pytest.fixture
def messenger(rooms: Rooms) -> RoomMessenger:
    return RoomMessenger(rooms, StoppedClock())


def parcel(delivery_id: str, body: Card = RICH, to: Account = ANA, replaces: str | None = None) -> Parcel:
    return Parcel(delivery_id, to, SPACE, body, replaces)


async def test_a_card_arrives_whole_and_only_where_it_was_sent(rooms: Rooms, messenger: RoomMessenger) -> None:
    sent = await messenger.send(parcel("d1"))
    assert rooms.messages("ana", 10) == [Message(sent, Who.BOT, RICH, MONDAY, "d1")]
    assert rooms.messages("ben", 10) == []


async def test_whose_conversation_went_on_last_comes_first(rooms: Rooms) -> None:
    for address in ("ana", "ben", "ana"):
        rooms.post(address, Who.BOT, card("Hello."), MONDAY)
    assert rooms.latest_first() == ["ana", "ben"]


async def test_a_delivery_is_found_by_its_id_and_only_if_it_arrived(messenger: RoomMessenger) -> None:
    sent = await messenger.send(parcel("d1"))
    assert await messenger.find(parcel("d1")) == sent
    assert await messenger.find(parcel("d2")) is None


async def test_a_message_drawn_anew_keeps_its_place_and_takes_the_new_delivery(
    rooms: Rooms, messenger: RoomMessenger
) -> None:
    first = await messenger.send(parcel("d1"))
    await messenger.send(parcel("d2", card("Later")))
    redrawn = await messenger.send(parcel("d3", card("Confirmed."), replaces=first))
    assert redrawn == first
    shown = [(message.card, message.delivery_id) for message in rooms.messages("ana", 10)]
    assert shown == [(card("Confirmed."), "d3"), (card("Later"), "d2")]
    assert await messenger.find(parcel("d3")) == await messenger.find(parcel("d1")) == first


async def test_a_message_drawn_anew_in_answer_to_a_press_keeps_its_delivery(
    rooms: Rooms, messenger: RoomMessenger
) -> None:
    sent = await messenger.send(parcel("d1"))
    assert rooms.replace(sent, card("Confirmed."))
    (message,) = rooms.messages("ana", 10)
    assert (message.card, message.delivery_id) == (card("Confirmed."), "d1")


async def test_the_same_delivery_sent_twice_is_shown_once_and_seen(rooms: Rooms, messenger: RoomMessenger) -> None:
    first = await messenger.send(parcel("d1"))
    await messenger.send(parcel("d2"))
    assert rooms.doubled() == []
    assert await messenger.send(parcel("d1")) == first
    assert len(rooms.messages("ana", 10)) == 2
    assert rooms.doubled() == ["d1"]


async def test_what_cannot_be_drawn_or_has_no_address_is_refused_for_good(messenger: RoomMessenger) -> None:
    with pytest.raises(SendFailed) as unknown:
        await messenger.send(parcel("d1", replaces="404"))
    with pytest.raises(SendFailed) as homeless:
        await messenger.send(parcel("d2", to=replace(BEN, address="")))
    assert (unknown.value.code, unknown.value.retry_after) == ("message_not_found", None)
    assert (homeless.value.code, homeless.value.retry_after) == ("no_address", None)
    assert await messenger.find(parcel("d1")) is None


async def test_a_restart_shows_everything_again(tmp_path: Path) -> None:
    before = Rooms(tmp_path / "kept.sqlite3")
    before.post("ana", Who.PERSON, card("hello\n  there"), MONDAY - timedelta(minutes=1))
    await RoomMessenger(before, StoppedClock()).send(parcel("d1"))
    conversation = before.messages("ana", 10)
    before.close()

    after = Rooms(tmp_path / "kept.sqlite3")
    assert after.messages("ana", 10) == conversation
    assert await RoomMessenger(after, StoppedClock()).find(parcel("d1")) == conversation[1].id


def test_of_a_long_conversation_the_end_is_shown(rooms: Rooms) -> None:
    for number in range(5):
        rooms.post("ana", Who.PERSON, card(str(number)), MONDAY)
    assert [message.card for message in rooms.messages("ana", 2)] == [card("3"), card("4")]


def test_who_listens_is_told_whose_conversation_changed_until_they_stop(rooms: Rooms) -> None:
    heard: list[str] = []
    stop = rooms.listen(heard.append)
    message_id = rooms.post("ana", Who.BOT, RICH, MONDAY)
    rooms.post("ben", Who.BOT, RICH, MONDAY)
    rooms.replace(message_id, card("New"))
    rooms.replace("404", card("Nowhere"))
    stop()
    rooms.post("ana", Who.BOT, RICH, MONDAY)
    assert heard == ["ana", "ben", "ana"]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    Rooms(tmp_path / "rooms.sqlite3")
    assert (tmp_path / "rooms.sqlite3").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["broken.sqlite3", "no/such/folder.sqlite3"])
def test_a_file_that_cannot_be_used_is_told_in_one_line_with_the_mend(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.sqlite3").write_bytes(b"not a database " * 100)
    with pytest.raises(RoomsUnreadable) as trouble:
        Rooms(tmp_path / name)
    assert name in str(trouble.value)
    assert "Move the file away" in str(trouble.value)
    assert "\n" not in str(trouble.value)
