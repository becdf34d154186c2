"""A round is the best there is, keeps what it was told to keep, and tells nothing that is secret."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bot.domain.mentorship import Format
from bot.matching import round as rounds_of
from bot.matching.limits import FIRM, broken
from bot.matching.order import Limits, Order, Program, Tie
from bot.matching.outcome import Outcome, Part, Progress, Stage, Why
from bot.matching.people import Member, Want
from bot.matching.pins import keep, seats_within
from bot.matching.round import run
from tests.unit.crowds import WEEK, rounds, single
from tests.unit.test_matching_pairs import Round, reckoned

MENTORED = (Format.ONE_ON_ONE, Format.GROUP, Format.REVERSE)


def total_of(order: Order, members: list[Member], outcome: Outcome) -> tuple[int, int]:
    """How many were matched beside the pins, and what counts of them together."""
    worth = reckoned(order.programs[0], order, members)
    own = [(one.mentor, one.seeker) for one in outcome.proposals if not one.pinned]
    return len(own), sum(worth[pair][1] for pair in own)


def best_of(order: Order, members: list[Member]) -> tuple[int, int]:
    """The same of the best assignment that a dense method finds, each seat a column."""
    program, people = order.programs[0], {member.id: member for member in members}
    worth = reckoned(program, order, members)
    kept = keep(order, people)[0]
    used = Counter(tie.mentor for tie in kept)
    seats = [
        mentor
        for mentor in set(program.mentors)
        for _ in range(min(seats_within(people[mentor], program.hours_each), program.seats or 99) - used[mentor])
    ]
    seekers = sorted(set(program.seekers) - {tie.seeker for tie in kept})
    bonus = 1 + sum(total for _, total in worth.values())
    table = np.zeros((len(seekers), len(seats)), np.int64)
    for row, seeker in enumerate(seekers):
        for column, mentor in enumerate(seats):
            if (mentor, seeker) in worth:
                table[row, column] = bonus + worth[mentor, seeker][1]
    rows, columns = linear_sum_assignment(table, maximize=True)
    values = table[rows, columns]
    return int((values > 0).sum()), int((values[values > 0] - bonus).sum())


@given(rounds(40, *MENTORED))
@settings(max_examples=100, deadline=None)
def test_a_round_is_as_good_as_the_dense_assignment(made: Round) -> None:
    order, members = made
    assert total_of(order, members, run(order, members)) == best_of(order, members)


@given(st.integers(0, 1 << 32), st.sampled_from(MENTORED))
@settings(max_examples=6, deadline=None)
def test_so_it_is_with_three_hundred(seed: int, format: Format) -> None:
    order, members = single(random.Random(seed), 300, format)
    assert total_of(order, members, run(order, members)) == best_of(order, members)


@given(rounds(60, *MENTORED))
@settings(max_examples=60, deadline=None)
def test_repair_matches_as_many_although_few_candidates_are_kept(made: Round) -> None:
    order, members = made
    few = replace(order, best=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds_of, "PAIRS", 0)
        outcome = run(few, members)
    assert total_of(order, members, outcome)[0] == best_of(order, members)[0]


@given(rounds(40))
@settings(max_examples=100, deadline=None)
def test_pins_stay_forbidden_pairs_never_come_and_no_seat_is_given_twice(made: Round) -> None:
    order, members = made
    program, people = order.programs[0], {member.id: member for member in members}
    peers = program.format is Format.PEER
    outcome = run(order, members)
    pairs = {(one.mentor, one.seeker): one for one in outcome.proposals}
    assert len(pairs) == len(outcome.proposals)
    for tie in order.pins:
        both = [(tie.mentor, tie.seeker), *([(tie.seeker, tie.mentor)] if peers else [])]
        held = any(pair in pairs and pairs[pair].pinned for pair in both)
        assert held or ("only", tie.mentor, tie.seeker) in outcome.unkept
    for tie in order.forbidden:
        assert (tie.mentor, tie.seeker) not in pairs
        assert not peers or (tie.seeker, tie.mentor) not in pairs
    for (mentor, seeker), proposal in pairs.items():
        rules = broken(program, people[mentor], people[seeker])
        assert not FIRM.intersection(rules)
        assert proposal.pinned or not rules
    taken = Counter(mentor for mentor, _ in pairs)
    for mentor, count in taken.items():
        seats = 1 if peers else seats_within(people[mentor], program.hours_each)
        assert count <= min(seats, 99 if peers or program.seats is None else program.seats)
    placed = [key for pair in pairs for key in (pair if peers else pair[1:])]
    alone = [one.seeker for one in outcome.left_out]
    assert sorted(placed + alone) == sorted(set(program.seekers))


@given(rounds(30), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_same_people_and_seed_give_the_same_round_in_whatever_order_they_come(
    made: Round, chance: random.Random
) -> None:
    order, members = made
    program = order.programs[0]
    mixed = replace(
        program,
        mentors=tuple(chance.sample(program.mentors, len(program.mentors))),
        seekers=tuple(chance.sample(program.seekers, len(program.seekers))),
    )
    again = run(replace(order, programs=(mixed,)), chance.sample(members, len(members)))
    assert again == run(order, members)


def test_ties_fall_otherwise_with_another_seed() -> None:
    members = [Member(f"m{n}", "acme", capacity=1) for n in range(6)] + [Member(f"s{n}", "acme") for n in range(6)]
    program = Program("p", mentors=tuple(f"m{n}" for n in range(6)), seekers=tuple(f"s{n}" for n in range(6)))
    found = {
        tuple((one.mentor, one.seeker) for one in run(Order((program,), n), members).proposals) for n in range(9)
    }
    assert len(found) > 4


def test_who_is_left_out_of_equals_is_drawn_too() -> None:
    members = [Member("m", "acme", capacity=1), *(Member(f"s{n}", "acme") for n in range(6))]
    program = Program("p", mentors=("m",), seekers=tuple(f"s{n}" for n in range(6)))
    assert len({run(Order((program,), seed), members).proposals[0].seeker for seed in range(20)}) > 3


@given(rounds(30))
@settings(max_examples=50, deadline=None)
def test_nothing_secret_and_no_priority_is_told(made: Round) -> None:
    order, members = made
    outcome = run(order, members)
    for proposal in outcome.proposals:
        for told in (proposal.reasons, *(other.reasons for other in proposal.alternatives)):
            assert len(told) <= 3
            assert {reason.part for reason in told} <= set(Part) - {Part.PRIORITY}
    for one in outcome.left_out:
        assert one.why in set(Why)


BEN = Member("ben", "acme", wants=(Want("go", 2),))


@pytest.mark.parametrize(
    "apart",
    [
        replace(BEN, not_with=frozenset({"ana"})),
        replace(BEN, conflicts=frozenset({"ana"})),
        replace(BEN, chain=("ana",)),
    ],
    ids=["not with", "conflict", "hierarchy"],
)
def test_who_is_kept_apart_in_secret_reads_like_somebody_for_whom_no_seat_was_left(apart: Member) -> None:
    ana = Member("ana", "acme", offers=(("go", 4),), capacity=1)
    ben, cleo = BEN, Member("cleo", "acme", wants=(Want("go", 2),))
    program = Program("p", mentors=("ana",), seekers=("ben", "cleo"))
    outcome = run(Order((program,), 1), [ana, apart, cleo])
    without = run(Order((program,), 1, forbidden=(Tie("p", "ana", "ben"),)), [ana, ben, cleo])
    assert outcome == without
    assert [(one.seeker, one.why) for one in outcome.left_out] == [("ben", Why.NO_SEAT)]


def test_a_pin_overrules_the_programme_but_no_secret() -> None:
    ana = Member("ana", "acme", team="red", capacity=2)
    ben, cleo = Member("ben", "acme", team="red"), Member("cleo", "acme", not_with=frozenset({"ana"}))
    program = Program("p", mentors=("ana",), seekers=("ben", "cleo"))
    pins = (Tie("p", "ana", "ben"), Tie("p", "ana", "cleo"))
    outcome = run(Order((program,), 1, pins), [ana, ben, cleo])
    assert [(one.mentor, one.seeker, one.pinned) for one in outcome.proposals] == [("ana", "ben", True)]
    assert outcome.unkept == (("p", "ana", "cleo"),)


def test_who_was_left_out_comes_first_when_not_all_can_be_matched() -> None:
    ana = Member("ana", "acme", offers=(("go", 4),), capacity=1)
    seekers = [Member(f"s{n}", "acme", wants=(Want("go", 2),), left_out=n == 3) for n in range(5)]
    program = Program("p", mentors=("ana",), seekers=tuple(one.id for one in seekers))
    for seed in range(5):
        assert [one.seeker for one in run(Order((program,), seed), [ana, *seekers]).proposals] == ["s3"]


def test_programmes_share_the_seats_of_a_mentor() -> None:
    ana = Member("ana", "acme", capacity=3)
    ben = Member("ben", "acme", capacity=3)
    seekers = [Member(f"s{n}", "acme") for n in range(8)]
    first = Program("first", Format.GROUP, ("ana", "ben"), tuple(one.id for one in seekers[:4]), seats=2)
    second = Program("second", Format.GROUP, ("ana",), tuple(one.id for one in seekers[4:]), seats=2)
    outcome = run(Order((first, second), 1), [ana, ben, *seekers])
    taken = Counter((one.program_id, one.mentor) for one in outcome.proposals)
    assert taken["first", "ana"] + taken["second", "ana"] == 3
    assert max(taken.values()) == 2
    assert taken["first", "ben"] == 2


def test_in_a_reverse_programme_those_lower_in_the_company_teach_upwards() -> None:
    young = Member("young", "acme", offers=(("ai", 5),), wants=(Want("law"),), rank=1, capacity=2)
    old = Member("old", "acme", offers=(("law", 5),), wants=(Want("ai", 1),), rank=5, capacity=2)
    both = ("young", "old")
    outcome = run(Order((Program("p", Format.REVERSE, both, both),), 1), [young, old])
    assert [(one.mentor, one.seeker) for one in outcome.proposals] == [("young", "old")]
    assert [(one.seeker, one.why) for one in outcome.left_out] == [("young", Why.RANK)]


def test_the_reasons_are_the_strongest_parts() -> None:
    ana = Member(
        "ana", "acme", (("go", 4), ("sql", 3)), goals=frozenset({"law"}), hours=WEEK[0], team="red", capacity=1
    )
    ben = Member("ben", "acme", (), (Want("go", 2, 3), Want("sql", 1, 1)), hours=WEEK[0], team="blue", rank=2)
    [proposal] = run(Order((Program("p", mentors=("ana",), seekers=("ben",)),), 1), [ana, ben]).proposals
    told = [(reason.part, reason.subject, reason.figure, reason.giver) for reason in proposal.reasons]
    assert told == [
        (Part.WANTED, "go", 2, "ana"), (Part.AHEAD, "go", 2, "ana"), (Part.HOURS, "", 8, ""),
    ]  # fmt: skip
    assert proposal.score == 3_000 + 2_000 + 1_200 + 750


def test_an_earlier_partner_comes_again_only_where_wished_and_that_is_a_reason() -> None:
    ana = Member("ana", "acme", (("go", 4),), capacity=1)
    ben = Member("ben", "acme", wants=(Want("go", 2),), earlier=frozenset({"ana"}))
    order = Order((Program("p", mentors=("ana",), seekers=("ben",)),), 1)
    assert [one.why for one in run(order, [ana, ben]).left_out] == [Why.AGAIN]
    [proposal] = run(order, [ana, replace(ben, again=frozenset({"ana"}))]).proposals
    assert [reason.part for reason in proposal.reasons] == [Part.WANTED, Part.AHEAD, Part.AGAIN]
    assert proposal.score == 3_000 + 2_000 + 1_000
    [proposal] = run(order, [ana, replace(ben, earlier=frozenset(), left_out=3)]).proposals
    assert [reason.part for reason in proposal.reasons] == [Part.WANTED, Part.AHEAD]
    assert proposal.score == 3_000 + 2_000


def test_alternatives_are_the_next_best_and_say_who_is_free() -> None:
    mentors = [Member(f"m{level}", "acme", (("go", level),), capacity=1) for level in (3, 4, 5)]
    ben, cleo = Member("ben", "acme", wants=(Want("go", 2),)), Member("cleo", "acme", wants=(Want("go", 1),))
    program = Program("p", mentors=("m3", "m4", "m5"), seekers=("ben", "cleo"))
    outcome = run(Order((program,), 1), [*mentors, ben, cleo])
    got = {
        one.seeker: (one.mentor, [(other.mentor, other.free) for other in one.alternatives])
        for one in outcome.proposals
    }
    assert got == {"ben": ("m4", [("m3", False), ("m5", True)]), "cleo": ("m3", [("m4", False), ("m5", True)])}


def test_progress_never_goes_back() -> None:
    order, members = single(random.Random(3), 80, Format.ONE_ON_ONE)
    told: list[Progress] = []
    run(order, members, told.append)
    stages = list(Stage)
    steps = [(stages.index(one.stage), one.done) for one in told]
    assert steps == sorted(steps)
    assert all(one.done <= one.of for one in told)
    assert {one.stage for one in told} == set(Stage)


def test_an_empty_round_is_a_round() -> None:
    for format in Format:
        outcome = run(Order((Program("p", format, limits=Limits()),), 1), [])
        assert (outcome.proposals, outcome.left_out, outcome.report.seekers) == ((), (), 0)
    assert run(Order((), 1), []).report.mean == 0
