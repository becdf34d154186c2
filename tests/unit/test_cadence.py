"""Dates that are easy to get wrong: clocks that change, holidays, leap days, years of 53 weeks, people far apart."""

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Cadence, WorkingTime, at_local, common_times, local
from bot.domain.mentorship import decision_time
from tests.unit.histories import STEADY
from tests.unit.lives import PLACES
from tests.unit.scenes import BERLIN, at

GERMAN = WorkingTime(BERLIN, country="DE", region="BE")
NEW_YORK, SYDNEY, AUCKLAND = "America/New_York", "Australia/Sydney", "Pacific/Auckland"


# Clocks that change


def test_an_hour_that_the_clocks_skip_is_moved_forward_by_as_much() -> None:
    assert local(at_local(date(2027, 3, 28), time(2, 30), BERLIN), BERLIN).time() == time(3, 30)
    assert local(at_local(date(2027, 10, 3), time(2, 30), SYDNEY), SYDNEY).time() == time(3, 30)
    assert local(at_local(date(2027, 10, 3), time(2, 10), "Australia/Lord_Howe"), "Australia/Lord_Howe").minute == 40


def test_an_hour_that_the_clocks_repeat_is_taken_the_first_time() -> None:
    once = at_local(date(2027, 10, 31), time(2, 30), BERLIN)
    assert once == at("2027-10-31 00:30", "UTC")
    assert local(once + timedelta(hours=1), BERLIN).time() == time(2, 30)


def test_a_pair_in_berlin_and_new_york_loses_an_hour_when_only_one_of_them_changes_its_clocks() -> None:
    people = [WorkingTime(BERLIN), WorkingTime(NEW_YORK)]

    def shared(day: str) -> list[str]:
        hours = [at(f"{day} {hour:02}:00") for hour in range(24)]
        return [f"{local(hour, BERLIN):%H}" for hour in hours if all(p.covers(hour, 60) for p in people)]

    assert shared("2027-03-16") == ["14", "15", "16"]
    assert shared("2027-03-30") == ["15", "16"]


def test_three_times_are_offered_at_the_usual_hour_or_as_near_as_both_can() -> None:
    people = [WorkingTime(BERLIN), WorkingTime(NEW_YORK)]
    monday = at("2027-03-15 12:00")
    offered = common_times(people, monday, 45, 3, like=at("2027-03-09 10:00"), zone=BERLIN)
    assert offered == (at("2027-03-16 14:00"), at("2027-03-17 14:00"), at("2027-03-18 14:00"))
    as_usual = common_times(people, monday, 45, 1, like=at("2027-03-09 15:30"), zone=BERLIN)
    assert as_usual == (at("2027-03-16 15:30"),)


def test_an_offered_meeting_ends_before_anybody_goes_home() -> None:
    people = [WorkingTime(BERLIN), WorkingTime(BERLIN, starts=time(16), ends=time(20))]
    assert common_times(people, at("2027-03-15 12:00"), 60, 1, at("2027-03-09 16:30"), BERLIN) == (
        at("2027-03-16 16:00"),
    )
    assert common_times(people, at("2027-03-15 12:00"), 75, 1, at("2027-03-09 16:30"), BERLIN) == ()


def test_berlin_and_sydney_share_no_working_hour_in_july() -> None:
    people = [WorkingTime(BERLIN), WorkingTime(SYDNEY)]
    assert common_times(people, at("2027-07-05 12:00"), 45, 3, at("2027-07-05 10:00"), BERLIN) == ()


def test_no_time_is_offered_on_a_holiday_or_a_free_day_of_either() -> None:
    people = [GERMAN, WorkingTime(BERLIN, days=(0, 4))]
    maundy_thursday = at("2027-03-25 12:00")
    offered = common_times(people, maundy_thursday, 45, 2, at("2027-03-25 10:00"), BERLIN)
    assert offered == (at("2027-04-02 10:00"), at("2027-04-05 10:00"))


# Working days


