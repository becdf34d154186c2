"""A chat platform in memory, and the clock that is turned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.messages import Card
from bot.ports import Parcel


@dataclass
class Dial:
    """A clock that stands still until it is turned."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment at which it stands."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Message:
    """What reached one person's conversation.

    `asked` says that the bot answers what this person has just done; `anew` that an earlier message was changed, of
    which nobody is notified.
    """

    at: datetime
    person_id: str
    delivery_id: str
    card: Card
    asked: bool
    anew: bool


@dataclass
class Chat:
    """A platform that takes every message at once and tells its listeners. `answering` are those who wait for it."""

    clock: Dial
    listeners: list[Callable[[Message], None]] = field(default_factory=list)
    answering: frozenset[str] = frozenset()
    messages: int = 0

    async def send(self, parcel: Parcel) -> str:
        """Take one message; its id here is that of its delivery."""
        person_id = parcel.account.external_id
        asked, anew = person_id in self.answering, parcel.replaces is not None
        message = Message(self.clock.now(), person_id, parcel.delivery_id, parcel.card, asked, anew)
        self.messages += 1
        for hears in self.listeners:
            hears(message)
        return parcel.replaces or parcel.delivery_id

    async def find(self, parcel: Parcel) -> str | None:
        """Find nothing: no attempt is ever left in doubt here."""
        return None
