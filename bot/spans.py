"""Stretches of days as people type them, in English and German: 'until Friday', 'from 3 to 10 March'."""

import re
from datetime import date, datetime, time, timedelta

from bot.domain.cadence import at_local, local
from bot.moments import FILLERS, LONGEST, NEXT, day, plain

_DASHES = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\.)-(?=\d)|\b(?:to|until|till|through|bis)\b")
_NUMBER = re.compile(r"(\d{1,2})\.?")
_LASTING = re.compile(r"(?:for )?(?!in |next |n(?:ä|ae)chste)([^ ]+ (?:days?|weeks?|tagen?|wochen?))(?: lang)?")
_WEEK = re.compile(r"\b(?:week|woche)\b")


def span(text: str, now: datetime, zone: str) -> tuple[date, date] | None:
    """Read days on end, as the first and the last: 'until Friday', 'from 3 to 10 March', 'tomorrow', 'next week'.

    What follows the days, such as a reason, is passed over.
    """
    words = plain(text[:LONGEST]).split()
    tries = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(filter(None, (_span(said, now, zone) for said in tries)), None)


def _span(said: str, now: datetime, zone: str) -> tuple[date, date] | None:
    today = local(now, zone).date()
    if lasting := _LASTING.fullmatch(said):
        over = day(f"in {lasting[1]}", now, zone)
        return (today, over - timedelta(days=1)) if over and over > today else None
    parts = [part.strip() for part in _DASHES.split(said)]
    first, last = ("", parts[0]) if len(parts) == 1 else (" ".join(parts[:-1]), parts[-1])
    first = " ".join(word for word in first.split() if word not in FILLERS)
    if not first:
        return _until(last, now, zone, alone=len(parts) == 1)
    begins, ends = _ends(first, last, now, zone)
    return (max(begins, today), ends) if begins and ends and begins <= ends else None


def _ends(first: str, last: str, now: datetime, zone: str) -> tuple[date | None, date | None]:
    """Read both ends of a stretch; a mere number is a day in the month of the other end."""
    begins, ends = day(first, now, zone), day(last, now, zone)
    if ends and (number := _NUMBER.fullmatch(first)):
        begins = _in_month(ends if int(number[1]) <= ends.day else ends.replace(day=1) - timedelta(days=1), number[1])
    elif begins and (number := _NUMBER.fullmatch(last)):
        ends = _in_month(begins, number[1])
    elif begins and ends and begins > ends:
        ends = day(last, at_local(begins, time(), zone), zone)
    return begins, ends


def _until(said: str, now: datetime, zone: str, *, alone: bool) -> tuple[date, date] | None:
    """Return the days up to one that was named; a day named `alone` is only itself, and a week all its days.

    Up to the weekday that today is means today, which is said back: a week more is 'until next Friday'.
    """
    ends, today = day(said, now, zone), local(now, zone).date()
    if ends is None or not alone:
        words = [word for word in said.split() if word not in FILLERS]
        named_today = ends == today + timedelta(days=7) and len(words) == 1 and words[0].isalpha()
        return (today, today if named_today else ends) if ends else None
    if _WEEK.search(said) and NEXT.search(said):
        monday = ends - timedelta(days=ends.weekday())
        return monday, monday + timedelta(days=6)
    return ends, ends


def _in_month(month: date, number: str) -> date | None:
    try:
        return month.replace(day=int(number))
    except ValueError:
        return None
