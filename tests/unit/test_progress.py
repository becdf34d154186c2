"""What time alone changes, told with dates: Ana and Ben, a pair since Friday, 5 March 2027."""

from datetime import timedelta

import pytest

from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status, Step
from bot.domain.progress import What, advance, changes, silent_in_a_row
from tests.unit.scenes import ana_and_ben, answer, at, group, meeting


@pytest.mark.parametrize(
    ("ana", "ben", "status", "reason"),
    [
        (Consent.ACCEPTED, Consent.ACCEPTED, Status.ACTIVE, None),
        (Consent.ACCEPTED, Consent.DECLINED, Status.ENDED, EndReason.NOT_MATCHED),
        (Consent.ACCEPTED, Consent.OPEN, Status.ENDED, EndReason.NOT_MATCHED),
        (Consent.DECLINED, Consent.DECLINED, Status.ENDED, EndReason.NOT_MATCHED),
    ],
)
def test_a_proposal_is_decided_on_friday_whatever_was_answered_before(
    ana: Consent, ben: Consent, status: Status, reason: EndReason | None
) -> None:
    facts = ana_and_ben(Status.PROPOSED)
    facts.participants[0].consent, facts.participants[1].consent = ben, ana
    assert advance(facts, at("2027-03-05 08:59")) == []
    assert facts.mentorship.status is Status.PROPOSED
    advance(facts, at("2027-03-05 09:00"))
    assert (facts.mentorship.status, facts.mentorship.end_reason) == (status, reason)


def test_a_new_pair_gets_a_first_meeting_without_an_hour() -> None:
    facts = ana_and_ben(Status.PROPOSED)
    for participant in facts.participants:
        participant.consent = Consent.ACCEPTED
    late = at("2027-03-08 12:00")
    (kickoff,) = advance(facts, late)
    assert facts.meetings == [kickoff]
    assert (kickoff.kind, kickoff.state, kickoff.number, kickoff.starts_at) == (
        MeetingKind.KICKOFF,
        State.OPEN,
        0,
        None,
    )
    assert kickoff.lead_id == "ana"
    assert kickoff.created_at == at("2027-03-05 09:00")
    assert advance(facts, late) == []


def test_a_held_meeting_is_followed_by_the_next_at_the_same_place() -> None:
    facts = ana_and_ben()
    facts.mentorship.minutes = 30
    meeting(facts, "2027-03-09 10:00", State.HELD, MeetingKind.KICKOFF).place_id = "cafeteria"
    (booked,) = advance(facts, at("2027-03-09 11:00"))
    assert (booked.kind, booked.state, booked.number) == (MeetingKind.CHECK_IN, State.CONFIRMED, 1)
    assert (booked.starts_at, booked.ends_at) == (at("2027-03-23 10:00"), at("2027-03-23 10:30"))
    assert booked.place_id == "cafeteria"
    assert booked.timed_at == booked.created_at == at("2027-03-09 10:45")


def test_an_hour_that_nobody_confirmed_is_missed_when_it_comes() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00")
    made.propose(at("2027-03-11 10:00"), "ana", at("2027-03-09 11:00"))
    advance(facts, at("2027-03-11 09:59"))
    assert made.state is State.PROPOSED
    advance(facts, at("2027-03-15 09:00"))
    assert (made.state, made.settled_at) == (State.MISSED, at("2027-03-11 10:00"))


def test_a_missed_meeting_is_let_go_after_thirteen_working_days_and_the_series_goes_on() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00")
    made.move(Move.MISS, at("2027-03-09 11:00"))
    assert advance(facts, at("2027-03-26 08:59")) == []
    (booked,) = advance(facts, at("2027-03-26 09:00"))
    assert made.state is State.SKIPPED
    assert booked.starts_at == at("2027-04-06 10:00")


def test_a_first_meeting_that_was_let_go_before_any_hour_was_agreed_is_asked_for_anew() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00", State.PROPOSED, MeetingKind.KICKOFF)
    facts.mentorship.anchor = None
    (again,) = advance(facts, at("2027-03-26 09:00"))
    assert made.state is State.SKIPPED
    assert (again.kind, again.state, again.number) == (MeetingKind.KICKOFF, State.OPEN, 1)


