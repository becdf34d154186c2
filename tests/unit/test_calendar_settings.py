"""Each number of the message calendar is a setting of the programme: another number, another day."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

import pytest

from bot.domain.facts import Facts
from bot.domain.health import Health, seen_by_admin
from bot.domain.meeting import MeetingKind, Move, State
from bot.domain.mentorship import Status
from bot.domain.plan import Limits, plan
from bot.domain.program import DEFAULTS
from bot.domain.prompts import Prompt
from bot.domain.windows import Window
from bot.flows.programs import CALENDAR, RHYTHM
from tests.unit.scenes import ana_and_ben, answer, at, meeting


def invited() -> Facts:
    return ana_and_ben(Status.PROPOSED)


def talked() -> Facts:
    """They met for the first time on Tuesday, 16 March, and Ana said so at once."""
    facts = ana_and_ben()
    answer(facts, meeting(facts, "2027-03-16 10:00", State.HELD, MeetingKind.KICKOFF), "ana", met=True)
    return facts


def drafted() -> Facts:
    """Ana wrote the agreement on Monday, 22 March, at ten."""
    facts = talked()
    facts.draft("ana", at("2027-03-22 10:00"))
    return facts


def agreed() -> Facts:
    """A check-in lies ahead, on Tuesday, 16 March."""
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00")
    return facts


def suggested() -> Facts:
    """On Monday at nine Ana suggests Wednesday, 17 March, at nine: two days later."""
    facts = agreed()
    facts.meetings[0].propose(at("2027-03-17 09:00"), "ana", at("2027-03-15 09:00"))
    return facts


def slipped() -> Facts:
    facts = agreed()
    facts.meetings[0].move(Move.MISS, at("2027-03-16 11:00"))
    return facts


def window(facts: Facts, name: str, kind: Prompt) -> Window:
    """Return the one window of a kind for somebody."""
    (found,) = [w for w in plan(facts).windows if (w.touch.person_id, w.touch.kind) == (name, kind)]
    return found


def opens(name: str, kind: Prompt) -> Callable[[Facts], object]:
    return lambda facts: window(facts, name, kind).opens


def ends(name: str, kind: Prompt) -> Callable[[Facts], object]:
    return lambda facts: window(facts, name, kind).moot_after


def is_free(facts: Facts) -> bool:
    return window(facts, "ben", Prompt.CONFIRM).free


def seen_as_slipping(facts: Facts) -> bool:
    return seen_by_admin(facts, at("2027-03-25 10:00")).state is Health.SLIPPING


def seen_as_ending(facts: Facts) -> bool:
    return seen_by_admin(facts, at("2027-08-05 10:00")).state is Health.ENDING


@pytest.mark.parametrize(
    ("setting", "another", "scene", "look_at", "usual", "changed"),
    [
        ("gathered_minutes", 60, invited, opens("ben", Prompt.INVITATION), "03-01 09:20", "03-01 10:00"),
        ("gathered_minutes", 60, drafted, opens("ben", Prompt.AGREE), "03-22 10:20", "03-22 11:00"),
        ("asked_days", 7, drafted, ends("ben", Prompt.AGREE), "04-05 09:00", "03-31 09:00"),
        ("asked_days", 7, talked, ends("ana", Prompt.AGREEMENT), "04-05 09:00", "03-31 09:00"),
        ("short_notice_hours", 48, suggested, is_free, False, False),
        ("short_notice_hours", 49, suggested, is_free, False, True),
        ("wrap_days", 2, agreed, opens("ben", Prompt.WRAP), "03-17 09:00", "03-18 09:00"),
        ("reflection_days", 5, talked, ends("ana", Prompt.REFLECTION), "03-19 09:00", "03-23 09:00"),
        ("rides_days", 5, talked, ends("ben", Prompt.REFLECTION), "04-01 09:00", "03-23 09:00"),
        ("warned_days", 2, slipped, ends("ana", Prompt.STUCK), "03-26 09:00", "03-25 09:00"),
        ("warned_days", 2, slipped, seen_as_slipping, False, True),
        ("ending_weeks", 6, agreed, opens("ana", Prompt.ENDING), "08-04 09:00", "07-21 09:00"),
        ("ending_weeks", 2, agreed, opens("ben", Prompt.ENDING), "08-04 09:00", "08-18 09:00"),
        ("ending_weeks", 2, agreed, seen_as_ending, True, False),
    ],
)
def test_another_number_moves_the_day(
    setting: str,
    another: int,
    scene: Callable[[], Facts],
    look_at: Callable[[Facts], object],
    usual: str | bool,
    changed: str | bool,
) -> None:
    facts = scene()
    facts.program = replace(DEFAULTS)
    for expected in (usual, changed):
        assert look_at(facts) == (at(f"2027-{expected}") if isinstance(expected, str) else expected)
        setattr(facts.program, setting, another)


def test_the_numbers_of_a_week_go_with_the_plan() -> None:
    facts = agreed()
    assert plan(facts).limits == Limits(messages=2, briefs=1, wraps=1)
    facts.program = replace(DEFAULTS, unasked_a_week=4, briefs_a_week=2, wraps_a_week=3)
    assert plan(facts).limits == Limits(messages=4, briefs=2, wraps=3)


def test_the_last_weeks_begin_by_the_pairs_own_clocks() -> None:
    """Clocks go forward on 28 March: four weeks of 24 hours would begin on the Sunday before."""
    facts = ana_and_ben()
    facts.mentorship.ends_on = date(2027, 4, 11)
    assert opens("ana", Prompt.ENDING)(facts) == at("2027-03-15 09:00")


def test_every_number_of_a_programme_is_asked_for_and_what_stands_is_among_the_choices() -> None:
    asked = {name: choices for name, _, choices in (*RHYTHM, *CALENDAR)} | {"decision_weekday": tuple(range(7))}
    numbers = {field.name: field.default for field in fields(DEFAULTS) if type(field.default) is int}
    assert asked.keys() == numbers.keys()
    assert all(usual in asked[name] for name, usual in numbers.items())
