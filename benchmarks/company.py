"""A company to measure: an SQLite file, the whole application over it, a chat in memory, and a clock to turn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.app import App
from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Consent, Format, Mentorship, Participant, Role, Status
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Answer, Card, Event, Sender
from bot.ports import Parcel
from bot.store import Sealer, connect
from bot.store.migrate import upgrade

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""A Monday, ten o'clock in Berlin."""

KEY = bytes(range(32))
WORKSPACE = "benchmark"

Hears = Callable[[str, str, Card], None]
"""Is called with a person's id, a delivery's id and its card."""


@dataclass
class Dial:
    """A clock that stands still until it is turned."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Chat:
    """A platform that takes every message at once, counts it, and tells a listener of those that are new."""

    hears: Hears
    messages: int = 0

    async def send(self, parcel: Parcel) -> str:
        self.messages += 1
        if parcel.replaces:
            return parcel.replaces
        self.hears(parcel.account.external_id, parcel.delivery_id, parcel.card)
        return parcel.delivery_id

    async def find(self, parcel: Parcel) -> str | None:
        return None


@dataclass
class Company:
    """People, pairs, and the application that looks after them."""

    database: sa.Engine
    app: App
    clock: Dial
    chat: Chat
    organization: Organization
    workspace: Workspace

    def sender(self, person_id: str) -> Sender:
        return Sender(Platform.PLAYGROUND, WORKSPACE, person_id, person_id)

    async def handle(self, event: Event) -> Answer:
        """Let the engine answer, without the tick that follows a turn."""
        return await self.app.threads.run(self.app.engine.handle, event)

    def hire(self, count: int, zone: str = "Europe/Berlin", *, admin: bool = False) -> list[Person]:
        """Add people with an account each."""
        organization_id, workspace = self.organization.id, self.workspace
        hired = []
        with self.app.store.unit() as unit:
            for _ in range(count):
                key = new_id()
                person = Person(key, organization_id, f"P{key} Sample", zone=zone, is_admin=admin, account_id=key)
                unit.people.add(person)
                unit.people.add(Account(key, organization_id, workspace.id, key, workspace.platform, key, key))
                hired.append(person)
            unit.commit()
        return hired

    def pair(self, mentor: Person, mentee: Person, meets_at: datetime) -> Meeting:
        """Add a pair that has had its kickoff, with nobody to be looked at; return its check-in at `meets_at`."""
        kickoff_at = meets_at - timedelta(weeks=2)
        mentorship = Mentorship(
            new_id(), self.organization.id, Format.ONE_ON_ONE, Status.ACTIVE, kickoff_at, kickoff_at, mentee.zone,
            (meets_at + timedelta(weeks=24)).date(), started_at=kickoff_at, status_at=kickoff_at,
        )  # fmt: skip
        mentorship.anchor_at(kickoff_at)
        kickoff, check_in = (
            Meeting(
                new_id(), mentorship.organization_id, mentorship.id, kind, number, mentee.id, kickoff_at,
                State.CONFIRMED, starts_at=starts_at, timed_at=kickoff_at,
            )
            for number, (kind, starts_at) in enumerate(
                ((MeetingKind.KICKOFF, kickoff_at), (MeetingKind.CHECK_IN, meets_at))
            )
        )  # fmt: skip
        kickoff.move(Move.HOLD, kickoff_at + timedelta(hours=1))
        with self.app.store.unit() as unit:
            unit.mentorships.add(mentorship, kickoff, check_in)
            for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
                unit.mentorships.add(
                    Participant(mentorship.id, person.id, person.organization_id, role, Consent.ACCEPTED, kickoff_at)
                )
            unit.commit()
        return check_in

    def look_at(self, people: list[Person]) -> None:
        """Let people be looked at now."""
        with self.app.store.unit() as unit:
            for person in people:
                unit.touches.look_by(person.organization_id, person.id, self.clock.now())
            unit.commit()


def _nobody(person_id: str, delivery_id: str, card: Card) -> None:
    """Hear nothing."""


@contextmanager
def open_company(folder: Path, hears: Hears = _nobody) -> Iterator[Company]:
    """Found a company in a database of its own in `folder`."""
    folder.mkdir(exist_ok=True)
    database = connect(f"sqlite:///{folder / 'mentronome.db'}")
    upgrade(database)
    clock, chat = Dial(START), Chat(hears)
    app = App(database, Sealer([KEY]), clock, {Platform.PLAYGROUND: chat})
    organization = Organization(new_id(), "Sample Company")
    workspace = Workspace(new_id(), organization.id, Platform.PLAYGROUND, WORKSPACE, "Sample")
    with app.store.unit() as unit:
        unit.people.add(organization)
        unit.people.add(workspace)
        unit.commit()
    yield Company(database, app, clock, chat, organization, workspace)
    app.threads.close()
    database.dispose()
