"""The world outside: time, platforms, people's browsers, and what reaches us from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.people import Account, Workspace
from bot.messages import Answer, Card, Event


class Clock(Protocol):
    """Tells the time; the playground's can be moved."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery on its way to a platform. `replaces` is the platform's id of a message to draw anew."""

    delivery_id: str
    account: Account
    workspace: Workspace
    card: Card
    replaces: str | None = None


class SendFailed(Exception):
    """The platform said no. `code` is its short reason, without content.

    `retry_after` is in seconds and None where a retry is of no use. Where the platform is `busy`, nothing is wrong
    with the message, and it is tried again for as long as that takes.
    """

    def __init__(self, code: str, retry_after: float | None = None, *, busy: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.busy = busy


class InDoubt(Exception):
    """The request left and no answer came: the message may or may not have arrived."""


class Messenger(Protocol):
    """Sends cards on one platform. Each call is one attempt; it never retries by itself."""

    async def send(self, parcel: Parcel) -> str:
        """Send or, where `replaces` is set, draw anew; return the platform's id of the message.

        Raises:
            SendFailed: the platform refused it.
            InDoubt: whether it arrived is not known.
        """

    async def find(self, parcel: Parcel) -> str | None:
        """Return the platform's id of an earlier attempt that did arrive, or None where none is seen."""


class LinkKind(StrEnum):
    """What a link leads to. The names are permanent for as long as links live."""

    CALENDAR = "calendar"
    RECORD = "record"
    RECORD_DATA = "record_data"
    MINE = "mine"
    MINE_JSON = "mine_json"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link holds: what it leads to, for whom, until when; ids alone, never words."""

    kind: LinkKind
    organization_id: str
    subject_id: str
    reader_id: str
    expires_at: datetime


class Links(Protocol):
    """Makes links that people's browsers can follow."""

    def url(self, ticket: Ticket) -> str:
        """Return an address that leads to what the ticket names until it expires, to the second."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a link leads to; `media_type` is its content type with all parameters."""

    content: bytes
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a platform's directory, as far as it tells; `user` is the platform's own id.

    `email` is one that the platform has checked, in small letters. Only who `belongs` can be in a mentorship: no
    guest, no bot, nobody of another company, nobody who has left. `address` is where to write to them first, on a
    platform that has to be told. Who `arrives` has come just now: back, if they had left.
    """

    user: str
    name: str = ""
    email: str = ""
    zone: str = ""
    language: str = ""
    belongs: bool = True
    address: str = ""
    arrives: bool = False


class Unlisted(StrEnum):
    """Why a platform does not tell who is in a place: not permitted, not seen from here, or no answer just now."""

    SCOPE = "scope"
    HIDDEN = "hidden"
    AWAY = "away"


class CannotList(Exception):
    """A platform did not tell who is in a place; the message is its short code, without content."""

    def __init__(self, reason: Unlisted, code: str) -> None:
        super().__init__(code)
        self.reason = reason


class Register(Protocol):
    """Tells who is in a place of one platform."""

    async def members(self, workspace: str, place: str) -> Sequence[Member]:
        """Return everybody in a channel, a user group or a team, by the platform's own ids.

        Raises:
            CannotList: the platform does not tell.
        """


@dataclass(frozen=True, slots=True)
class Team:
    """A team of a platform to which the bot was added; `address` is where its people are read from."""

    platform: str
    workspace: str
    external_id: str
    address: str


class Receiver(Protocol):
    """What an adapter hands its events to."""

    async def answer(self, event: Event) -> Answer:
        """Handle an event now and return what to show for it: for slash commands, presses and submitted forms."""

    async def accept(self, event: Event) -> None:
        """Store an event and return; it is handled soon after, whatever process dies. For messages and the like."""
