"""The home tab: published when somebody opens it, and again after whatever may have changed it for them."""

import asyncio

import structlog

from adapters.slack.client import Clients
from adapters.slack.ports import Company
from adapters.slack.screen import Screen
from adapters.slack.windows import home_view
from bot.domain.people import Platform
from bot.language import translator
from bot.messages import Card, Sender, card

MOST = 10_000
"""How many people's tabs are kept current; Slack tells again of each opening, so that the oldest may go."""

log = structlog.stdlib.get_logger(__name__)


class HomeTabs:
    """Keeps the tabs current of those who have opened theirs since this process began.

    A tab is published by one task at a time. What changes meanwhile lets it be drawn once more, however often.
    """

    def __init__(self, clients: Clients, company: Company) -> None:
        self._clients = clients
        self._company = company
        self._opened: dict[tuple[str, str], Sender] = {}
        self._stale: set[tuple[str, str]] = set()
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}

    def opened(self, sender: Sender) -> None:
        """Publish the tab of somebody who is looking at it."""
        key = sender.workspace, sender.user
        self._opened.pop(key, None)
        self._opened[key] = sender
        if len(self._opened) > MOST:
            self._opened.pop(next(iter(self._opened)))
        self.touched(*key)

    def touched(self, team: str, user: str) -> None:
        """Publish a tab anew, if that person has opened it."""
        key = team, user
        if key not in self._opened:
            return
        self._stale.add(key)
        if key not in self._tasks:
            self._tasks[key] = asyncio.ensure_future(self._publish(key))

    async def close(self) -> None:
        """Wait for what is being published."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _publish(self, key: tuple[str, str]) -> None:
        """The mark is taken away before the state is read: what changes from then on marks the tab again."""
        try:
            while key in self._stale:
                self._stale.discard(key)
                await self._draw(self._opened.get(key) or Sender(Platform.SLACK, *key))
        except Exception as error:
            log.error("home tab not drawn", exc_info=error)
        finally:
            del self._tasks[key]

    async def _draw(self, sender: Sender) -> None:
        shown = await self._company.home(sender) or _unknown(sender)
        client = await self._clients.of(sender.workspace)
        code = await Screen(client).publish(sender.user, home_view(shown)) if client else "not_installed"
        if code:
            log.warning("home tab not published", code=code)


def _unknown(sender: Sender) -> Card:
    t = translator(sender.language)
    return card(t("I do not know you yet. Say hello to me under 'Messages', and here you find all that is going on."))
