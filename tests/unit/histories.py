"""Drawing histories that nobody would think of: people all over the world, and what they do when."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.mentorship import Format
from tests.unit.deeds import Act, Deed
from tests.unit.lives import HOURS, PLACES, History

STEADY = settings(
    derandomize=True, deadline=None, database=None, max_examples=40, suppress_health_check=list(HealthCheck)
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
    (4, Act.WE_MET, AFTER),
    (3, Act.WE_DID_NOT, AFTER),
    (2, Act.REFLECT, AFTER),
    (1, Act.INTRODUCE, BEFORE),
    (2, Act.MOVE, ANY),
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

COMPANIES = ((Format.ONE_ON_ONE, 2), (Format.PEER, 2), (Format.GROUP, 4))


def histories() -> st.SearchStrategy[History]:
    """Draw a mentorship of two to four people over six to sixteen weeks and up to 20 deeds."""
    return st.sampled_from(COMPANIES).flatmap(lambda company: _histories(*company))


def _histories(form: Format, people: int) -> st.SearchStrategy[History]:
    homes = st.tuples(st.integers(0, len(PLACES) - 1), st.integers(0, len(HOURS) - 1))
    begins = st.builds(lambda date, hours: date + hours * HOUR, st.sampled_from(DATES), st.integers(0, 24 * 14))
    deeds = st.builds(
        lambda first, rest: (*first, *rest), _beginnings(people), st.lists(_deeds(), min_size=6, max_size=20)
    )
    rhythms = st.sampled_from([1, 2, 2, 4])
    return st.builds(History, st.just(form), st.tuples(*[homes] * people), begins, st.integers(6, 16), rhythms, deeds)


def _deeds() -> st.SearchStrategy[Deed]:
    who, far = st.integers(0, 3), st.sampled_from(FAR)
    usual = [
        st.builds(Deed, st.just(act), who, st.sampled_from(when), far, st.just(True))
        for weight, act, when in USUALLY
        for _ in range(weight)
    ]
    any_time = st.builds(Deed, st.sampled_from(Act), who, st.sampled_from(WAITS), far)
    return _often(*usual, any_time, any_time, any_time)


def _beginnings(people: int) -> st.SearchStrategy[tuple[Deed, ...]]:
    """Draw how far a mentorship comes before chance takes over: invited, begun, or in its rhythm."""
    agreed = tuple(Deed(Act.ACCEPT, number, 2 * HOUR) for number in range(people))
    timed = (*agreed, Deed(Act.PROPOSE, 1, 10 * DAY, 3), Deed(Act.CONFIRM, 0, 5 * HOUR))
    rhythm = (*timed, Deed(Act.WE_MET, 0, HOUR, around=True))
    answer = st.builds(Deed, st.sampled_from(CONSENTS), st.integers(0, people - 1), st.sampled_from(WAITS))
    begun = [st.just(agreed), st.just(timed), *[st.just(rhythm)] * 6]
    return _often(*begun, st.tuples(*[answer] * people))


def _often(*choices: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw one of several, as often as it is named."""
    return st.sampled_from(choices).flatmap(lambda choice: choice)
