"""Calendar arithmetic, and the only place where local time is known.

Everything that enters and leaves is an aware datetime in UTC; a person's or a pair's local time lives inside a
function. A local hour that a clock change skips is moved forward by the length of the change; one that it repeats
is taken the first time (PEP 495, fold=0).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_SEARCH_DAYS = 60
"""How far ahead a free day is looked for before we say that there is none."""

_STEP = timedelta(minutes=30)
"""Meetings are offered on the full and the half hour."""

_OFFERED_DAYS = 14
"""How far ahead times are offered."""

EARLY, LATE = time(7), time(21)
"""The earliest and the latest that anybody is asked to bear where people share no working hour."""


@lru_cache(maxsize=512)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    """Return the public holidays of a country and its region in one year; none where the country is unknown."""
    if not country:
        return frozenset()
    import holidays  # takes 140 ms, and only those who gave a country need it

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()


def regions(country: str) -> tuple[str, ...]:
    """Return the short names of a country's regions that have public holidays of their own."""
    import holidays

    return tuple(holidays.list_supported_countries().get(country, ()))


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When somebody works: zone, days of the week (Monday is 0), hours of the day, public holidays by country.

    `away` are stretches of days off, as (first, last), both included.
    """

    zone: str = "UTC"
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    starts: time = time(9)
    ends: time = time(17)
    country: str = ""
    region: str = ""
    away: tuple[tuple[date, date], ...] = ()

    def resting(self, days: tuple[tuple[date, date], ...]) -> "WorkingTime":
        """Return the same hours without some stretches of days."""
        return replace(self, away=self.away + days) if days else self

    def works_on(self, day: date) -> bool:
        """Tell whether `day` is a working day: of the week, no public holiday, and not away."""
        if any(first <= day <= last for first, last in self.away):
            return False
        return day.weekday() in self.days and day not in _holidays(self.country, self.region, day.year)

    def hours_on(self, day: date) -> tuple[datetime, datetime]:
        """Return the moments at which the working hours of `day` begin and end."""
        return at_local(day, self.starts, self.zone), at_local(day, self.ends, self.zone)

    def covers(self, start: datetime, minutes: int = 0) -> bool:
        """Tell whether a meeting of `minutes` from `start` lies wholly within one working day."""
        day = local(start, self.zone).date()
        opens, closes = self.hours_on(day)
        return self.works_on(day) and opens <= start and start + timedelta(minutes=minutes) <= closes

    def strain(self, start: datetime, minutes: int) -> timedelta:
        """Return by how much a meeting lies outside the hours of its day, before they begin or after they end."""
        opens, closes = self.hours_on(local(start, self.zone).date())
        return max(opens - start, start + timedelta(minutes=minutes) - closes, timedelta())

    def next_open(self, moment: datetime) -> datetime:
        """Return `moment` if it lies in working hours, else the start of the next working day.

        Somebody who has no working day in the next two months is taken to be open then.
        """
        for day in _days_from(local(moment, self.zone).date()):
            opens, closes = self.hours_on(day)
            if self.works_on(day) and moment < closes:
                return max(moment, opens)
        return moment + timedelta(days=_SEARCH_DAYS)

    def next_week(self, moment: datetime) -> datetime:
        """Return the start of the first working day of the week after the one in which `moment` lies."""
        return self.next_open(week_start(week_start(moment, self.zone) + timedelta(days=8), self.zone))

    def days_before(self, moment: datetime, count: int) -> datetime:
        """Return the start of the working day that lies `count` working days before the day of `moment`."""
        return _day_start(self, local(moment, self.zone).date(), count, -1)

    def days_after(self, moment: datetime, count: int) -> datetime:
        """Return the start of the working day that lies `count` working days after the day of `moment`."""
        return _day_start(self, local(moment, self.zone).date(), count, 1)


@lru_cache(maxsize=4096)
def _day_start(hours: WorkingTime, day: date, count: int, step: int) -> datetime:
    """Return the start of the working day that lies `count` working days after `day`, or before it."""
    for _ in range(_SEARCH_DAYS):
        if count == 0:
            break
        day += timedelta(days=step)
        count -= hours.works_on(day)
    return hours.hours_on(day)[0]


@dataclass(frozen=True, slots=True)
class Cadence:
    """A series: every so many weeks from an anchor day, at one hour of the pair's own zone."""

    anchor: date
    at: time
    zone: str
    every_weeks: int = 2

    @property
    def interval(self) -> timedelta:
        """The time between two regular meetings, in calendar days."""
        return timedelta(weeks=self.every_weeks)

    def slots(self, after: datetime) -> Iterator[datetime]:
        """Yield the regular slots that lie after a moment, the next one first, without end."""
        day = self.anchor
        behind = local(after, self.zone).date() - self.anchor
        if behind > timedelta():
            day += (behind // self.interval) * self.interval
        while True:
            slot = at_local(day, self.at, self.zone)
            if slot > after:
                yield slot
            day += self.interval

    def next_meeting(self, last: datetime, now: datetime, people: Sequence[WorkingTime]) -> datetime:
        """Return when the pair meets next, having met or missed each other at `last`.

        It is the first regular slot that lies at least half an interval of days after `last`: where one of the
        meetings every four weeks was moved from the 1st to the 19th, none follows on the 29th. Where that day is off
        for somebody, the first day of the following six on which all work, at the same hour; where there is none,
        the next slot's turn comes. A pair whose hours never meet keeps its agreed hour.
        """
        half = timedelta(days=(self.interval.days + 1) // 2)
        earliest = at_local(local(last, self.zone).date() + half, self.at, self.zone)
        slots = self.slots(max(earliest - timedelta.resolution, now))
        first = next(slots)
        candidate = first
        for _ in range(4):
            day = local(candidate, self.zone).date()
            for shift in range(7):
                moved = at_local(day + timedelta(days=shift), self.at, self.zone)
                if all(hours.works_on(local(moved, hours.zone).date()) for hours in people):
                    return moved
            candidate = next(slots)
        return first


def common_times(
    people: Sequence[WorkingTime], after: datetime, minutes: int, count: int, like: datetime, zone: str
) -> tuple[datetime, ...]:
    """Return up to `count` times that lie in everybody's working hours, each on a day of its own.

    They are looked for from the working day after `after` for two weeks. On each day the time nearest to the local
    hour of `like` in `zone` is taken, so that a pair that meets at 10 is offered 10 where it can be. An empty tuple
    means that these people share no working hour.
    """
    found: list[datetime] = []
    usual = local(like, zone).time()
    for times in _by_day(after, zone):
        suiting = [t for t in times if all(hours.covers(t, minutes) for hours in people)]
        if suiting:
            wanted = at_local(local(suiting[0], zone).date(), usual, zone)
            found.append(min(suiting, key=lambda moment: abs(moment - wanted)))
        if len(found) == count:
            break
    return tuple(found)


def bearable_times(
    people: Sequence[WorkingTime], after: datetime, minutes: int, count: int, number: int, zone: str
) -> tuple[datetime, ...]:
    """Return up to `count` times for people who share no working hour, each on a day of its own.

    One of them gets up early or stays late, for the others the time lies in their working hours or as near as can
    be; whose turn that is changes with the `number` of the meeting. Nobody meets before seven, after nine in the
    evening, or on a day off, unless they work at such hours anyway. The two weeks after `after` are searched as in
    `common_times`. An empty tuple means that not even such hours meet.
    """
    turn = number % len(people)
    bearer, others = people[turn], [*people[:turn], *people[turn + 1 :]]
    wide = [replace(hours, starts=min(hours.starts, EARLY), ends=max(hours.ends, LATE)) for hours in people]

    def burden(start: datetime) -> tuple[timedelta, timedelta]:
        strain = sum((hours.strain(start, minutes) for hours in others), timedelta())
        return strain, bearer.strain(start, minutes)

    found: list[datetime] = []
    for times in _by_day(after, zone):
        if suiting := [t for t in times if all(hours.covers(t, minutes) for hours in wide)]:
            found.append(min(suiting, key=burden))
        if len(found) == count:
            break
    return tuple(found)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of all zones, as IANA has them; reading the system's list takes some milliseconds."""
    return frozenset(available_timezones())


def week_start(moment: datetime, zone: str) -> datetime:
    """Return the beginning of the week in which a moment lies, Monday at midnight on the clocks of `zone`."""
    day = local(moment, zone).date()
    return at_local(day - timedelta(days=day.weekday()), time(), zone)


def weeks_later(moment: datetime, weeks: int, zone: str) -> datetime:
    """Return the moment at which the clocks of `zone` show the same hour so many weeks later, or for < 0 earlier."""
    there = local(moment, zone)
    return at_local(there.date() + timedelta(weeks=weeks), there.time(), zone)


def same_clocks(one: str, other: str, now: datetime) -> bool:
    """Tell whether the clocks of two zones show the same for the year to come, as in Berlin and Vienna."""
    moments = (now + timedelta(weeks=week) for week in range(53))
    return all(local(at, one).utcoffset() == local(at, other).utcoffset() for at in moments)


def local(moment: datetime, zone: str) -> datetime:
    """Return `moment` on the clocks of `zone`, an IANA name."""
    return moment.astimezone(ZoneInfo(zone))


def at_local(day: date, at: time, zone: str) -> datetime:
    """Return the moment in UTC at which the clocks of `zone` show `at` on `day`."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=n) for n in range(_SEARCH_DAYS))


def _by_day(after: datetime, zone: str) -> Iterator[list[datetime]]:
    """Yield the full and half hours of each of the fourteen days after the day of a moment."""
    first = local(after, zone).date() + timedelta(days=1)
    for day in (first + timedelta(days=n) for n in range(_OFFERED_DAYS)):
        start, end = at_local(day, time(), zone), at_local(day + timedelta(days=1), time(), zone)
        yield [moment for moment in _half_hours(start, end) if moment > after]


def _half_hours(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += _STEP
