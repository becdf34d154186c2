"""Who enters a matching round, as what, and what of a person it compares."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cadence import WorkingTime
from bot.domain.mentorship import Format
from bot.domain.profile import Ability, Entrant
from bot.domain.program import DEFAULTS
from bot.domain.reporting import chain
from bot.domain.skills import Skill, SkillList, SkillStatus
from bot.matching.order import Order, Tie
from bot.matching.people import Member, Want
from bot.rounds.aims import skills_in
from bot.rounds.entering import Past, enter, hours_each, rank
from bot.rounds.hours import is_part_time, mask
from bot.rounds.round import Round, Word

MONDAY = date(2027, 1, 11)
THURSDAY = datetime(2027, 1, 7, 12, tzinfo=UTC)
PROGRAM = replace(DEFAULTS, id="program", organization_id="acme")
SKILLS = SkillList(
    Skill(key, "acme", name, SkillStatus.LISTED, folded)
    for key, name, folded in (
        ("python", "Python", None),
        ("js", "JavaScript", None),
        ("ecma", "ECMAScript", "js"),
        ("go", "Go", None),
        ("sharp", "C#", None),
        ("ml", "Machine Learning", None),
    )
)


NOTHING = Past()


def entrant(person_id: str, *roles: str, **values: object) -> Entrant:
    made = Entrant(
        person_id=person_id,
        name=person_id.title(),
        email=f"{person_id}@acme.example",
        team="",
        grade="",
        manager_email="",
        languages=("en",),
        working_time=WorkingTime("UTC"),
        roles=roles,
        formats=(),
        aims=(),
        capacity=2,
        hours_a_month=2,
        joined_at=THURSDAY,
        paused=False,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def entered(
    *people: Entrant,
    past: Past = NOTHING,
    words: Iterable[tuple[Word, str, str]] = (),
    form: Format = Format.ONE_ON_ONE,
) -> tuple[Order, dict[str, Member]]:
    of = Round("round", "acme", "program", "ada", THURSDAY, 1, format=form)
    order, members = enter(of, PROGRAM, lambda: people, past, tuple(words), SKILLS)
    return order, {member.id: member for member in members}


def sides(order: Order) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (program,) = order.programs
    return program.mentors, program.seekers


BEN, ANA = entrant("ben", "mentor"), entrant("ana", "mentee")


def test_roles_decide_who_guides_and_who_seeks() -> None:
    order, members = entered(BEN, ANA, entrant("cleo", "mentor", "mentee"), entrant("dan"))
    assert sides(order) == (("ben", "cleo"), ("ana", "cleo"))
    assert set(members) == {"ana", "ben", "cleo"}
    assert {member.organization_id for member in members.values()} == {"acme"}


@pytest.mark.parametrize(
    ("ben", "past"),
    [
        (replace(BEN, paused=True), Past()),
        (replace(BEN, capacity=0), Past()),
        (replace(BEN, formats=("group",)), Past()),
        (BEN, Past(taken={"ben": 2})),
        (BEN, Past(unreachable={"ben"})),
    ],
)
def test_who_has_paused_has_no_seat_or_cannot_be_reached_does_not_guide(ben: Entrant, past: Past) -> None:
    assert sides(entered(ben, ANA, past=past)[0]) == ((), ("ana",))


@pytest.mark.parametrize(
    ("ana", "past"),
    [
        (replace(ANA, paused=True), Past()),
        (replace(ANA, formats=("peer",)), Past()),
        (ANA, Past(busy={"ana"})),
        (ANA, Past(unreachable={"ana"})),
        (ANA, Past(seeking=frozenset())),
    ],
)
def test_who_has_paused_or_found_somebody_does_not_seek(ana: Entrant, past: Past) -> None:
    assert sides(entered(BEN, ana, past=past)[0]) == (("ben",), ())


def test_a_fill_up_enters_those_alone_who_are_still_without_anybody_and_all_mentors() -> None:
    order, _ = entered(BEN, ANA, entrant("dan", "mentee"), past=Past(seeking={"dan"}))
    assert sides(order) == (("ben",), ("dan",))


def test_among_peers_are_those_who_chose_it_and_nobody_is_a_mentor() -> None:
    peer = {"formats": ("peer",)}
    order, _ = entered(BEN, entrant("cleo", **peer), entrant("dan", "mentor", **peer), form=Format.PEER)
    assert sides(order) == ((), ("cleo", "dan"))


def test_words_reach_the_order_for_those_who_are_in_it() -> None:
    words = [(Word.PIN, "ben", "ana"), (Word.FORBID, "ben", "dan"), (Word.PIN, "ben", "gone")]
    order, _ = entered(BEN, ANA, entrant("dan", "mentee"), words=words)
    assert order.pins == (Tie("program", "ben", "ana"),)
    assert order.forbidden == (Tie("program", "ben", "dan"),)


def test_a_pin_is_kept_whomever_somebody_would_rather_not_meet_so_that_it_tells_nothing() -> None:
    eva = entrant("eva", "mentee", not_with=frozenset({"ben", "dan"}))
    assert entered(BEN, eva)[1]["eva"].not_with == {"ben", "dan"}
    assert entered(BEN, eva, words=[(Word.FORBID, "ben", "eva")])[1]["eva"].not_with == {"ben", "dan"}
    assert entered(BEN, eva, words=[(Word.PIN, "ben", "eva")])[1]["eva"].not_with == {"dan"}


def test_a_person_is_seen_with_what_is_compared_and_nothing_else() -> None:
    past = Past(taken={"ben": 1}, earlier={"ben": {"ana"}}, left_out={"ben": 2}, apart={"ben": {"dan"}})
    ben = replace(
        BEN,
        offers=(Ability("python", 4), Ability("js"), Ability("python", 2)),
        wants=(Ability("go", 2), Ability("ml"), Ability("sharp", 1)),
        goal="Get better at machine learning",
        team="Bakery",
        grade="L5",
        languages=("de", "en"),
        manager_email="ANA@acme.example",
        not_with=frozenset({"eve"}),
        capacity=3,
        hours_a_month=4,
    )
    _, members = entered(ben, ANA, past=past)
    assert members["ben"] == Member(
        id="ben",
        organization_id="acme",
        offers=(("python", 4), ("js", 0)),
        wants=(Want("go", 2, 60), Want("ml", 0, 30), Want("sharp", 1, 20)),
        goals=frozenset({"ml"}),
        languages=frozenset({"de", "en"}),
        team="Bakery",
        rank=5,
        chain=("ana",),
        capacity=2,
        hours_a_month=3,
        hours=mask(BEN.working_time, MONDAY),
        not_with=frozenset({"eve"}),
        conflicts=frozenset({"dan"}),
        earlier=frozenset({"ana"}),
        left_out=2,
    )


def test_hours_a_month_count_for_who_has_said_them() -> None:
    _, members = entered(BEN, replace(BEN, person_id="listed", joined_at=None))
    assert (members["ben"].hours_a_month, members["listed"].hours_a_month) == (2, None)


@pytest.mark.parametrize(
    ("form", "minutes", "every_weeks", "hours"),
    [
        (Format.ONE_ON_ONE, 45, 2, 1),
        (Format.ONE_ON_ONE, 60, 1, 4),
        (Format.REVERSE, 30, 4, 1),
        (Format.GROUP, 60, 1, 0),
        (Format.PEER, 60, 1, 0),
    ],
)
def test_one_more_mentee_takes_the_hours_of_their_meetings(
    form: Format, minutes: int, every_weeks: int, hours: int
) -> None:
    assert hours_each(replace(DEFAULTS, minutes=minutes, every_weeks=every_weeks), form) == hours


def test_all_above_somebody_are_known_and_a_circle_is_gone_round_once() -> None:
    bosses = {"ana": "ben", "ben": "cleo", "cleo": "ben", "dan": "dan"}
    assert chain("ana", bosses) == ("ben", "cleo")
    assert chain("ben", bosses) == ("cleo",)
    assert chain("dan", bosses) == chain("eve", bosses) == ()


@pytest.mark.parametrize(
    ("grade", "expected"), [("L5", 5), ("5", 5), ("IC 12", 12), ("ic-3", 3), ("Senior", 0), ("", 0), ("2027", 0)]
)
def test_a_level_is_a_number_where_there_is_one_in_it(grade: str, expected: int) -> None:
    assert rank(grade) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to write Java-Script and python.", {"js", "python"}),
        ("ECMAScript", {"js"}),
        ("to go into machine learning", {"ml"}),
        ("C#!", {"sharp"}),
        ("pythonic thoughts", set()),
        ("", set()),
    ],
)
def test_a_goal_names_skills_however_they_are_written(text: str, expected: set[str]) -> None:
    assert skills_in(text, SKILLS.ids_by_key()) == expected


def hours_of(zone: str, starts: int = 9, ends: int = 17, days: tuple[int, ...] = (0,), half: int = 0) -> list[int]:
    """Return the hours of the week, in UTC from Monday on, in which somebody works."""
    found = mask(WorkingTime(zone, days, time(starts, half), time(ends, half)), MONDAY)
    return [hour for hour in range(168) if found >> hour & 1]


def test_hours_are_those_of_a_week_in_utc_and_go_round_its_end() -> None:
    assert hours_of("UTC") == list(range(9, 17))
    assert hours_of("Europe/Berlin", days=(1,)) == list(range(24 + 8, 24 + 16))
    assert hours_of("Pacific/Auckland") == [0, 1, 2, 3, *range(164, 168)]
    assert hours_of("America/Los_Angeles", days=(6,)) == [0, *range(161, 168)]
    assert hours_of("Asia/Kolkata") == list(range(4, 11)), "whole hours alone"
    assert hours_of("UTC", 9, 9) == []


def test_who_works_less_than_thirty_hours_works_part_time() -> None:
    assert not is_part_time(WorkingTime(), MONDAY)
    assert is_part_time(WorkingTime(days=(0, 1, 2)), MONDAY)
    assert not is_part_time(WorkingTime(days=(0, 1, 2, 3)), MONDAY)
    assert not is_part_time(WorkingTime(days=()), MONDAY)
