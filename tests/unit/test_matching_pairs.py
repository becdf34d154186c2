"""What is reckoned with everybody at once is what is defined for two, to the last digit."""

import pytest
from hypothesis import given, settings

from bot.domain.mentorship import Format
from bot.matching import candidates, crowd
from bot.matching.candidates import Field
from bot.matching.criteria import score, urgency
from bot.matching.crowd import Crowd
from bot.matching.limits import Limit, broken
from bot.matching.order import Order, Program
from bot.matching.outcome import Why
from bot.matching.people import Member
from tests.unit.crowds import rounds

Round = tuple[Order, list[Member]]
EVERYBODY = 1_000


def defined(program: Program, order: Order, members: list[Member]) -> dict[tuple[str, str], tuple[int, int]]:
    """Score and total of each pair that may be, one pair at a time."""
    people = {member.id: member for member in members}
    peers = program.format is Format.PEER
    apart = {(tie.mentor, tie.seeker) for tie in order.forbidden}
    apart |= {(seeker, mentor) for mentor, seeker in apart} if peers else set()
    return {
        (mentor, seeker): (score(program, one, other), score(program, one, other) + urgency(program, one, other))
        for mentor in (program.seekers if peers else program.mentors)
        for seeker in program.seekers
        if not broken(program, one := people[mentor], other := people[seeker]) and (mentor, seeker) not in apart
    }


def reckoned(program: Program, order: Order, members: list[Member]) -> dict[tuple[str, str], tuple[int, int]]:
    field = Field(Crowd(members), program, order.forbidden, order.seed)
    edges = field.candidates(field.seekers, field.mentors, EVERYBODY).best
    people = field.crowd.people
    return {
        (people[mentor].id, people[seeker].id): (points, total)
        for mentor, seeker, points, total in zip(
            edges.mentor.tolist(), edges.seeker.tolist(), edges.score.tolist(), edges.total.tolist(), strict=True
        )
    }


@given(rounds(30))
@settings(max_examples=150, deadline=None)
def test_scores_and_limits_are_those_that_are_defined(made: Round) -> None:
    order, members = made
    program = order.programs[0]
    assert reckoned(program, order, members) == defined(program, order, members)


@given(rounds(25))
@settings(max_examples=30, deadline=None)
def test_it_makes_no_difference_how_it_is_reckoned(made: Round) -> None:
    order, members = made
    program = order.programs[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "BLOCK", 40)
        patch.setattr(crowd, "FEW", 0)
        assert reckoned(program, order, members) == defined(program, order, members)


@given(rounds(30))
@settings(max_examples=60, deadline=None)
def test_the_best_are_kept(made: Round) -> None:
    order, members = made
    program = order.programs[0]
    field = Field(Crowd(members), program, order.forbidden, order.seed)
    every = defined(program, order, members)
    kept = field.candidates(field.seekers, field.mentors, 3).best
    for place in field.seekers.tolist():
        seeker = field.crowd.people[place].id
        totals = sorted((total for (_, other), (_, total) in every.items() if other == seeker), reverse=True)
        assert sorted(kept.total[kept.seeker == place].tolist(), reverse=True) == totals[:3]


@given(rounds(25))
@settings(max_examples=80, deadline=None)
def test_why_nobody_is_left_is_the_last_open_limit(made: Round) -> None:
    order, members = made
    program = order.programs[0]
    field = Field(Crowd(members), program, (), order.seed)
    people = {member.id: member for member in members}
    told = field.reasons_why(field.seekers)
    for place, why in zip(field.seekers.tolist(), told, strict=True):
        seeker = field.crowd.people[place]
        left = [people[key] for key in (program.seekers if field.peers else program.mentors)]
        expected = Why.NO_SEAT if left else Why.NO_MENTOR
        for limits, reason in (
            ({Limit.SELF, Limit.ORGANIZATION}, Why.NO_MENTOR), ({Limit.RANK}, Why.RANK), ({Limit.SKILL}, Why.SKILL),
            ({Limit.LANGUAGE}, Why.LANGUAGE), ({Limit.HOURS}, Why.HOURS), ({Limit.TEAM}, Why.TEAM),
            ({Limit.AGAIN}, Why.AGAIN),
        ):  # fmt: skip
            before, left = left, [one for one in left if not limits.intersection(broken(program, one, seeker))]
            if before and not left:
                expected = reason
        assert why is expected
