"""The people of one company, where they can be reached, and when they work."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cadence import WorkingTime

FORMER = "Former participant"
"""The name under which the dates of somebody remain whose data were erased."""


class Platform(StrEnum):
    """Where a conversation takes place."""

    SLACK = "slack"
    TEAMS = "teams"
    PLAYGROUND = "playground"


class PersonStatus(StrEnum):
    """Whether somebody still belongs to the company."""

    ACTIVE = "active"
    LEFT = "left"


@dataclass(eq=False)
class Organization:
    """One company; everything else belongs to exactly one of them."""

    id: str
    name: str


@dataclass(eq=False)
class Workspace:
    """A Slack workspace, a Teams tenant or the playground, as one company uses it."""

    id: str
    organization_id: str
    platform: Platform
    external_id: str
    name: str


@dataclass(eq=False)
class Person:
    """Somebody of the company, with the hours in which a bot may write unasked.

    `working_days` are the numbers of the days worked, Monday being 0; `away` are stretches of days off as (first,
    last) in ISO form, never with a reason. Until `paused_until` nothing is sent unasked. `unasked_a_week` is this
    person's own limit of messages, None where the programme's holds. `zone_asked` is the zone of their device about
    which they were asked last. `digested_on` is the day of the last digest to somebody who runs a programme and
    `wants_digest`.
    """

    id: str
    organization_id: str
    name: str
    email: str = ""
    language: str = "en"
    zone: str = "UTC"
    country: str = ""
    region: str = ""
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    day_starts: time = time(9)
    day_ends: time = time(17)
    is_admin: bool = False
    status: PersonStatus = PersonStatus.ACTIVE
    paused_until: datetime | None = None
    away: tuple[tuple[str, str], ...] = ()
    unasked_a_week: int | None = None
    zone_asked: str = ""
    digested_on: date | None = None
    wants_digest: bool = True
    left_at: datetime | None = None
    """When this person left the company; None for who belongs to it."""
    account_id: str | None = None
    """The account that unasked messages go to: the preferred one, else the last used."""

    @property
    def first_name(self) -> str:
        """The name to use in a sentence."""
        if self.name == FORMER:
            return self.name
        return self.name.split()[0] if self.name.split() else self.name

    def is_manager(self, address: str) -> bool:
        """Tell whether this is the manager whose e-mail address a profile names; '' names nobody."""
        return bool(address) and self.email.casefold() == address.casefold()

    @property
    def working_time(self) -> WorkingTime:
        """When this person works, for the calendar arithmetic in `cadence`."""
        away = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.away)
        return WorkingTime(
            self.zone, self.working_days, self.day_starts, self.day_ends, self.country, self.region, away
        )


@dataclass(eq=False)
class Account:
    """A person's identity in one workspace. `address` is the platform's name of the direct conversation.

    Who is known by a directory alone was not `greeted` yet: whatever is said to them first says what the bot keeps.
    Whether it `belongs` is what the directory told last: an account that was closed and is open again brings its
    owner back, one that was open all the time does not.
    """

    id: str
    organization_id: str
    workspace_id: str
    person_id: str
    platform: Platform
    external_id: str
    address: str = ""
    greeted: bool = True
    belongs: bool = True
