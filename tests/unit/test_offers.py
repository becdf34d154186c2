"""The times that are offered: at the usual hour where it can be, else early for one and late for another."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingTime, at_local, bearable_times, common_times, local
from bot.domain.meeting import State
from bot.domain.offers import offers
from bot.domain.program import Program
from tests.unit.histories import STEADY
from tests.unit.lives import HOURS, PLACES
from tests.unit.scenes import ana_and_ben, at, meeting

SYDNEY = "Australia/Sydney"


def on_the_clocks(times: Iterable[datetime], zone: str) -> list[str]:
    return [f"{local(moment, zone):%a %H:%M}" for moment in times]


def test_whom_berlin_and_sydney_trouble_changes_from_meeting_to_meeting() -> None:
    facts = ana_and_ben()
    facts.people["ben"].zone = SYDNEY
    made = meeting(facts, "2027-07-06 10:00")
    assert made.number == 0
    sydney_stays_late = offers(facts, made, at("2027-07-08 12:00"))
    made.number = 1
    berlin_gets_up_early = offers(facts, made, at("2027-07-08 12:00"))
    assert not sydney_stays_late.shared
    assert on_the_clocks(sydney_stays_late.times, "Europe/Berlin") == ["Fri 09:00", "Mon 09:00", "Tue 09:00"]
    assert on_the_clocks(sydney_stays_late.times, SYDNEY) == ["Fri 17:00", "Mon 17:00", "Tue 17:00"]
    assert on_the_clocks(berlin_gets_up_early.times, "Europe/Berlin") == ["Fri 08:00", "Mon 08:00", "Tue 08:00"]
    assert on_the_clocks(berlin_gets_up_early.times, SYDNEY) == ["Fri 16:00", "Mon 16:00", "Tue 16:00"]


def test_a_pair_that_meets_at_three_is_offered_three_and_a_new_one_ten() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 15:00")
    offered = offers(facts, made, at("2027-03-10 12:00"))
    assert offered.shared
    assert on_the_clocks(offered.times, "Europe/Berlin") == ["Thu 15:00", "Fri 15:00", "Mon 15:00"]
    made.starts_at, facts.mentorship.at = None, None
    assert on_the_clocks(offers(facts, made, at("2027-03-10 12:00"), 1).times, "Europe/Berlin") == ["Thu 10:00"]
    made.state = State.OPEN


def test_nothing_is_offered_while_the_programme_rests() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00")
    facts.program = Program("p", "o", "Mentoring", made.created_at)
    facts.program.holiday_from, facts.program.holiday_until = date(2027, 3, 8), date(2027, 3, 14)
    offered = offers(facts, made, at("2027-03-10 12:00"), 2)
    assert on_the_clocks(offered.times, "Europe/Berlin") == ["Mon 10:00", "Tue 10:00"]


def test_people_whose_days_never_meet_are_offered_nothing() -> None:
    people = [WorkingTime(days=(0, 1)), WorkingTime(days=(3,))]
    assert bearable_times(people, at("2027-07-05 12:00"), 45, 3, 0, "UTC") == ()


Home = tuple[tuple[str, str, str], tuple[tuple[int, ...], time, time]]

homes = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(HOURS)), min_size=2, max_size=2)
moments = st.builds(
    datetime.combine, st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.builds(time, st.integers(0, 23))
)


def people_of(homes: list[Home]) -> list[WorkingTime]:
    return [
        WorkingTime(zone, days, starts, ends, country, region)
        for (zone, country, region), (days, starts, ends) in homes
    ]


def can_bear(hours: WorkingTime, start: datetime, minutes: int) -> bool:
    """Tell whether a meeting lies on one working day from seven to nine in the evening, or in longer own hours."""
    first, last = local(start, hours.zone), local(start + timedelta(minutes=minutes), hours.zone)
    begins, ends = min(time(7), hours.starts), max(time(21), hours.ends)
    same_day = first.date() == last.date()
    return same_day and hours.works_on(first.date()) and begins <= first.time() and last.time() <= ends


@STEADY
@given(homes=homes, clock=moments, minutes=st.sampled_from([30, 45, 90]), number=st.integers(0, 6))
def test_nobody_is_asked_to_bear_more_than_an_early_or_a_late_hour_on_a_day_on_which_they_work(
    homes: list[Home], clock: datetime, minutes: int, number: int
) -> None:
    people = people_of(homes)
    zone = people[0].zone
    after = at_local(clock.date(), clock.time(), zone)
    offered = bearable_times(people, after, minutes, 3, number, zone)
    assert len({local(moment, zone).date() for moment in offered}) == len(offered), "each on a day of its own"
    assert all(after < moment < after + timedelta(days=16) for moment in offered)
    assert all(can_bear(hours, moment, minutes) for moment in offered for hours in people)
    assert len(offered) >= len(common_times(people, after, minutes, 3, after, zone)), "a shared hour can be borne"


@STEADY
@given(homes=homes, clock=moments, number=st.integers(0, 6))
def test_whose_turn_it_is_spares_the_other_as_much_as_can_be(homes: list[Home], clock: datetime, number: int) -> None:
    people = people_of(homes)
    zone, other = people[0].zone, people[1 - number % 2]
    after = at_local(clock.date(), clock.time(), zone)
    for moment in bearable_times(people, after, 45, 3, number, zone):
        midnight = at_local(local(moment, zone).date(), time(), zone)
        that_day = (midnight + timedelta(minutes=30 * n) for n in range(46))
        instead = [t for t in that_day if t > after and all(can_bear(hours, t, 45) for hours in people)]
        in_hours = [t for t in instead if other.covers(t, 45)]
        assert other.covers(moment, 45) or not in_hours
