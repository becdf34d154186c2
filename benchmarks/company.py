"""A company to measure: colleagues hired in numbers, in pairs that have begun, all to be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Consent, Format, Mentorship, Participant, Role, Status
from bot.domain.people import Organization, Person, Platform, Workspace
from bot.messages import Answer, Event
from bot.simulation import company
from bot.simulation.chat import Chat, Dial
from bot.store import Sealer, connect
from bot.store.purpose import prepare

KEY = bytes(range(32))
START = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""A Monday, ten o'clock in Berlin."""


class Company(company.Company):
    """The company of the simulation, with people and pairs in numbers."""

    async def handle(self, event: Event) -> Answer:
        """Let the engine answer, without the tick that follows a turn."""
        return await self.app.threads.run(self.app.engine.handle, event)

    def hire(self, count: int, zone: str = "Europe/Berlin", *, admin: bool = False) -> list[Person]:
        """Add people with an account each."""
        ids = [new_id() for _ in range(count)]
        hired = [Person(key, self.organization.id, f"P{key} Sample", zone=zone, is_admin=admin) for key in ids]
        self.add(hired)
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


@contextmanager
def open_company(folder: Path) -> Iterator[Company]:
    """Found a company in a database of its own in `folder`."""
    with company.open_company(folder, START) as found:
        yield Company(**vars(found))


@contextmanager
def found_company(database: str, platform: Platform) -> Iterator[Company]:
    """Found a company in the database of a service, whose people are on a platform and whose time is the system's."""
    engine, sealer, clock = connect(database), Sealer([KEY]), Dial(datetime.now(UTC))
    prepare(engine, "platform", sealer)
    app = App(engine, sealer, clock, {})
    organization = Organization(new_id(), "Sample Company")
    workspace = Workspace(new_id(), organization.id, platform, company.WORKSPACE, "Sample")
    with app.store.unit() as unit:
        unit.people.add(organization)
        unit.people.add(workspace)
        unit.commit()
    try:
        yield Company(engine, app, clock, Chat(clock), organization, workspace)
    finally:
        app.threads.close()
        engine.dispose()
