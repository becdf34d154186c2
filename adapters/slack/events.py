"""What happens when Slack tells that something has happened; it is acknowledged once it is stored."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from adapters.slack import happened
from adapters.slack.people import People
from adapters.slack.ports import Company, Installations
from adapters.slack.tabs import HomeTabs

Body = Mapping[str, Any]


class Events:
    """Listens to the Events API. Slack sends everything again that a listener does not return from."""

    def __init__(self, company: Company, people: People, tabs: HomeTabs, installations: Installations) -> None:
        self._company = company
        self._people = people
        self._tabs = tabs
        self._installations = installations
        self.listeners: Mapping[str, Callable[[Body], Awaitable[None]]] = {
            "message": self._typed,
            "app_home_opened": self._opened,
            "user_change": self._changed,
            "team_join": self._changed,
            "member_joined_channel": self._joined,
            "app_uninstalled": self._ended,
            "tokens_revoked": self._ended,
            "team_access_revoked": self._ended,
            "team_access_granted": self._granted,
        }

    async def happened(self, body: Body) -> None:
        """Take note of an event; what is of another kind is left on purpose."""
        listener = self.listeners.get(body["event"]["type"])
        if listener is not None:
            await listener(body)

    async def _typed(self, body: Body) -> None:
        typed = happened.message(body)
        sender = await self._people.described(typed.sender) if typed else None
        if typed and sender:
            await self._company.accept(replace(typed, sender=sender))

    async def _opened(self, body: Body) -> None:
        opened = happened.home_opened(body)
        sender = await self._people.described(opened) if opened else None
        if sender:
            self._tabs.opened(sender)

    async def _changed(self, body: Body) -> None:
        await self._people.changed(*happened.changed(body))

    async def _joined(self, body: Body) -> None:
        joined = happened.joined(body)
        await self._people.joined(joined.workspace, joined.channel, joined.user)

    async def _ended(self, body: Body) -> None:
        ended = happened.ended(body)
        if ended is not None:
            for workspace in ended.workspaces:
                await self._installations.end(workspace, ended.reason)

    async def _granted(self, body: Body) -> None:
        await self._installations.grant(*happened.granted(body))
