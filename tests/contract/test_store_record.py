"""The record of a mentorship: what is read of it by whom, what came of actions and goals, one agreement for all."""

from datetime import date

import pytest
import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, State
from bot.domain.mentorship import Format, Participant, Role, Status
from bot.domain.people import Person
from bot.domain.records import (
    WIN,
    ActionItem,
    ActionState,
    EntryKind,
    Goal,
    GoalState,
    Note,
    NoteKind,
    Said,
    Touch,
    Visibility,
    Win,
)
from bot.store.tables import words
from tests.contract.company import DAY, NOW, Company

ME, PAIR, GROUP = Visibility.ME, Visibility.PAIR, Visibility.GROUP


@pytest.fixture
def meeting(acme: Company) -> Meeting:
    return met(acme)


def met(company: Company, mentorship_id: str = "") -> Meeting:
    """Return a meeting of a mentorship, the first of all that were agreed."""
    (meeting_id,) = company.meet(State.CONFIRMED, mentorship_id=mentorship_id)
    with company.store.unit() as unit:
        facts = unit.mentorships.of_meeting(company.id, meeting_id)
        assert facts is not None
        return facts.meetings[0]


def note(meeting: Meeting, author: str, kind: NoteKind = NoteKind.NOTE, days: int = 0) -> Note:
    return Note(
        new_id(),
        meeting.organization_id,
        meeting.mentorship_id,
        meeting.id,
        author,
        kind,
        "q",
        new_id(),
        NOW + days * DAY,
    )


def action(meeting: Meeting, owner: str, days: int = 0) -> ActionItem:
    made = NOW + days * DAY
    return ActionItem(
        new_id(), meeting.organization_id, meeting.mentorship_id, meeting.id, owner, new_id(), made, date(2027, 1, 8)
    )


def goal(meeting: Meeting, owner: str, days: int = 0) -> Goal:
    made = NOW + days * DAY
    return Goal(new_id(), meeting.organization_id, meeting.mentorship_id, owner, new_id(), made, date(2027, 3, 1))


def record(company: Company, mentorship_id: str, reader: str) -> list[str]:
    with company.store.unit() as unit:
        return [entry.text for entry in unit.words.record(mentorship_id, reader)]


def save(company: Company, *written: tuple[Note | ActionItem | Goal, str, Visibility]) -> None:
    with company.store.unit() as unit:
        for row, text, visibility in written:
            unit.words.write(row, text, visibility)
        unit.commit()


def test_the_record_holds_all_that_the_reader_may_read_the_newest_first(acme: Company, meeting: Meeting) -> None:
    step, wish = action(meeting, acme.ana, 3), goal(meeting, acme.ana, 1)
    save(
        acme,
        (note(meeting, acme.ben, NoteKind.TOPIC, 2), "a topic", PAIR),
        (note(meeting, acme.ana, NoteKind.REFLECTION, 4), "only Ana's", ME),
        (step, "a step", PAIR),
        (wish, "a goal", PAIR),
    )
    with acme.store.unit() as unit:
        found = unit.words.one(ActionItem, "acme", step.id)
        assert found is not None
        found.settle(ActionState.TRIED, NOW)
        unit.words.tell(found, "it went so-so", PAIR)
        unit.commit()
    assert record(acme, acme.mentorship, acme.ana) == ["only Ana's", "a step", "a topic", "a goal"]
    assert record(acme, acme.mentorship, acme.ben) == ["a step", "a topic", "a goal"]
    with acme.store.unit() as unit:
        own, tried, topic, wished = unit.words.record(acme.mentorship, acme.ana)
    assert [entry.private for entry in (own, tried, topic, wished)] == [True, False, False, False]
    assert (tried.kind, tried.state, tried.outcome, tried.due_on) == ("action", "tried", "it went so-so", step.due_on)
    assert (topic.kind, topic.author_id, topic.question, topic.at) == ("topic", acme.ben, "q", NOW + 2 * DAY)
    assert (wished.kind, wished.state, wished.due_on) == ("goal", "open", wish.due_on)


