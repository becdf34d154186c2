"""What people write is sealed for the row it stands in, by the first of several keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.sealing import Sealer, Unsealable

OLD, NEW = b"o" * 32, b"n" * 32


@given(text=st.text(st.characters(codec=None)), row_id=st.text())
def test_whatever_is_sealed_opens_again_in_its_row(text: str, row_id: str) -> None:
    sealer = Sealer([OLD])
    assert sealer.open(sealer.seal(text, row_id), row_id) == text


def test_half_a_surrogate_pair_as_some_client_may_send_it_survives() -> None:
    sealer = Sealer([OLD])
    assert sealer.open(sealer.seal("cut \ud83d off", "row"), "row") == "cut \ud83d off"


def test_the_text_cannot_be_read_and_two_sealings_of_it_differ() -> None:
    sealer = Sealer([OLD])
    first, second = sealer.seal("a marked word", "row"), sealer.seal("a marked word", "row")
    assert b"marked" not in first
    assert first != second


def test_moved_to_another_row_it_does_not_open() -> None:
    sealer = Sealer([OLD])
    with pytest.raises(Unsealable):
        sealer.open(sealer.seal("mine", "row of Ana"), "row of Ben")


def test_a_changed_byte_or_a_cut_end_does_not_open() -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal("mine", "row")
    for broken in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:6], b""):
        with pytest.raises(Unsealable):
            sealer.open(broken, "row")


def test_after_a_new_key_was_put_first_the_old_rows_open_and_new_ones_need_it() -> None:
    old_row = Sealer([OLD]).seal("from before", "row")
    both = Sealer([NEW, OLD])
    assert both.open(old_row, "row") == "from before"
    new_row = both.seal("from now", "row")
    assert Sealer([NEW]).open(new_row, "row") == "from now"
    with pytest.raises(Unsealable):
        Sealer([OLD]).open(new_row, "row")


def test_an_error_names_the_row_and_never_the_text() -> None:
    with pytest.raises(Unsealable) as caught:
        Sealer([NEW]).open(Sealer([OLD]).seal("a marked word", "row-7"), "row-7")
    assert "row-7" in str(caught.value)
    assert "marked" not in str(caught.value)
