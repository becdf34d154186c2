"""Days and hours as people type them, in English and German, read on their own clocks.

Only what lies ahead is read. What somebody means by a few words is a guess, however good: whoever lets a partner see
it says it back first. Text of any kind may come in; nothing here ever raises.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale

from bot.domain.cadence import at_local, local
from bot.language import LANGUAGES
from bot.near import near

LONGEST = 80
"""Characters that a day or an hour in words may have; more is prose."""

_FARTHEST = timedelta(days=3 * 366)
"""How far ahead a day may lie; beyond it something else was meant."""

_ENGLISH = ("to", "until", "till", "by", "on", "at", "the", "this", "from", "starting")
_GERMAN = (
    "bis",
    "zum",
    "zu",
    "auf",
    "am",
    "um",
    "ab",
    "von",
    "vom",
    "den",
    "dem",
    "der",
    "diesen",
    "dieser",
    "gegen",
)
FILLERS = frozenset(_ENGLISH).union(_GERMAN)
"""Words that stand before a day or an hour and change nothing about it."""

NEXT = re.compile(r"\b(?:next|coming|n(?:ä|ae)chste[mnrs]?|kommende[mnrs]?)\b")

_CLOCKS = tuple(
    re.compile(rf"(?<![\d.:])(?P<hour>\d{{1,2}}){rest}")
    for rest in (
        r"(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\b\.?",
        r"(?:[:.](?P<minute>\d{2}))?\s*(?:uhr|o'clock|h)\b(?:\s*(?P<after>\d{2})\b)?",
        r":(?P<minute>\d{2})(?![\d.:])",
        r"\.(?P<minute>00|1[3-9]|[2-5]\d)(?![\d.:])",
    )
)
_BARE = re.compile(r"(?:\b(?:at|um|gegen)|@)\s*(\d{1,2})(?![\d.:/-])\s*")
_LAST = re.compile(r"\s+(\d{1,2})$")
_NOON = re.compile(r"\b(?:noon|midday|mittags?)\b")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})(?:\.\s?(\d{4}|\d{2})?)?(?![\d.])")
_YEAR = re.compile(r"\d{4}|/\d+/")
_DAYS, _HOURS = ("day", "week"), ("part_of_day", "time")
"""What the library may have found: a day, or a day and its hour; a mere month or year is no day."""


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody named on their own clocks: a day, an hour, or both; what they left open is None."""

    day: date | None
    hour: time | None


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    hour: time | None


def read(text: str, now: datetime, zone: str) -> Named | None:
    """Read a day, an hour, or both; None where the words name neither, or a day that is over."""
    said = plain(text)
    if not said:
        return None
    hour, rest = _clock(said)
    if not rest:
        return Named(None, hour) if hour else None
    if hour is None and (last := _LAST.search(rest)):
        found, hour = _day(rest[: last.start()], now, zone), _daytime(int(last[1]))
        if found and hour:
            return Named(found.day, hour)
        hour = None
    found = _day(rest, now, zone)
    return Named(found.day, hour or found.hour) if found else None


def moment(text: str, now: datetime, zone: str, usual: time) -> datetime | None:
    """Read the next moment in UTC that the words name; a day alone stands for its `usual` hour."""
    named = read(text, now, zone)
    if named is None:
        return None
    today = local(now, zone).date()
    days = (named.day,) if named.day else (today, today + timedelta(days=1))
    found = (at_local(day, named.hour or usual, zone) for day in days)
    return next((one for one in found if one > now), None)


def day(text: str, now: datetime, zone: str) -> date | None:
    """Read a day from today on."""
    named = read(text, now, zone)
    return named.day if named else None


def hour(text: str) -> time | None:
    """Read an hour of the day; a mere '10' is one too, and '3' is in the afternoon."""
    said = plain(text)
    found, rest = _clock(said)
    if found is None and said.isdecimal() and len(said) <= 2:
        return _daytime(int(said))
    return None if rest else found


