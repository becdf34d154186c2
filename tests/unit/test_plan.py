"""The plan holds its promises in every life of a mentorship, however people act and whatever dies when."""

from collections.abc import Callable

import pytest
from hypothesis import given

from bot.domain.meeting import State
from bot.domain.mentorship import EndReason
from bot.domain.prompts import Prompt
from tests.unit.histories import STEADY, histories
from tests.unit.lives import History
from tests.unit.properties import PROPERTIES


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_in_every_history(holds: Callable[[History], None]) -> None:
    STEADY(given(histories())(holds))()


IN_STORIES = {Prompt.EASIER, Prompt.PROLONG, Prompt.WIN, Prompt.TAKE_PART, Prompt.SAME_PERSON}
"""What comes of words that people write, rides along, or is about no mentorship: dated stories show it."""


def test_the_histories_come_to_everything_that_can_be_said_and_happen() -> None:
    kinds, states, ends = set[str](), set[State](), set[EndReason | None]()

    def look_around(history: History) -> None:
        for moment in history.lived():
            kinds.update(window.touch.kind for window in moment.said)
            states.update(meeting.state for meeting in moment.facts.meetings)
            ends.add(moment.facts.mentorship.end_reason)

    STEADY(given(histories())(look_around))()
    assert kinds >= set(Prompt) - IN_STORIES
    assert states == set(State)
    assert ends >= {None, EndReason.NOT_MATCHED, EndReason.ENDED, EndReason.TERM}
