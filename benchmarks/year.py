"""Pairs live through a year: invited, matched, meeting every two weeks, missing some, ended, and paired anew."""

import os
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

import sqlalchemy as sa

from benchmarks.company import START, Company, open_company
from benchmarks.figures import Figure, median_ms, p99_ms
from bot.domain.meeting import State
from bot.domain.people import Person
from bot.messages import Typed
from bot.simulation.crowd import Crowd
from bot.store.engine import reading
from bot.store.tables import meetings

PAIRS = int(os.environ.get("PAIRS", "200"))
ZONES = ("Europe/Berlin", "Europe/Berlin", "Europe/London", "America/New_York")
TERM = timedelta(weeks=27)
"""After so long the first mentorships, which last 26 weeks, are over, and everybody gets another partner."""


async def measure(folder: Path, pairs: int = PAIRS, weeks: int = 52, seed: int = 20) -> list[Figure]:
    """Play the year and count; the time is all that passes, looks and empty ticks included."""
    with open_company(folder) as company:
        crowd = Crowd(company, seed)
        mentors = [person for n in range(pairs) for person in company.hire(1, ZONES[n % len(ZONES)])]
        mentees = company.hire(pairs)
        admin = company.hire(1, admin=True)[0]
        end = START + timedelta(weeks=weeks)
        began, busy = perf_counter(), process_time()
        await _invite(company, crowd, admin, mentors, mentees)
        await crowd.live(min(START + TERM, end))
        if end > START + TERM:
            await _invite(company, crowd, admin, mentors, mentees[1:] + mentees[:1])
            await crowd.live(end)
        return _figures(company, crowd, perf_counter() - began, process_time() - busy)


async def _invite(
    company: Company, crowd: Crowd, admin: Person, mentors: list[Person], mentees: list[Person]
) -> None:
    for mentor, mentee in zip(mentors, mentees, strict=True):
        text = f"pair @{mentor.name}, @{mentee.name}"
        await crowd.act(Typed((uuid4().hex,), company.sender(admin.id), text, slash=True))
        await company.app.tick()


def _figures(company: Company, crowd: Crowd, took: float, busy: float) -> list[Figure]:
    with reading(company.database) as connection:
        held = connection.scalar(
            sa.select(sa.func.count()).select_from(meetings).where(meetings.c.state == State.HELD)
        )
    turns, messages, held = len(crowd.turns) + crowd.typed, company.chat.messages, held or 0
    each = max(held, 1)
    return [
        Figure("year.turns", turns, "turns", f"{turns / each:.1f} a held meeting; at least 5"),
        Figure("year.messages", messages, "messages", f"{messages / each:.1f} a held meeting; at least 6"),
        Figure("year.held", held, "meetings"),
        Figure("year.seconds", took, "s", "looks and empty ticks included"),
        Figure("year.mean", took * 1000 / (turns + messages), "ms", "a turn or message; target ≤ 8 ms"),
        Figure("year.cpu", busy * 1000 / (turns + messages), "ms", "processor time of a turn or message"),
        Figure("year.turn.p50", median_ms(crowd.turns), "ms", "a turn alone, commit included"),
        Figure("year.turn.p99", p99_ms(crowd.turns), "ms", "a turn alone, commit included"),
    ]
