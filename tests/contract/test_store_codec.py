"""Cards and events come back from storage exactly as they went in."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import (
    Button,
    Card,
    Event,
    Fact,
    Filled,
    Link,
    Pressed,
    Quote,
    Section,
    Sender,
    Submitted,
    Typed,
    Values,
)
from bot.ports import Choice, Kept, Quoted
from bot.store.codec import (
    card_from_json,
    card_to_json,
    draft_from_json,
    draft_to_json,
    event_from_json,
    event_to_json,
    values_from_json,
    values_to_json,
)

TEXT = st.text(st.characters(codec=None), max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
VALUES = st.dictionaries(TEXT, TEXT | TEXTS, max_size=3)
BUTTONS = st.lists(
    st.builds(Button, TEXT, TEXT, TEXT, TEXT, st.integers(), st.booleans(), TEXT, TEXTS), max_size=2
).map(tuple)
SECTIONS = st.builds(
    Section,
    TEXT,
    TEXT,
    st.lists(st.builds(Fact, TEXT, TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Quote, TEXT, TEXT), max_size=2).map(tuple),
    BUTTONS,
    TEXT,
    TEXT,
    st.lists(st.builds(Link, TEXT, TEXT), max_size=2).map(tuple),
)
CARDS = st.builds(Card, st.lists(SECTIONS, max_size=2).map(tuple), TEXT, BUTTONS, TEXT)
SENDERS = st.builds(Sender, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Typed, TEXTS, SENDERS, TEXT, st.booleans(), about=TEXT),
    st.builds(Pressed, TEXTS, SENDERS, TEXT, TEXT, TEXT, st.integers(), TEXT),
    st.builds(Submitted, TEXTS, SENDERS, TEXT, TEXT, VALUES, st.integers(), st.booleans()),
    st.builds(Filled, TEXTS, SENDERS, TEXT, TEXT, VALUES, st.integers(), st.booleans(), st.booleans()),
)


@given(CARDS)
def test_a_card_is_the_same_afterwards(card: Card) -> None:
    assert card_from_json(card_to_json(card)) == card


@given(EVENTS)
def test_an_event_is_the_same_afterwards_and_of_the_same_kind(event: Event) -> None:
    again = event_from_json(event_to_json(event))
    assert again == event
    assert type(again) is type(event)


@given(
    VALUES,
    st.none() | st.builds(Choice, BUTTONS, st.datetimes(timezones=st.just(UTC))),
    st.lists(st.builds(Kept, TEXT, TEXT, TEXT, st.integers(), VALUES, st.integers()), max_size=2).map(tuple),
    st.none() | st.builds(Quoted, TEXT, st.datetimes(timezones=st.just(UTC))),
)
def test_a_draft_is_the_same_afterwards(
    values: Values, choice: Choice | None, kept: tuple[Kept, ...], quoted: Quoted | None
) -> None:
    filled = {name: value for name, value in values.items() if name not in ("?", "!", ">")}
    assert draft_from_json(draft_to_json(filled, choice, kept, quoted)) == (filled, choice, kept, quoted)


@given(VALUES)
def test_answers_to_a_form_are_the_same_afterwards(values: Values) -> None:
    assert values_from_json(values_to_json(values)) == values


def test_a_card_from_before_a_field_was_added_has_its_default_and_a_field_since_dropped_is_left_out() -> None:
    assert card_from_json('{"sections": [{"text": "hello", "colour": "red"}]}') == Card((Section("hello"),))
