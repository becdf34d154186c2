"""Slack's requests, signed and many at once: messages beside a bare Bolt app, and commands that change something."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.company import found_company
from benchmarks.figures import Figure, median_ms, p99_ms
from benchmarks.load import beside, load
from benchmarks.local_slack import LocalSlack
from benchmarks.service import DATABASES, databases, quiet, service, serving
from bot.clock import SystemClock
from bot.domain.people import Platform

PAIRS = 100
WRITERS = 400
"""Pairs whose mentees write messages: so many that nobody's own pace holds their replies up."""

MEETS_IN = timedelta(days=10)
"""Long enough for nothing to be due meanwhile."""


@dataclass(frozen=True, slots=True)
class Served:
    """The service, where its requests come from, and mentees who can write to it."""

    url: str
    slack: LocalSlack
    mentees: Sequence[str]


async def messages(
    folder: Path, names: Sequence[str] = DATABASES, pairs: int = WRITERS, count: int = 1000, rounds: int = 3
) -> list[Figure]:
    """Measure messages until they are acknowledged, which is when they are stored.

    The bare app and ours take turns; what ours has taken in is handled to the end before the next turn.
    """
    figures: list[Figure] = []
    with databases(folder, names) as urls:
        for name, database in urls.items():
            async with _served(folder, database, pairs) as our, serving(folder, "benchmarks.bare", "slack") as bare:
                users = [our.mentees[number % pairs] for number in range(count)]
                ours, bares, handled = [], [], []
                await load(bare, [our.slack.message(user, "hello") for user in our.mentees])
                for _ in range(rounds):
                    bares.append(await load(bare, [our.slack.message(user, "hello") for user in users]))
                    ours.append(await load(our.url, [our.slack.message(user, "hello") for user in users]))
                    handled.append(count / (ours[-1].took + await quiet(our.url)))
            part = f"messages.{name}"
            figures += beside(part, ours, bares, "bare slack-bolt", "; target ≥ 0.6×")
            compared = "taken in, handled, and the reply sent"
            figures.append(Figure(f"{part}.handled", median(handled), "/s", compared))
    return figures


async def commands(
    folder: Path, names: Sequence[str] = DATABASES, pairs: int = PAIRS, count: int = 1000, rounds: int = 3
) -> list[Figure]:
    """Measure commands until they are answered: each keeps a note in the record of a pair."""
    figures: list[Figure] = []
    with databases(folder, names) as urls:
        for name, database in urls.items():
            async with _served(folder, database, pairs) as our:
                loads = []
                for _ in range(rounds):
                    words = [(our.mentees[n % pairs], f"note What I learned, number {n}") for n in range(count)]
                    loads.append(await load(our.url, [our.slack.command(*said) for said in words]))
                    await quiet(our.url)
            part = f"commands.{name}"
            figures += [
                Figure(f"{part}.p50", median(median_ms(one.waits) for one in loads), "ms", ""),
                Figure(f"{part}.p99", median(p99_ms(one.waits) for one in loads), "ms", "target ≤ 500 ms"),
                Figure(f"{part}.rate", median(one.per_second for one in loads), "/s", "target ≥ 150/s"),
            ]
    return figures


@asynccontextmanager
async def _served(folder: Path, database: str, pairs: int) -> AsyncIterator[Served]:
    """Serve a company of some pairs, each mentee of which has written once."""
    with found_company(database, Platform.SLACK) as company:
        mentors, mentees = company.hire(pairs), company.hire(pairs)
        for both in zip(mentors, mentees, strict=True):
            company.pair(*both, SystemClock().now() + MEETS_IN)
    slack = LocalSlack([person.id for person in (*mentors, *mentees)])
    async with slack.running() as settings, service(folder, database, **settings) as url:
        served = Served(url, slack, [person.id for person in mentees])
        await load(url, [slack.message(user, "hello") for user in served.mentees])
        await quiet(url)
        yield served
