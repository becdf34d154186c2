"""How much Teams takes of a bot before it says 429, by the clock of the test."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

THREAD = ((7, 1), (8, 2), (60, 30), (1800, 3600))
TENANT = ((50, 1),)
"""So many messages in so many seconds (Microsoft Learn, 'Optimize your bot with rate limiting')."""


class Pace:
    """Counts what was taken, by thread and by tenant."""

    def __init__(self) -> None:
        self._taken: dict[str, deque[datetime]] = defaultdict(lambda: deque(maxlen=1800))

    def wait(self, now: datetime, thread: str, tenant: str) -> float:
        """Return after how many seconds it would be taken; 0 where it is, and then it counts."""
        waits = [
            *(self._left(now, thread, *one) for one in THREAD),
            *(self._left(now, tenant, *one) for one in TENANT),
        ]
        if not any(waits):
            self._taken[thread].append(now)
            self._taken[tenant].append(now)
        return max(waits)

    def _left(self, now: datetime, key: str, most: int, seconds: int) -> float:
        recent = [at for at in self._taken[key] if at > now - timedelta(seconds=seconds)]
        return (recent[-most] + timedelta(seconds=seconds) - now).total_seconds() if len(recent) >= most else 0.0
