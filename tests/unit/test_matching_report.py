"""The report of a round counts right, compares, and shows no group under five people."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.mentorship import Format
from bot.matching.order import Limits, Order, Program
from bot.matching.outcome import Comparison, Why
from bot.matching.people import Member, Want
from bot.matching.report import shares
from bot.matching.round import run
from tests.unit.crowds import rounds
from tests.unit.test_matching_pairs import Round


@given(
    st.dictionaries(st.sampled_from(["red", "blue", "green", "grey", ""]), st.integers(1, 8)),
    st.sets(st.integers(0, 39)),
)
def test_no_group_under_five_is_shown_nor_can_be_told_from_the_rest(sizes: dict[str, int], matched: set[int]) -> None:
    teams = [team for team, size in sizes.items() for _ in range(size)]
    members = [Member(str(number), "acme", team=team) for number, team in enumerate(teams)]
    found = shares("team", lambda member: member.team, members, {str(number) for number in matched})
    assert all(share.of >= 5 for share in found)
    assert all(share.of == sizes[share.name] for share in found if share.name)
    assert sum(share.of for share in found) == (len(teams) if len(teams) >= 5 else 0)


@given(rounds(40))
@settings(max_examples=40, deadline=None)
def test_the_counts_add_up(made: Round) -> None:
    order, members = made
    outcome = run(order, members)
    report = outcome.report
    peers = order.programs[0].format is Format.PEER
    assert report.seekers == report.matched + len(outcome.left_out)
    assert sum(report.bins) == report.pairs == len(outcome.proposals)
    assert report.matched == report.pairs * (2 if peers else 1)
    assert sum(count for _, count in report.why) == len(outcome.left_out)
    assert report.first_wish <= report.wishing <= report.matched
    assert [one.name for one in report.comparisons] == ["round", "greedy", "random"]
    assert all(one.matched <= report.matched for one in report.comparisons)


def test_greedy_takes_the_best_pair_first_and_leaves_somebody_alone() -> None:
    ana = Member("ana", "acme", (("go", 4), ("sql", 4)), capacity=1)
    ben = Member("ben", "acme", (("go", 4),), capacity=1)
    cleo = Member("cleo", "acme", wants=(Want("go", 2),), goals=frozenset({"sql"}))
    dora = Member("dora", "acme", wants=(Want("sql", 1),), goals=frozenset({"ux"}))
    program = Program("p", mentors=("ana", "ben"), seekers=("cleo", "dora"))
    report = run(Order((program,), 1), [ana, ben, cleo, dora]).report
    assert report.comparisons[:2] == (Comparison("round", 2, 4_700), Comparison("greedy", 1, 6_500))
    assert (report.first_wish, report.wishing, report.diverse) == (2, 2, 0)


def test_each_who_is_left_out_hears_what_would_have_to_change() -> None:
    ana = Member("ana", "acme", (("go", 4),), languages=frozenset({"en"}), team="red", hours=0xFF, capacity=1)
    seekers = {
        Why.SKILL: Member("a", "acme", wants=(Want("law"),)),
        Why.LANGUAGE: Member("b", "acme", wants=(Want("go"),), languages=frozenset({"de"})),
        Why.HOURS: Member("c", "acme", wants=(Want("go"),), hours=0xFF << 50),
        Why.TEAM: Member("d", "acme", wants=(Want("go"),), team="red"),
        Why.AGAIN: Member("e", "acme", wants=(Want("go"),), earlier=frozenset({"ana"})),
        Why.NO_MENTOR: Member("f", "other", wants=(Want("go"),)),
    }
    program = Program("p", mentors=("ana",), seekers=tuple(one.id for one in seekers.values()), limits=Limits())
    outcome = run(Order((program,), 1), [ana, *seekers.values()])
    assert {one.why: one.seeker for one in outcome.left_out} == {why: one.id for why, one in seekers.items()}
    assert outcome.proposals == ()
