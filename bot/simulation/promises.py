"""The promises, held against every message that reaches somebody: when, how often, nothing twice, nothing moot."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.simulation.chat import Message
from bot.simulation.diary import Diary
from bot.simulation.ledger import Ledger
from bot.simulation.sense import Meaning, Part

ONE_A_WEEK = ("brief", "wrap")

PersonWeek = tuple[str, date]
"""A person's id, and the Monday of a week."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that was not kept: to whom, when, which, and by what."""

    person_id: str
    at: datetime
    promise: str
    what: str


class Promises:
    """Hears every message and notes what breaks a promise.

    By person and week, `all` counts the messages, `unasked` those that answer nothing, and `counted` those of the
    latter that the budget allows for.
    """

    def __init__(self, diaries: Mapping[str, Diary], ledger: Ledger) -> None:
        self.breaches: list[Breach] = []
        self.all: Counter[PersonWeek] = Counter()
        self.unasked: Counter[PersonWeek] = Counter()
        self.counted: Counter[PersonWeek] = Counter()
        self._diaries = diaries
        self._ledger = ledger
        self._came: dict[PersonWeek, list[str]] = defaultdict(list)
        self._one_a_week: Counter[tuple[str, date, str]] = Counter()
        self._told: dict[str, set[Meaning]] = defaultdict(set)
        self._told_last: dict[str, set[Meaning]] = {}
        self._wanted: dict[str, set[Meaning]] = defaultdict(set)

    def hear(self, message: Message) -> None:
        """Hold one message against all promises but that of privacy."""
        if message.anew:
            return
        week = self._diaries[message.person_id].week(message.at)
        matters = ((section, self._ledger.matter(section.about)) for section in message.card.sections if section.kind)
        parts = [Part(message, section, matter, week) for section, matter in matters]
        self.all[message.person_id, week] += 1
        self._not_twice(message, parts)
        if not message.asked:
            self.unasked[message.person_id, week] += 1
            self._in_hours(message)
            self._in_budget(message, parts, week)
            self._once_a_week(message, parts, week)
            self._not_moot(message, parts)

    def put_off(self, person_id: str) -> None:
        """Let what the last unasked message told somebody come once more, since they have asked for that."""
        again = self._told_last.get(person_id, set())
        self._told[person_id] -= again
        self._wanted[person_id] |= again

    def _in_hours(self, message: Message) -> None:
        if why := self._diaries[message.person_id].closed(message.at):
            self._broken(message, "in working hours only", f"{_kinds(message)} {why}")

    def _in_budget(self, message: Message, parts: Sequence[Part], week: date) -> None:
        """Count what is not free; what comes along with something free makes no message of its own."""
        wanted = self._wanted[message.person_id]
        if any(part.meaning in wanted or part.is_free(self._ledger) for part in parts):
            return
        came, allowed = self._came[message.person_id, week], self._diaries[message.person_id].a_week
        came.append(f"{_kinds(message)} on {message.at:%a}")
        self.counted[message.person_id, week] += 1
        if len(came) > allowed:
            what = f"{allowed} a week are allowed, and these came: {'; '.join(came)}"
            self._broken(message, "within the budget", what)

    def _once_a_week(self, message: Message, parts: Sequence[Part], week: date) -> None:
        for kind in {part.kind for part in parts} & set(ONE_A_WEEK):
            self._one_a_week[message.person_id, week, kind] += 1
            if self._one_a_week[message.person_id, week, kind] > 1:
                self._broken(message, f"one {kind} a week", _kinds(message))

    def _not_twice(self, message: Message, parts: Sequence[Part]) -> None:
        told, meanings = self._told[message.person_id], {part.meaning for part in parts}
        if twice := meanings & told:
            self._broken(message, "nothing twice", ", ".join(str(meaning[0]) for meaning in twice))
        told |= meanings
        if not message.asked:
            self._told_last[message.person_id] = meanings

    def _not_moot(self, message: Message, parts: Sequence[Part]) -> None:
        for part in parts:
            for why in part.moot(self._ledger):
                self._broken(message, "nothing moot", f"{part.kind}: {why}")

    def _broken(self, message: Message, promise: str, what: str) -> None:
        self.breaches.append(Breach(message.person_id, message.at, promise, what))


def _kinds(message: Message) -> str:
    return ", ".join(section.kind or "words" for section in message.card.sections)