def test_two_working_days_before_a_meeting_after_easter_lie_before_easter() -> None:
    wednesday = at("2027-03-31 10:00")
    assert GERMAN.days_before(wednesday, 1) == at("2027-03-30 09:00")
    assert GERMAN.days_before(wednesday, 2) == at("2027-03-25 09:00")
    assert WorkingTime(BERLIN).days_before(wednesday, 2) == at("2027-03-29 09:00")


def test_three_working_days_after_maundy_thursday_are_over_on_the_thursday_of_the_next_week() -> None:
    assert GERMAN.days_after(at("2027-03-25 10:00"), 3) == at("2027-04-01 09:00")


def test_a_region_has_holidays_of_its_own_and_an_unknown_country_has_none() -> None:
    womens_day = date(2027, 3, 8)
    assert not GERMAN.works_on(womens_day)
    assert WorkingTime(BERLIN, country="DE", region="BY").works_on(womens_day)
    assert WorkingTime(BERLIN, country="ZZ").works_on(date(2027, 1, 1))


def test_the_day_of_somebody_far_away_counts_and_not_ours() -> None:
    in_auckland = WorkingTime(AUCKLAND)
    monday_noon = at("2027-07-05 12:00")
    assert in_auckland.days_after(monday_noon, 1) == at("2027-07-06 09:00", AUCKLAND)
    monday_evening = at("2027-07-05 20:00")
    assert in_auckland.days_after(monday_evening, 1) == at("2027-07-07 09:00", AUCKLAND)


def test_writing_waits_for_the_morning_for_monday_and_for_the_end_of_the_holidays() -> None:
    assert GERMAN.next_open(at("2027-03-24 10:10")) == at("2027-03-24 10:10")
    assert GERMAN.next_open(at("2027-03-24 06:00")) == at("2027-03-24 09:00")
    assert GERMAN.next_open(at("2027-03-24 17:00")) == at("2027-03-25 09:00")
    assert GERMAN.next_open(at("2027-03-25 17:00")) == at("2027-03-30 09:00")


def test_who_never_works_is_put_off_and_blocks_nothing() -> None:
    never = WorkingTime(BERLIN, days=())
    now = at("2027-03-24 10:00")
    assert never.next_open(now) == now + timedelta(days=60)
    assert never.days_after(now, 1) > now
    assert never.days_before(now, 1) < now


# The series


def series(first: str, every_weeks: int = 2, zone: str = BERLIN) -> Cadence:
    moment = local(at(first, zone), zone)
    return Cadence(moment.date(), moment.time(), zone, every_weeks)


@pytest.mark.parametrize(
    ("every_weeks", "last", "following"),
    [
        (2, "2027-03-15 10:00", "2027-03-29 10:00"),
        (2, "2027-03-19 10:00", "2027-03-29 10:00"),  # ten days are enough
        (2, "2027-03-22 10:00", "2027-03-29 10:00"),  # half an interval is enough, over a change of clocks too
        (2, "2027-03-23 10:00", "2027-04-12 10:00"),  # six days are not
        (2, "2027-03-08 16:00", "2027-03-15 10:00"),  # brought forward
        (4, "2027-03-19 10:00", "2027-04-26 10:00"),  # the 29th would follow ten days after
        (1, "2027-03-18 10:00", "2027-03-22 10:00"),
        (1, "2027-03-19 10:00", "2027-03-29 10:00"),
    ],
)
def test_the_next_meeting_leaves_half_an_interval_after_one_that_was_moved(
    every_weeks: int, last: str, following: str
) -> None:
    cadence = series("2027-03-01 10:00", every_weeks)
    assert cadence.next_meeting(at(last), at(last), [WorkingTime(BERLIN)]) == at(following)


def test_the_next_meeting_lies_ahead_however_late_it_is_booked() -> None:
    cadence = series("2027-03-01 10:00")
    people = [WorkingTime(BERLIN)]
    assert cadence.next_meeting(at("2027-03-01 10:00"), at("2027-04-12 10:00"), people) == at("2027-04-26 10:00")
    assert cadence.next_meeting(at("2027-03-01 10:00"), at("2027-04-12 09:59"), people) == at("2027-04-12 10:00")


