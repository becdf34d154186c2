"""What somebody does in the playground reaches the bot as an event."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.web.ports import PersonLine, Stage
from adapters.web.rooms import Message, Rooms, Who
from adapters.web.voice import Voice, with_mentions
from bot.messages import Answer, Button, Event, Form, Pressed, Sender, Submitted, Typed, card

MONDAY = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
PEOPLE = (
    PersonLine("p1", "Ana Silva", ""),
    PersonLine("p2", "Ana Silva Costa", ""),
    PersonLine("p3", "Ben O'Neil", ""),
    PersonLine("p4", "Kim Lee", ""),
    PersonLine("p5", "Kim Lee", ""),
)
ANA = Sender("playground", "play", "p1", address="p1")


class StoppedTime:
    def now(self) -> datetime:
        return MONDAY

    async def advance(self, by: timedelta) -> None: ...

    async def next_event(self) -> str | None: ...


class Listener:
    """Hears everything, and answers what it was told to."""

    def __init__(self, says: Answer) -> None:
        self.says = says
        self.answered: list[Event] = []
        self.accepted: list[Event] = []

    async def answer(self, event: Event) -> Answer:
        self.answered.append(event)
        return self.says

    async def accept(self, event: Event) -> None:
        self.accepted.append(event)


def stage(path: Path, says: Answer | None = None) -> tuple[Stage, Listener]:
    listener = Listener(says or Answer())
    rooms = Rooms(path / "rooms.sqlite3")
    return Stage(listener, rooms, lambda: PEOPLE, "play", StoppedTime(), lambda: (), lambda sender: None), listener


async def test_a_typed_line_stands_in_the_conversation_as_typed_and_is_accepted(tmp_path: Path) -> None:
    here, listener = stage(tmp_path)
    assert await Voice(here, "p1").say("thanks @Ben O'Neil") == Answer()
    (event,) = listener.accepted
    assert isinstance(event, Typed)
    assert (event.sender, event.text, event.slash) == (ANA, "thanks <@p3>", False)
    (message,) = here.rooms.messages("p1", 10)
    assert (message.who, message.card, message.at) == (Who.PERSON, card("thanks @Ben O'Neil"), MONDAY)


async def test_a_command_is_answered_and_leaves_nothing_in_the_conversation(tmp_path: Path) -> None:
    status = Answer(show=card("One pair, all well."))
    here, listener = stage(tmp_path, status)
    assert await Voice(here, "p1").say("/mentoring  status") == status
    (event,) = listener.answered
    assert isinstance(event, Typed)
    assert (event.text, event.slash) == ("status", True)
    assert listener.accepted == []
    assert here.rooms.messages("p1", 10) == []


async def test_only_the_command_itself_is_one(tmp_path: Path) -> None:
    here, listener = stage(tmp_path)
    await Voice(here, "p1").say("/mentoring")
    await Voice(here, "p1").say("/mentorings are fun")
    assert [event.text for event in listener.answered if isinstance(event, Typed)] == [""]
    assert [event.text for event in listener.accepted if isinstance(event, Typed)] == ["/mentorings are fun"]


async def test_a_press_names_the_delivery_and_redraws_its_message(tmp_path: Path) -> None:
    here, listener = stage(tmp_path, Answer(redrawn=card("Confirmed.")))
    yes = Button("Yes", "confirm", "m1", "yes", rev=4)
    message_id = here.rooms.post("p1", Who.BOT, card("Is it good?", yes), MONDAY, "d1")
    (message,) = here.rooms.messages("p1", 1)
    await Voice(here, "p1").press(yes, message)
    (event,) = listener.answered
    assert event == Pressed(event.keys, ANA, "confirm", "m1", "yes", 4, card="d1")
    assert here.rooms.messages("p1", 1) == [Message(message_id, Who.BOT, card("Confirmed."), MONDAY, "d1")]


async def test_a_form_goes_back_to_what_it_was_about_and_every_event_has_its_own_key(tmp_path: Path) -> None:
    here, listener = stage(tmp_path)
    voice = Voice(here, "p1")
    form = Form("agenda", "m1", "Agenda", (), rev=7)
    await voice.submit(form, {"topics": "growth"})
    await voice.submit(form, {"topics": "growth"})
    first, second = listener.answered
    assert first == Submitted(first.keys, ANA, "agenda", "m1", {"topics": "growth"}, 7)
    assert set(first.keys).isdisjoint(second.keys)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("pair @Ana Silva @Ben O'Neil", "pair <@p1> <@p3>"),
        ("pair @ana silva costa and others", "pair <@p2> and others"),
        ("@Ana Silvano is nobody", "@Ana Silvano is nobody"),
        ("@Kim Lee could be two", "@Kim Lee could be two"),
        ("write to ana@example.org", "write to ana@example.org"),
    ],
)
def test_a_name_behind_an_at_sign_becomes_a_mention_where_it_is_clear_whose_it_is(typed: str, sent: str) -> None:
    assert with_mentions(typed, PEOPLE) == sent


def test_where_nobody_is_known_nobody_is_mentioned() -> None:
    assert with_mentions("@Ana Silva", ()) == "@Ana Silva"
