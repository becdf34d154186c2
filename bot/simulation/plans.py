"""What people are about to do, in the order of its moments."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.messages import Event


class Plans:
    """Holds events until their moment: the next full minute, so that a company of thousands acts in common steps."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Event]] = []
        self._count = 0

    @property
    def next(self) -> datetime | None:
        """When the next one is due."""
        return self._waiting[0][0] if self._waiting else None

    def add(self, moment: datetime, event: Event) -> None:
        """Plan something; what is planned for one minute happens in the order in which it was planned."""
        self._count += 1
        minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        heapq.heappush(self._waiting, (minute, self._count, event))

    def due(self, now: datetime) -> Iterator[Event]:
        """Take out what is due, one after the other."""
        while self._waiting and self._waiting[0][0] <= now:
            yield heapq.heappop(self._waiting)[2]

    def put_off(self, until: datetime, wait: Callable[[Event], timedelta]) -> None:
        """Let all that is due before a moment happen some time after it."""
        late = [event for moment, _, event in sorted(self._waiting, key=lambda one: one[:2]) if moment < until]
        self._waiting = [one for one in self._waiting if one[0] >= until]
        heapq.heapify(self._waiting)
        for event in late:
            self.add(until + wait(event), event)
