"""People who behave: they press, type and fill in what they are asked, or do not, as a seed decides."""

import heapq
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from time import perf_counter
from uuid import uuid4

from benchmarks.company import Company
from bot.messages import Button, Card, Event, Field, FieldKind, Form, Pressed, Submitted, Typed

HABITS: Mapping[str, Mapping[str, float]] = {
    "matching.accept": {"matching.accept": 0.97},
    "kickoff.open": {"kickoff.open": 0.95},
    "scheduling.confirm": {"scheduling.confirm": 0.9, "scheduling.move": 0.05},
    "agenda.open": {"agenda.open": 0.9},
    "meeting.yes": {"meeting.yes": 0.85, "meeting.no": 0.1},
    "reflection.open": {"reflection.open": 0.8},
    "scheduling.pick": {"scheduling.pick": 0.8, "scheduling.skip": 0.1},
    "scheduling.move": {"scheduling.move": 0.5, "scheduling.slower": 0.2},
    "scheduling.slower": {"scheduling.slower": 0.5, "closing.pause": 0.1},
    "closing.resume": {"closing.resume": 0.8},
}
"""How likely somebody does what, by the first button of what is asked; the rest is silence."""

TYPES = 0.15
"""How likely somebody types the word of a button instead of pressing it."""

_ANSWERS_WITHIN = timedelta(hours=3)
_FILLS_IN = timedelta(minutes=3)
_STUCK = 10_000
_WORDS = "What we tried last time, what came of it, and what to try next."


class Crowd:
    """Everybody of a company, and what they are about to do. `turns` are the seconds of those answered at once."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._plans: list[tuple[datetime, int, Event]] = []
        self._count = 0
        self.company: Company | None = None
        self.turns: list[float] = []
        self.typed = 0

    def hears(self, person_id: str, delivery_id: str, card: Card) -> None:
        """Decide what a person will do about a new message, and when."""
        assert self.company
        for section in card.sections:
            button = self._choice(section.buttons)
            if button is None:
                continue
            sender, keys = self.company.sender(person_id), (uuid4().hex,)
            event: Event
            if button.words and not button.opens and self._random.random() < TYPES:
                event = Typed(keys, sender, button.words[0])
            else:
                event = Pressed(
                    keys, sender, button.action, button.subject, button.value, button.rev, card=delivery_id
                )
            wait = self._random.expovariate(1 / _ANSWERS_WITHIN.total_seconds())
            self._plan(timedelta(seconds=wait), event)

    async def live(self, until: datetime) -> None:
        """Let time pass: all that people do and all that comes due happens at its own moment."""
        assert self.company
        company, still = self.company, 0
        while (moment := self._next(company)) is not None and moment <= until:
            still = still + 1 if moment <= company.clock.moment else 0
            if still > _STUCK:
                raise AssertionError(f"time stands still at {moment}")
            company.clock.moment = max(moment, company.clock.moment)
            while self._plans and self._plans[0][0] <= company.clock.moment:
                await self.act(heapq.heappop(self._plans)[2])
            await company.app.tick()
        company.clock.moment = until

    async def act(self, event: Event) -> None:
        """Do one thing; a form that opens is filled in some minutes later."""
        assert self.company
        if isinstance(event, Typed) and not event.slash:
            self.typed += 1
            await self.company.app.accept(event)
            return
        began = perf_counter()
        answer = await self.company.handle(event)
        self.turns.append(perf_counter() - began)
        if isinstance(form := answer.show, Form):
            values = {field.name: self._answer(field) for field in form.fields}
            self._plan(_FILLS_IN, Submitted((uuid4().hex,), event.sender, form.name, form.subject, values, form.rev))

    def _choice(self, buttons: tuple[Button, ...]) -> Button | None:
        habits = HABITS.get(buttons[0].action, {}) if buttons else {}
        chance = self._random.random()
        for action, likely in habits.items():
            if chance < likely:
                return next((button for button in buttons if button.action == action), None)
            chance -= likely
        return None

    def _answer(self, field: Field) -> str | tuple[str, ...]:
        if field.initial or field.kind not in (FieldKind.SHORT, FieldKind.LONG):
            return field.initial
        return _WORDS if field.required or self._random.random() < 0.7 else ""

    def _plan(self, wait: timedelta, event: Event) -> None:
        assert self.company
        self._count += 1
        heapq.heappush(self._plans, (self.company.clock.moment + wait, self._count, event))

    def _next(self, company: Company) -> datetime | None:
        moments = [company.app.looks.earliest(), company.app.deliveries.earliest()]
        if self._plans:
            moments.append(self._plans[0][0])
        return min((moment for moment in moments if moment), default=None)
