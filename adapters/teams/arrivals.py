"""The app comes to people and into teams: each is greeted once, and who is in a team is read."""

import asyncio

import structlog
from starlette.background import BackgroundTask

from adapters.teams.address import Address
from adapters.teams.conversations import Conversations
from adapters.teams.happened import Happened, Installed, Joined, TeamAdded, TeamRemoved
from adapters.teams.people import Rosters
from adapters.teams.ports import Company
from adapters.teams.render import pages
from adapters.teams.send import Writer
from bot.language import translator
from bot.messages import Card, Link, Pressed, card
from bot.ports import InDoubt, SendFailed, Team

ASKED_WITHIN = 3.0
"""Seconds that somebody new may wait for Teams to tell who they are; else they are taken as they come."""

log = structlog.get_logger(__name__)


class Arrivals:
    """Takes up what Teams tells of the app itself."""

    def __init__(
        self, app_id: str, company: Company, conversations: Conversations, rosters: Rosters, writer: Writer
    ) -> None:
        self._app_id = app_id
        self._company = company
        self._conversations = conversations
        self._rosters = rosters
        self._writer = writer

    async def take(self, what: Happened) -> BackgroundTask | None:
        """Store what happened; return what is left to do once Teams has its answer."""
        match what:
            case Installed():
                await self._installed(what)
            case TeamAdded():
                if await self._company.add_team(what.team):
                    return BackgroundTask(self._enter, what)
            case TeamRemoved():
                await self._company.remove_team(what.team)
            case Joined():
                known = not await self._company.add_team(what.team)
                return BackgroundTask(self._joined, what) if known else BackgroundTask(self._rosters.read, what.team)
        return None

    async def _installed(self, what: Installed) -> None:
        """Learn who this is before they are greeted, so that nobody known by a roster is taken for somebody new."""
        self._conversations.forget(what.address.tenant, what.member)
        try:
            async with asyncio.timeout(ASKED_WITHIN):
                await self._rosters.read_some(what.address, [what.member])
        except TimeoutError:
            log.warning("person not looked up", code="too_slow")
        await self._company.accept(Pressed(what.keys, what.sender, "home.installed", ""))

    async def _enter(self, what: TeamAdded) -> None:
        try:
            for page in pages(hello(self._app_id, what.language)):
                await self._writer.post(what.channel, page)
        except (SendFailed, InDoubt) as error:
            log.warning("a team was not greeted", code=str(error))
        await self._rosters.read(what.team)

    async def _joined(self, what: Joined) -> None:
        await self._rosters.read_some(_address(what.team), what.members, what.team.external_id)


def hello(app_id: str, language: str) -> Card:
    """Return the one card that a channel sees: what the bot does, and that it does it elsewhere."""
    t = translator(language)
    text = t(
        "Hello, I am Mentronome. I keep mentoring going: I book the check-ins, ask for topics before and thoughts "
        "after, and help to mend it when a meeting slips. All of it stays in each person's own chat with me. Mention "
        "me here with a word such as 'agenda', and you find the answer there."
    )
    return card(text, links=(Link(t("Write to me"), f"https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}"),))


def _address(team: Team) -> Address:
    return Address.load(team.address)
