"""How likely people do what, by what they are asked."""

import random
from collections.abc import Mapping, Sequence

from bot.messages import Button

HABITS: Mapping[str, Mapping[str, float]] = {
    "matching.accept": {"matching.accept": 0.97, "matching.decline": 0.01},
    "kickoff.open": {"kickoff.open": 0.95},
    "scheduling.confirm": {"scheduling.confirm": 0.9, "scheduling.move": 0.05},
    "agenda.open": {"agenda.open": 0.9},
    "meeting.yes": {"meeting.yes": 0.85, "meeting.no": 0.1},
    "reflection.open": {"reflection.open": 0.8},
    "scheduling.pick": {"scheduling.pick": 0.8, "scheduling.skip": 0.1},
    "scheduling.move": {"scheduling.move": 0.5, "scheduling.slower": 0.2},
    "scheduling.slower": {"scheduling.slower": 0.5, "closing.pause": 0.1},
    "closing.resume": {"closing.resume": 0.8},
    "quiet.usual": {},
    "quiet.go_on": {},
    "absence.undo": {},
    "typed.answer": {},
}
"""How likely somebody presses which button, by the action of the first one; the rest is silence."""

USUALLY = 0.7
"""How likely somebody presses the first button of a question that has no habit of its own."""


def choice(buttons: Sequence[Button], answers: float, chance: random.Random) -> Button | None:
    """Return the button that somebody will press who answers with a likelihood; None where they stay silent."""
    if not buttons:
        return None
    first, rest = buttons[0].action, chance.random()
    for action, likely in HABITS.get(first, {first: USUALLY}).items():
        if rest < likely * answers:
            return next((button for button in buttons if button.action == action), None)
        rest -= likely * answers
    return None
