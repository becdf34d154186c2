"""Whole matching rounds of the application: from profiles in the database to proposals in the database, on SQLite.

The people are those of `benchmarks.crowd`, saved as people with profiles; goals are in their own words, and sealed.
"""

import asyncio
import gc
import os
import resource
from collections.abc import Awaitable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
import sqlalchemy as sa

from benchmarks.crowd import SKILLS, members_of
from benchmarks.figures import Figure
from bot.app import App
from bot.domain.people import Organization, PersonStatus, Platform, Workspace
from bot.domain.profile import Side
from bot.domain.program import Program
from bot.domain.records import Visibility
from bot.domain.skills import SkillStatus
from bot.matching.people import Member
from bot.rounds.round import Round, RoundStatus
from bot.simulation.chat import Chat, Dial
from bot.store import Sealer, connect
from bot.store.engine import writing
from bot.store.migrate import upgrade
from bot.store.tables import abilities, accounts, not_with, people, profiles, skills, words

SIZES = tuple(int(size) for size in os.environ.get("SIZES", "1000 5000 10000 50000").split())
TARGETS = {5_000: "target ≤ 3 s", 10_000: "target ≤ 6 s", 50_000: "target ≤ 60 s"}
SEED = 7
START = datetime(2027, 1, 4, 9, tzinfo=UTC)
ORG, ADMIN = "sample", "p000000"
SAVED_AT_ONCE = 1_000

TICK = 0.001
"""Seconds between two looks at the clock in the event loop."""

Rows = list[dict[str, Any]]


async def measure(folder: Path) -> list[Figure]:
    """Measure a round of each size, and what the event loop of the application feels of it."""
    return [figure for size in SIZES for figure in await _measure(folder / str(size), size)]


async def _measure(folder: Path, size: int) -> list[Figure]:
    folder.mkdir()
    app, database = _founded(folder, size)
    gc.collect()
    gc.freeze()  # as a server does that has started
    idle = await _late(asyncio.sleep(5))
    peak, before = _Peak(), psutil.Process().memory_info().rss
    watching = asyncio.create_task(peak.watch())
    began, busy = perf_counter(), _busy()
    late = await _late(app.run_rounds())
    took, cpu = perf_counter() - began, _busy() - busy
    watching.cancel()
    with app.store.unit() as unit:
        of = unit.rounds.get(ORG, "round")
        assert of
        assert of.status is RoundStatus.READY, of.reason
        assert of.report
        saved = unit.rounds.count("round")
    gc.unfreeze()
    app.threads.close()
    database.dispose()
    told = f"of {of.report.seekers:,} seekers; mean score {of.report.mean / 100:.1f} %"
    compared = f"idle {_p999(idle):.1f} ms; target ≤ 20 ms above; worst {max(late):.1f} ms, idle {max(idle):.1f} ms"
    grown = (peak.own - before) / 1e6
    return [
        Figure(f"rounds.{size}.all", took, "s", TARGETS.get(size, "from profiles to proposals in the database")),
        Figure(f"rounds.{size}.cpu", cpu, "s", "processor time of both processes"),
        Figure(f"rounds.{size}.pairs", saved, "saved", told),
        Figure(f"rounds.{size}.memory", peak.all / 1e6, "MB", f"both processes; this one grew by {grown:,.0f} MB"),
        Figure(f"rounds.{size}.lag.p99.9", _p999(late), "ms", compared),
    ]