def plain(text: str) -> str:
    """Return words in small letters, one space apart, without what only dresses them; '' for more than a line."""
    said = re.sub(r"(\d)t(\d)", r"\1 \2", text.strip().casefold())
    return " ".join(said.replace(",", " ").rstrip("!?").split()) if len(said) <= LONGEST else ""


def _clock(said: str) -> tuple[time | None, str]:
    """Return the hour that is named, and the words without it."""
    for pattern in _CLOCKS:
        if (found := pattern.search(said)) and (hour := _hour(found.groupdict())):
            return hour, _rest(said, found)
    if found := _NOON.search(said):
        return time(12), _rest(said, found)
    if (found := _BARE.search(said)) and (hour := _daytime(int(found[1]))):
        return hour, _rest(said, found)
    return None, _rest(said)


def _hour(parts: dict[str, str | None]) -> time | None:
    number, minute = int(parts["hour"] or 0), int(parts.get("minute") or parts.get("after") or 0)
    if half := parts.get("half"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "p" else 0)
    return time(number, minute) if number < 24 and minute < 60 else None


def _daytime(number: int) -> time | None:
    """Return the hour of a mere number: people who meet at 3 do so in the afternoon."""
    return time(number + 12 if 1 <= number <= 6 else number) if number < 24 else None


def _rest(said: str, found: re.Match[str] | None = None) -> str:
    left = f"{said[: found.start()]} {said[found.end() :]}" if found else said
    return " ".join(word for word in left.split() if word not in FILLERS)


def _day(said: str, now: datetime, zone: str) -> _Day | None:
    """Read a day from today on, with its hour where the words tell it, as 'in two hours' or 'tonight' do."""
    here = local(now, zone)
    today = here.date()
    for words in _spellings(said):
        found = _parsed(words, here.replace(tzinfo=None))
        if found is None:
            continue
        day = found.day
        if (day.month, day.day) == (today.month, today.day) and not _YEAR.search(words):
            day = today
        if today <= day <= today + _FARTHEST:
            return _Day(day, found.hour)
    return None


def _spellings(said: str) -> Iterator[str]:
    """Yield the words as they stand, then without 'next', then with the nearest names of days and months."""
    words = _DOTTED.sub(lambda found: "/".join(filter(None, found.groups())), said)
    yield words
    yield " ".join(NEXT.sub("", words).split())
    yield " ".join(_name(word) for word in words.split())


def _name(word: str) -> str:
    """Return the name of a day or month that a word misspells, else the word."""
    found = near(word, _names()) if len(word) > 3 and word.isalpha() else []
    return found[0] if found else word


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    known = [names["wide"] for code in LANGUAGES for names in _calendar(Locale.parse(code))]
    return frozenset({"today", "tomorrow", "heute", "morgen", "übermorgen"}).union(
        name.casefold() for names in known for name in names.values()
    )


def _calendar(locale: Locale) -> tuple[Mapping[str, Mapping[int, str]], ...]:
    return locale.days["format"], locale.months["format"]


def _parsed(words: str, here: datetime) -> _Day | None:
    """Return what the library makes of a day in words; None where it finds no day, or a zone of its own."""
    if not words or words.isdecimal():
        return None
    from dateparser.date import DateDataParser  # takes a second to import, and only typed dates need it

    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": here,
        "DATE_ORDER": "YMD" if words[:4].isdecimal() else "DMY",
        "RETURN_TIME_AS_PERIOD": True,
    }
    try:
        found = DateDataParser(languages=list(LANGUAGES), settings=settings).get_date_data(words)
    except (ValueError, OverflowError):
        return None
    moment = found.date_obj
    if moment is None or moment.tzinfo is not None or found.period not in (*_DAYS, *_HOURS):
        return None
    at = moment.time().replace(second=0, microsecond=0)
    return _Day(moment.date(), at if found.period in _HOURS else None)
