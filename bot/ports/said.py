"""What is said: the outbox, what was said or put off, when to look at whom again, and what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.budget import Told
from bot.domain.records import AuditEntry, Said, Snooze, Touch
from bot.messages import Card


@dataclass(frozen=True, slots=True)
class Letter:
    """A card to be queued for one account.

    `sections` are (kind, about) of its sections, from which it can be drawn anew; `redraws` is the delivery that it
    replaces; it is dropped unsent after `valid_until`. `due_at` is when it may leave.
    """

    id: str
    organization_id: str
    account_id: str
    card: Card
    due_at: datetime
    sections: tuple[tuple[str, str], ...] = ()
    redraws: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier delivery: whose it was, the (kind, about) of its sections, and whether it may have left by now."""

    id: str
    account_id: str
    sections: tuple[tuple[str, str], ...]
    has_left: bool


class Outbox(Protocol):
    """What is to be sent, in the order in which it was queued for each conversation."""

    def put(self, letter: Letter) -> None:
        """Queue a card in this unit of work."""

    def extend(self, earlier: Earlier, sections: tuple[tuple[str, str], ...]) -> None:
        """Note that an earlier card holds more sections from now on; it is to be drawn anew."""

    def turn(self, earlier: Earlier, section: tuple[str, str], into: tuple[str, str]) -> None:
        """Note that one section of an earlier card is another one from now on; it is to be drawn anew."""

    def replace(self, earlier: Earlier, letter: Letter) -> None:
        """Draw an earlier card anew: in its own place where it has not left yet, else by a letter behind it."""

    def holding(self, person_id: str, kind: str, about: str) -> Sequence[str]:
        """Return the last few deliveries to somebody that hold a section, by their ids."""

    def earlier(self, organization_id: str, delivery_ids: Iterable[str]) -> Sequence[Earlier]:
        """Return what is known of some earlier deliveries, in the order in which they were queued.

        Of one that redraws another it is what is known of the other.
        """

    def standing(self, account_id: str, message_id: str) -> Earlier | None:
        """Return the delivery to an account of which a message stands under a platform's id, if there is one."""

    def unreachable(self, organization_id: str) -> Mapping[str, datetime]:
        """Return the people whose account has refused for good what came last, each with the moment since when."""


class Touches(Protocol):
    """What was said, and when to look at whom again."""

    def add(self, organization_id: str, mentorship_id: str, said: Mapping[Touch, Said]) -> None:
        """Note what was said about a mentorship, or about none where its id is '', or dropped."""

    def told_since(self, person_id: str, since: datetime) -> Sequence[Told]:
        """Return what was said to a person unasked from a moment on, the oldest first."""

    def latest(self, person_id: str) -> Sequence[tuple[str, Touch]]:
        """Return what the last unasked message to a person said, each with its mentorship's id, or ''."""

    def snooze(self, organization_id: str, mentorship_id: str, touch: Touch, snooze: Snooze) -> None:
        """Put off what a touch says, in place of an earlier putting off."""

    def look_by(self, organization_id: str, person_id: str, at: datetime) -> None:
        """Let a person be looked at no later than `at`."""

    def look_next(self, person_id: str, at: datetime | None) -> None:
        """Set when a person is looked at next, in place of what stood; None is never."""


class Trail(Protocol):
    """The grave deeds that were noted by `UnitOfWork.audit`: ids only."""

    def latest(self, organization_id: str, actions: Sequence[str], count: int) -> Sequence[AuditEntry]:
        """Return the last deeds of some kinds in a company, the newest first."""

    def since(self, organization_id: str, action: str, since: datetime) -> Sequence[AuditEntry]:
        """Return the deeds of one kind after a moment, the oldest first."""