def test_a_win_is_a_note_of_its_own_sort_and_comes_along_with_what_was_said_of_it(
    acme: Company, meeting: Meeting
) -> None:
    won = note(meeting, acme.ana, days=1)
    won.question = WIN
    save(acme, (note(meeting, acme.ana), "a note", PAIR), (won, "a first talk", PAIR))
    touch, said = Touch(won.id, acme.ben, "win", ""), Said(NOW, acme.post("hello"))
    with acme.store.unit() as unit:
        unit.touches.add("acme", acme.mentorship, {touch: said})
        unit.commit()
    with acme.store.unit() as unit:
        for reader in (acme.ana, acme.ben):
            assert [text for _, text in unit.words.wins(acme.mentorship, reader)] == ["a first talk"]
        assert [entry.kind for entry in unit.words.record(acme.mentorship, acme.ben)] == [
            EntryKind.WIN,
            EntryKind.NOTE,
        ]
        assert unit.words.wins(acme.mentorship, "nobody") == []
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert facts.wins == [Win(won.id, acme.ana, won.written_at)]
        assert facts.said == {touch: said}


def test_nobody_outside_reads_anything_not_even_who_runs_the_programme(acme: Company, meeting: Meeting) -> None:
    save(
        acme,
        (note(meeting, acme.ana), "a note", GROUP),
        (action(meeting, acme.ana), "a step", PAIR),
        (goal(meeting, acme.ana), "a goal", PAIR),
    )
    with acme.store.unit() as unit:
        unit.people.add(Person("admin", "acme", "Ada", is_admin=True))
        unit.commit()
    acme.pair("another", Status.ACTIVE)
    assert record(acme, acme.mentorship, "admin") == []
    assert record(acme, "another", acme.ana) == []
    with acme.store.unit() as unit:
        assert unit.words.actions(acme.mentorship, "admin") == []
        assert unit.words.goals(acme.mentorship, "admin") == []
        assert unit.words.agreement(acme.mentorship, "admin") == []


def test_who_left_keeps_what_is_theirs_and_no_more(acme: Company, meeting: Meeting) -> None:
    save(
        acme,
        (action(meeting, acme.ana), "Ana's step", PAIR),
        (action(meeting, acme.ben, 1), "Ben's step", PAIR),
        (goal(meeting, acme.ana), "Ana's goal", GROUP),
    )
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        facts.participants[0].left_at = NOW
        unit.commit()
    assert record(acme, acme.mentorship, acme.ben) == ["Ben's step"]
    assert record(acme, acme.mentorship, acme.ana) == ["Ben's step", "Ana's step", "Ana's goal"]


def test_in_a_group_what_is_for_the_mentor_is_not_for_the_others(acme: Company) -> None:
    acme.pair("circle", Status.ACTIVE, format=Format.GROUP)
    with acme.store.unit() as unit:
        unit.people.add(Person("carl", "acme", "Carl"))
        unit.mentorships.add(Participant("circle", "carl", "acme", Role.MENTEE))
        unit.commit()
    meeting = met(acme, "circle")
    save(
        acme,
        (note(meeting, acme.ana, days=3), "for Ben", PAIR),
        (note(meeting, acme.ana, days=2), "for all", GROUP),
        (note(meeting, acme.ana, days=1), "for me", ME),
        (note(meeting, acme.ben), "by Ben for all", GROUP),
    )
    assert record(acme, "circle", acme.ana) == ["for Ben", "for all", "for me", "by Ben for all"]
    assert record(acme, "circle", acme.ben) == ["for Ben", "for all", "by Ben for all"]
    assert record(acme, "circle", "carl") == ["for all", "by Ben for all"]


def test_actions_come_the_oldest_first_with_what_came_of_them(acme: Company, meeting: Meeting) -> None:
    first, second = action(meeting, acme.ana), action(meeting, acme.ana, 1)
    save(acme, (second, "second", PAIR), (first, "first", PAIR), (action(meeting, acme.ben, 2), "only Ben's", ME))
    with acme.store.unit() as unit:
        found = unit.words.one(ActionItem, "acme", first.id)
        assert found is not None
        found.settle(ActionState.DONE, NOW + DAY)
        unit.words.tell(found, "well", PAIR)
        unit.words.tell(found, "very well", PAIR)
        unit.commit()
    with acme.store.unit() as unit:
        done, other = unit.words.actions(acme.mentorship, acme.ben)[:2]
        assert (done.text, done.outcome, done.action.state) == ("first", "very well", ActionState.DONE)
        assert done.action.settled_at == NOW + DAY
        assert (other.text, other.outcome, other.action.state) == ("second", "", ActionState.OPEN)
        assert [step.text for step in unit.words.actions(acme.mentorship, acme.ana)] == ["first", "second"]


