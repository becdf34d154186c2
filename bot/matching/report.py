"""How good a round is, in counts: what it reached, for whom, and beside other ways to pair the same people.

Groups under five people are not shown: they are put together, with the next smallest one where that is still too few.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.domain.mentorship import Format
from bot.matching.criteria import ahead_by, other_function, other_team
from bot.matching.order import Order
from bot.matching.outcome import Comparison, LeftOut, Proposal, Report, Share, Why, bins_of
from bot.matching.people import Member

SMALLEST = 5
"""A group of so many people may be shown."""

_GROUPS: dict[str, Callable[[Member], str]] = {
    "team": lambda member: member.team,
    "site": lambda member: member.site,
    "rank": lambda member: str(member.rank or ""),
    "part_time": lambda member: "yes" if member.part_time else "no",
}


def report(
    order: Order,
    people: Sequence[Member],
    proposals: Sequence[Proposal],
    left_out: Sequence[LeftOut],
    comparisons: tuple[Comparison, ...],
) -> Report:
    """Count. Pinned pairs are pairs like others."""
    members = {member.id: member for member in people}
    peers = {program.id for program in order.programs if program.format is Format.PEER}
    seekers = [members[key] for program in order.programs for key in dict.fromkeys(program.seekers)]
    gain = [(members[one.mentor], members[one.seeker]) for one in proposals]
    gain += [(members[one.seeker], members[one.mentor]) for one in proposals if one.program_id in peers]
    matched = {seeker.id for _, seeker in gain}
    mean = sum(one.score for one in proposals) // max(len(proposals), 1)
    wishing = [(mentor, seeker) for mentor, seeker in gain if seeker.wants]
    why = Counter(one.why for one in left_out)
    return Report(
        seekers=len(seekers),
        matched=len(matched),
        pairs=len(proposals),
        mean=mean,
        bins=bins_of(one.score for one in proposals),
        first_wish=sum(_first_wish(*pair) for pair in wishing),
        wishing=len(wishing),
        diverse=sum(_diverse(members[one.mentor], members[one.seeker]) for one in proposals),
        why=tuple((reason, why[reason]) for reason in Why if why[reason]),
        comparisons=(Comparison("round", len(matched), mean), *comparisons),
        shares=tuple(share for by, of in _GROUPS.items() for share in shares(by, of, seekers, matched)),
    )


def shares(by: str, of: Callable[[Member], str], seekers: Iterable[Member], matched: set[str]) -> list[Share]:
    """Return how many of each group were matched; nothing where all of them together are too few to be shown."""
    every, found = Counter[str](), Counter[str]()
    for seeker in seekers:
        every[of(seeker)] += 1
        found[of(seeker)] += seeker.id in matched
    rest = [name for name, count in every.items() if count < SMALLEST or not name]
    shown = sorted((count, name) for name, count in every.items() if name not in rest)
    while rest and shown and sum(every[name] for name in rest) < SMALLEST:
        rest.append(shown.pop(0)[1])
    result = [Share(by, name, found[name], every[name]) for _, name in sorted(shown, key=lambda one: one[1])]
    together = sum(every[name] for name in rest)
    if together >= SMALLEST:
        result.append(Share(by, "", sum(found[name] for name in rest), together))
    return result


def _first_wish(mentor: Member, seeker: Member) -> bool:
    most = max(want.weight for want in seeker.wants)
    offers = dict(mentor.offers)
    return any(
        want.weight == most and want.skill in offers and ahead_by(want.now, offers[want.skill]) > 0
        for want in seeker.wants
    )


def _diverse(one: Member, other: Member) -> bool:
    return other_team(one, other) or other_function(one, other)