def test_a_meeting_that_nobody_reports_is_left_unsettled_after_five_working_days() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00")
    assert advance(facts, at("2027-03-16 08:59")) == []
    (booked,) = advance(facts, at("2027-03-16 09:00"))
    assert made.state is State.UNSETTLED
    assert booked.starts_at == at("2027-03-23 10:00")


def test_after_two_silent_meetings_nothing_is_booked_until_somebody_goes_on() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00")
    advance(facts, at("2027-03-16 09:00"))
    advance(facts, at("2027-03-30 09:00"))
    assert [m.state for m in facts.meetings] == [State.UNSETTLED, State.UNSETTLED]
    assert silent_in_a_row(facts) == 2
    assert [change.what for change in changes(facts)] == [What.END]
    facts.mentorship.step(Step.PAUSE, at("2027-04-12 10:00"))
    facts.mentorship.step(Step.RESUME, at("2027-04-20 10:00"))
    (booked,) = advance(facts, at("2027-04-20 10:00"))
    assert booked.starts_at == at("2027-05-04 10:00")


@pytest.mark.parametrize("said", [True, False])
def test_one_word_from_anybody_ends_the_silence(said: bool) -> None:
    facts = ana_and_ben()
    for day in ("2027-03-09", "2027-03-23"):
        meeting(facts, f"{day} 10:00", State.UNSETTLED)
    answer(facts, facts.meetings[1], "ben", said)
    answer(facts, facts.meetings[1], "ana", not said)
    assert silent_in_a_row(facts) == 0
    (booked,) = advance(facts, at("2027-03-30 09:00"))
    assert booked.starts_at == at("2027-04-06 10:00")


def test_a_late_yes_to_a_silent_meeting_brings_the_series_back() -> None:
    facts = ana_and_ben()
    for day in ("2027-03-09", "2027-03-23"):
        meeting(facts, f"{day} 10:00", State.UNSETTLED)
    facts.meetings[1].move(Move.HOLD, at("2027-04-01 10:00"))
    (booked,) = advance(facts, at("2027-04-01 10:00"))
    assert booked.starts_at == at("2027-04-06 10:00")


def test_nothing_is_booked_beyond_the_last_day_and_then_it_ends() -> None:
    facts = ana_and_ben()  # until the end of the 31st of August
    meeting(facts, "2027-08-17 10:00", State.HELD)
    (last,) = advance(facts, at("2027-08-17 11:00"))
    assert last.starts_at == at("2027-08-31 10:00")
    last.move(Move.HOLD, at("2027-08-31 11:00"))
    assert advance(facts, at("2027-08-31 11:00")) == []
    assert [change.at for change in changes(facts)] == [at("2027-09-01 00:00")]
    advance(facts, at("2027-09-01 00:00"))
    assert (facts.mentorship.status, facts.mentorship.end_reason) == (Status.ENDED, EndReason.TERM)
    assert list(changes(facts)) == []


def test_a_paused_pair_is_left_alone_but_for_its_end() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-09 10:00")
    facts.mentorship.step(Step.PAUSE, at("2027-03-08 10:00"))
    assert advance(facts, at("2027-08-31 23:59")) == []
    assert made.state is State.CONFIRMED
    advance(facts, at("2027-09-01 00:00"))
    assert facts.mentorship.status is Status.ENDED


def test_what_was_missed_in_an_outage_is_dated_as_if_there_had_been_none() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00")
    (booked,) = advance(facts, at("2027-03-24 15:00"))
    first, second = facts.meetings
    assert (first.state, first.settled_at) == (State.UNSETTLED, at("2027-03-16 09:00"))
    assert second is booked
    assert booked.created_at == at("2027-03-16 09:00")
    assert booked.starts_at == at("2027-04-06 10:00")


