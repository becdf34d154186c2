"""One cell of a roster to one value. Each function raises a ValueError whose text is the reason, for a person."""

import re
from datetime import time

from bot.roster import names

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"']+")
_MOST = 20
_DIVIDERS = re.compile(r"[;,|]")
_DASH = re.compile(r"\s*(?:[-–—]|\b(?:to|bis)\b)\s*", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*uhr)?", re.IGNORECASE)
_DAYS = {
    name: number
    for number, names_ in enumerate(
        (
            "monday mon montag mo",
            "tuesday tue tues dienstag di",
            "wednesday wed mittwoch mi",
            "thursday thu thur thurs donnerstag do",
            "friday fri freitag fr",
            "saturday sat samstag sonnabend sa",
            "sunday sun sonntag so",
        )
    )
    for name in names_.split()
}


def text(cell: str) -> str:
    """Return a cell as it is, a formula too: nothing here ever computes one."""
    return _short(cell, 200)


def email(cell: str) -> str:
    """Return an address in small letters, by which people are told apart."""
    if not _EMAIL.fullmatch(cell):
        raise ValueError(f"'{cell[:40]}' is no e-mail address" if cell else "the e-mail address is missing")
    return _short(cell.lower(), 200)


def listing(cell: str) -> tuple[str, ...]:
    """Return the parts of 'Python; Public speaking', divided by ';', ',' or '|', each once."""
    parts = (part.strip() for part in _DIVIDERS.split(_short(cell, 2000)))
    return tuple(dict.fromkeys(part for part in parts if part))


def languages(cell: str) -> tuple[str, ...]:
    """Return 'German, English' as codes: ('de', 'en')."""
    return tuple(dict.fromkeys(names.language(part) for part in listing(cell)))


def capacity(cell: str) -> int:
    """Return how many mentees somebody would take at a time."""
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 3 or int(cell) > _MOST:
        raise ValueError(f"the mentor capacity '{cell[:20]}' is no whole number from 0 to {_MOST}")
    return int(cell)


def days(cell: str) -> tuple[int, ...]:
    """Return 'Mon-Fri' or 'Mon, Tue, Thu' as numbers, Monday being 0; 'Sun-Thu' runs over the week's end."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[;,|/\s]+", _DASH.sub("-", cell))):
        first, dash, last = part.partition("-")
        start, end = _day(first), _day(last if dash else first)
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(found)) or (_day(cell),)


def hours(cell: str) -> tuple[time, time]:
    """Return '09:00-17:30' as two times of one day, the first before the second."""
    parts = _DASH.split(cell)
    if len(parts) != 2:
        raise ValueError(f"the working hours '{cell[:20]}' are not like '09:00-17:30'")
    starts, ends = _hour(parts[0], cell), _hour(parts[1], cell)
    if ends <= starts:
        raise ValueError(f"the working hours '{cell[:20]}' end before they start")
    return starts, ends


def _short(cell: str, longest: int) -> str:
    if len(cell) > longest:
        raise ValueError(f"'{cell[:20]}…' is longer than {longest} characters")
    return cell


def _day(word: str) -> int:
    try:
        return _DAYS[word.rstrip(".").casefold()]
    except KeyError:
        raise ValueError(f"'{word[:20]}' is no day of the week; write 'Mon-Fri' or 'Mon, Tue, Thu'") from None


def _hour(word: str, cell: str) -> time:
    match = _HOUR.fullmatch(word.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"the working hours '{cell[:20]}' are not like '09:00-17:30'")
    return time(hour, minute)