def test_an_outcome_that_was_taken_back_is_gone_and_one_of_ones_own_is_nobodys_else(
    acme: Company, meeting: Meeting, database: sa.Engine
) -> None:
    step = action(meeting, acme.ana)
    save(acme, (step, "a step", PAIR))

    def tell(outcome: str, visibility: Visibility) -> tuple[str, str]:
        with acme.store.unit() as unit:
            found = unit.words.one(ActionItem, "acme", step.id)
            assert found is not None
            unit.words.tell(found, outcome, visibility)
            unit.commit()
        with acme.store.unit() as unit:
            ana, ben = (unit.words.actions(acme.mentorship, reader)[0] for reader in (acme.ana, acme.ben))
            return ana.outcome, ben.outcome

    assert tell("first thought", PAIR) == ("first thought", "first thought")
    assert tell("kept to myself", ME) == ("kept to myself", "")
    assert tell("", PAIR) == ("", "")
    with database.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(words)) == 1


def test_a_goal_may_be_worded_anew_and_settled(acme: Company, meeting: Meeting) -> None:
    wish = goal(meeting, acme.ana)
    save(acme, (wish, "be better", PAIR))
    with acme.store.unit() as unit:
        found = unit.words.one(Goal, "acme", wish.id)
        assert found is not None
        unit.words.reword(found, "lead a review by March\nthree people say so")
        found.settle(GoalState.MET, NOW + DAY)
        unit.commit()
    with acme.store.unit() as unit:
        ((again, text),) = unit.words.goals(acme.mentorship, acme.ben)
    assert text == "lead a review by March\nthree people say so"
    assert (again.state, again.settled_at, again.due_on) == (GoalState.MET, NOW + DAY, date(2027, 3, 1))


def test_what_was_for_its_author_alone_may_be_shown(acme: Company, meeting: Meeting) -> None:
    mine = note(meeting, acme.ana)
    save(acme, (mine, "a thought", ME))
    assert record(acme, acme.mentorship, acme.ben) == []
    with acme.store.unit() as unit:
        found = unit.words.one(Note, "acme", mine.id)
        assert found is not None
        unit.words.show(found, PAIR)
        unit.commit()
    assert record(acme, acme.mentorship, acme.ben) == ["a thought"]


def test_nothing_of_another_company_is_found_by_its_id(acme: Company, meeting: Meeting) -> None:
    mine = note(meeting, acme.ana)
    save(acme, (mine, "a thought", PAIR))
    with acme.store.unit() as unit:
        assert unit.words.one(Note, "acme", mine.id) is not None
        assert unit.words.one(Note, "another", mine.id) is None
        assert unit.words.one(Goal, "acme", mine.id) is None


def test_an_agreement_has_one_answer_to_each_question_by_whoever_changed_it_last(
    acme: Company, meeting: Meeting
) -> None:
    def agree(author: str, answers: dict[str, str], days: int) -> None:
        with acme.store.unit() as unit:
            unit.words.replace(meeting, author, NoteKind.AGREEMENT, answers, PAIR, NOW + days * DAY, one_for_all=True)
            unit.commit()

    def answers() -> dict[str, tuple[str, str]]:
        with acme.store.unit() as unit:
            found = unit.words.agreement(acme.mentorship, acme.ben)
            assert len({one.question for one, _ in found}) == len(found)
            return {one.question: (one.author_id, text) for one, text in found}

    save(acme, (note(meeting, acme.ana), "no part of it", PAIR))
    agree(acme.ana, {"help": "reviews", "limits": "evenings", "want": "calm"}, 1)
    agree(acme.ben, {"limits": "weekends", "want": ""}, 2)
    assert answers() == {"help": (acme.ana, "reviews"), "limits": (acme.ben, "weekends")}
    agree(acme.ana, {"limits": "none"}, 3)
    assert answers()["limits"] == (acme.ana, "none")
