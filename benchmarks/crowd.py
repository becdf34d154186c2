"""Made-up people for matching: a third mentors, one to four seats each, skills of uneven popularity, zones, teams."""

import random
from collections.abc import Iterator

from bot.matching.order import Program
from bot.matching.people import HOURS_A_WEEK, Member, Want

SKILLS = tuple(f"skill-{number}" for number in range(120))
WANTED = tuple(1 / (1 + number / 6) for number in range(120))
TAUGHT = tuple(1 / (1 + (number * 37 % 120) / 12) for number in range(120))
"""How often each skill is wanted and taught: what is wanted most is not what most can teach."""

ZONES = (0, 0, 0, 1, 1, 2, -5, -5, -8, 5, 8, 10)
"""Hours ahead of UTC, by how many work there."""

TEAM_OF = 40
"""So many people are in a team."""

KEPT_APART = 0.05
"""So many name somebody whom they would rather not be with."""


def people(count: int, seed: int) -> tuple[Program, list[Member]]:
    """Make up a programme and its people; the first third mentors, the others seek."""
    members = list(members_of(count, seed))
    ids = [member.id for member in members]
    third = count // 3
    return Program("all", mentors=tuple(ids[:third]), seekers=tuple(ids[third:])), members


def members_of(count: int, seed: int) -> Iterator[Member]:
    """Make up the people alone, one after the other."""
    chance = random.Random(seed)
    return (_member(number, count, chance) for number in range(count))


def _member(number: int, count: int, chance: random.Random) -> Member:
    mentors = number < count // 3
    team = chance.randrange(max(count // TEAM_OF, 4))
    zone = chance.choice(ZONES)
    return Member(
        id=f"p{number:06}",
        organization_id="sample",
        offers=tuple((skill, chance.choice((3, 4, 4, 5))) for skill in _skills(chance, TAUGHT, 3)) if mentors else (),
        wants=() if mentors else tuple(Want(s, chance.choice((1, 1, 2, 3)), w) for s, w in _wants(chance)),
        goals=frozenset(_skills(chance, WANTED, 1)),
        languages=frozenset(chance.choices(("en", "de", "fr", "es", "ja"), (12, 4, 1, 1, 1), k=2)),
        team=f"team-{team}",
        function=f"function-{team % 8}",
        site=f"site-{zone}",
        rank=chance.randrange(4, 8) if mentors else chance.randrange(1, 6),
        chain=tuple(f"p{above:06}" for above in _chain(number)),
        capacity=chance.randint(1, 4) if mentors else 0,
        hours=_hours(zone, chance.choice((5, 5, 5, 4, 3)), chance.choice((7, 8, 9, 9, 10))),
        not_with=frozenset({f"p{chance.randrange(count):06}"} if chance.random() < KEPT_APART else ()),
        left_out=chance.choice((0, 0, 0, 0, 1, 2)),
        part_time=chance.random() < 0.15,
    )


def _skills(chance: random.Random, popularity: tuple[float, ...], count: int) -> list[str]:
    return list(dict.fromkeys(chance.choices(SKILLS, popularity, k=count)))


def _wants(chance: random.Random) -> list[tuple[str, int]]:
    return list(zip(_skills(chance, WANTED, 3), (3, 2, 1), strict=False))


def _chain(number: int) -> list[int]:
    chain = []
    while number:
        number //= 8
        chain.append(number)
    return chain


def _hours(zone: int, days: int, starts: int) -> int:
    local = (day * 24 + hour for day in range(days) for hour in range(starts, starts + 8))
    mask = 0
    for hour in local:
        mask |= 1 << (hour - zone) % HOURS_A_WEEK
    return mask
