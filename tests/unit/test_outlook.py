"""What comes next for a pair as a whole, and that it tells nothing of either of them."""

from datetime import date

import pytest

from bot.domain.meeting import MeetingKind, Move, State
from bot.domain.mentorship import Consent, Status
from bot.domain.outlook import AFTER_MEETING, Step, next_step
from bot.domain.progress import What
from bot.domain.prompts import Prompt
from bot.domain.records import Snooze, Touch
from tests.unit.scenes import ana_and_ben, answer, at, meeting


def test_an_invited_pair_hears_on_friday_whoever_has_answered() -> None:
    for name in ("ana", "ben"):
        facts = ana_and_ben(Status.PROPOSED)
        for participant in facts.participants:
            participant.consent = Consent.DECLINED if participant.person_id == name else Consent.OPEN
        assert next_step(facts, at("2027-03-02 09:00")) == Step(What.DECIDE, at("2027-03-05 09:00"))


def test_a_pair_without_a_first_date_is_told_on_day_seven_and_then_nothing() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-05 09:00", State.OPEN, MeetingKind.KICKOFF)
    assert next_step(facts, at("2027-03-08 09:00")) == Step(Prompt.NOT_STARTED, at("2027-03-16 09:00"))
    assert next_step(facts, at("2027-03-19 09:00")) is None


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_a_suggested_hour_lapses_whoever_is_to_confirm_it(name: str) -> None:
    facts = ana_and_ben()
    kickoff = meeting(facts, "2027-03-05 09:00", State.OPEN, MeetingKind.KICKOFF)
    kickoff.propose(at("2027-03-11 10:00"), name, at("2027-03-08 09:00"))
    assert next_step(facts, at("2027-03-08 10:00")) == Step(What.LAPSE_HOUR, at("2027-03-11 10:00"))


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_a_meeting_is_asked_about_when_it_is_over_and_nobody_sees_who_put_that_off(name: str) -> None:
    facts = ana_and_ben()
    coming = meeting(facts, "2027-03-09 10:00")
    touch = Touch(coming.id, "ana", Prompt.DID_YOU_MEET, str(coming.moves))
    assert next_step(facts, at("2027-03-08 10:00")) == Step(AFTER_MEETING, at("2027-03-09 10:45"))
    answer(facts, coming, name, met=True)
    facts.snoozed[touch] = Snooze(1, at("2027-03-12 09:00"))
    assert next_step(facts, at("2027-03-09 11:00")) == Step(What.SILENCE, at("2027-03-16 09:00"))


def test_after_a_slip_both_are_offered_something_easier_and_then_it_is_let_go() -> None:
    facts = ana_and_ben()
    missed = meeting(facts, "2027-03-09 10:00")
    missed.move(Move.MISS, at("2027-03-09 11:00"))
    facts.people["ben"].away = (("2027-03-15", "2027-03-16"),)
    assert next_step(facts, at("2027-03-10 09:00")) == Step(Prompt.STUCK, at("2027-03-18 09:00"))
    assert next_step(facts, at("2027-03-18 09:00")) == Step(What.GIVE_UP, at("2027-03-26 09:00"))


def test_a_paused_pair_goes_on_on_its_day_or_when_it_likes() -> None:
    facts = ana_and_ben(Status.PAUSED)
    assert next_step(facts, at("2027-03-10 09:00")) is None
    facts.mentorship.resumes_on = date(2027, 4, 1)
    assert next_step(facts, at("2027-03-10 09:00")) == Step(What.RESUME, at("2027-04-01 00:00"))


def test_the_end_comes_next_only_when_it_is_near() -> None:
    facts = ana_and_ben(Status.PAUSED)
    assert next_step(facts, at("2027-08-03 23:00")) is None
    assert next_step(facts, at("2027-08-04 00:00")) == Step(What.END, at("2027-09-01 00:00"))
    assert next_step(ana_and_ben(Status.ENDED), at("2027-03-10 09:00")) is None
