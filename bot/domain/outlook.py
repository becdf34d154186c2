"""What the bot does next for a pair as a whole, as those who run the programme may see it.

Only what happens to all of a pair at once is told: nothing here depends on who was asked, who answered or who owes
the next move, and the day is that of the last of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import weeks_later
from bot.domain.facts import Facts
from bot.domain.meeting import State
from bot.domain.progress import What, changes
from bot.domain.prompts import Prompt
from bot.domain.windows import windows

TOLD = frozenset({Prompt.NOT_STARTED, Prompt.STUCK, Prompt.ENDING})
"""What everybody in a pair is told alike."""

AFTER_MEETING = "after_meeting"
"""The moment at which a meeting to come is over, and is asked about."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the bot will do for a pair: a `Prompt`, a `What`, or AFTER_MEETING."""

    kind: str
    at: datetime


def next_step(facts: Facts, now: datetime) -> Step | None:
    """Return what comes next; None where nothing does before somebody of the pair acts, or not for weeks."""
    coming = [step for step in _steps(replace(facts, said={}, snoozed={})) if step.at > now]
    found = min(coming, key=lambda step: step.at, default=None)
    far = weeks_later(now, facts.program.ending_weeks, facts.mentorship.zone)
    return None if found is None or (found.kind in (Prompt.ENDING, What.END) and found.at > far) else found


def _steps(facts: Facts) -> Iterator[Step]:
    yield from (Step(change.what, change.at) for change in changes(facts))
    for meeting in facts.unsettled:
        if meeting.state is State.CONFIRMED and meeting.ends_at:
            yield Step(AFTER_MEETING, meeting.ends_at)
    told: dict[str, datetime] = {}
    for window in windows(facts):
        if window.touch.kind in TOLD:
            kind = window.touch.kind
            told[kind] = max(window.opens, told.get(kind, window.opens))
    yield from (Step(kind, at) for kind, at in told.items())
