"""What the playground needs of whoever wires it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from adapters.web.rooms import Rooms
from bot.messages import Card, Sender
from bot.ports import Receiver


class PersonLine(NamedTuple):
    """Somebody whose conversation can be shown; `role` says in a few words who that is, `language` what they read."""

    id: str
    name: str
    role: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Something that is coming: when (UTC), to whom, what, why, and which mentorship it is about, by names alone."""

    when: datetime
    to: str
    what: str
    why: str
    about: str


class TimeControls(Protocol):
    """The playground's clock, which can be moved forward."""

    def now(self) -> datetime:
        """Return the present moment of the playground, aware and in UTC."""

    async def advance(self, by: timedelta) -> None:
        """Move the clock, and return when all that became due on the way has been done."""

    async def next_event(self) -> str | None:
        """Move the clock to the next thing that is coming, do it, and say what it was; None where nothing comes."""


@dataclass(frozen=True, slots=True)
class Stage:
    """All that the playground plays with.

    `people` are in the order of interest: the first three are shown until others are chosen. `zone` is the
    organization's time zone, in which all times are shown. `home` returns somebody's home view, None for whom the bot
    does not know. `people`, `plan` and `home` may read the database: they are called in a thread.
    """

    receiver: Receiver
    rooms: Rooms
    people: Callable[[], Sequence[PersonLine]]
    workspace_external_id: str
    time: TimeControls
    plan: Callable[[], Sequence[PlanLine]]
    home: Callable[[Sender], Card | None]
    zone: str = "UTC"
