"""What the scheduler needs from storage, as protocols: who is to be looked at, what is to be sent, what came
in, and which matching rounds are at work.

A claim lasts for a lease of real time, so that what a process held when it died is taken up by another. Each claim
carries a token, and settling with an old token changes nothing. When something is due is told by the `now` that is
passed in, which the playground can move.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.matching.order import Order
from bot.matching.outcome import LeftOut, Outcome, Progress, Proposal
from bot.matching.people import Member
from bot.messages import Event
from bot.ports import Parcel
from bot.rounds.round import Round


class LookQueue(Protocol):
    """The people whose time to be looked at has come."""

    def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[tuple[str, str]]:
        """Take up to `limit` people, as (organization id, person id), in no order that matters."""

    def earliest(self) -> datetime | None:
        """Return the next moment at which anybody is to be looked at."""

    def overdue(self, now: datetime) -> int:
        """Return how many people are to be looked at and were not yet; very many are not counted to the end."""


class Claimed(Protocol):
    """A delivery taken for one attempt; `in_doubt` says that an earlier attempt may have arrived."""

    @property
    def parcel(self) -> Parcel:
        """What is to be sent where."""

    @property
    def token(self) -> str:
        """What settles this claim and no other."""

    @property
    def attempts(self) -> int:
        """How often it was claimed, this time included."""

    @property
    def valid_until(self) -> datetime | None:
        """When it comes too late; None for answers, which are always welcome."""

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier attempt may have arrived."""


class DeliveryQueue(Protocol):
    """The outbox: in each conversation only the oldest unfinished delivery can be claimed."""

    def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Claimed]:
        """Take up to `limit` deliveries that are due."""

    def sent(self, delivery_id: str, token: str, external_id: str, now: datetime) -> bool:
        """Note that it arrived, and forget its words; False where the claim was lost meanwhile."""

    def retry(self, delivery_id: str, token: str, due_at: datetime, reason: str) -> bool:
        """Try again at `due_at`."""

    def postpone(self, delivery_id: str, token: str, due_at: datetime) -> bool:
        """Let it wait until `due_at` without counting an attempt."""

    def doubt(self, delivery_id: str, token: str, due_at: datetime, reason: str) -> bool:
        """Try again at `due_at`, after looking whether this attempt arrived."""

    def dead(self, delivery_id: str, token: str, reason: str, now: datetime) -> bool:
        """Give it up and forget its words; it is shown to the operator."""

    def expired(self, delivery_id: str, token: str, now: datetime) -> bool:
        """Drop it, since it would come too late, and forget its words."""

    def earliest(self) -> datetime | None:
        """Return when the next delivery is due, or has been due for longest; None where nothing waits."""

    def next_due(self, now: datetime) -> datetime | None:
        """Return when after `now` the next delivery becomes due; None where none will."""

    def counts(self, now: datetime) -> Mapping[str, int]:
        """Return how many are 'waiting', 'due' and 'dead'; very many are not counted to the end."""


class Arrived(Protocol):
    """An event taken from the inbox to be handled."""

    @property
    def id(self) -> str:
        """The row's id."""

    @property
    def token(self) -> str:
        """What settles this claim and no other."""

    @property
    def event(self) -> Event:
        """What happened."""

    @property
    def attempts(self) -> int:
        """How often it was claimed, this time included."""


class EventQueue(Protocol):
    """The inbox: events that were acknowledged and are to be handled, whatever process dies."""

    def put_many(self, events: Sequence[Event], now: datetime) -> None:
        """Save events in one transaction."""

    def claim(self, limit: int, lease: timedelta) -> Sequence[Arrived]:
        """Take up to `limit` events, the oldest first."""

    def done(self, event_id: str, token: str) -> bool:
        """Forget an event that was handled."""

    def failed(self, event_id: str, token: str, reason: str, again_in: timedelta) -> bool:
        """Try again after a while of real time."""

    def give_up(self, event_id: str, token: str, reason: str, now: datetime) -> bool:
        """Try no more; it is shown to the operator."""

    def counts(self) -> Mapping[str, int]:
        """Return how many are 'waiting' and 'given_up'; very many are not counted to the end."""


class RoundRun(Protocol):
    """A matching round taken to be run."""

    @property
    def round(self) -> Round:
        """The round as it was when it was taken."""

    @property
    def token(self) -> str:
        """What speaks for this run and no other."""

    @property
    def attempts(self) -> int:
        """How often it was taken, this time included."""


Run = TypeVar("Run", bound=RoundRun)


class RoundQueue(Protocol[Run]):
    """Matching rounds at work. What is said of a run that is no longer this process's is not saved, and False."""

    def claim(self, lease: timedelta) -> Run | None:
        """Take the round that has waited longest; what an attempt that died had found of it is forgotten."""

    def entered(self, run: Run) -> AbstractContextManager[tuple[Order, Iterator[Member]]]:
        """Open what it is asked to do and who is in it, to be read once and within the block."""

    def beat(self, run: Run, progress: Progress | None, lease: timedelta) -> bool:
        """Save how far it is, and keep it for another lease."""

    def keep(self, run: Run, proposals: Sequence[Proposal], place: int) -> bool:
        """Save some of the pairs that were found, the first of them at a place of the list."""

    def leave_out(self, run: Run, people: Sequence[LeftOut]) -> bool:
        """Save some of those for whom nobody was found."""

    def found(self, run: Run, outcome: Outcome, now: datetime) -> bool:
        """Let it be seen, now that everything was saved."""

    def failed(self, run: Run, reason: str, now: datetime) -> bool:
        """Give it up, for a short code as the reason."""

    def again(self, run: Run, again_in: timedelta) -> bool:
        """Let it be tried again after a while of real time."""

    def inviting(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the rounds whose people are being invited."""

    def decided(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the invited rounds of which everybody has heard."""

    def untold(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the rounds of which whoever started them is to be told."""
