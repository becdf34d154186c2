"""A clock that is set by hand, and an engine that answers as it was told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.messages import Answer, Event, Pressed, Submitted, Typed


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_(self, **units: float) -> None:
        self._now += timedelta(**units)


class Script:
    """A `Receiver` that notes what it gets. `on` has the answers by action or by form."""

    def __init__(self) -> None:
        self.accepted: list[Event] = []
        self.answered: list[Event] = []
        self.on: dict[str, Answer | Callable[[Event], Answer]] = {}

    async def accept(self, event: Event) -> None:
        self.accepted.append(event)

    async def answer(self, event: Event) -> Answer:
        self.answered.append(event)
        match event:
            case Pressed():
                answer = self.on.get(event.action, Answer())
            case Submitted():
                answer = self.on.get(event.form, Answer())
            case Typed():
                answer = Answer()
        return answer(event) if callable(answer) else answer
