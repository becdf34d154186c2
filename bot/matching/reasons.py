"""Why a pair was proposed: the three parts that weigh most in its score, as values that a flow puts into words.

A limit is never a reason, so that nothing secret can be one; nor is priority, which would tell the mentor that the
seeker had been left out.
"""

from collections.abc import Callable, Iterator
from functools import cache

from bot.domain.mentorship import Format
from bot.matching.criteria import (
    PARTS,
    ahead_by,
    common_goals,
    common_hours,
    other_function,
    other_team,
    weight_of,
)
from bot.matching.order import Program, Weights
from bot.matching.outcome import Part, Reason, Subject
from bot.matching.people import Member

MOST = 3
"""So many reasons are given."""

Value = Callable[[Member, Member], int]
Told = Callable[[Member, Member], Reason]


def strongest(program: Program, mentor: Member, seeker: Member) -> tuple[Reason, ...]:
    """Return up to three reasons, the strongest first; among peers each part speaks for the one who gains more."""
    found = [*_weighed(program, mentor, seeker)]
    if program.format is Format.PEER:
        found += _weighed(program, seeker, mentor)
    reasons: dict[Part, Reason] = {}
    for _, told, giver, taker in sorted(found, key=lambda one: -one[0]):
        reason = told(giver, taker)
        reasons.setdefault(reason.part, reason)
        if len(reasons) == MOST:
            break
    return tuple(reasons.values())


def _weighed(program: Program, mentor: Member, seeker: Member) -> Iterator[tuple[int, Told, Member, Member]]:
    for weight, value, told in _parts(program.weights):
        if weighed := weight * value(mentor, seeker):
            yield weighed, told, mentor, seeker


@cache
def _parts(weights: Weights) -> tuple[tuple[int, Value, Told], ...]:
    return tuple((weight_of(weights, part), PARTS[part], told) for part, told in _TOLD.items())


def _wanted(mentor: Member, seeker: Member) -> Reason:
    met = _met(mentor, seeker)
    return Reason(Part.WANTED, min(met, key=lambda one: (-one[1], one[0]))[0], len(met), mentor.id)


def _ahead(mentor: Member, seeker: Member) -> Reason:
    skill, _, _, gap = min(_met(mentor, seeker), key=lambda one: (-one[1] * one[2], one[0]))
    return Reason(Part.AHEAD, skill, gap, mentor.id)


def _goals(mentor: Member, seeker: Member) -> Reason:
    common = min(skill for skill, _ in mentor.offers if skill in seeker.goals)
    return Reason(Part.GOALS, common, common_goals(mentor, seeker), mentor.id)


def _language(mentor: Member, seeker: Member) -> Reason:
    common = mentor.languages & seeker.languages
    return Reason(Part.LANGUAGE, min(common), len(common))


def _diversity(mentor: Member, seeker: Member) -> Reason:
    team, function = other_team(mentor, seeker), other_function(mentor, seeker)
    return Reason(Part.DIVERSITY, Subject.BOTH if team and function else Subject.TEAM if team else Subject.FUNCTION)


def _met(mentor: Member, seeker: Member) -> list[tuple[str, int, int, int]]:
    """Return the wanted skills that are offered at a higher level: (skill, weight, tenths, levels ahead).

    The levels ahead are 0 where one of the two is unknown.
    """
    offers = dict(mentor.offers)
    return [
        (want.skill, want.weight, tenths, max(offers[want.skill] - want.now, 0) if want.now else 0)
        for want in seeker.wants
        if want.skill in offers and (tenths := ahead_by(want.now, offers[want.skill]))
    ]


_TOLD: dict[Part, Told] = {
    Part.WANTED: _wanted,
    Part.AHEAD: _ahead,
    Part.GOALS: _goals,
    Part.HOURS: lambda mentor, seeker: Reason(Part.HOURS, "", common_hours(mentor, seeker)),
    Part.LANGUAGE: _language,
    Part.DIVERSITY: _diversity,
    Part.AGAIN: lambda mentor, seeker: Reason(Part.AGAIN),
}
