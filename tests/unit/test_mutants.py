"""The properties of the plan can fail: each fault that it could have is noticed by the one that is meant for it."""

from collections import deque

import pytest
from hypothesis import given, settings

from tests.unit.histories import STEADY, histories
from tests.unit.lives import History
from tests.unit.mutants import MUTANTS, Mutant


@pytest.fixture(scope="module")
def lives() -> list[History]:
    """The same histories for all mutants."""
    drawn: list[History] = []
    settings(STEADY, max_examples=300)(given(histories())(lambda history: drawn.append(history)))()
    return drawn


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_fault_is_noticed(mutant: Mutant, lives: list[History], monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.put_in_place(monkeypatch)
    with pytest.raises(AssertionError):
        deque(map(mutant.noticed_by, lives))
