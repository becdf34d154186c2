"""The tables of what can happen to a meeting and to a mentorship, and what people's answers make of a meeting."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, time, timedelta
from itertools import product

import pytest

from bot.domain.cadence import Cadence
from bot.domain.meeting import COURSE, SETTLED, Answer, Move, State, verdict
from bot.domain.mentorship import LIFE, EndReason, Format, NotPossible, Role, Status, Step
from tests.unit.scenes import BERLIN, ana_and_ben, at, group, meeting

NOW = at("2027-03-16 11:00")


def reached(start: str, steps: Iterable[tuple[str, str]]) -> set[str]:
    """Return all that can be reached from a start by steps from one state to another."""
    found, steps = {start}, list(steps)
    while more := {to for state, to in steps if state in found} - found:
        found |= more
    return found


# The life of a mentorship


def test_a_proposal_can_reach_every_status_and_nothing_comes_after_the_end() -> None:
    steps = [(state, to) for (state, _), to in LIFE.items()]
    assert reached(Status.PROPOSED, steps) == set(Status)
    assert not [state for state, _ in steps if state is Status.ENDED]
    assert {step for _, step in LIFE} == set(Step)


def test_what_runs_can_always_be_ended() -> None:
    assert all(LIFE[status, Step.END] is Status.ENDED for status in set(Status) - {Status.ENDED})


@pytest.mark.parametrize(("status", "step"), sorted(set(product(Status, Step)) - LIFE.keys()))
def test_a_refused_step_leaves_the_mentorship_as_it_was(status: Status, step: Step) -> None:
    mentorship = ana_and_ben(status).mentorship
    before = asdict(mentorship)
    with pytest.raises(NotPossible, match=f"{step} from {status}"):
        mentorship.step(step, NOW, EndReason.ENDED)
    assert asdict(mentorship) == before


def test_each_step_is_dated_and_makes_old_buttons_void() -> None:
    mentorship = ana_and_ben(Status.PROPOSED).mentorship
    for version, (step, status) in enumerate(
        [
            (Step.START, Status.ACTIVE),
            (Step.PAUSE, Status.PAUSED),
            (Step.RESUME, Status.ACTIVE),
            (Step.END, Status.ENDED),
        ],
        start=1,
    ):
        now = NOW + timedelta(days=version)
        mentorship.step(step, now)
        assert (mentorship.status, mentorship.status_at, mentorship.version) == (status, now, version)
    assert mentorship.started_at == NOW + timedelta(days=1)
    assert mentorship.end_reason is EndReason.ENDED


def test_why_it_ended_is_kept() -> None:
    mentorship = ana_and_ben(Status.PROPOSED).mentorship
    mentorship.step(Step.LAPSE, NOW, EndReason.NOT_MATCHED)
    assert mentorship.end_reason is EndReason.NOT_MATCHED
    assert mentorship.started_at is None


def test_the_last_day_belongs_to_the_mentorship() -> None:
    mentorship = ana_and_ben().mentorship
    mentorship.ends_on = date(2027, 10, 31)  # a day of 25 hours in Berlin
    assert mentorship.ends_at == at("2027-11-01 00:00")


def test_the_first_agreed_hour_anchors_the_series_on_the_clocks_of_the_pair() -> None:
    facts = ana_and_ben()
    assert facts.mentorship.cadence is None
    facts.mentorship.anchor_at(at("2027-03-16 23:30", "UTC"))
    assert facts.mentorship.cadence == Cadence(date(2027, 3, 17), time(0, 30), BERLIN, 2)


# The course of a meeting


def test_a_meeting_can_reach_every_state_and_be_moved_until_it_is_settled() -> None:
    steps = [(state, to) for (state, _), to in COURSE.items()]
    assert reached(State.OPEN, steps) == set(State)
    assert {move for _, move in COURSE} == set(Move)
    assert {state for state, move in COURSE if move is Move.PROPOSE} == set(State) - SETTLED
    assert {state for state, move in COURSE if move is Move.SKIP} == set(State) - SETTLED


@pytest.mark.parametrize(("state", "move"), sorted(set(product(State, Move)) - COURSE.keys()))
def test_a_refused_move_leaves_the_meeting_as_it_was(state: State, move: Move) -> None:
    made = meeting(ana_and_ben(), "2027-03-16 10:00", state)
    before = asdict(made)
    with pytest.raises(NotPossible, match=f"{move} from {state}"):
        made.move(move, NOW)
    assert asdict(made) == before


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_no_other_hour_can_be_suggested_for_what_is_settled(state: State) -> None:
    made = meeting(ana_and_ben(), "2027-03-16 10:00", state)
    before = asdict(made)
    with pytest.raises(NotPossible):
        made.propose(at("2027-03-23 10:00"), "ana", NOW)
    with pytest.raises(NotPossible):
        made.confirm(NOW)
    assert asdict(made) == before


def test_a_missed_meeting_gets_another_hour_and_forgets_that_it_was_missed() -> None:
    made = meeting(ana_and_ben(), "2027-03-16 10:00")
    made.move(Move.MISS, NOW)
    made.propose(at("2027-03-18 14:00"), "ana", NOW + timedelta(hours=1))
    assert (made.state, made.moves) == (State.PROPOSED, 1)
    assert made.settled_at is None
    assert made.ends_at == at("2027-03-18 14:45")
    made.confirm(NOW + timedelta(hours=2))
    assert (made.state, made.timed_at, made.proposed_by) == (State.CONFIRMED, NOW + timedelta(hours=2), "ana")


# Who is to do what


def test_whoever_did_not_suggest_the_hour_confirms_it() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    made.propose(at("2027-03-18 10:00"), "ana", NOW)
    assert facts.owes_confirmation(made) == "ben"
    made.propose(at("2027-03-18 11:00"), "ben", NOW)
    assert facts.owes_confirmation(made) == "ana"


def test_in_a_group_the_mentor_confirms_what_others_suggest_and_the_lead_what_the_mentor_suggests() -> None:
    facts = group("ana", "carl", "dora")
    made = meeting(facts, "2027-03-16 10:00")
    assert made.lead_id == "ana"
    for by, confirms in (("ana", "ben"), ("ben", "ana"), ("dora", "ben")):
        made.propose(at("2027-03-18 10:00"), by, NOW)
        assert facts.owes_confirmation(made) == confirms


def test_the_mentees_of_a_group_lead_in_turn_and_the_mentor_never_does() -> None:
    facts = group("ana", "carl", "dora")
    assert [facts.lead_for(number) for number in range(5)] == ["ana", "carl", "dora", "ana", "carl"]
    facts.participants[2].left_at = NOW
    assert [facts.lead_for(number) for number in range(3)] == ["ana", "dora", "ana"]


def test_peers_lead_in_turn() -> None:
    facts = ana_and_ben()
    for participant in facts.participants:
        participant.role = Role.PEER
    assert [facts.lead_for(number) for number in range(3)] == ["ben", "ana", "ben"]


# What the answers make of it


@pytest.mark.parametrize("form", [Format.ONE_ON_ONE, Format.PEER, Format.REVERSE])
@pytest.mark.parametrize(
    ("said", "made"),
    [
        ({}, None),
        ({"ana": True}, State.HELD),
        ({"ben": True}, State.HELD),
        ({"ana": False}, State.MISSED),
        ({"ana": True, "ben": True}, State.HELD),
        ({"ana": False, "ben": False}, State.MISSED),
        ({"ana": True, "ben": False}, State.UNSETTLED),
        ({"ana": False, "ben": True}, State.UNSETTLED),
    ],
)
def test_of_two_people_one_word_is_enough(form: Format, said: dict[str, bool], made: State | None) -> None:
    assert verdict(form, ana_and_ben().roles, answers(said)) is made


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ({}, None),
        ({"ana": True}, None),
        ({"ana": True, "carl": True}, State.HELD),
        ({"ben": True}, State.HELD),
        ({"ana": False}, None),
        ({"ana": False, "carl": False, "dora": False}, None),
        ({"ana": False, "ben": True}, State.HELD),
        ({"ben": False}, State.MISSED),
        ({"ben": False, "ana": False}, State.MISSED),
        ({"ben": False, "ana": True}, State.MISSED),
        ({"ben": False, "ana": True, "carl": True}, State.UNSETTLED),
    ],
)
def test_a_group_has_met_if_its_mentor_or_two_mentees_say_so_and_absence_is_no_contradiction(
    said: dict[str, bool], made: State | None
) -> None:
    assert verdict(Format.GROUP, group("ana", "carl", "dora").roles, answers(said)) is made


def answers(said: dict[str, bool]) -> list[Answer]:
    return [Answer("meeting0", name, "o", 0, met, NOW) for name, met in said.items()]


def test_an_answer_about_an_earlier_hour_says_nothing_about_this_one() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    facts.answers += answers({"ana": False})
    assert facts.answers_about(made) == facts.answers
    made.propose(at("2027-03-18 10:00"), "ana", NOW)
    assert facts.answers_about(made) == []
