"""A clock that is set by hand, and a company whose engine answers as it was told."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.messages import Answer, Event, Pressed, Submitted, Typed
from bot.ports import Member, Team


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_(self, **units: float) -> None:
        self._now += timedelta(**units)


class Script:
    """A `Company` that notes what it gets. `on` has the answers by action, by form, or by words behind a command."""

    def __init__(self) -> None:
        self.accepted: list[Event] = []
        self.answered: list[Event] = []
        self.on: dict[str, Answer | Callable[[Event], Answer]] = {}
        self.members: dict[str, Member] = {}
        self.came: list[tuple[str, Member]] = []
        self.known_teams: dict[str, Team] = {}

    async def accept(self, event: Event) -> None:
        self.accepted.append(event)

    async def answer(self, event: Event) -> Answer:
        self.answered.append(event)
        match event:
            case Pressed(action="typed.run"):
                answer = self.on.get(event.value, Answer())
            case Pressed():
                answer = self.on.get(event.action, Answer())
            case Submitted():
                answer = self.on.get(event.form, Answer())
            case Typed():
                answer = self.on.get(event.text, Answer())
        return answer(event) if callable(answer) else answer

    async def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        self.members |= {member.user: member for member in members}

    async def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        await self.take_note(platform, workspace, members)
        self.came += [(place, member) for member in members]

    async def add_team(self, team: Team) -> bool:
        new = team.external_id not in self.known_teams
        self.known_teams[team.external_id] = team
        return new

    async def remove_team(self, team: Team) -> None:
        self.known_teams.pop(team.external_id, None)

    async def teams(self, platform: str) -> Sequence[Team]:
        return list(self.known_teams.values())
