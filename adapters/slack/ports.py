"""What Slack's side of the house needs of the rest of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from slack_bolt.response import BoltResponse

from bot.messages import Card, Sender
from bot.ports import Member, Receiver


class Company(Receiver, Protocol):
    """What takes the events, and knows the people."""

    async def home(self, sender: Sender) -> Card | None:
        """Return the home view of a person as it stands now; None for whom the bot does not know."""

    async def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        """Take note of what the directory of a workspace says of some of its people; twice changes nothing."""

    async def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        """Take note of who has come into a channel of a workspace; twice changes nothing."""


class Installations(Protocol):
    """What Slack tells of where the app may do its work."""

    async def end(self, team: str, reason: str) -> None:
        """Note that the app may do nothing any more in a workspace, or in all of an organization by its id."""

    async def grant(self, enterprise: str, teams: Sequence[str]) -> None:
        """Note that an organization that has the app lets some of its workspaces use it."""


class Vault(Protocol):
    """Keeps the tokens of all workspaces, and tells an installation that was begun here from another."""

    async def keep(self, workspace: str, name: str, token: str, within: str = "") -> None:
        """Keep the token of a workspace; a new one belongs to the company of the workspace `within`, if named."""

    async def token(self, workspace: str) -> str | None:
        """Return the token of a workspace; None where the app is not installed, or no longer."""

    async def workspaces(self) -> Sequence[str]:
        """Return the workspaces in which the app is installed."""

    async def end(self, workspace: str, reason: str, *, token_lives: bool = False) -> None:
        """Delete the token of a workspace, and unless it lives on, where other workspaces share it, theirs too."""

    def new_state(self) -> str:
        """Return what shows, when it comes back, that an installation began here a short while ago."""

    def is_state(self, state: str) -> bool:
        """Tell whether this is such a state."""


class Takes(Protocol):
    """What a socket hands its requests to."""

    async def take(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Answer one request; with status 200 where Slack need not send it again."""
