"""The week's budget: what of all that is due is said, what comes along, what waits, and what is dropped, and why.

Two unasked messages a person and week, over all mentorships. Several things due become one message. What would go
over the budget comes along with a message that leaves anyway; else it is dropped, never put off into a heap. Two
exceptions keep promises: what somebody else waits for is put off to the next week's first message, and a change on
short notice is always said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cadence import local, week_start
from bot.domain.people import Person
from bot.domain.plan import Look, Plan
from bot.domain.prompts import ONE_A_WEEK, WAITED_FOR, rank
from bot.domain.windows import Window


class Dropped(StrEnum):
    """Why something was not said. The names stand in the database."""

    BUDGET = "budget"
    ONE_A_WEEK = "one_a_week"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said unasked: one section of one message."""

    at: datetime
    kind: str
    delivery_id: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of all that is due to one person now.

    `say` goes on one message, `turn` draws earlier cards anew without a message. `again_at` is when what was put off
    is to be looked at, None where nothing was.
    """

    say: tuple[Window, ...] = ()
    turn: tuple[Window, ...] = ()
    drop: tuple[tuple[Window, Dropped], ...] = ()
    again_at: datetime | None = None


def limit(person: Person, plans: Iterable[Plan]) -> int:
    """Return how many unasked messages a week somebody gets: their own wish, else the least that a programme allows."""
    return person.unasked_a_week or min((one.limit for one in plans), default=2)


def weigh(person: Person, found: Look, told: Sequence[Told], a_week: int, now: datetime) -> Verdict:
    """Decide on all that is due. `told` is what was said to this person unasked since the week began."""
    turn = tuple(window for window in found.due if window.turns)
    due = [window for window in found.due if not window.turns]
    week = _Week(person, now)
    had = ONE_A_WEEK & {one.kind for one in told}
    second = [window for window in due if window.touch.kind in had]
    due = [window for window in due if window not in second]
    left = a_week - len({one.delivery_id for one in told})
    if due and not any(window.free for window in due):
        better = {at for at, window in found.ahead if at < week.next and _better(window, due)}
        days = {local(at, person.zone).date() for at in better}
        if len(days) >= left:
            return week.without(turn, over=due, second=second, comes=min(better) if left > 0 else None)
    if not due:
        return week.without(turn, second=second)
    along = [w for w in found.riders if w.rides or (w.touch.kind not in had and _has_its_kind(w, due))]
    rest = week.without(turn, second=second)
    return Verdict((*due, *along), turn, rest.drop, rest.again_at)


@dataclass(frozen=True, slots=True)
class _Week:
    person: Person
    now: datetime

    @property
    def next(self) -> datetime:
        """When this person's next week begins, at midnight."""
        return week_start(self.person.working_time.next_week(self.now), self.person.zone)

    def without(
        self,
        turn: tuple[Window, ...],
        over: Sequence[Window] = (),
        second: Sequence[Window] = (),
        comes: datetime | None = None,
    ) -> Verdict:
        """Put off what waits for a message that comes, or is waited for by somebody; drop the rest."""
        drop: list[tuple[Window, Dropped]] = []
        again: list[datetime] = []
        monday = self.person.working_time.next_week(self.now)
        for window, why in [*((w, Dropped.BUDGET) for w in over), *((w, Dropped.ONE_A_WEEK) for w in second)]:
            put_off = comes if comes and why is Dropped.BUDGET else monday
            waits = put_off is comes or window.touch.kind in WAITED_FOR
            if waits and put_off < window.moot_after:
                again.append(put_off)
            else:
                drop.append((window, why))
        return Verdict((), turn, tuple(drop), min(again, default=None))


def _better(window: Window, due: Sequence[Window]) -> bool:
    """Tell whether something that will be due weighs more than all that is due now, and makes a message of its own."""
    return not window.turns and rank(window.touch.kind) < min(rank(one.touch.kind) for one in due)


def _has_its_kind(window: Window, due: Sequence[Window]) -> bool:
    return any(one.touch.kind == window.touch.kind for one in due)
