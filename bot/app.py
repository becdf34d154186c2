"""The only module that knows every part: it wires storage, engine, scheduler and platforms together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import sqlalchemy as sa

from bot.engine import Engine
from bot.messages import Answer, Event
from bot.ports import Clock, Messenger
from bot.settings import Settings
from bot.store import Sealer, SqlStore, connect
from bot.store.purpose import Purpose, prepare
from bot.store.queues import Deliveries, Inbox, Looks
from scheduler.intake import Intake
from scheduler.looks import Looker
from scheduler.outbox import Sender
from scheduler.threads import Threads
from scheduler.ticker import Ticker


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
        self.threads = Threads(1 if database.dialect.name == "sqlite" else 8)
        self._looker = Looker(self.looks, self.engine.look, clock, self.threads)
        self._sender = Sender(self.deliveries, messengers, self.engine.open_at, clock, self.threads)
        self._intake = Intake(self.inbox, self.engine.handle, clock, self.threads)
        self._ticker = Ticker(self.tick)

    async def answer(self, event: Event) -> Answer:
        """Handle an event now; what it says durably is on its way before this returns."""
        answer = await self.threads.run(self.engine.handle, event)
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

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tick for as long as the block lasts."""
        self._ticker.start()
        try:
            yield
        finally:
            await self._ticker.stop()
            self.threads.close()

    def ready(self) -> dict[str, str]:
        """Return what `/readyz` tells: 'ok' or a short reason for each part."""
        try:
            counts = self.deliveries.counts()
        except sa.exc.SQLAlchemyError as error:
            return {"database": type(error).__name__}
        return {"database": "ok", "dead_letters": "ok" if not counts.get("dead") else f"{counts['dead']} given up"}


def open_database(settings: Settings, purpose: Purpose) -> tuple[sa.Engine, Sealer]:
    """Connect, bring the tables up to date, and make sure that the database is ours and of this purpose.

    Raises:
        WrongDatabase: it is of another purpose, somebody else's, or sealed with another key.
    """
    database, sealer = connect(settings.database_url), Sealer(settings.secret_keys)
    prepare(database, purpose, sealer)
    return database, sealer
