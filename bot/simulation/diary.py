"""Somebody's own calendar, kept apart from the bot's: when they work, are off, away, or want to hear nothing."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

_AHEAD = 60
"""Days in which the next hour of work is looked for."""


@lru_cache(maxsize=64)
def _off(country: str, region: str, year: int) -> frozenset[date]:
    return (
        frozenset(holidays.country_holidays(country, subdiv=region or None, years=year)) if country else frozenset()
    )


@dataclass
class Diary:
    """When one person may be written to unasked, and how many messages a week they put up with.

    `away` are stretches of days as (first, last), `pauses` stretches of time as (from, until).
    """

    zone: str = "Europe/Berlin"
    country: str = ""
    region: str = ""
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    starts: time = time(9)
    ends: time = time(17)
    away: list[tuple[date, date]] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    a_week: int = 2

    def local(self, moment: datetime) -> datetime:
        """Return a moment on this person's clocks."""
        return moment.astimezone(ZoneInfo(self.zone))

    def closed(self, moment: datetime) -> str:
        """Return why nobody may write unasked at a moment; '' where one may."""
        there = self.local(moment)
        if any(since <= moment < until for since, until in self.pauses):
            return "while paused"
        if why := self._day_off(there.date()):
            return why
        return "" if self.starts <= there.time() < self.ends else "outside working hours"

    def week(self, moment: datetime) -> date:
        """Return the Monday of the week in which a moment lies."""
        day = self.local(moment).date()
        return day - timedelta(days=day.weekday())

    def at_work(self, moment: datetime) -> datetime:
        """Return the moment itself if this person is at work then, else the next beginning of a working day."""
        there = self.local(moment)
        for day in (there.date() + timedelta(days=n) for n in range(_AHEAD)):
            opens, closes = (self._moment(day, hour) for hour in (self.starts, self.ends))
            if not self._day_off(day) and moment < closes:
                return max(moment, opens)
        return moment

    def tonight(self, moment: datetime) -> datetime:
        """Return eleven in the evening of the day of a moment, or the moment if it is later."""
        return max(moment, self._moment(self.local(moment).date(), time(23)))

    def working_days(self, since: datetime, until: datetime) -> int:
        """Count the working days after the day of one moment, up to that of another."""
        first, last = self.local(since).date(), self.local(until).date()
        return sum(not self._day_off(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def _day_off(self, day: date) -> str:
        if any(first <= day <= last for first, last in self.away):
            return "while away"
        if day in _off(self.country, self.region, day.year):
            return "on a holiday"
        return "" if day.weekday() in self.days else "on a day off"

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)
