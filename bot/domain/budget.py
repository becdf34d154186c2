"""The week's budget: what of all that is due is said, what comes along, what waits, and what is dropped, and why.

Two unasked messages a person and week, over all mentorships. Several things due become one message. What would go
over the budget comes along with a message that leaves anyway; else it is dropped, never put off into a heap. Two
exceptions keep promises: a change on short notice is always said; and what somebody else waits for is put off to the
next week's first message, or where that would be too late, put on the last card of this week without a new message.
So is a meeting that comes into the week after its one brief, and 'did you meet?', which can be answered there.
All these numbers are settings; somebody in several programmes gets the least of each.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cadence import local, week_start
from bot.domain.people import Person
from bot.domain.plan import Limits, Look, Plan
from bot.domain.prompts import ANSWERABLE, WAITED_FOR, rank
from bot.domain.windows import Window


class Dropped(StrEnum):
    """Why something was not said. The names stand in the database."""

    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said unasked: one section of one message."""

    at: datetime
    kind: str
    delivery_id: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of all that is due to one person now.

    `say` goes on one message, `turn` draws earlier cards anew without a message, and `add` is put on earlier cards,
    each on the one of a delivery. `again_at` is when what was put off is to be looked at, None where nothing was.
    """

    say: tuple[Window, ...] = ()
    turn: tuple[Window, ...] = ()
    add: tuple[tuple[Window, str], ...] = ()
    drop: tuple[tuple[Window, Dropped], ...] = ()
    again_at: datetime | None = None


def limits(person: Person, plans: Iterable[Plan]) -> Limits:
    """Return what somebody gets unasked in a week: as many messages as they wish, else the least of programmes."""
    all_of_them = [one.limits for one in plans] or [Limits()]
    return Limits(
        messages=person.unasked_a_week or min(one.messages for one in all_of_them),
        briefs=min(one.briefs for one in all_of_them),
        wraps=min(one.wraps for one in all_of_them),
    )


def weigh(person: Person, found: Look, told: Sequence[Told], a_week: Limits, now: datetime) -> Verdict:
    """Decide on all that is due. `told` is what was said to this person unasked since the week began."""
    turn = tuple(window for window in found.due if window.turns)
    due = [window for window in found.due if not window.turns]
    week = _Week(person, now, told)
    had = _had_enough(told, a_week)
    second = [window for window in due if window.touch.kind in had]
    due = [window for window in due if window not in second]
    left = a_week.messages - len({one.delivery_id for one in told})
    if due and not any(window.free for window in due):
        better = {at for at, window in found.ahead if at < week.next and _better(window, due)}
        days = {local(at, person.zone).date() for at in better}
        comes = min(better) if left > 0 and better else None
        if len(days) >= left and not (comes and _waited_for_in_vain(due, comes)):
            return week.without(turn, over=due, second=second, comes=comes)
    if not due:
        return week.without(turn, second=second)
    along = [w for w in found.riders if w.rides or (w.touch.kind not in had and _has_its_kind(w, due))]
    along.sort(key=lambda window: (window.rides, rank(window.touch.kind)))
    rest = week.without(turn, second=second)
    return Verdict((*due, *along), turn, rest.add, rest.drop, rest.again_at)


@dataclass(frozen=True, slots=True)
class _Week:
    person: Person
    now: datetime
    told: Sequence[Told]

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
        """Put off what a message comes for, or somebody waits for, put it on a card of this week, or drop it."""
        add: list[tuple[Window, str]] = []
        drop: list[tuple[Window, Dropped]] = []
        again: list[datetime] = []
        monday = self.person.working_time.next_week(self.now)
        for window in (*over, *second):
            put_off = comes if comes and window in over else monday
            waits = window.touch.kind in WAITED_FOR
            if (put_off is comes or waits) and put_off < window.moot_after:
                again.append(put_off)
            elif self.told and (waits or window in second or window.touch.kind in ANSWERABLE):
                add.append((window, self._card_for(window)))
            else:
                drop.append((window, Dropped.BUDGET))
        return Verdict((), turn, tuple(add), tuple(drop), min(again, default=None))

    def _card_for(self, window: Window) -> str:
        """Return the delivery on whose card something is put: the week's own of its kind, else the last one."""
        alike = [one.delivery_id for one in self.told if one.kind == window.touch.kind]
        return (alike or [one.delivery_id for one in self.told])[-1]


def _had_enough(told: Sequence[Told], a_week: Limits) -> set[str]:
    """Return the kinds with a number of their own of which this week's messages have held that many."""
    held = Counter(kind for kind, _ in {(one.kind, one.delivery_id) for one in told})
    return {kind for kind, count in held.items() if (most := a_week.of_kind(kind)) is not None and count >= most}


def _waited_for_in_vain(due: Sequence[Window], comes: datetime) -> bool:
    """Tell whether somebody waits for one of these, and it would be of no use with the message that comes."""
    return any(window.touch.kind in WAITED_FOR and window.moot_after <= comes for window in due)


def _better(window: Window, due: Sequence[Window]) -> bool:
    """Tell whether something to come weighs more than all that is due now, and makes a message of its own."""
    return not window.turns and rank(window.touch.kind) < min(rank(one.touch.kind) for one in due)


def _has_its_kind(window: Window, due: Sequence[Window]) -> bool:
    return any(one.touch.kind == window.touch.kind for one in due)
