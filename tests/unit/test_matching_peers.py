"""Peers are paired nearly as well as by an exact method, which is too slow for a company."""

import random

import networkx
import pytest

from bot.domain.mentorship import Format
from bot.matching.candidates import Field
from bot.matching.crowd import Crowd
from bot.matching.order import Order
from bot.matching.outcome import FULL
from bot.matching.people import Member
from bot.matching.round import run
from tests.unit.crowds import single


def exact(order: Order, members: list[Member]) -> tuple[int, int]:
    """Return how many pairs there can be, and the best total of so many."""
    field = Field(Crowd(members), order.programs[0], order.forbidden, order.seed)
    edges = field.candidates(field.seekers, field.mentors, 1_000).best
    graph = networkx.Graph()
    for one, other, total in zip(edges.mentor.tolist(), edges.seeker.tolist(), edges.total.tolist(), strict=True):
        graph.add_edge(one, other, weight=total)
    pairs = networkx.max_weight_matching(graph, maxcardinality=True)
    return len(pairs), sum(graph[one][other]["weight"] for one, other in pairs)


def reached(order: Order, members: list[Member]) -> tuple[int, int]:
    """Return the same of what the round comes to."""
    field = Field(Crowd(members), order.programs[0], order.forbidden, order.seed)
    edges = field.candidates(field.seekers, field.mentors, 1_000).best
    people = field.crowd.people
    worth = {
        (people[one].id, people[other].id): total
        for one, other, total in zip(edges.mentor.tolist(), edges.seeker.tolist(), edges.total.tolist(), strict=True)
    }
    pairs = run(order, members).proposals
    return len(pairs), sum(worth[one.mentor, one.seeker] for one in pairs)


def made(seed: int, count: int) -> tuple[Order, list[Member]]:
    order, members = single(random.Random(seed), count, Format.PEER)
    return Order(order.programs, order.seed, forbidden=order.forbidden), members


@pytest.mark.parametrize(("count", "rounds"), [(6, 60), (20, 40), (60, 10), (150, 2)])
def test_as_many_are_paired_as_can_be_and_hardly_worse(count: int, rounds: int) -> None:
    gaps = []
    for seed in range(rounds):
        order, members = made(seed, count)
        (pairs, total), (most, best) = reached(order, members), exact(order, members)
        assert pairs == most
        gaps.append((best - total) / max(best, 1))
    assert sum(gaps) / len(gaps) < 0.005
    assert max(gaps) < 0.05


def test_a_score_among_peers_speaks_for_both() -> None:
    order, members = made(4, 40)
    for proposal in run(order, members).proposals:
        assert proposal.mentor < proposal.seeker
        assert 0 <= proposal.score <= 2 * FULL
        assert {reason.giver for reason in proposal.reasons} <= {"", proposal.mentor, proposal.seeker}
