"""The properties of the plan can fail: each fault that it could have is noticed by the one that is meant for it."""

from collections import deque
from types import ModuleType

import pytest
from hypothesis import given, settings

from bot.domain import cadence, plan, progress, windows
from tests.unit.histories import STEADY, histories
from tests.unit.lives import History
from tests.unit.mutants import MUTANTS, Mutant
from tests.unit.properties import PROPERTIES, nothing_is_said_twice


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


@pytest.mark.parametrize("module", [plan, windows, progress, cadence], ids=lambda module: module.__name__)
def test_without_a_fault_the_same_exchange_goes_unnoticed(
    module: ModuleType, lives: list[History], monkeypatch: pytest.MonkeyPatch
) -> None:
    Mutant("no fault", module, (), nothing_is_said_twice).put_in_place(monkeypatch)
    for history in lives[:5]:
        for holds in PROPERTIES:
            holds(history)


def test_a_fault_whose_place_is_gone_or_is_no_longer_the_only_one_is_told() -> None:
    for old in ("no such text", "meeting"):
        with pytest.raises(LookupError, match="lost: "):
            Mutant("lost", plan, ((old, ""),), nothing_is_said_twice).source()


def test_each_property_notices_some_fault() -> None:
    assert {mutant.noticed_by for mutant in MUTANTS} == set(PROPERTIES)
