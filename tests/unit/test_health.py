"""The word for a pair: from which day on the pair itself sees it, and three working days later the admins."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.health import EXCEPTIONS, Health, Standing, health, is_exception, merged, seen_by_admin
from bot.domain.meeting import MeetingKind, Move, State
from bot.domain.mentorship import Status
from tests.unit.scenes import ana_and_ben, at, group, meeting


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.PROPOSED, Health.INVITED),
        (Status.PAUSED, Health.PAUSED),
        (Status.ENDED, Health.ENDED),
        (Status.ACTIVE, Health.ON_TRACK),
    ],
)
def test_each_status_has_its_word(status: Status, word: Health) -> None:
    facts = ana_and_ben(status)
    assert health(facts, at("2027-03-08 09:00")) is word
    assert seen_by_admin(facts, at("2027-03-08 09:00")).state is word


def test_a_pair_without_a_date_sees_it_on_day_seven_and_the_admin_on_day_ten() -> None:
    facts = ana_and_ben()  # a pair since Friday, the 5th
    assert health(facts, at("2027-03-16 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-03-16 09:00")) is Health.NOT_STARTED
    assert seen_by_admin(facts, at("2027-03-19 08:59")).state is Health.ON_TRACK
    seen = seen_by_admin(facts, at("2027-03-25 09:00"))
    assert seen == Standing(Health.NOT_STARTED, at("2027-03-19 09:00"))


def test_the_days_are_those_of_the_programme() -> None:
    facts = ana_and_ben()
    facts.program = replace(facts.program, not_started_days=5, stuck_days=2)
    assert health(facts, at("2027-03-09 09:00")) is Health.NOT_STARTED
    assert seen_by_admin(facts, at("2027-03-12 09:00")).state is Health.NOT_STARTED
    meeting(facts, "2027-03-09 10:00").move(Move.MISS, at("2027-03-09 11:00"))
    assert health(facts, at("2027-03-11 09:00")) is Health.SLIPPING


def test_a_suggested_hour_is_no_date_yet_and_an_agreed_one_is() -> None:
    facts = ana_and_ben()
    kickoff = meeting(facts, "2027-03-25 10:00", State.OPEN, MeetingKind.KICKOFF)
    kickoff.propose(at("2027-03-25 10:00"), "ana", at("2027-03-18 10:00"))
    assert health(facts, at("2027-03-19 09:00")) is Health.NOT_STARTED
    kickoff.confirm(at("2027-03-19 10:00"))
    assert health(facts, at("2027-03-19 10:00")) is Health.ON_TRACK


def test_a_missed_meeting_makes_a_pair_slip_on_day_five_and_the_admin_sees_it_on_day_eight() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    missed = meeting(facts, "2027-03-23 10:00")
    missed.move(Move.MISS, at("2027-03-23 11:00"))
    assert health(facts, at("2027-03-30 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-03-30 09:00")) is Health.SLIPPING
    assert seen_by_admin(facts, at("2027-04-02 08:59")).state is Health.ON_TRACK
    assert seen_by_admin(facts, at("2027-04-02 09:00")) == Standing(Health.SLIPPING, at("2027-04-02 09:00"))
    missed.propose(at("2027-04-01 10:00"), "ana", at("2027-03-30 10:00"))
    missed.confirm(at("2027-03-30 11:00"))
    assert health(facts, at("2027-03-30 11:00")) is Health.ON_TRACK


def test_a_pair_with_another_date_ahead_does_not_slip() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00").move(Move.MISS, at("2027-03-09 11:00"))
    meeting(facts, "2027-03-30 10:00", kind=MeetingKind.EXTRA)
    assert health(facts, at("2027-03-26 09:00")) is Health.ON_TRACK


def test_days_are_counted_until_the_last_of_the_pair_has_had_them_so_that_they_tell_nothing_of_one() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00").move(Move.MISS, at("2027-03-09 11:00"))
    facts.people["ben"].away = (("2027-03-11", "2027-03-12"),)
    of_ben = seen_by_admin(facts, at("2027-04-02 09:00"))
    facts.people["ben"].away, facts.people["ana"].away = (), (("2027-03-11", "2027-03-12"),)
    assert seen_by_admin(facts, at("2027-04-02 09:00")) == of_ben
    assert of_ben.since == at("2027-03-23 09:00")


def test_a_holiday_of_the_programme_counts_for_nothing() -> None:
    facts = ana_and_ben()
    facts.program = replace(facts.program, holiday_from=date(2027, 3, 8), holiday_until=date(2027, 3, 12))
    assert health(facts, at("2027-03-22 09:00")) is Health.ON_TRACK
    assert health(facts, at("2027-03-23 09:00")) is Health.NOT_STARTED


def test_a_pair_that_missed_its_very_first_meeting_slips_and_has_started() -> None:
    facts = ana_and_ben()
    kickoff = meeting(facts, "2027-03-09 10:00", kind=MeetingKind.KICKOFF)
    kickoff.move(Move.MISS, at("2027-03-09 11:00"))
    assert health(facts, at("2027-03-16 09:00")) is Health.SLIPPING
    assert seen_by_admin(facts, at("2027-03-19 09:00")).state is Health.SLIPPING
    kickoff.move(Move.SKIP, at("2027-03-26 09:00"))
    second = meeting(facts, "2027-03-26 10:00", State.OPEN, MeetingKind.KICKOFF)
    second.created_at = at("2027-03-26 09:00")
    assert health(facts, at("2027-04-01 09:00")) is Health.ON_TRACK
    assert health(facts, at("2027-04-06 09:00")) is Health.NOT_STARTED, "the next first date has its own days"


def test_two_intervals_without_a_meeting_and_no_date_is_a_standstill_and_the_clocks_change_in_between() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    missed = meeting(facts, "2027-03-23 10:00")
    missed.move(Move.MISS, at("2027-03-23 11:00"))
    assert health(facts, at("2027-04-06 09:59")) is Health.SLIPPING
    assert health(facts, at("2027-04-06 10:00")) is Health.STALLED
    assert seen_by_admin(facts, at("2027-04-08 10:00")).state is Health.SLIPPING
    assert seen_by_admin(facts, at("2027-04-09 10:00")).state is Health.STALLED
    facts.mentorship.every_weeks = 4
    assert health(facts, at("2027-04-06 12:00")) is Health.SLIPPING


def test_a_pair_that_let_all_meetings_go_stands_still_two_intervals_after_its_start() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.SKIPPED)
    assert health(facts, at("2027-04-02 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-04-02 09:00")) is Health.STALLED


def test_a_date_that_was_let_go_late_gives_the_admin_three_days_from_then() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    meeting(facts, "2027-04-20 10:00").move(Move.SKIP, at("2027-04-19 15:00"))
    assert health(facts, at("2027-04-19 15:00")) is Health.STALLED
    assert seen_by_admin(facts, at("2027-04-22 08:59")).state is Health.ON_TRACK
    assert seen_by_admin(facts, at("2027-04-22 09:00")).state is Health.STALLED


def test_after_a_pause_everything_is_counted_anew() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    meeting(facts, "2027-03-23 10:00", State.SKIPPED)
    facts.mentorship.status_at = at("2027-06-01 09:00")
    assert health(facts, at("2027-06-29 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-06-29 09:00")) is Health.STALLED


def test_with_a_date_ahead_nothing_stands_still() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    meeting(facts, "2027-05-04 10:00")
    assert health(facts, at("2027-05-03 10:00")) is Health.ON_TRACK


def test_contradiction_and_silence_show_until_the_next_meeting_is_settled() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    meeting(facts, "2027-03-23 10:00", State.UNSETTLED)
    upcoming = meeting(facts, "2027-04-06 10:00")
    assert health(facts, at("2027-03-31 10:00")) is Health.UNSETTLED
    upcoming.move(Move.HOLD, at("2027-04-06 11:00"))
    assert health(facts, at("2027-04-06 11:00")) is Health.ON_TRACK


def test_the_last_four_weeks_are_shown_as_ending_on_the_clocks_of_the_pair() -> None:
    facts = ana_and_ben()
    facts.mentorship.ends_on = date(2027, 11, 14)  # the clocks change on 31 October
    meeting(facts, "2027-10-12 10:00", State.HELD)
    meeting(facts, "2027-10-26 10:00")
    assert health(facts, at("2027-10-17 23:59")) is Health.ON_TRACK
    assert health(facts, at("2027-10-18 00:00")) is Health.ENDING


def test_who_cannot_be_reached_is_shown_to_the_admin_and_from_when() -> None:
    facts, since = ana_and_ben(), at("2027-03-09 10:00")
    meeting(facts, "2027-03-23 10:00")
    assert seen_by_admin(facts, since, {"ben": since}) == Standing(Health.UNREACHABLE, since)
    assert seen_by_admin(facts, since, {"eve": since}).state is Health.ON_TRACK
    assert seen_by_admin(ana_and_ben(Status.PROPOSED), since, {"ana": since}).state is Health.UNREACHABLE
    assert seen_by_admin(ana_and_ben(Status.PAUSED), since, {"ana": since}).state is Health.PAUSED


def test_what_presses_most_comes_first() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-07-13 10:00", State.HELD)
    meeting(facts, "2027-08-03 10:00").move(Move.MISS, at("2027-08-03 11:00"))
    refused = {"ana": at("2027-08-01 10:00")}
    assert health(facts, at("2027-08-09 10:00")) is Health.ENDING
    assert seen_by_admin(facts, at("2027-08-09 10:00"), refused).state is Health.UNREACHABLE
    assert health(facts, at("2027-08-10 09:00")) is Health.SLIPPING
    assert health(facts, at("2027-08-10 10:00")) is Health.STALLED
    assert seen_by_admin(facts, at("2027-08-13 10:00"), refused).state is Health.STALLED


def test_an_ending_pair_presses_only_without_a_closing() -> None:
    facts = ana_and_ben()
    assert is_exception(facts, Health.ENDING)
    closing = meeting(facts, "2027-08-24 10:00", kind=MeetingKind.CLOSING)
    assert not is_exception(facts, Health.ENDING)
    closing.move(Move.MISS, at("2027-08-24 11:00"))
    assert is_exception(facts, Health.ENDING)
    assert [state for state in Health if is_exception(group("ana"), state)] == list(EXCEPTIONS)


def test_counts_below_five_are_merged() -> None:
    counts = Counter({Health.ON_TRACK: 12, Health.SLIPPING: 5, Health.STALLED: 4, Health.ENDED: 3})
    assert merged(counts) == ({Health.SLIPPING: 5, Health.ON_TRACK: 12}, 7)
    assert merged(Counter()) == ({}, 0)
