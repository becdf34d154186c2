"""The hours of a week in which somebody works, as matching compares them: one bit for each, in UTC."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.domain.cadence import WorkingTime
from bot.matching.people import HOURS_A_WEEK

PART_TIME_BELOW = timedelta(hours=30)
"""Who works fewer hours a week works part-time, as the OECD counts it for comparing countries."""

_HOUR = timedelta(hours=1)


@lru_cache(maxsize=4096)
def mask(hours: WorkingTime, monday: date) -> int:
    """Return the whole hours in which somebody works in the week of a Monday, its holidays and absences aside.

    The lowest bit is Monday from 00:00 to 01:00 in UTC; what lies before it or after Sunday goes round the week.
    """
    start, found = datetime.combine(monday, datetime.min.time(), UTC), 0
    for number in hours.days:
        opens, closes = hours.hours_on(monday + timedelta(days=number))
        first, last = -((start - opens) // _HOUR), (closes - start) // _HOUR
        for hour in range(first, last):
            found |= 1 << hour % HOURS_A_WEEK
    return found


@lru_cache(maxsize=4096)
def is_part_time(hours: WorkingTime, monday: date) -> bool:
    """Tell whether somebody works less than most do; who has said no hours does not."""
    days = (hours.hours_on(monday + timedelta(days=number)) for number in hours.days)
    return timedelta() < sum((closes - opens for opens, closes in days), timedelta()) < PART_TIME_BELOW
