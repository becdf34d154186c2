"""The only module that knows every part: it wires storage, engine, scheduler and platforms together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest

from bot.engine import Engine
from bot.messages import Answer, Event
from bot.ports import Clock, Messenger
from bot.settings import Settings
from bot.store import Sealer, SqlStore, connect
from bot.store.conflicts import may_be_tried_again
from bot.store.housekeeping import Housekeeping
from bot.store.purpose import Purpose, prepare
from bot.store.queues import Deliveries, Inbox, Looks
from scheduler.counters import TURNS
from scheduler.gauges import Gauges
from scheduler.housekeeping import keep_house
from scheduler.intake import Intake
from scheduler.looks import Looker
from scheduler.outbox import Sender
from scheduler.threads import Threads
from scheduler.ticker import Ticker

PATIENCE = timedelta(minutes=5)
"""How late a message may be before the sender is told to be behind."""

HOUSEKEEPING_EVERY = 24 * 3600.0
HOUSEKEEPING_FIRST = 10 * 60.0
"""Seconds between two rounds of housekeeping, and from the start to the first: a restart a day skips none."""

DEAD_LETTERS_SHOWN = 100


class App:
    """Everything that runs, over one database. It is the `Receiver` of the adapters."""

    def __init__(
        self, database: sa.Engine, sealer: Sealer, clock: Clock, messengers: Mapping[str, Messenger]
    ) -> None:
        self.clock = clock
        self.store = SqlStore(database, sealer)
        self.engine = Engine(self.store, clock)
        self.looks = Looks(database)
        self.deliveries = Deliveries(database, sealer)
        self.inbox = Inbox(database, sealer)
        self.messengers = messengers
        self.housekeeping = Housekeeping(database)
        self.threads = Threads(1 if database.dialect.name == "sqlite" else 8, may_be_tried_again)
        self._looker = Looker(self.looks, self.engine.look, clock, self.threads)
        self._sender = Sender(self.deliveries, messengers, self.engine.open_at, clock, self.threads)
        self._intake = Intake(self.inbox, self._turn, clock, self.threads)
        self._ticker = Ticker(self.tick)
        self._housekeeper = Ticker(self.keep_house, HOUSEKEEPING_EVERY, HOUSEKEEPING_FIRST)
        self._gauges = CollectorRegistry()
        self._gauges.register(Gauges(self.deliveries, self.inbox, self.looks, clock))

    async def answer(self, event: Event) -> Answer:
        """Handle an event now; what it says durably is on its way before this returns."""
        answer = await self.threads.run(self._turn, event)
        self._ticker.wake()
        return answer

    async def accept(self, event: Event) -> None:
        """Store an event; it is handled soon after."""
        await self._intake.store(event)
        self._ticker.wake()

    async def tick(self) -> int:
        """Handle what came in, look at whose time has come, send what is queued; return to how many was spoken."""
        await self._intake.run_due()
        said = await self._looker.run_due()
        await self._sender.flush()
        return said

    async def keep_house(self) -> int:
        """Delete what nobody needs any more; return how many rows that were."""
        return await keep_house(self.housekeeping.sweep, self.clock, self.threads)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tick for as long as the block lasts."""
        self._ticker.start()
        self._housekeeper.start()
        try:
            yield
        finally:
            await self._housekeeper.stop()
            await self._ticker.stop()
            self.threads.close()

    def ready(self) -> dict[str, str]:
        """Return what `/readyz` tells: 'ok' or a short reason for each part, in a moment however much waits."""
        now = self.clock.now()
        try:
            dead = len(self.deliveries.dead_letters(DEAD_LETTERS_SHOWN))
            late = now - (self.deliveries.late_since(now) or now)
        except sa.exc.SQLAlchemyError as error:
            return {"database": type(error).__name__}
        given_up = f"{dead} or more given up" if dead == DEAD_LETTERS_SHOWN else f"{dead} given up"
        return {
            "database": "ok",
            "dead_letters": given_up if dead else "ok",
            "sender": f"behind by {late // timedelta(minutes=1)} min" if late > PATIENCE else "ok",
        }

    def metrics(self) -> bytes:
        """Return what `/metrics` tells: what this process has done, and what waits if the database tells it."""
        try:
            return generate_latest() + generate_latest(self._gauges)
        except sa.exc.SQLAlchemyError:
            return generate_latest()

    def _turn(self, event: Event) -> Answer:
        answer = self.engine.handle(event)
        TURNS.inc()
        return answer


def open_database(settings: Settings, purpose: Purpose) -> tuple[sa.Engine, Sealer]:
    """Connect, bring the tables up to date, and make sure that the database is ours and of this purpose.

    Raises:
        WrongDatabase: it is of another purpose, somebody else's, or sealed with another key.
    """
    database, sealer = connect(settings.database_url), Sealer(settings.secret_keys)
    prepare(database, purpose, sealer)
    return database, sealer