def test_a_meeting_on_a_holiday_moves_to_the_next_day_on_which_all_work() -> None:
    cadence = series("2027-03-15 10:00")
    last = at("2027-03-15 10:00")
    assert cadence.next_meeting(last, last, [GERMAN]) == at("2027-03-30 10:00")
    only_thursdays = WorkingTime(BERLIN, days=(3,))
    assert cadence.next_meeting(last, last, [GERMAN, only_thursdays]) == at("2027-04-01 10:00")


def test_where_a_whole_week_is_off_the_next_turn_comes() -> None:
    only_good_fridays = WorkingTime(BERLIN, days=(4,), country="DE", region="BE")
    cadence = series("2027-03-12 10:00")
    last = at("2027-03-12 10:00")
    assert cadence.next_meeting(last, last, [only_good_fridays]) == at("2027-04-09 10:00")


def test_a_pair_that_never_works_on_the_same_day_keeps_its_agreed_hour() -> None:
    people = [WorkingTime(BERLIN, days=(0,)), WorkingTime(BERLIN, days=(1,))]
    last = at("2027-03-15 10:00")
    assert series("2027-03-15 10:00").next_meeting(last, last, people) == at("2027-03-29 10:00")


def test_the_day_counts_where_each_of_them_lives() -> None:
    friday_in_berlin = series("2027-07-02 22:00")  # is Saturday morning in Auckland
    last = at("2027-07-02 22:00")
    people = [WorkingTime(BERLIN), WorkingTime(AUCKLAND)]
    assert friday_in_berlin.next_meeting(last, last, people) == at("2027-07-19 22:00")


def test_a_series_runs_over_new_year_a_leap_day_and_a_year_of_53_weeks() -> None:
    over_new_year = series("2026-12-17 10:00").slots(at("2026-12-17 10:00"))
    assert next(over_new_year) == at("2026-12-31 10:00")
    assert next(over_new_year) == at("2027-01-14 10:00")
    assert next(series("2028-02-15 10:00").slots(at("2028-02-15 10:00"))) == at("2028-02-29 10:00")
    weeks = [slot.isocalendar()[:2] for slot in islice(series("2026-12-14 10:00").slots(at("2026-12-01 10:00")), 3)]
    assert weeks == [(2026, 51), (2026, 53), (2027, 2)]


def test_a_series_may_lie_ahead() -> None:
    assert next(series("2027-06-01 10:00").slots(at("2027-03-01 10:00"))) == at("2027-06-01 10:00")


