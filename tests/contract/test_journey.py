"""The playground's clock: 'next event' goes to what is planned, and not far where nothing is."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.app import App
from bot.clock import MovableClock
from bot.journey import UNPLANNED_AT_MOST, Journey
from bot.playground import Cast
from bot.sample import sample_company
from bot.serve import COMPANY
from bot.store import Sealer
from bot.store.importing import playground


async def test_where_nothing_is_planned_the_clock_does_not_run_away(
    database: sa.Engine, sealer: Sealer, tmp_path: Path
) -> None:
    clock = MovableClock(tmp_path / "clock")
    sample_company(database, clock.now())
    app = App(database, sealer, clock, {})
    cast = Cast(app, playground(database, COMPANY).organization_id)
    journey, before = Journey(app, clock, cast.plan), clock.now()
    async with app.running():
        assert await journey.next_event() is None
    assert clock.now() - before < UNPLANNED_AT_MOST + timedelta(hours=1)
