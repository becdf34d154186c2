"""What became of it: who began when, which meetings took place, how long a slip lasted, how each pair stands."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot.domain.meeting import State
from bot.messages import Answer, Event, Pressed
from bot.simulation.chat import Dial
from bot.simulation.diary import Diary
from bot.simulation.ledger import Ledger

START_WITHIN = 10
"""Working days in which a pair should have a first date."""

_WITH_DATE = (State.CONFIRMED, State.HELD, State.UNSETTLED)


class Outcome:
    """Watches the meetings, each day and whenever somebody says that one did not take place."""

    def __init__(self, ledger: Ledger, diaries: Mapping[str, Diary], clock: Dial) -> None:
        self.mended: list[int] = []
        self._ledger = ledger
        self._diaries = diaries
        self._clock = clock
        self._slips: dict[str, tuple[datetime, str]] = {}
        self._first: dict[str, datetime] = {}

    def hear(self, event: Event, answer: Answer) -> None:
        """Note the moment at which somebody says that they did not meet."""
        if isinstance(event, Pressed) and event.action == "meeting.no":
            matter = self._ledger.matter(event.subject)
            if matter and matter.state is State.MISSED:
                self._slips.setdefault(matter.mentorship_id, (self._clock.now(), event.sender.user))

    def note(self) -> None:
        """Note how all meetings stand at the end of a day."""
        for row in self._ledger.meetings():
            if row.state is State.MISSED:
                self._slips.setdefault(row.mentorship_id, (row.settled_at, row.lead_id))
            if row.state in _WITH_DATE:
                if row.number == 0:
                    self._first.setdefault(row.mentorship_id, row.timed_at)
                slipped_at, lead_id = self._slips.get(row.mentorship_id, (None, ""))
                if slipped_at and row.timed_at > slipped_at:
                    self.mended.append(self._diaries[lead_id].working_days(slipped_at, row.timed_at))
                    del self._slips[row.mentorship_id]

    @property
    def open_slips(self) -> int:
        """How many pairs have slipped and have no new date."""
        return len(self._slips)

    def planned(self) -> Counter[State]:
        """Count the meetings whose hour is over, by what became of them, without those that nobody settled yet."""
        over = (row for row in self._ledger.meetings() if row.starts_at and row.starts_at < self._clock.now())
        return Counter(row.state for row in over if row.state not in (State.CONFIRMED, State.PROPOSED))

    def begun(self) -> tuple[int, int]:
        """Return how many pairs had a first date by day 10, of how many that have had ten days by now."""
        leads = {row.mentorship_id: row.lead_id for row in self._ledger.meetings()}
        had = begun = 0
        for mentorship_id, started_at in self._ledger.started().items():
            diary = self._diaries[leads[mentorship_id]]
            if diary.working_days(started_at, self._clock.now()) > START_WITHIN:
                had += 1
                first = self._first.get(mentorship_id)
                begun += bool(first and diary.working_days(started_at, first) <= START_WITHIN)
        return begun, had