@STEADY
@given(
    place=st.sampled_from(PLACES),
    anchor=st.dates(date(2026, 1, 1), date(2032, 12, 31)),
    hour=st.times(time(6), time(22)),
    every_weeks=st.sampled_from([1, 2, 4]),
)
def test_for_a_year_a_series_keeps_its_day_its_hour_and_its_interval(
    place: tuple[str, str, str], anchor: date, hour: time, every_weeks: int
) -> None:
    zone = place[0]
    cadence = Cadence(anchor, hour, zone, every_weeks)
    slots = [local(s, zone) for s in islice(cadence.slots(at_local(anchor, time(), zone)), 53 // every_weeks)]
    assert {slot.time() for slot in slots} == {hour.replace(tzinfo=None)}
    assert {later.date() - slot.date() for slot, later in pairwise(slots)} == {timedelta(weeks=every_weeks)}


@STEADY
@given(
    homes=st.lists(st.sampled_from(PLACES), min_size=1, max_size=3),
    anchor=st.dates(date(2026, 1, 1), date(2032, 12, 31)),
    late=st.integers(0, 40),
)
def test_each_booked_meeting_lies_ahead_at_the_agreed_hour_on_a_day_on_which_all_work(
    homes: list[tuple[str, str, str]], anchor: date, late: int
) -> None:
    people = [WorkingTime(zone, country=country, region=region) for zone, country, region in homes]
    zone = people[0].zone
    cadence = Cadence(anchor, time(11), zone)
    last = at_local(anchor, time(11), zone)
    for _ in range(26):
        now = last + timedelta(days=late)
        following = cadence.next_meeting(last, now, people)
        assert following > now
        assert local(following, zone).date() - local(last, zone).date() >= timedelta(days=7)
        assert local(following, zone).time() == time(11)
        assert all(person.works_on(local(following, person.zone).date()) for person in people)
        last = following


# The day on which all hear


@pytest.mark.parametrize(
    ("proposed", "decided"),
    [
        ("2027-03-01 09:00", "2027-03-05 09:00"),  # Monday: this Friday
        ("2027-03-03 23:59", "2027-03-05 09:00"),  # Wednesday: this Friday
        ("2027-03-04 00:00", "2027-03-12 09:00"),  # Thursday: the next
        ("2027-03-05 08:00", "2027-03-12 09:00"),
        ("2027-03-07 12:00", "2027-03-12 09:00"),
        ("2027-03-22 12:00", "2027-03-26 09:00"),
    ],
)
def test_all_hear_on_a_friday_at_nine_and_have_two_days_to_answer(proposed: str, decided: str) -> None:
    assert decision_time(at(proposed), BERLIN) == at(decided)


@pytest.mark.parametrize(
    ("proposed", "decided"),
    [
        ("2027-03-01 09:00", "2027-03-04 09:00"),
        ("2027-03-02 09:00", "2027-03-04 09:00"),
        ("2027-03-03 09:00", "2027-03-11 09:00"),
    ],
)
def test_another_day_of_the_week_leaves_two_days_to_answer_too(proposed: str, decided: str) -> None:
    assert decision_time(at(proposed), BERLIN, weekday=3) == at(decided)


@pytest.mark.parametrize(
    ("proposed", "days", "decided"),
    [
        ("2027-03-01 09:00", 1, "2027-03-05 09:00"),
        ("2027-03-04 09:00", 1, "2027-03-05 09:00"),  # Thursday: Friday is one
        ("2027-03-01 09:00", 5, "2027-03-12 09:00"),  # a week from Monday is Monday
        ("2027-03-05 09:00", 5, "2027-03-12 09:00"),
        ("2027-03-07 09:00", 5, "2027-03-12 09:00"),  # from Sunday: Monday to Friday
        ("2027-03-05 09:00", 6, "2027-03-19 09:00"),
        ("2027-03-03 09:00", 10, "2027-03-19 09:00"),
    ],
)
def test_a_programme_gives_people_more_days_to_answer(proposed: str, days: int, decided: str) -> None:
    assert decision_time(at(proposed), BERLIN, answer_days=days) == at(decided)


def test_the_friday_is_that_of_the_pairs_own_zone() -> None:
    wednesday_in_berlin_is_thursday_in_auckland = at("2027-07-07 20:00")
    assert decision_time(wednesday_in_berlin_is_thursday_in_auckland, AUCKLAND) == datetime.fromisoformat(
        "2027-07-16T09:00+12:00"
    )


def test_people_around_the_world_are_decided_on_when_it_is_nine_for_the_first_of_them() -> None:
    """So each hears when their own Friday begins: a mentor in Berlin gets one message, wherever the mentees sit."""
    monday, friday = at("2027-03-01 09:00"), at("2027-03-05 09:00")
    assert decision_time(monday, BERLIN, "America/New_York") == friday
    assert decision_time(monday, BERLIN, AUCKLAND) == datetime.fromisoformat("2027-03-05T09:00+13:00") < friday
    wednesday_evening = at("2027-03-03 20:00")
    in_auckland_it_is_thursday = datetime.fromisoformat("2027-03-12T09:00+13:00")
    assert decision_time(wednesday_evening, BERLIN, AUCKLAND) == in_auckland_it_is_thursday
