"""What else pairs people: SciPy's dense assignment, networkx, and the open package mentor-match."""

import multiprocessing
from collections.abc import Callable, Sequence
from operator import ge
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from bot.matching.candidates import Edges
from bot.matching.crowd import Crowd
from bot.matching.people import Member

PATIENCE = 60.0
"""Seconds after which another tool is given up."""


def dense(crowd: Crowd, edges: Edges) -> tuple[int, int, float, float]:
    """Assign exactly; return how many are matched, their total, the seconds of SciPy alone, and the megabytes."""
    seekers, row = np.unique(edges.seeker, return_inverse=True)
    bonus = int(edges.total.max()) * len(seekers) + 1
    worth = np.zeros((len(seekers), len(crowd.people)))
    worth[row, edges.mentor] = edges.total + bonus
    seats: NDArray[np.float64] = np.repeat(worth, [member.capacity for member in crowd.people], axis=1)
    began = perf_counter()
    taken = seats[linear_sum_assignment(seats, maximize=True)]
    took = perf_counter() - began
    taken = taken[taken > 0] - bonus
    return len(taken), int(taken.sum()), took, seats.nbytes / 1e6


def networkx(crowd: Crowd, edges: Edges) -> float | None:
    """Let networkx match the same pairs, each seat a node; return the seconds, None where it was given up."""
    capacity = [member.capacity for member in crowd.people]
    pairs = zip(edges.mentor.tolist(), edges.seeker.tolist(), edges.total.tolist(), strict=True)
    cells = [
        (f"s{seeker}", f"m{mentor}.{seat}", total)
        for mentor, seeker, total in pairs
        for seat in range(capacity[mentor])
    ]
    return _patiently(match_with_networkx, cells)


def match_with_networkx(cells: Sequence[tuple[str, str, int]]) -> None:
    """Find a matching of the greatest total among those of the greatest size."""
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from(cells)
    networkx.max_weight_matching(graph, maxcardinality=True)


def mentor_match(mentors: Sequence[Member], seekers: Sequence[Member]) -> float | None:
    """Let mentor-match pair as many mentors and mentees once; return the seconds, None where it was given up."""
    return _patiently(match_with_mentor_match, (mentors, seekers))


def match_with_mentor_match(people: tuple[Sequence[Member], Sequence[Member]]) -> None:
    """Pair by its own rules: a rank ahead, another profession, never within a team."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify, Equivalent, Grade

    rules = [
        Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
        Grade(1, ge, {True: 10, False: 0}),
        Equivalent("profession", {True: 0, False: 5}),
    ]
    process_data([Mentor(**_row(one)) for one in people[0]], [Mentee(**_row(one)) for one in people[1]], [rules])


def _row(member: Member) -> dict[str, str | int]:
    return {
        "email": member.id, "grade": member.rank, "organisation": member.team, "profession": member.function,
    }  # fmt: skip


def _patiently(work: Callable[[Any], None], *arguments: object) -> float | None:
    """Run in a process that is ended after a while; return the seconds, the start of Python included."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    began = perf_counter()
    process.start()
    process.join(PATIENCE)
    took = perf_counter() - began
    if process.is_alive():
        process.kill()
        process.join()
        return None
    if process.exitcode:
        raise AssertionError(f"another tool ended with {process.exitcode}")
    return took
