"""The plan holds its promises in every life of a mentorship, however people act and whatever dies when."""

from collections.abc import Callable

import pytest
from hypothesis import given

from tests.unit.histories import STEADY, histories
from tests.unit.lives import History
from tests.unit.properties import PROPERTIES


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_in_every_history(holds: Callable[[History], None]) -> None:
    STEADY(given(histories())(holds))()
