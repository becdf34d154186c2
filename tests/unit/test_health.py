"""The word that admins see for a pair, and from which day on."""

import pytest

from bot.domain.health import EXCEPTIONS, Health, health
from bot.domain.meeting import MeetingKind, Move, State
from bot.domain.mentorship import Status
from tests.unit.scenes import ana_and_ben, at, meeting


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
    assert health(ana_and_ben(status), at("2027-03-08 09:00")) is word


def test_a_pair_without_a_date_has_ten_working_days_to_start() -> None:
    facts = ana_and_ben()  # a pair since Friday, the 5th
    assert health(facts, at("2027-03-19 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-03-19 09:00")) is Health.NOT_STARTED


def test_a_suggested_hour_is_no_date_yet_and_an_agreed_one_is() -> None:
    facts = ana_and_ben()
    kickoff = meeting(facts, "2027-03-25 10:00", State.OPEN, MeetingKind.KICKOFF)
    kickoff.propose(at("2027-03-25 10:00"), "ana", at("2027-03-18 10:00"))
    assert health(facts, at("2027-03-19 09:00")) is Health.NOT_STARTED
    kickoff.confirm(at("2027-03-19 10:00"))
    assert health(facts, at("2027-03-19 10:00")) is Health.ON_TRACK


def test_a_missed_meeting_makes_a_pair_slip_after_five_working_days_without_a_date() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    missed = meeting(facts, "2027-03-23 10:00")
    missed.move(Move.MISS, at("2027-03-23 11:00"))
    assert health(facts, at("2027-03-30 08:59")) is Health.ON_TRACK
    assert health(facts, at("2027-03-30 09:00")) is Health.SLIPPING
    missed.propose(at("2027-04-01 10:00"), "ana", at("2027-03-30 10:00"))
    missed.confirm(at("2027-03-30 11:00"))
    assert health(facts, at("2027-03-30 11:00")) is Health.ON_TRACK


def test_a_pair_that_missed_its_very_first_meeting_slips_too() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", kind=MeetingKind.KICKOFF).move(Move.MISS, at("2027-03-09 11:00"))
    assert health(facts, at("2027-03-16 09:00")) is Health.SLIPPING
    assert health(facts, at("2027-03-19 09:00")) is Health.NOT_STARTED


def test_two_intervals_without_a_meeting_and_no_date_is_a_standstill() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD)
    missed = meeting(facts, "2027-03-23 10:00")
    missed.move(Move.MISS, at("2027-03-23 11:00"))
    assert health(facts, at("2027-04-06 09:00")) is Health.SLIPPING
    assert health(facts, at("2027-04-06 12:00")) is Health.STALLED
    facts.mentorship.every_weeks = 4
    assert health(facts, at("2027-04-06 12:00")) is Health.SLIPPING


def test_a_pair_that_let_all_meetings_go_stands_still_two_intervals_after_its_start() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.SKIPPED)
    assert health(facts, at("2027-04-02 09:00")) is Health.ON_TRACK
    assert health(facts, at("2027-04-02 12:00")) is Health.STALLED


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


def test_the_last_four_weeks_are_shown_as_ending() -> None:
    facts = ana_and_ben()  # until the end of the 31st of August
    meeting(facts, "2027-07-27 10:00", State.HELD)
    meeting(facts, "2027-08-10 10:00")
    assert health(facts, at("2027-08-03 23:59")) is Health.ON_TRACK
    assert health(facts, at("2027-08-04 00:00")) is Health.ENDING


def test_what_presses_most_comes_first() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-07-13 10:00", State.HELD)
    meeting(facts, "2027-08-03 10:00").move(Move.MISS, at("2027-08-03 11:00"))
    assert health(facts, at("2027-08-09 10:00")) is Health.ENDING
    assert health(facts, at("2027-08-10 09:00")) is Health.SLIPPING
    assert health(facts, at("2027-08-10 10:00")) is Health.STALLED


def test_admins_are_shown_one_by_one_what_presses_and_the_rest_is_counted() -> None:
    assert list(EXCEPTIONS) == list(Health)[: len(EXCEPTIONS)]
    assert set(Health) - set(EXCEPTIONS) == {Health.PAUSED, Health.INVITED, Health.ON_TRACK, Health.ENDED}
