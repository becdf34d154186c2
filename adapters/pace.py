"""How fast a platform lets a bot write: kept, so that nothing has to be refused.

A message that would be too fast is put off by its row in the outbox, never by a sleep. What other copies of the bot
send is not counted here; where they are too fast together, the platform says so, and is obeyed.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.ports import Clock, SendFailed

Limits = tuple[tuple[int, int], ...]
"""So many messages in so many seconds."""

PACED = "paced"
"""Our code for that a message would be faster than the platform allows, and was not tried."""

REMEMBERED = 10_000
"""How many conversations are remembered; those that were written to longest ago are forgotten first."""


class Pace:
    """Remembers what was sent, as long as it counts: within one conversation, and where that is limited too, within
    one workspace.
    """

    def __init__(self, clock: Clock, conversation: Limits, workspace: Limits = ()) -> None:
        self._clock = clock
        self._conversation = conversation
        self._workspace = workspace
        self._sent: dict[tuple[str, ...], deque[datetime]] = {}

    def keep(self, workspace: str, conversation: str, count: int = 1) -> None:
        """Count `count` messages as sent.

        Raises:
            SendFailed: they may not leave yet; it says after how many seconds.
        """
        if wait := self.take(workspace, conversation, count):
            raise SendFailed(PACED, retry_after=wait, busy=True)

    def take(self, workspace: str, conversation: str, count: int = 1) -> float:
        """Return 0 where `count` messages may leave now, which then count as sent; else after how many seconds."""
        now = self._clock.now()
        places = {(workspace, conversation): self._conversation, (workspace,): self._workspace}
        waits = [wait for key, limits in places.items() for wait in self._waits(now, key, limits, count)]
        if not any(waits):
            for key, limits in places.items():
                self._note(key, limits, now, count)
        return max(waits, default=0.0)

    def _waits(self, now: datetime, key: tuple[str, ...], limits: Limits, count: int) -> Iterator[float]:
        """Yield for each limit how long to wait; what is more than a limit by itself may leave when nothing did."""
        sent = self._sent.get(key, deque())
        for most, seconds in limits:
            span, free = timedelta(seconds=seconds), most - min(count, most)
            recent = [at for at in reversed(sent) if at > now - span]
            yield (recent[free] + span - now).total_seconds() if len(recent) > free else 0.0

    def _note(self, key: tuple[str, ...], limits: Limits, now: datetime, count: int) -> None:
        sent = self._sent.pop(key, None) or deque(maxlen=max((most for most, _ in limits), default=0))
        sent.extend([now] * count)
        self._sent[key] = sent
        while len(self._sent) > REMEMBERED:
            del self._sent[next(iter(self._sent))]
