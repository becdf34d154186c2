"""A process that brings matching rounds as far as they go, and dies at a moment of its own if it is told to."""

import asyncio
import os
import signal

import sqlalchemy as sa

from bot.app import App
from bot.engine import rounds as steps
from bot.ports import Parcel
from bot.store import Sealer, connect
from scheduler import rounds as runner
from tests.contract.company import NOW
from tests.world import KEY, Dial


class Void:
    """A platform that takes every message; what is said is told elsewhere."""

    async def send(self, parcel: Parcel) -> str:
        return parcel.delivery_id

    async def find(self, parcel: Parcel) -> str | None:
        return None


def live(url: str, last: int) -> None:
    """Work off all rounds; die just before or after a commit where `last` counts these moments, 0 is never."""
    runner.BEAT, steps.AT_ONCE = 0.1, 1
    database = connect(url)
    if last:
        _die_at(database, last)
    app = App(database, Sealer([KEY]), Dial(NOW), {"playground": Void()})
    asyncio.run(app.run_rounds())


def _die_at(database: sa.Engine, last: int) -> None:
    passed = 0

    def pass_by(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(database, "commit", pass_by)
    sa.event.listen(database, "checkin", pass_by)