def test_one_absent_mentee_does_not_settle_a_group_meeting_but_breaks_the_silence() -> None:
    facts = group("ana", "carl", "dora")
    for day in ("2027-03-09", "2027-03-23"):
        meeting(facts, f"{day} 10:00", State.UNSETTLED)
    answer(facts, facts.meetings[1], "dora", False)
    (booked,) = advance(facts, at("2027-03-30 09:00"))
    assert booked.lead_id == "dora"


# A meeting out of turn


def out_of_turn(facts: Facts, clock: str, state: State = State.CONFIRMED) -> Meeting:
    """Add a meeting that somebody asked for out of turn."""
    number = min([made.number for made in facts.meetings if made.kind is MeetingKind.EXTRA], default=0) - 1
    made = Meeting(f"extra{number}", "o", "m", MeetingKind.EXTRA, number, "ana", at("2027-03-05 09:00"), state)
    made.starts_at, made.timed_at, made.moves = at(clock), made.created_at, 1
    if state not in (State.PROPOSED, State.CONFIRMED):
        made.settled_at = made.ends_at
    facts.meetings.insert(0, made)
    return made


def test_a_meeting_out_of_turn_neither_shifts_the_series_nor_holds_it_up_nor_counts_in_it() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00", State.HELD, MeetingKind.KICKOFF)
    extra = out_of_turn(facts, "2027-03-19 15:00", State.PROPOSED)
    (booked,) = advance(facts, at("2027-03-09 11:00"))
    assert (booked.number, booked.starts_at) == (1, at("2027-03-23 10:00"))
    extra.confirm(at("2027-03-10 10:00"))
    extra.move(Move.HOLD, at("2027-03-19 16:00"))
    booked.move(Move.HOLD, at("2027-03-23 11:00"))
    (following,) = advance(facts, at("2027-03-23 11:00"))
    assert (following.number, following.starts_at) == (2, at("2027-04-06 10:00"))


def test_a_meeting_out_of_turn_that_nobody_confirms_is_let_go_and_nobody_slips() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-23 10:00")
    extra = out_of_turn(facts, "2027-03-19 15:00", State.PROPOSED)
    advance(facts, at("2027-03-19 15:00"))
    assert extra.state is State.SKIPPED


def test_peers_lead_in_turn_whatever_they_meet_for_out_of_turn() -> None:
    facts = ana_and_ben()
    facts.mentorship.format = Format.PEER
    for participant in facts.participants:
        participant.role = Role.PEER
    meeting(facts, "2027-03-09 10:00", State.HELD, MeetingKind.KICKOFF)
    for day in ("2027-03-12", "2027-03-26", "2027-04-09", "2027-04-23"):
        out_of_turn(facts, f"{day} 15:00", State.HELD)
        (booked,) = advance(facts, at(f"{day} 16:00"))
        booked.move(Move.HOLD, at(f"{day} 16:00") + timedelta(days=12))
    assert [made.lead_id for made in facts.series] == ["ben", "ana", "ben", "ana", "ben"]


def test_a_silent_pair_that_meets_out_of_turn_gets_its_series_back() -> None:
    facts = ana_and_ben()
    for day in ("2027-03-09", "2027-03-23"):
        meeting(facts, f"{day} 10:00", State.UNSETTLED)
    out_of_turn(facts, "2027-04-01 10:00", State.SKIPPED)
    assert silent_in_a_row(facts) == 2
    out_of_turn(facts, "2027-04-02 10:00", State.HELD)
    (booked,) = advance(facts, at("2027-04-02 11:00"))
    assert booked.starts_at == at("2027-04-06 10:00")


def test_a_silent_pair_that_chooses_a_slower_rhythm_gets_a_date_in_it() -> None:
    facts = ana_and_ben()
    for day in ("2027-03-09", "2027-03-23"):
        meeting(facts, f"{day} 10:00", State.UNSETTLED)
    assert advance(facts, at("2027-03-30 10:00")) == []
    facts.mentorship.slow_down(at("2027-03-30 10:00"))
    (booked,) = advance(facts, at("2027-03-30 10:00"))
    assert facts.mentorship.every_weeks == 4
    assert booked.starts_at == at("2027-04-06 10:00")
