"""Searching finds what somebody means: whole words and their beginnings, whatever the case and the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.searching import matches


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("plan", "Draft the plan."),
        ("PLAN", "the planning"),
        ("muller", "Frau Müller"),
        ("mueller", "Frau MÜLLER"),
        ("Müller", "Frau Mueller"),
        ("Müller", "Frau Muller"),
        ("strasse", "die Straße"),
        ("cafe", "im Cafe\u0301"),
        ("café", "im CAFÉ"),
        ("plan draft", "Draft the plan"),
        ("3", "chapter 3"),
        ("example.org", "see https://example.org/talk"),
        ("ﬁnd", "finding"),
        ("学", "学习计划"),
    ],
)
def test_found(query: str, text: str) -> None:
    assert matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("lan", "the plan"), ("plan budget", "Draft the plan"), ("", "words"), ("?!", "what?!"), ("mueller", "a mule")],
)
def test_not_found(query: str, text: str) -> None:
    assert not matches(query, text)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1), st.data())
def test_every_word_of_a_text_and_every_beginning_of_it_finds_it(words: list[str], data: st.DataObject) -> None:
    text, word = " ".join(words), data.draw(st.sampled_from(words))
    assert matches(word, text)
    assert matches(word[: data.draw(st.integers(1, len(word)))], text)


@given(st.text(), st.text())
def test_whatever_is_typed_is_answered(query: str, text: str) -> None:
    assert matches(query, text) in (True, False)
