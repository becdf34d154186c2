"""Messages that wait in the outbox, sent to a Slack on this machine, each marked as done."""

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


async def measure(folder: Path, names: Sequence[str] = DATABASES, channels: int = 1000) -> list[Figure]:
    """Send one message into each of many channels, so that no channel's own pace holds anything up."""
    figures = []
    with databases(folder, names) as urls:
        for name, database in urls.items():
            with found_company(database, Platform.SLACK) as company:
                _queue(company, channels)
            slack = LocalSlack([])
            async with slack.running() as settings, service(folder, database, **settings) as url:
                await quiet(url)
                took = perf_counter() - slack.posts[0][1]
            if len({channel for channel, _ in slack.posts}) != channels or len(slack.posts) != channels:
                raise AssertionError(f"{len(slack.posts)} messages of {channels} arrived")
            compared = f"from the first of {channels:,} messages until all are marked; target ≥ 100/s"
            figures.append(Figure(f"outbox.{name}", channels / took, "/s", compared))
    return figures


def _queue(company: Company, count: int) -> None:
    said = card("Time to think of topics.", Button("Add topics", "agenda.open", "m1", opens=True))
    people, now = company.hire(count), SystemClock().now()
    with company.app.store.unit() as unit:
        for person in people:
            unit.outbox.put(Letter(new_id(), person.organization_id, person.id, said, now))
        unit.commit()
