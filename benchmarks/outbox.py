"""Messages that wait in the outbox, sent to a Slack on this machine and each marked as done; and how pace is kept."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.company import Company, found_company
from benchmarks.figures import Figure
from benchmarks.local_slack import LocalSlack
from benchmarks.service import DATABASES, databases, quiet, service
from bot.clock import SystemClock
from bot.domain.ids import new_id
from bot.domain.people import Platform
from bot.messages import Button, card
from bot.ports import Letter

TALKED_TO = 5
EACH = 6
"""Messages that wait for each of a few people besides, twice as many as may leave at once."""


async def measure(folder: Path, names: Sequence[str] = DATABASES, channels: int = 1000) -> list[Figure]:
    """Send one message into each of many channels, so that no channel's own pace holds anything up; then several
    into a few, where it does.
    """
    figures: list[Figure] = []
    with databases(folder, names) as urls:
        for name, database in urls.items():
            with found_company(database, Platform.SLACK) as company:
                _queue(company, channels, 1)
                figures.append(await _rate(folder, name, database, channels))
                _queue(company, TALKED_TO, EACH)
                figures += await _pace(folder, name, database)
    return figures


async def _rate(folder: Path, name: str, database: str, channels: int) -> Figure:
    slack = LocalSlack([])
    async with slack.running() as settings, service(folder, database, **settings) as url:
        await quiet(url)
        took = perf_counter() - slack.posts[0][1]
    if len({channel for channel, _ in slack.posts}) != channels or len(slack.posts) != channels:
        raise AssertionError(f"{len(slack.posts)} messages of {channels} arrived")
    compared = f"from the first of {channels:,} messages until all are marked; target ≥ 100/s"
    return Figure(f"outbox.{name}", channels / took, "/s", compared)


async def _pace(folder: Path, name: str, database: str) -> list[Figure]:
    """Return the most messages that came in any second, into one conversation and in all."""
    slack = LocalSlack([])
    async with slack.running() as settings, service(folder, database, **settings) as url:
        while len(slack.posts) < TALKED_TO * EACH:
            await quiet(url)
            await asyncio.sleep(0.1)
    by_channel = defaultdict(list)
    for channel, at in slack.posts:
        by_channel[channel].append(at)
    worst = max(_most(moments) for moments in by_channel.values())
    together = _most([at for _, at in slack.posts])
    took = slack.posts[-1][1] - slack.posts[0][1]
    told = f"{EACH} messages to each of {TALKED_TO} people took {took:.1f} s; Slack takes about one a second"
    return [
        Figure(f"outbox.{name}.conversation", worst, "in a second", told),
        Figure(
            f"outbox.{name}.workspace", together, "in a second", "Slack publishes no limit; its Retry-After is kept"
        ),
    ]


def _most(moments: Sequence[float]) -> int:
    """Return how many of some moments, in order, are within any one second at most."""
    return max(sum(0 <= at - first < 1 for at in moments) for first in moments)


def _queue(company: Company, count: int, each: int) -> None:
    said = card("Time to think of topics.", Button("Add topics", "agenda.open", "m1", opens=True))
    people, now = company.hire(count), SystemClock().now()
    with company.app.store.unit() as unit:
        for person in [*people] * each:
            unit.outbox.put(Letter(new_id(), person.organization_id, person.id, said, now))
        unit.commit()
