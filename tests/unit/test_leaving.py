"""Somebody goes: what becomes of a pair, of a group, and of the meetings to come."""

import pytest

from bot.domain.leaving import leave
from bot.domain.meeting import MeetingKind, State
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status
from bot.domain.progress import What, advance, changes
from bot.domain.prompts import Prompt
from tests.unit.scenes import ana_and_ben, at, group, hear, meeting

NOW = at("2027-03-10 11:00")


@pytest.mark.parametrize("form", [Format.ONE_ON_ONE, Format.REVERSE, Format.PEER])
@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_pair_of_which_one_leaves_is_over_and_its_meeting_is_let_go(form: Format, who: str) -> None:
    facts = ana_and_ben()
    facts.mentorship.format = form
    for participant in facts.participants if form is Format.PEER else ():
        participant.role = Role.PEER
    made = meeting(facts, "2027-03-16 10:00")
    leave(facts, who, NOW)
    assert (facts.mentorship.status, facts.mentorship.end_reason) == (Status.ENDED, EndReason.LEFT)
    assert (made.state, made.settled_at) == (State.SKIPPED, NOW)
    (stays,) = facts.present
    assert hear(facts, stays.person_id, "2027-03-10 12:00") == [Prompt.NEWS]


def test_a_group_goes_on_without_one_of_it_and_the_meeting_that_they_led_gets_another_lead() -> None:
    facts = group("ana", "carl", "dora")
    made = meeting(facts, "2027-03-16 10:00")
    assert made.lead_id == "ana"
    made.propose(at("2027-03-17 10:00"), "ben", NOW)
    leave(facts, "ana", NOW)
    assert facts.mentorship.status is Status.ACTIVE
    assert (made.state, made.lead_id) == (State.PROPOSED, "carl")
    assert facts.owes_confirmation(made) == "carl"


def test_who_suggested_an_hour_and_left_is_not_waited_for() -> None:
    facts = group("ana", "carl", "dora")
    made = meeting(facts, "2027-03-16 10:00")
    made.propose(at("2027-03-17 10:00"), "ana", NOW)
    leave(facts, "ana", NOW)
    assert facts.owes_confirmation(made) == "ben"


def test_a_group_without_its_mentor_or_without_anybody_to_guide_is_over() -> None:
    without_mentor, without_mentees = group("ana", "carl"), group("ana", "carl")
    leave(without_mentor, "ben", NOW)
    assert without_mentor.mentorship.end_reason is EndReason.LEFT
    leave(without_mentees, "ana", NOW)
    assert without_mentees.mentorship.status is Status.ACTIVE
    leave(without_mentees, "carl", NOW)
    assert without_mentees.mentorship.end_reason is EndReason.LEFT


def test_a_paused_pair_of_which_one_leaves_is_over_too() -> None:
    facts = ana_and_ben(Status.PAUSED)
    leave(facts, "ben", NOW)
    assert facts.mentorship.status is Status.ENDED


def test_a_proposal_lapses_on_its_day_whoever_left_and_nobody_hears_of_it_before() -> None:
    facts = ana_and_ben(Status.PROPOSED)
    for participant in facts.participants:
        participant.consent = Consent.ACCEPTED
    leave(facts, "ben", at("2027-03-02 11:00"))
    assert hear(facts, "ana", "2027-03-03 10:00") == []
    advance(facts, at("2027-03-05 09:00"))
    assert facts.mentorship.end_reason is EndReason.NOT_MATCHED
    assert hear(facts, "ana", "2027-03-05 09:00") == [Prompt.NEWS]


# A mentor becomes the manager


def test_a_pair_pauses_when_the_mentor_becomes_the_manager_and_can_go_on_once_that_is_over() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    facts.people["ben"].email = "Ben@sample.example"
    assert What.PART not in {change.what for change in changes(facts)}
    facts.managers = {"ana": "ben@sample.example"}
    advance(facts, NOW)
    assert (facts.mentorship.status, facts.mentorship.status_at) == (Status.PAUSED, NOW)
    assert made.state is State.SKIPPED
    assert hear(facts, "ana", "2027-03-10 12:00") == hear(facts, "ben", "2027-03-10 12:00") == [Prompt.NEWS]


def test_the_same_manager_above_both_parts_nobody_and_neither_does_a_mentee_who_manages() -> None:
    facts = ana_and_ben()
    facts.people["ana"].email = "ana@sample.example"
    for managers in ({"ana": "ivy@sample.example", "ben": "ivy@sample.example"}, {"ben": "ana@sample.example"}):
        facts.managers = managers
        assert facts.managed == []


def test_an_empty_address_manages_nobody() -> None:
    facts = ana_and_ben()
    facts.managers = {"ana": ""}
    assert facts.managed == []


def test_a_group_goes_on_without_whom_its_mentor_manages_and_only_they_hear_of_it() -> None:
    facts = group("ana", "carl", "dora")
    meeting(facts, "2027-03-09 10:00", State.HELD, MeetingKind.KICKOFF)
    facts.people["ben"].email = "ben@sample.example"
    facts.managers = {"carl": "ben@sample.example"}
    advance(facts, NOW)
    assert facts.mentorship.status is Status.ACTIVE
    assert {participant.person_id for participant in facts.present} == {"ben", "ana", "dora"}
    assert hear(facts, "carl", "2027-03-10 12:00") == [Prompt.NEWS]
    assert Prompt.NEWS not in hear(facts, "dora", "2027-03-10 12:00")


# A group begins with those who accepted


def invited(**consents: Consent) -> list[str]:
    """Let a group of Ana, Carl and Dora be decided on, and return who is in it then."""
    facts = group("ana", "carl", "dora")
    facts.mentorship.status, facts.mentorship.status_at = Status.PROPOSED, None
    for participant in facts.participants:
        participant.consent = consents.get(participant.person_id, Consent.ACCEPTED)
    advance(facts, at("2027-03-05 09:00"))
    everybody = ("ana", "ben", "carl", "dora")
    heard = {name: hear(facts, name, "2027-03-05 09:00") for name in everybody}
    if facts.mentorship.status is Status.ENDED:
        assert all(kinds == [Prompt.NEWS] for kinds in heard.values())
        return []
    here = {participant.person_id for participant in facts.present}
    assert all(heard[name] == ([Prompt.KICKOFF] if name in here else [Prompt.NEWS]) for name in everybody)
    return sorted(here)


def test_a_group_begins_with_its_mentor_and_two_who_accepted_and_the_others_hear_on_the_same_day() -> None:
    assert invited() == ["ana", "ben", "carl", "dora"]
    assert invited(dora=Consent.DECLINED) == ["ana", "ben", "carl"]
    assert invited(dora=Consent.OPEN) == ["ana", "ben", "carl"]
    assert invited(dora=Consent.OPEN, carl=Consent.DECLINED) == []
    assert invited(ben=Consent.DECLINED) == []
    assert invited(ben=Consent.OPEN) == []
