"""What people ask for themselves by a command, and what they then write into their own diaries."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.simulation.diary import Diary

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """Words to type, on which days of the week, and what they mean from then on."""

    words: str
    days: range
    noted: Callable[[Diary, datetime], None]
    again: bool = False
    """Whether what was said last may be said once more."""


def _fewer(diary: Diary, now: datetime) -> None:
    diary.a_week = 1


def _away(diary: Diary, now: datetime) -> None:
    today = diary.local(now).date()
    diary.away.append((today, today + timedelta(days=_FRIDAY - today.weekday())))


def _rest(diary: Diary, now: datetime) -> None:
    today = diary.local(now).date()
    monday = today + timedelta(days=7 - today.weekday())
    diary.pauses.append((now, datetime.combine(monday, time(), ZoneInfo(diary.zone)).astimezone(UTC)))


def _later(diary: Diary, now: datetime) -> None:
    """Note nothing: the bot still may write."""


WISHES = (
    Wish("fewer", range(7), _fewer),
    Wish("away until Friday", range(_FRIDAY), _away),
    Wish("pause me until Monday", range(1, 7), _rest),
    Wish("snooze until Monday", range(1, 7), _later, again=True),
)


def wish(text: str) -> Wish | None:
    """Return the wish of these words."""
    return next((one for one in WISHES if one.words == text), None)


def draw_wish(diary: Diary, now: datetime, chance: random.Random) -> str:
    """Return the words of a wish that makes sense on this day."""
    return chance.choice([one.words for one in WISHES if diary.local(now).weekday() in one.days])
