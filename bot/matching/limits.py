"""Which pairs can never be: named limits, each a predicate of two people, read one pair at a time.

`HIERARCHY`, `NOT_WITH` and `CONFLICT` are secret: whoever asks may be told that a pair cannot be, never which of them
it was. Capacity is no limit of a pair; the assignment holds it.
"""

from collections.abc import Callable
from enum import StrEnum

from bot.domain.mentorship import Format
from bot.matching.criteria import common_hours, helps
from bot.matching.order import Program
from bot.matching.people import Member


class Limit(StrEnum):
    """What can rule a pair out. The first five hold whatever a programme sets, and against pins too."""

    SELF = "self"
    ORGANIZATION = "organization"
    HIERARCHY = "hierarchy"
    NOT_WITH = "not_with"
    CONFLICT = "conflict"
    RANK = "rank"
    SKILL = "skill"
    LANGUAGE = "language"
    HOURS = "hours"
    TEAM = "team"
    AGAIN = "again"


FIRM = frozenset({Limit.SELF, Limit.ORGANIZATION, Limit.HIERARCHY, Limit.NOT_WITH, Limit.CONFLICT})
"""What not even a pin overrules."""

SECRET = frozenset({Limit.HIERARCHY, Limit.NOT_WITH, Limit.CONFLICT})
"""What nobody is told, those who run the programme included."""


def broken(program: Program, mentor: Member, seeker: Member) -> tuple[Limit, ...]:
    """Return the limits that rule this pair out in a programme, in the order of `Limit`; for our own use.

    Among peers it does not matter who is called the mentor.
    """
    return tuple(limit for limit, holds in _HOLDS.items() if not holds(program, mentor, seeker))


def allowed(program: Program, mentor: Member, seeker: Member) -> bool:
    """Tell whether nothing rules this pair out."""
    return not broken(program, mentor, seeker)


def _no_hierarchy(program: Program, mentor: Member, seeker: Member) -> bool:
    return mentor.id not in seeker.chain and seeker.id not in mentor.chain


def _no_aversion(program: Program, mentor: Member, seeker: Member) -> bool:
    return mentor.id not in seeker.not_with and seeker.id not in mentor.not_with


def _no_conflict(program: Program, mentor: Member, seeker: Member) -> bool:
    return mentor.id not in seeker.conflicts and seeker.id not in mentor.conflicts


def _teaches_upwards(program: Program, mentor: Member, seeker: Member) -> bool:
    known = mentor.rank and seeker.rank
    return program.format is not Format.REVERSE or not known or mentor.rank < seeker.rank


def _skill(program: Program, mentor: Member, seeker: Member) -> bool:
    either = program.format is Format.PEER and helps(seeker, mentor)
    return not program.limits.skill or helps(mentor, seeker) or either


def _language(program: Program, mentor: Member, seeker: Member) -> bool:
    known = mentor.languages and seeker.languages
    return not program.limits.language or not known or bool(mentor.languages & seeker.languages)


def _hours(program: Program, mentor: Member, seeker: Member) -> bool:
    known = mentor.hours and seeker.hours
    return not known or common_hours(mentor, seeker) >= program.limits.common_hours


def _team(program: Program, mentor: Member, seeker: Member) -> bool:
    return not program.limits.other_team or not mentor.team or mentor.team != seeker.team


def _not_before(program: Program, mentor: Member, seeker: Member) -> bool:
    before = mentor.id in seeker.earlier or seeker.id in mentor.earlier
    wished = mentor.id in seeker.again or (program.format is Format.PEER and seeker.id in mentor.again)
    return not before or wished


_HOLDS: dict[Limit, Callable[[Program, Member, Member], bool]] = {
    Limit.SELF: lambda _, mentor, seeker: mentor.id != seeker.id,
    Limit.ORGANIZATION: lambda _, mentor, seeker: mentor.organization_id == seeker.organization_id,
    Limit.HIERARCHY: _no_hierarchy,
    Limit.NOT_WITH: _no_aversion,
    Limit.CONFLICT: _no_conflict,
    Limit.RANK: _teaches_upwards,
    Limit.SKILL: _skill,
    Limit.LANGUAGE: _language,
    Limit.HOURS: _hours,
    Limit.TEAM: _team,
    Limit.AGAIN: _not_before,
}
