"""What Teams' side of the house needs of the rest of it."""

from collections.abc import Sequence
from typing import Protocol

from bot.ports import Member, Receiver, Team


class Company(Receiver, Protocol):
    """What takes the events, and knows the people and the teams."""

    async def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        """Take note of what the directory of a tenant says of some of its people; twice changes nothing."""

    async def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        """Take note of who has come into a team of a tenant; twice changes nothing."""

    async def add_team(self, team: Team) -> bool:
        """Note a team to which the bot was added; tell whether it was not known."""

    async def remove_team(self, team: Team) -> None:
        """Forget a team that the bot was taken out of."""

    async def teams(self, platform: str) -> Sequence[Team]:
        """Return the teams of a platform to which the bot was added."""
