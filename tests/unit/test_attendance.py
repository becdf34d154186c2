"""Who of a group is asked on the card of the brief whether they were there, and what they read once they said so."""

from typing import cast

import pytest

from bot.attendance import asks_attendance, were_you_there
from bot.domain.facts import Facts
from bot.domain.meeting import State
from bot.domain.mentorship import Format
from bot.domain.records import NoteKind
from bot.ports import UnitOfWork
from bot.scene import Scene
from tests.unit.scenes import answer, at, group, meeting


def scene(facts: Facts, name: str, clock: str) -> Scene:
    """Return what somebody's card about the only meeting is drawn from; nothing of it is read from a store."""
    return Scene(at(clock), facts.people[name], facts, facts.meetings[0].id, cast(UnitOfWork, None))


def met(state: State = State.CONFIRMED) -> Facts:
    """Return the group of Ben, of which Ana leads, with a meeting on 16 March from ten to a quarter to eleven."""
    facts = group("ana", "carl", "dora")
    meeting(facts, "2027-03-16 10:00", state)
    return facts


def test_only_mentees_who_do_not_lead_are_asked_and_only_once_it_is_over() -> None:
    facts = met()
    assert [name for name in facts.people if asks_attendance(scene(facts, name, "2027-03-16 10:45"))] == [
        "carl",
        "dora",
    ]
    assert not any(asks_attendance(scene(facts, name, "2027-03-16 10:44")) for name in facts.people)


@pytest.mark.parametrize("state", [State.MISSED, State.SKIPPED, State.UNSETTLED])
def test_nobody_is_asked_about_a_meeting_that_did_not_take_place(state: State) -> None:
    facts = met(state)
    assert not any(asks_attendance(scene(facts, name, "2027-03-16 11:00")) for name in facts.people)


def test_in_a_pair_nobody_is_asked_so() -> None:
    facts = met()
    facts.mentorship.format = Format.ONE_ON_ONE
    assert not asks_attendance(scene(facts, "carl", "2027-03-16 11:00"))


def test_who_was_there_may_reflect_before_the_meeting_is_reported_and_the_others_answers_are_not_shown() -> None:
    facts = met()
    answer(facts, facts.meetings[0], "carl", True)
    answer(facts, facts.meetings[0], "dora", False)
    carl, dora = (were_you_there(scene(facts, name, "2027-03-16 11:00")) for name in ("carl", "dora"))
    assert [button.action for button in carl.buttons] == ["reflection.open"]
    assert dora.buttons == ()
    facts.written.add((facts.meetings[0].id, "carl", NoteKind.REFLECTION))
    assert were_you_there(scene(facts, "carl", "2027-03-16 11:00")).buttons == ()


def test_an_answer_about_an_earlier_hour_is_none_about_this_one() -> None:
    facts = met()
    answer(facts, facts.meetings[0], "carl", True)
    facts.meetings[0].moves += 1
    asked = were_you_there(scene(facts, "carl", "2027-03-16 11:00"))
    assert [button.label for button in asked.buttons] == ["I was there", "I was not"]
