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

AROUND = (-3 * DAY, -26 * HOUR, -2 * HOUR, HOUR, 20 * HOUR, 3 * DAY, 6 * DAY, 10 * DAY)
"""Before and after the hour of a meeting, which is when most things are done."""

FAR = (1, 2, 5, 9, 11, 20)
"""Days that a meeting is moved by, or that a rest or an outage lasts."""

CONSENTS = (Act.ACCEPT, Act.ACCEPT, Act.DECLINE, Act.NOTHING)
RARE = (Act.PAUSE, Act.RESUME, Act.END, Act.OUTAGE, Act.SKIP)
USUAL = tuple(act for act in Act if act not in (*CONSENTS, *RARE))
COMPANIES = ((Format.ONE_ON_ONE, 2), (Format.PEER, 2), (Format.GROUP, 4))


def histories() -> st.SearchStrategy[History]:
    """Draw a mentorship of two to four people over six to sixteen weeks and up to 24 deeds."""
    return st.sampled_from(COMPANIES).flatmap(lambda company: _histories(*company))


def _histories(form: Format, people: int) -> st.SearchStrategy[History]:
    homes = st.tuples(st.integers(0, len(PLACES) - 1), st.integers(0, len(HOURS) - 1))
    begins = st.builds(lambda date, hours: date + hours * HOUR, st.sampled_from(DATES), st.integers(0, 24 * 14))
    deeds = st.builds(
        lambda first, rest: (*first, *rest), _beginnings(people), st.lists(_deeds(), min_size=6, max_size=24)
    )
    rhythms = st.sampled_from([1, 2, 2, 4])
    return st.builds(History, st.just(form), st.tuples(*[homes] * people), begins, st.integers(6, 16), rhythms, deeds)


def _deeds() -> st.SearchStrategy[Deed]:
    acts, who, far = st.sampled_from([*USUAL * 4, *RARE]), st.integers(0, 3), st.sampled_from(FAR)
    by_itself = st.builds(Deed, acts, who, st.sampled_from(WAITS), far)
    around = st.builds(Deed, acts, who, st.sampled_from(AROUND), far, st.just(True))
    return _often(around, around, around, by_itself)


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
