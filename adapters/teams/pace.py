"""How fast Teams lets a bot write: kept, so that nothing has to be refused.

A message that would be too fast is put off by its row in the outbox, never by a sleep. What other copies of the bot
send is not counted here; where they are too fast together, Teams says so, and is obeyed.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.ports import Clock

Limits = tuple[tuple[int, int], ...]
"""So many messages in so many seconds."""

THREAD: Limits = ((7, 1), (8, 2), (60, 30), (1800, 3600))
TENANT: Limits = ((50, 1),)
"""Within one conversation, and of one app within one tenant (Microsoft Learn, 'Optimize your bot with rate
limiting')."""

REMEMBERED = 10_000
"""How many conversations are remembered; those that were written to longest ago are forgotten first."""


class Pace:
    """Remembers what was sent, as long as it counts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: dict[tuple[str, ...], deque[datetime]] = {}

    def take(self, tenant: str, conversation: str, count: int = 1) -> float:
        """Return 0 where `count` messages may leave now, which then count as sent; else after how many seconds."""
        now = self._clock.now()
        places = ((tenant, conversation), THREAD), ((tenant,), TENANT)
        waits = [wait for key, limits in places for wait in self._waits(now, key, limits, count)]
        if not any(waits):
            for key, _ in places:
                self._note(key, now, count)
        return max(waits)

    def _waits(self, now: datetime, key: tuple[str, ...], limits: Limits, count: int) -> Iterator[float]:
        """Yield for each limit how long to wait; what is more than a limit by itself may leave when nothing did."""
        sent = self._sent.get(key, deque())
        for most, seconds in limits:
            span, free = timedelta(seconds=seconds), most - min(count, most)
            recent = [at for at in reversed(sent) if at > now - span]
            yield (recent[free] + span - now).total_seconds() if len(recent) > free else 0.0

    def _note(self, key: tuple[str, ...], now: datetime, count: int) -> None:
        sent = self._sent.pop(key, deque(maxlen=THREAD[-1][0]))
        sent.extend([now] * count)
        self._sent[key] = sent
        while len(self._sent) > REMEMBERED:
            del self._sent[next(iter(self._sent))]
