"""A company in a database of its own: the whole application over it, a chat in memory, and a clock to turn."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.app import App
from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Answer, Event, Sender, Typed
from bot.simulation.chat import Chat, Dial
from bot.store import Sealer, connect
from bot.store.migrate import upgrade

WORKSPACE = "simulation"
_KEY = bytes(range(32))


@dataclass
class Company:
    """The application, and what it is played on."""

    database: sa.Engine
    app: App
    clock: Dial
    chat: Chat
    organization: Organization
    workspace: Workspace

    def sender(self, person_id: str) -> Sender:
        """Return somebody as the platform names them: by the id of the person."""
        return Sender(Platform.PLAYGROUND, WORKSPACE, person_id, person_id)

    def add(self, people: Iterable[Person]) -> None:
        """Save people with an account each."""
        organization_id, workspace = self.organization.id, self.workspace
        with self.app.store.unit() as unit:
            for person in people:
                key = person.account_id = person.id
                unit.people.add(person)
                unit.people.add(Account(key, organization_id, workspace.id, key, workspace.platform, key, key))
            unit.commit()

    async def hear(self, event: Event) -> Answer:
        """Take in what somebody does: typed words are stored and answered later, all else is answered now."""
        if isinstance(event, Typed) and not event.slash:
            await self.app.threads.run(self.app.inbox.put_many, [event], self.clock.now())
            return Answer()
        return await self.app.threads.run(self.app.engine.handle, event)

    async def respond(self, people: Iterable[str]) -> None:
        """Let the answers to what some people have just done reach them; nobody is looked at."""
        self.chat.answering = frozenset(people)
        await self.app.respond()
        self.chat.answering = frozenset()

    def next_moment(self) -> datetime | None:
        """Return when the application has something to do next."""
        moments = (self.app.looks.earliest(), self.app.deliveries.earliest())
        return min((moment for moment in moments if moment), default=None)


@contextmanager
def open_company(folder: Path, start: datetime, *, lasting: bool = True) -> Iterator[Company]:
    """Found a company in a database of its own in `folder`, with the clock at `start`.

    One that is not `lasting` does not wait for the disk: it would not outlive a power failure, and need not.
    """
    folder.mkdir(exist_ok=True)
    database = connect(f"sqlite:///{folder / 'mentronome.db'}")
    if not lasting:
        sa.event.listen(database, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    upgrade(database)
    clock = Dial(start)
    chat = Chat(clock)
    app = App(database, Sealer([_KEY]), clock, {Platform.PLAYGROUND: chat})
    organization = Organization(new_id(), "Sample Company")
    workspace = Workspace(new_id(), organization.id, Platform.PLAYGROUND, WORKSPACE, "Sample")
    with app.store.unit() as unit:
        unit.people.add(organization)
        unit.people.add(workspace)
        unit.commit()
    try:
        yield Company(database, app, clock, chat, organization, workspace)
    finally:
        app.threads.close()
        database.dispose()
