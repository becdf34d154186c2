"""Made-up people for tests of matching: few of everything, so that limits, ties and scarcity meet often."""

import random

from hypothesis import strategies as st

from bot.domain.mentorship import Format
from bot.matching.order import Limits, Order, Program, Tie, Weights
from bot.matching.people import Member, Want

SKILLS = ("go", "law", "ops", "sql", "tax", "ux")
WEEK = (0xFF << 9, 0xFF << 14, 0xFF << 33, 0xFF << 17 | 0xFF << 41, 0)
"""Masks of hours: some share many, some few, some none; and one that nobody knows."""


def member(chance: random.Random, number: int, count: int) -> Member:
    """Make up one of so many people."""
    ids = [f"p{n:03}" for n in range(count)]
    earlier = frozenset(chance.sample(ids, min(count, 2)))
    return Member(
        id=ids[number],
        organization_id=chance.choice(("acme", "acme", "acme", "acme", "other")),
        offers=tuple((skill, chance.randint(0, 5)) for skill in chance.sample(SKILLS, chance.randint(0, 3))),
        wants=tuple(
            Want(skill, chance.randint(0, 5), chance.randint(1, 4))
            for skill in chance.sample(SKILLS, chance.randint(0, 3))
        ),
        goals=frozenset(chance.sample(SKILLS, chance.randint(0, 2))),
        languages=frozenset(chance.sample(("en", "de", "fr"), chance.randint(0, 2))),
        team=chance.choice(("", "red", "blue", "green")),
        function=chance.choice(("", "build", "sell")),
        site=chance.choice(("Bonn", "Kiel", "York")),
        rank=chance.randint(0, 4),
        chain=tuple(chance.sample(ids, min(count, chance.randint(0, 2)))),
        capacity=chance.randint(0, 4),
        hours_a_month=chance.choice((None, 2, 4, 8)),
        hours=chance.choice(WEEK),
        not_with=frozenset(chance.sample(ids, 1) if chance.random() < 0.2 else ()),
        conflicts=frozenset(chance.sample(ids, 1) if chance.random() < 0.2 else ()),
        earlier=earlier,
        again=frozenset(one for one in earlier if chance.random() < 0.5),
        left_out=chance.randint(0, 4),
        part_time=chance.random() < 0.3,
    )


def limits(chance: random.Random) -> Limits:
    """Draw the limits of a programme."""
    return Limits(chance.random() < 0.5, chance.random() < 0.5, chance.choice((0, 1, 4, 9)), chance.random() < 0.7)


def weights(chance: random.Random) -> Weights:
    """Draw the weights of a programme."""
    wanted, ahead, goals, hours, language, diversity = (chance.randint(0, 30) for _ in range(6))
    top = chance.randint(0, wanted)
    return Weights(wanted + 1, ahead, goals, hours, language, diversity, again=top, priority=wanted - top)


def single(chance: random.Random, count: int, format: Format) -> tuple[Order, list[Member]]:
    """Make up a round of one programme, with pins and forbidden pairs."""
    members = [member(chance, number, count) for number in range(count)]
    ids = [one.id for one in members]
    mentors = [key for key in ids if chance.random() < 0.4]
    seekers = [key for key in ids if chance.random() < 0.7]
    if format is Format.PEER:
        mentors = []
    elif format is Format.REVERSE:
        mentors = seekers = ids
    program = Program(
        "only", format, tuple(mentors), tuple(seekers), weights(chance), limits(chance),
        chance.choice((None, None, 1, 3)), chance.choice((0, 0, 2)),
    )  # fmt: skip
    ties = [
        Tie("only", chance.choice(mentors or seekers), chance.choice(seekers))
        for _ in range(count // 6 if seekers and (mentors or format is Format.PEER) else 0)
    ]
    cut = len(ties) // 2
    return Order((program,), chance.randrange(1_000), tuple(ties[:cut]), tuple(ties[cut:])), members


def rounds(most: int, *formats: Format) -> st.SearchStrategy[tuple[Order, list[Member]]]:
    """Rounds of one programme with up to so many people."""
    return st.builds(
        lambda seed, count, format: single(random.Random(seed), count, format),
        st.integers(0, 1 << 32), st.integers(1, most), st.sampled_from(formats or tuple(Format)),
    )  # fmt: skip
