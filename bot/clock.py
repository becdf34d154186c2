"""The time: the system's own, or one that the playground has moved ahead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The system's time."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """The system's time moved ahead by an offset, which is kept in a file so that a restart does not turn it back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        seconds = path.read_text(encoding="utf-8").strip() if path.exists() else "0"
        self._ahead = timedelta(seconds=float(seconds))

    def now(self) -> datetime:
        """Return the moved moment, aware and in UTC."""
        return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment` now; time only goes forward, and an earlier moment changes nothing."""
        self._ahead = max(self._ahead, moment - datetime.now(UTC))
        self._path.write_text(str(self._ahead.total_seconds()), encoding="utf-8")
