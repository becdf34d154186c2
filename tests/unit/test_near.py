"""A slip of the finger is understood, another word is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.near import near

WORDS = ("agenda", "end", "erase me", "pause", "move", "no", "yes", "snooze", "verschieben", "pausieren")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("agneda", "agenda"), ("agend", "agenda"), ("edn", "end"), ("puase", "pause"), ("snoze", "snooze"),
     ("verscheiben", "verschieben"), ("verschibn", "verschieben"), ("Pause", "pause")],
)  # fmt: skip
def test_a_slip_is_understood(said: str, meant: str) -> None:
    assert near(said, WORDS)[0] == meant


@pytest.mark.parametrize("said", ["on", "ye", "cause of it", "morning", "agenda item", "", "because"])
def test_another_word_is_another_word(said: str) -> None:
    assert near(said, ("no", "agenda", "morning!!!", "cause")) == []


def test_what_is_exact_is_never_confused_with_its_neighbours() -> None:
    assert near("move", ("move", "more", "mover")) == ["move"]


@given(st.text(max_size=30))
def test_no_text_is_too_strange(said: str) -> None:
    assert set(near(said, WORDS)) <= set(WORDS)
