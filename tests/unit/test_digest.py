"""The Monday digest: due once a week at the start of work, left out where it would come too late."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import begin_digests, digest_due, digest_over
from bot.domain.people import Person, PersonStatus
from tests.unit.scenes import at, person


def admin(digested_on: date | None = None) -> Person:
    ada = person("ada")
    ada.is_admin, ada.digested_on = True, digested_on
    return ada


def test_it_is_due_on_monday_at_nine_and_valid_until_tuesday_evening() -> None:
    ada = admin(date(2027, 3, 1))
    assert digest_due(ada, at("2027-03-03 12:00")) == at("2027-03-08 09:00")
    assert digest_due(ada, at("2027-03-08 15:00")) == at("2027-03-08 09:00"), "a late look finds it still due"
    assert digest_over(ada, at("2027-03-08 09:00")) == at("2027-03-09 17:00")
    assert digest_due(ada, at("2027-03-09 17:00")) == at("2027-03-15 09:00")


def test_once_a_week_is_enough() -> None:
    assert digest_due(admin(date(2027, 3, 8)), at("2027-03-08 09:00")) == at("2027-03-15 09:00")


def test_who_is_new_gets_the_first_one_on_the_next_monday() -> None:
    ada = admin()
    assert digest_due(ada, at("2027-03-08 12:00")) is None
    begin_digests(ada, at("2027-03-08 12:00"))
    assert digest_due(ada, at("2027-03-08 12:00")) == at("2027-03-15 09:00")
    begin_digests(ada, at("2027-03-17 12:00"))
    assert ada.digested_on == date(2027, 3, 8), "it begins once"
    ana = person("ana")
    begin_digests(ana, at("2027-03-08 12:00"))
    assert ana.digested_on is None


def test_it_is_for_those_who_run_a_programme_and_still_work_here() -> None:
    assert digest_due(person("ana"), at("2027-03-08 09:00")) is None
    ada = admin(date(2027, 3, 1))
    ada.status = PersonStatus.LEFT
    assert digest_due(ada, at("2027-03-08 09:00")) is None


def test_a_monday_off_moves_it_to_tuesday_and_a_week_off_to_the_next_week() -> None:
    ada = admin(date(2027, 3, 1))
    ada.away = (("2027-03-08", "2027-03-08"),)
    assert digest_due(ada, at("2027-03-04 12:00")) == at("2027-03-08 09:00").replace(day=9)
    assert digest_over(ada, at("2027-03-09 09:00")) == at("2027-03-10 17:00")
    ada.away = (("2027-03-08", "2027-03-12"),)
    assert digest_due(ada, at("2027-03-08 12:00")) == at("2027-03-15 09:00")


def test_a_pause_holds_it_back_and_a_long_one_leaves_it_out() -> None:
    ada = admin(date(2027, 3, 1))
    ada.paused_until = at("2027-03-08 12:00")
    assert digest_due(ada, at("2027-03-08 09:00")) == at("2027-03-08 12:00")
    ada.paused_until = at("2027-03-24 12:00")
    assert digest_due(ada, at("2027-03-08 09:00")) == at("2027-03-29 09:00")


@given(st.integers(1, 60), st.lists(st.integers(1, 200), max_size=30))
def test_whenever_it_is_looked_at_no_week_has_two(first: int, waits: list[int]) -> None:
    ada, now = admin(date(2027, 2, 22)), at("2027-03-01 00:00")
    said = []
    for hours in (first, *waits):
        now += timedelta(hours=hours)
        due = digest_due(ada, now)
        assert due is not None
        if due <= now:
            ada.digested_on = now.date()
            said.append(now.date())
    assert all(before.isocalendar()[:2] < after.isocalendar()[:2] for before, after in pairwise(said))
