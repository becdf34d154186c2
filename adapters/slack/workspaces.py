"""Sends into several workspaces, each with its own token, and leaves one in peace that has asked for it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from adapters.pace import Pace
from adapters.slack.client import Clients
from adapters.slack.pace import CONVERSATION
from adapters.slack.send import LIMITED, REFUSED_TOKENS, SlackMessenger
from bot.ports import Clock, InDoubt, Parcel, SendFailed

NOT_INSTALLED = "not_installed"

R = TypeVar("R")

log = structlog.stdlib.get_logger(__name__)


class Workspaces:
    """A `Messenger` for all workspaces. `arrived` is told the workspace and the person that something was sent to.

    Where Slack answers that it is asked too often, nothing more is sent to that workspace until the time that it
    names is over; the others are not held up. Each conversation has its own pace besides.
    """

    def __init__(
        self,
        clients: Clients,
        clock: Clock,
        arrived: Callable[[str, str], None] = lambda team, user: None,
    ) -> None:
        self._clients = clients
        self._arrived = arrived
        self._clock = clock
        self._pace = Pace(clock, CONVERSATION)
        self._resting: dict[str, datetime] = {}
        self.refused: dict[str, str] = {}
        """The workspaces that do not take our token any more, each with Slack's reason."""

    async def send(self, parcel: Parcel) -> str:
        """Send a card, or draw an earlier one anew; return where it stands.

        Raises:
            SendFailed: Slack refused it or could not be reached, or the app is not installed there.
            InDoubt: whether it arrived is not known.
        """
        messenger = await self._messenger(parcel)
        stands = await self._called(parcel, messenger.send(parcel))
        self._arrived(parcel.workspace.external_id, parcel.account.external_id)
        return stands

    async def find(self, parcel: Parcel) -> str | None:
        """Return where an earlier attempt stands, if all of it arrived and reading the conversation was granted.

        Raises:
            InDoubt: Slack could not say just now.
        """
        try:
            messenger = await self._messenger(parcel)
        except SendFailed as failed:
            if failed.retry_after is None:
                return None
            raise InDoubt(failed.code) from None
        return await self._called(parcel, messenger.find(parcel))

    async def _messenger(self, parcel: Parcel) -> SlackMessenger:
        team = parcel.workspace.external_id
        now = self._clock.now()
        if (over := self._resting.get(team, now)) > now:
            raise SendFailed(LIMITED, (over - now).total_seconds(), busy=True)
        client = await self._clients.of(team)
        if client is None:
            raise SendFailed(NOT_INSTALLED)
        return SlackMessenger(client, self._pace)

    async def _called(self, parcel: Parcel, calling: Awaitable[R]) -> R:
        """Await a call, and remember what it says of the whole workspace."""
        team = parcel.workspace.external_id
        try:
            result = await calling
        except SendFailed as failed:
            if failed.code == LIMITED and failed.retry_after is not None:
                self._resting[team] = self._clock.now() + timedelta(seconds=failed.retry_after)
            if failed.code in REFUSED_TOKENS:
                log.error("token refused", workspace=team, code=failed.code)
                self.refused[team] = failed.code
            raise
        self.refused.pop(team, None)
        return result
