"""The only module that knows every part: it wires storage, engine, scheduler and platforms together."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest

from bot.domain.keeping import USUAL, Keeping
from bot.downloads import Downloads
from bot.engine import Engine
from bot.erasures import Erasures
from bot.links import SealedLinks
from bot.messages import Answer, Card, Event
from bot.messages import Sender as Who
from bot.ports import Clock, Download, Member, Messenger, Register, Team
from bot.settings import Settings
from bot.store import Sealer, SqlStore, connect
from bot.store.conflicts import may_be_tried_again
from bot.store.housekeeping import Housekeeping
from bot.store.purpose import Purpose, prepare
from bot.store.queues import Deliveries, Inbox, Looks, Run, Runs
from bot.store.reporting_lines import look_at_the_managed
from bot.store.teams import Teams
from bot.store.tombstones import Tombstones
from scheduler.counters import TURNS
from scheduler.gathering import Gatherer
from scheduler.gauges import Gauges
from scheduler.housekeeping import keep_house
from scheduler.intake import Intake
from scheduler.looks import Looker
from scheduler.outbox import Sender
from scheduler.rounds import RoundRunner
from scheduler.threads import Threads
from scheduler.ticker import Ticker

PATIENCE = timedelta(minutes=5)
"""How late a message may be before the sender is told to be behind."""

HOUSEKEEPING_EVERY = 24 * 3600.0
HOUSEKEEPING_FIRST = 10 * 60.0
"""Seconds between two rounds of housekeeping, and from the start to the first: a restart a day skips none."""

DEAD_LETTERS_SHOWN = 100


class App:
    """Everything that runs, over one database. It is the `Receiver` of the adapters.

    `public_url` is how people's browsers reach the service; without it no links are offered. `tombstones` tells whose
    data were erased, and `keeping` how long those of others are kept.
    """

    def __init__(
        self,
        database: sa.Engine,
        sealer: Sealer,
        clock: Clock,
        messengers: Mapping[str, Messenger],
        public_url: str = "",
        keeping: Keeping = USUAL,
        tombstones: Tombstones | None = None,
    ) -> None:
        self.clock = clock
        self._database = database
        self.store = SqlStore(database, sealer, tombstones)
        links = SealedLinks(sealer, public_url)
        self.downloads = Downloads(self.store, clock, links)
        self.engine = Engine(self.store, clock, links if public_url else None, keeping)
        self.erasures = Erasures(database, self.engine, clock, keeping, tombstones)
        self.looks = Looks(database)
        self._teams = Teams(database)
        self.deliveries = Deliveries(database, sealer)
        self.inbox = Inbox(database, sealer)
        self.messengers = messengers
        self.housekeeping = Housekeeping(database)
        self.threads = Threads(2 if database.dialect.name == "sqlite" else 8, may_be_tried_again)
        self._looker = Looker(self.looks, self.engine.look, clock, self.threads)
        self._sender = Sender(self.deliveries, messengers, self.engine.open_at, clock, self.threads)
        self._intake = Intake(self.inbox, self._turn, clock, self.threads, self._answered)
        self._rounds = RoundRunner[Run](Runs(database, sealer), self.engine.rounds, clock, self.threads)
        self._ticker = Ticker(self._attend)
        self._sending = Ticker(self._send)
        self._round_ticker = Ticker(self.run_rounds)
        self.registers: dict[str, Register] = {}
        self._gatherer = Gatherer(self.registers, self.engine.enrolling, self.threads, self._ticker.wake)
        self._housekeeper = Ticker(self.keep_house, HOUSEKEEPING_EVERY, HOUSEKEEPING_FIRST)
        self._gauges = CollectorRegistry()
        self._gauges.register(Gauges(self.deliveries, self.inbox, self.looks, clock))

    async def answer(self, event: Event) -> Answer:
        """Handle an event now; what it says durably is on its way before this returns."""
        answer = await self.threads.run(self._turn, event)
        self._wanted(answer)
        self._ticker.wake()
        return answer

    async def accept(self, event: Event) -> None:
        """Store an event; it is handled soon after."""
        await self._intake.store(event)
        self._ticker.wake()

    async def home(self, sender: Who) -> Card | None:
        """Return the home view of whoever has an account; None for whom the bot does not know."""
        return await self.threads.run(self.engine.home, sender)

    async def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        """Take note of what the directory of a workspace says of some of its people."""
        await self.threads.run(self.engine.take_note, platform, workspace, members)
        self._ticker.wake()

    async def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        """Take note of who has come into a channel or a team, by the platform's own ids."""
        await self.threads.run(self.engine.joined, platform, workspace, place, members)
        self._ticker.wake()

    async def gathered(self) -> None:
        """Wait until everybody is known who is being looked up."""
        await self._gatherer.finish()

    async def add_team(self, team: Team) -> bool:
        """Note a team to which the bot was added; tell whether it was not known."""
        return await self.threads.run(self._teams.add, team)

    async def remove_team(self, team: Team) -> None:
        """Forget a team that the bot was taken out of."""
        await self.threads.run(self._teams.remove, team)

    async def teams(self, platform: str) -> Sequence[Team]:
        """Return the teams of a platform to which the bot was added."""
        return await self.threads.run(self._teams.all, platform)

    async def download(self, token: str) -> Download | None:
        """Return what the token of a link leads to; None where it leads nowhere."""
        return await self.threads.run(self.downloads.open, token)

    async def tick(self) -> int:
        """Handle what came in, look at whose time has come, send what is queued; return to how many was spoken."""
        said = await self._attend()
        await self._send()
        return said

    async def run_rounds(self) -> None:
        """Run the matching rounds that wait, invite the pairs of approved ones, end those of which all have heard.

        Solving one may take a minute; where that goes on already, nothing is done.
        """
        await self._rounds.run_due()

    async def respond(self) -> None:
        """Handle what came in and send what is queued, without looking at anybody."""
        await self._intake.run_due()
        await self._sender.flush()

    async def keep_house(self) -> int:
        """Erase who left long ago, delete what nobody needs any more; return how many rows of this that were.

        Who is mentored by their own manager by now is looked at, and so parted.
        """
        await self.threads.run(self.erasures.keep)
        await self.threads.run(look_at_the_managed, self._database, self.clock.now())
        return await keep_house(self.housekeeping.sweep, self.clock, self.threads)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tick for as long as the block lasts; before anything else, forget again whom a backup brought back."""
        await self.threads.run(self.erasures.replay)
        self._ticker.start()
        self._sending.start()
        self._round_ticker.start()
        self._housekeeper.start()
        try:
            yield
        finally:
            await self._housekeeper.stop()
            await self._gatherer.finish()
            await self._rounds.stop()
            await self._round_ticker.stop()
            await self._ticker.stop()
            await self._sending.stop()
            self.threads.close()

    def ready(self) -> dict[str, str]:
        """Return what `/readyz` tells: 'ok' or a short reason for each part, in a moment however much waits."""
        now = self.clock.now()
        try:
            dead = len(self.deliveries.dead_letters(DEAD_LETTERS_SHOWN))
            late = now - (self.deliveries.late_since(now) or now)
        except sa.exc.SQLAlchemyError as error:
            return {"database": type(error).__name__}
        given_up = f"ok, {dead} or more given up" if dead == DEAD_LETTERS_SHOWN else f"ok, {dead} given up"
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

    async def _attend(self) -> int:
        """Handle what came in and look at whose time has come, while what is said meanwhile leaves."""
        await self._intake.run_due()
        said = await self._looker.run_due()
        self._sending.wake()
        return said

    async def _send(self) -> None:
        """Send what is queued, and see that what becomes due within moments does not wait for the next tick."""
        began = self.clock.now()
        await self._sender.flush()
        if self.store.has_traces:
            await self.threads.run(self.store.scrub)
        if (due := await self.threads.run(self.deliveries.next_due, began)) is not None:
            self._sending.wake_in((due - self.clock.now()).total_seconds())

    def _answered(self, answer: Answer) -> None:
        self._sending.wake()
        self._wanted(answer)

    def _wanted(self, answer: Answer) -> None:
        if answer.wanted is not None:
            self._gatherer.want(answer.wanted)

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


def kept(settings: Settings) -> tuple[Keeping, Tombstones]:
    """Return how long what is kept, and where those are noted whose data were erased."""
    keeping = Keeping(settings.keep_content_days, settings.keep_leavers_days)
    return keeping, Tombstones(settings.tombstones)
