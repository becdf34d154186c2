"""A company of two, saved in a store: Ben mentors Ana. Ids begin with the company's name, so that two do not meet."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Format, Mentorship, Participant, Role, Status
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Card, Section
from bot.ports import Letter
from bot.store import SqlStore

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Company:
    """What the tests name of it. `ana` and `ben` are the ids of people, and of their accounts too."""

    id: str
    store: SqlStore
    mentorship: str = field(init=False)

    def __post_init__(self) -> None:
        self.mentorship = f"{self.id}-pair"

    @property
    def ana(self) -> str:
        return f"{self.id}-ana"

    @property
    def ben(self) -> str:
        return f"{self.id}-ben"

    @classmethod
    def founded(cls, store: SqlStore, name: str) -> "Company":
        company = cls(name, store)
        workspace = Workspace(f"{name}-slack", name, Platform.SLACK, f"T-{name}", name)
        with store.unit() as unit:
            unit.people.add(Organization(name, name.title()), workspace)
            for person_id, full_name in ((company.ana, "Ana Öztürk"), (company.ben, "Ben Groß")):
                email = f"{full_name.split()[0]}@{name}.example".lower()
                unit.people.add(Person(person_id, name, full_name, email, account_id=person_id))
                account = Account(person_id, name, workspace.id, person_id, Platform.SLACK, f"U-{person_id}", "D1")
                unit.people.add(account)
            unit.commit()
        company.pair(company.mentorship, Status.ACTIVE)
        return company

    def pair(self, mentorship_id: str, status: Status, status_at: datetime = NOW, **values: object) -> None:
        """Save a mentorship of Ben and Ana; the mentor comes first."""
        mentorship = Mentorship(
            id=mentorship_id,
            organization_id=self.id,
            format=Format.ONE_ON_ONE,
            status=status,
            proposed_at=NOW,
            decides_at=NOW + 4 * DAY,
            zone="Europe/Berlin",
            ends_on=date(2027, 5, 1),
            started_at=NOW,
            status_at=status_at,
        )
        for name, value in values.items():
            setattr(mentorship, name, value)
        with self.store.unit() as unit:
            unit.mentorships.add(
                mentorship,
                Participant(mentorship_id, self.ben, self.id, Role.MENTOR),
                Participant(mentorship_id, self.ana, self.id, Role.MENTEE),
            )
            unit.commit()

    def meet(self, *states: State, mentorship_id: str = "") -> list[str]:
        """Save meetings in these states, numbered from 0, and return their ids."""
        of = mentorship_id or self.mentorship
        meetings = [
            Meeting(
                id=f"{of}-{number}",
                organization_id=self.id,
                mentorship_id=of,
                kind=MeetingKind.CHECK_IN,
                number=number,
                lead_id=self.ana,
                created_at=NOW,
                state=state,
                starts_at=NOW + number * 14 * DAY,
                timed_at=NOW,
                settled_at=NOW + number * 14 * DAY,
            )
            for number, state in enumerate(states)
        ]
        with self.store.unit() as unit:
            unit.mentorships.add(*meetings)
            unit.commit()
        return [meeting.id for meeting in meetings]

    def post(self, text: str, due_at: datetime = NOW, to: str = "", **rest: object) -> str:
        """Queue a message, to Ana unless it is said to whom, and return its id."""
        values: dict[str, object] = {"sections": (("agenda", "about"),), "redraws": None, "valid_until": None, **rest}
        letter = Letter(new_id(), self.id, to or self.ana, Card((Section(text),)), due_at, **values)  # type: ignore[arg-type]
        with self.store.unit() as unit:
            unit.outbox.put(letter)
            unit.commit()
        return letter.id

    def redraw(self, text: str, delivery_id: str) -> str:
        """Draw an earlier message anew, and return the id of the letter that would carry it."""
        letter = Letter(new_id(), self.id, self.ana, Card((Section(text),)), NOW)
        with self.store.unit() as unit:
            (earlier,) = unit.outbox.earlier(self.id, [delivery_id])
            unit.outbox.replace(earlier, letter)
            unit.commit()
        return letter.id
