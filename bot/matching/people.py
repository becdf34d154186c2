"""A person as matching sees them: what they offer and want, and whom they can never be paired with.

Neither age nor origin is among it, and no name: nothing that is not here can enter a score.
"""

from dataclasses import dataclass

HOURS_A_WEEK = 168
"""How many bits a mask of hours has: the lowest is Monday from 00:00 to 01:00 in UTC."""

MOST_WANTS = 100
"""How many skills somebody can want at most, and as many goals have."""

MOST_WEIGHT = 1_000
"""The greatest weight of a want."""

TOP_LEVEL = 5
"""The highest level of a skill; the lowest is 1, and 0 says that nobody knows it."""


@dataclass(frozen=True, slots=True)
class Want:
    """A skill that somebody wants to learn: their own level now (1 to 5, 0 unknown), and how much they want it.

    `weight` is 1 to 1,000; what is wanted first has the greatest.
    """

    skill: str
    now: int = 0
    weight: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= MOST_WEIGHT or not 0 <= self.now <= TOP_LEVEL:
            raise ValueError("a want weighs 1 to 1,000, and a level is 0 to 5")


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a round. Skills, goals, languages, teams and sites are keys, already folded to one spelling.

    `offers` are (skill, level) with levels of 1 to 5, 0 unknown. `chain` names everybody above them in the company's
    hierarchy, their own manager first. `capacity` is how many seats they still have to give as a mentor over all
    programmes; `hours_a_month` what they can give in all, None where they did not say. `hours` is a mask of the
    hours of a week in UTC in which they work, 0 where nobody knows. `not_with` and `conflicts` are secret: no outcome
    tells them, nor what they caused. `earlier` are those with whom they were paired before, `again` those of them
    whom they wish for once more. `left_out` counts the last rounds in a row that had nobody for them. `part_time`
    serves the report alone.
    """

    id: str
    organization_id: str
    offers: tuple[tuple[str, int], ...] = ()
    wants: tuple[Want, ...] = ()
    goals: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    team: str = ""
    function: str = ""
    site: str = ""
    rank: int = 0
    """Their level in the company as a number, 0 unknown."""
    chain: tuple[str, ...] = ()
    capacity: int = 0
    hours_a_month: int | None = None
    hours: int = 0
    not_with: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    left_out: int = 0
    part_time: bool = False

    def __post_init__(self) -> None:
        if not all(0 <= level <= TOP_LEVEL for _, level in self.offers):
            raise ValueError("a level is 0 to 5")
        if len(dict(self.offers)) != len(self.offers) or len({want.skill for want in self.wants}) != len(self.wants):
            raise ValueError("a skill is offered once and wanted once")
        if max(len(self.wants), len(self.goals)) > MOST_WANTS:
            raise ValueError("nobody wants more than a hundred things at once")
        if not 0 <= self.hours < 1 << HOURS_A_WEEK:
            raise ValueError("a week has 168 hours")
