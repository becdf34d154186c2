"""The whole application in a process of its own, which takes orders through a pipe until it is killed."""

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import sqlalchemy as sa

from bot import logs
from bot.app import App
from bot.domain.people import Platform
from bot.messages import Event
from bot.store import Sealer, connect
from scheduler import intake, looks, outbox
from tests.faults.post_office import Postman
from tests.world import KEY, Dial

LEASE = timedelta(seconds=0.4)
"""What a dead process held is free again after this much real time."""


@dataclass(frozen=True)
class Accept:
    """Store an event; answered when it is stored."""

    event: Event


@dataclass(frozen=True)
class Handle:
    """Handle an event now; answered when that is done."""

    event: Event


@dataclass(frozen=True)
class Tick:
    """Let it be `now` and do what is due; answered with what is left to do."""

    now: datetime


Order = Accept | Handle | Tick


@dataclass(frozen=True)
class Will:
    """Where a process lives, and how it dies if it dies by its own hand.

    `last` counts the moments just before and just after each commit; 0 is never.
    """

    database: str
    log: Path
    port: int
    now: datetime
    last: int = 0


def live(orders: Connection, will: Will) -> None:
    """Carry out numbered orders and answer each by its number, as they are done."""
    intake.LEASE = looks.LEASE = outbox.LEASE = LEASE
    database = connect(will.database)
    if will.last:
        _die_at(database, will.last)
    with will.log.open("a") as log:
        logs.configure(format="json", stream=log)
        asyncio.run(_obey(orders, database, will))


def _die_at(database: sa.Engine, last: int) -> None:
    moments = iter(range(1, last + 1))

    def pass_by(*_: object) -> None:
        if next(moments) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(database, "commit", pass_by)
    sa.event.listen(database, "checkin", pass_by)


async def _obey(orders: Connection, database: sa.Engine, will: Will) -> None:
    clock = Dial(will.now)
    app = App(database, Sealer([KEY]), clock, {Platform.PLAYGROUND: Postman(will.port)})
    async with app.running(), asyncio.TaskGroup() as group:
        while (given := await asyncio.to_thread(_next, orders)) is not None:
            group.create_task(_carry_out(orders, app, clock, *given))


def _next(orders: Connection) -> tuple[int, Order] | None:
    try:
        given: tuple[int, Order] = orders.recv()
    except EOFError:
        return None
    return given


async def _carry_out(orders: Connection, app: App, clock: Dial, number: int, order: Order) -> None:
    left = 0
    match order:
        case Accept(event):
            await app.accept(event)
        case Handle(event):
            await app.answer(event)
        case Tick(now):
            clock.move_to(now)
            await app.tick()
            left = await app.threads.run(_left, app)
    orders.send((number, left))


def _left(app: App) -> int:
    """Return how much waits to be handled, looked at or sent."""
    look_at, queued = app.looks.earliest(), app.deliveries.counts(app.clock.now())
    due = look_at is not None and look_at <= app.clock.now()
    return app.inbox.counts()["waiting"] + queued["waiting"] + due
