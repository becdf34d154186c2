"""Who works at the company, as a seed draws them: where, when, how they answer; and who is paired with whom."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain.people import Person
from bot.simulation.diary import Diary

PLACES = (
    ("Europe/Berlin", "DE", "BE"),
    ("Europe/London", "GB", "ENG"),
    ("America/New_York", "US", "NY"),
    ("Asia/Kolkata", "IN", ""),
    ("Australia/Sydney", "AU", "NSW"),
)
_SHARES = (40, 20, 20, 10, 10)
_WEEKS = ((0, 1, 2, 3, 4), (0, 1, 2, 3), (1, 2, 3, 4), (0, 2, 4))
_FROM_AFAR = 0.2
"""How likely somebody is paired without regard to zones."""


FORMS = ((("", 1), 80), (("", 3), 8), (("", 10), 2), (("group", 10), 2), (("peers", 1), 4), (("reverse", 1), 4))
"""Whom a mentor gets, as a word behind `pair` and how many, with how common it is."""


@dataclass(frozen=True, slots=True)
class Team:
    """People who are brought together, whoever mentors first; `words` is the form, '' for a pair."""

    words: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Character:
    """How somebody behaves; the numbers are likelihoods.

    Without a `diary` they act at any hour. An `owl` answers at night. `types` is to type a word instead of pressing
    its button, `talks` to fill in a form by typing, `moves` to move a meeting that they are told of, `wishes` to ask
    for something by a command after a message.
    """

    diary: Diary | None = None
    answers: float = 1.0
    waits: timedelta = timedelta(hours=3)
    owl: bool = False
    types: float = 0.15
    talks: float = 0.0
    moves: float = 0.0
    wishes: float = 0.0


def draw(chance: random.Random, start: datetime, weeks: int) -> Character:
    """Draw one person, who is away or pauses the bot at some time of these weeks, or never."""
    zone, country, region = chance.choices(PLACES, _SHARES)[0]
    starts = chance.choice((7, 8, 8, 9, 9, 9, 10))
    length = chance.choices((8, 4), (90, 10))[0]
    days = chance.choices(_WEEKS, (85, 6, 6, 3))[0]
    diary = Diary(zone, country, region, days, time(starts), time(starts + length))
    if chance.random() < 0.25:
        first = start.date() + timedelta(days=chance.randrange(weeks * 7))
        diary.away.append((first, first + timedelta(days=chance.choice((0, 2, 6, 13)))))
    if chance.random() < 0.06:
        since = start + timedelta(days=chance.randrange(2, weeks * 7), hours=chance.randrange(24), minutes=37)
        diary.pauses.append((since, since + timedelta(days=chance.choice((3, 7, 14)))))
    return Character(
        diary,
        answers=chance.choices((0.0, 0.5, 0.85, 1.0), (5, 10, 50, 35))[0],
        waits=timedelta(hours=chance.choice((0.3, 3, 3, 12, 36))),
        owl=chance.random() < 0.07,
        types=chance.choice((0.0, 0.1, 0.5)),
        talks=chance.choice((0.0, 0.0, 0.5)),
        moves=0.06,
        wishes=0.04,
    )


def employ(person_id: str, organization_id: str, character: Character, *, admin: bool = False) -> Person:
    """Return the person as the company's roster has them; the bot learns of pauses only when they begin."""
    diary = character.diary or Diary()
    return Person(
        person_id,
        organization_id,
        f"{person_id} Sample",
        zone=diary.zone,
        country=diary.country,
        region=diary.region,
        working_days=diary.days,
        day_starts=diary.starts,
        day_ends=diary.ends,
        away=tuple((_iso(first), _iso(last)) for first, last in diary.away),
        is_admin=admin,
    )


def teams(zones: Mapping[str, str], chance: random.Random) -> list[Team]:
    """Return who is brought together, given the zone of each: everybody in one team, some mentees in a second."""
    everybody = list(zones)
    chance.shuffle(everybody)
    everybody.sort(key=lambda key: chance.choice(PLACES)[0] if chance.random() < _FROM_AFAR else zones[key])
    found = list(_first_teams(everybody, chance))
    for mentee in chance.sample(everybody, len(everybody) // 30):
        mentor = chance.choice(everybody)
        if not any({mentor, mentee} <= set(team.people) for team in found):
            found.append(Team("", (mentor, mentee)))
    return found


def _first_teams(everybody: list[str], chance: random.Random) -> Iterator[Team]:
    rest = iter(everybody)
    for first in rest:
        words, size = chance.choices([kind for kind, _ in FORMS], [share for _, share in FORMS])[0]
        others = list(islice(rest, size)) or everybody[:1]
        if words == "group" and len(others) > 1:
            yield Team(words, (first, *others))
        else:
            yield from (Team("" if words == "group" else words, (first, other)) for other in others)


def _iso(day: date) -> str:
    return day.isoformat()
