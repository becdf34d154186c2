"""Drawing histories that nobody would think of: people all over the world, and what they do when."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.mentorship import Format
from tests.unit.deeds import Act, Deed
from tests.unit.lives import HOURS, PLACES, History

STEADY = settings(
    derandomize=True, deadline=None, database=None, max_examples=60, suppress_health_check=list(HealthCheck)
)
"""The same histories in every run, so that what is red stays red until it is mended."""

DATES = (
    datetime(2026, 3, 2, 8, tzinfo=UTC),  # clocks change in spring and autumn
    datetime(2026, 9, 14, 14, tzinfo=UTC),
    datetime(2026, 11, 30, 7, tzinfo=UTC),  # a year of 53 weeks
    datetime(2028, 1, 10, 20, tzinfo=UTC),  # a leap day
    datetime(2032, 11, 29, 11, tzinfo=UTC),  # the next year of 53 weeks, and a leap year
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WAITS = (timedelta(), 20 * HOUR, 3 * DAY, 8 * DAY)
"""Until somebody does something after the deed before."""

BEFORE = (-5 * DAY, -3 * DAY, -26 * HOUR, -2 * HOUR)
AFTER = (HOUR, 20 * HOUR, 3 * DAY, 6 * DAY)
LATE = (10 * DAY, 16 * DAY)
ANY = (*BEFORE, *AFTER, *LATE)
"""When things are done, counted from the hour of a meeting."""

FAR = (1, 2, 5, 9, 11, 20)
"""Days that a meeting is moved by, or that a rest or an outage lasts."""

CONSENTS = (Act.ACCEPT, Act.ACCEPT, Act.DECLINE, Act.NOTHING)

USUALLY: tuple[tuple[int, Act, tuple[timedelta, ...]], ...] = (
    (4, Act.NOTHING, LATE),
    (3, Act.TOPIC, BEFORE),
    (5, Act.WE_MET, AFTER),
    (3, Act.WE_DID_NOT, AFTER),
    (2, Act.REFLECT, AFTER),
    (1, Act.INTRODUCE, BEFORE),
    (3, Act.MOVE, ANY),
    (1, Act.MOVE_BACK, BEFORE),
    (1, Act.DELAY, BEFORE),
    (1, Act.PROPOSE, ANY),
    (2, Act.CONFIRM, BEFORE),
    (1, Act.SKIP, ANY),
    (2, Act.REST, ANY),
    (1, Act.WAKE, ANY),
    (1, Act.PAUSE, ANY),
    (2, Act.RESUME, LATE),
    (1, Act.OUTAGE, ANY),
)
"""How often something is done among all that is done, and when."""

WRITING = (Act.DRAFT, Act.AGREE, Act.NAME_GOAL)
"""What people write down between other things, whatever these are."""

COMPANIES = ((Format.ONE_ON_ONE, 2), (Format.PEER, 2), (Format.GROUP, 4))


def histories() -> st.SearchStrategy[History]:
    """Draw a mentorship of two to four people over six to sixteen weeks, in which they do up to 20 things.

    Hypothesis draws the seed and how much of it is lived, and so finds the shortest life that fails. Drawn piece by
    piece, most lives would resemble each other.
    """
    return st.builds(history, st.integers(0, 2**32), st.integers(0, 20))


def history(seed: int, length: int) -> History:
    """Return the history of a seed, up to its deed of a number."""
    chance, writing = Random(seed), Random(~seed)
    form, people = chance.choice(COMPANIES)
    homes = tuple((chance.randrange(len(PLACES)), chance.randrange(len(HOURS))) for _ in range(people))
    begins = chance.choice(DATES) + chance.randrange(24 * 14) * HOUR
    weeks, every_weeks = chance.randint(6, 16), chance.choice((1, 2, 2, 4))
    done = ((_deed(chance), *_written(writing)) for _ in range(length))
    deeds = (*_beginning(chance, people), *chain.from_iterable(done))
    return History(form, homes, begins, weeks, every_weeks, deeds)


def _deed(chance: Random) -> Deed:
    """Choose something that is usual, at its usual time around a meeting, or now and then anything at any time."""
    who, far = chance.randrange(4), chance.choice(FAR)
    if chance.random() < 0.1:
        anything = [act for act in Act if act not in WRITING]
        return Deed(chance.choice(anything), who, chance.choice(WAITS), far)
    (_, act, when), *_ = chance.choices(USUALLY, [weight for weight, _, _ in USUALLY])
    return Deed(act, who, chance.choice(when), far, around=True)


def _written(chance: Random) -> tuple[Deed, ...]:
    """Choose something to write down, soon after what was done, or mostly nothing."""
    if chance.random() < 0.7:
        return ()
    return (Deed(chance.choice(WRITING), chance.randrange(4), chance.choice((HOUR, 5 * HOUR))),)


def _beginning(chance: Random, people: int) -> tuple[Deed, ...]:
    """Choose how far a mentorship comes before chance takes over: invited, begun, or mostly in its rhythm."""
    if chance.random() < 0.1:
        return tuple(Deed(chance.choice(CONSENTS), number, chance.choice(WAITS)) for number in range(people))
    agreed = tuple(Deed(Act.ACCEPT, number, 2 * HOUR) for number in range(people))
    timed = (*agreed, Deed(Act.PROPOSE, 1, 10 * DAY, 3), Deed(Act.CONFIRM, 0, 5 * HOUR))
    rhythm = (*timed, Deed(Act.WE_MET, 0, HOUR, around=True))
    return chance.choice((agreed, timed, *[rhythm] * 6))