def _busy() -> float:
    """Return the seconds of processor that this process has taken, and children of it that are over."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class _Peak:
    """The greatest memory seen, in bytes: of this process, and of it with its children."""

    def __init__(self) -> None:
        self.own = self.all = 0

    async def watch(self) -> None:
        """Look ten times a second."""
        me = psutil.Process()
        while True:
            own = me.memory_info().rss
            others = 0
            for child in me.children():
                try:
                    others += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.own, self.all = max(self.own, own), max(self.all, own + others)
            await asyncio.sleep(0.1)


async def _late(work: Awaitable[object]) -> list[float]:
    """Return by how many milliseconds the event loop woke late each time while some work was done."""
    late: list[float] = []
    task = asyncio.ensure_future(work)
    while not task.done():
        began = perf_counter()
        await asyncio.sleep(TICK)
        late.append((perf_counter() - began - TICK) * 1_000)
    await task
    return late


def _p999(late: Sequence[float]) -> float:
    return sorted(late)[int(len(late) * 0.999)]


def _founded(folder: Path, size: int) -> tuple[App, sa.Engine]:
    """Save a company of so many people and a round that waits to be run."""
    database, sealer, clock = (
        connect(f"sqlite:///{folder / 'mentronome.db'}"),
        Sealer([bytes(range(32))]),
        Dial(START),
    )
    upgrade(database)
    app = App(database, sealer, clock, {Platform.PLAYGROUND: Chat(clock)})
    with app.store.unit() as unit:
        unit.people.add(Organization(ORG, "Sample"), Workspace("hall", ORG, Platform.PLAYGROUND, "hall", "Hall"))
        unit.programs.add(Program("program", ORG, "Mentoring", START))
        unit.commit()
    with writing(database) as connection:
        listed = ({"id": name, "name": name, "status": SkillStatus.LISTED, "organization_id": ORG} for name in SKILLS)
        connection.execute(sa.insert(skills), list(listed))
        for batch in _batches(members_of(size, SEED)):
            for table, rows in _rows(batch, sealer):
                if rows:
                    connection.execute(sa.insert(table), rows)
        connection.execute(sa.update(people).values(account_id=people.c.id))
        for batch in _batches(members_of(size, SEED)):
            if rows := [_aversion(one, other) for one in batch for other in one.not_with if other != one.id]:
                connection.execute(sa.insert(not_with), rows)
    with app.store.unit() as unit:
        unit.rounds.add(Round("round", ORG, "program", ADMIN, START, SEED))
        unit.commit()
    return app, database


def _batches(members: Iterator[Member]) -> Iterator[list[Member]]:
    while batch := list(islice(members, SAVED_AT_ONCE)):
        yield batch


def _aversion(one: Member, other: str) -> dict[str, Any]:
    return {"organization_id": ORG, "person_id": one.id, "other_id": other}


def _rows(batch: Sequence[Member], sealer: Sealer) -> Iterator[tuple[sa.Table, Rows]]:
    """Yield rows in an order in which none points to one to come, which SQLite would look for again and again."""
    yield people, [_person(one) for one in batch]
    yield accounts, [_account(one) for one in batch]
    yield words, [_goal(one, sealer) for one in batch if one.goals]
    yield profiles, [_profile(one) for one in batch]
    yield abilities, [row for one in batch for row in _abilities(one)]


def _person(one: Member) -> dict[str, Any]:
    ahead = int(one.site.removeprefix("site-"))
    return {
        "id": one.id,
        "organization_id": ORG,
        "name": f"Person {one.id}",
        "email": f"{one.id}@sample.example",
        "language": "en",
        "zone": f"Etc/GMT{-ahead:+d}" if ahead else "UTC",
        "country": "",
        "region": "",
        "working_days": (0, 1, 2, 3) if one.part_time else (0, 1, 2, 3, 4),
        "day_starts": time(9),
        "day_ends": time(17),
        "is_admin": one.id == ADMIN,
        "status": PersonStatus.ACTIVE,
        "away": (),
        "zone_asked": "",
    }


def _account(one: Member) -> dict[str, Any]:
    return {
        "id": one.id,
        "organization_id": ORG,
        "workspace_id": "hall",
        "person_id": one.id,
        "platform": Platform.PLAYGROUND,
        "external_id": one.id,
        "address": one.id,
    }


def _profile(one: Member) -> dict[str, Any]:
    return {
        "person_id": one.id,
        "organization_id": ORG,
        "team": one.team,
        "level": f"L{one.rank}",
        "manager_email": f"{one.chain[0]}@sample.example" if one.chain else "",
        "languages": tuple(sorted(one.languages)),
        "capacity": one.capacity,
        "roles": ("mentor",) if one.capacity else ("mentee",),
        "formats": ("one_on_one",),
        "goal_id": f"goal-{one.id}" if one.goals else None,
    }


def _goal(one: Member, sealer: Sealer) -> dict[str, Any]:
    text = f"By summer I would like to run a project of my own that rests on {', '.join(sorted(one.goals))}"
    return {
        "id": f"goal-{one.id}",
        "organization_id": ORG,
        "author_id": one.id,
        "visibility": Visibility.ME,
        "question": "aim",
        "sealed": sealer.seal(text, f"goal-{one.id}"),
    }


def _abilities(one: Member) -> Iterator[dict[str, Any]]:
    said = [(Side.OFFER, skill, level) for skill, level in one.offers]
    said += [(Side.WANT, want.skill, want.now) for want in one.wants]
    for rank, (side, skill, level) in enumerate(said):
        yield {
            "organization_id": ORG,
            "person_id": one.id,
            "side": side,
            "skill_id": skill,
            "rank": rank,
            "level": level or None,
        }
