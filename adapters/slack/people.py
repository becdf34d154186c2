"""Who is in each workspace: read whole when the bot starts and every night, and kept up by what Slack tells."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import FAILURES, Clients, code_of, patient
from adapters.slack.happened import member
from adapters.slack.parse import Unreadable
from adapters.slack.ports import Company
from bot.domain.people import Platform
from bot.messages import Sender
from bot.ports import CannotList, Member, Unlisted

PAGE = 200
"""People asked for at once: the most that Slack advises."""

ASKED_WITHIN = 1.0
"""Seconds that a person may wait for Slack to tell who they are; without an answer they are taken as they come."""

USER_GROUP = "S"
"""How Slack's ids of user groups begin."""

_REASONS = {
    "missing_scope": Unlisted.SCOPE,
    "channel_not_found": Unlisted.HIDDEN,
    "not_in_channel": Unlisted.HIDDEN,
    "no_such_subteam": Unlisted.HIDDEN,
}

log = structlog.stdlib.get_logger(__name__)


class People:
    """The people of all workspaces, as far as they were read or have written since this process began."""

    def __init__(self, clients: Clients, company: Company) -> None:
        self._clients = clients
        self._company = company
        self._known: dict[tuple[str, str], Member] = {}

    async def read(self, team: str) -> bool:
        """Read the whole directory of a workspace; False where Slack did not let it be read to the end."""
        client = await self._clients.of(team)
        if client is None:
            return False
        count = 0
        try:
            async for page in _pages(patient(client), team):
                await self._note(team, page)
                count += len(page)
        except (*FAILURES, Unreadable) as error:
            log.warning("directory not read", code=code_of(error), read=count)
            return False
        log.info("directory read", read=count)
        return True

    async def changed(self, team: str, changed: Member) -> None:
        """Take note of one person who has come, gone, or changed something."""
        await self._note(team, [changed])

    async def joined(self, team: str, channel: str, user: str) -> None:
        """Take note of who has come into a channel; whom Slack does not tell is let be."""
        known = self._known.get((team, user)) or await self._asked(team, user)
        if known is not None:
            await self._company.joined(Platform.SLACK, team, channel, [known])
            self._known[team, user] = known

    async def members(self, workspace: str, place: str) -> list[Member]:
        """Return who is in a channel or, by its id, in a user group; nobody who is not of the workspace's directory.

        Raises:
            CannotList: Slack does not tell.
        """
        client = await self._clients.of(workspace)
        if client is None:
            raise CannotList(Unlisted.AWAY, "not_installed")
        try:
            ids = await _listed(patient(client), workspace, place)
        except FAILURES as error:
            raise CannotList(_REASONS.get(code_of(error), Unlisted.AWAY), code_of(error)) from None
        keys = [(workspace, user) for user in ids]
        if not all(key in self._known for key in keys):
            await self.read(workspace)
        return [self._known[key] for key in keys if key in self._known]

    def language(self, sender: Sender) -> str:
        """Return the language of who does something, as far as it is known by now."""
        known = self._known.get((sender.workspace, sender.user))
        return known.language if known else sender.language

    async def described(self, sender: Sender) -> Sender | None:
        """Return who did something, with name, zone and language; None for whom the bot is not there.

        Where Slack does not tell in time, they are taken as they come.
        """
        key = sender.workspace, sender.user
        if key not in self._known and (found := await self._asked(*key)):
            self._known[key] = found
        known = self._known.get(key)
        if known is None:
            return sender
        if not known.belongs:
            return None
        return replace(sender, name=known.name or sender.name, zone=known.zone, language=known.language)

    async def _note(self, team: str, members: Sequence[Member]) -> None:
        await self._company.take_note(Platform.SLACK, team, members)
        self._known |= {(team, one.user): one for one in members}

    async def _asked(self, team: str, user: str) -> Member | None:
        client = await self._clients.of(team)
        if client is None:
            return None
        try:
            async with asyncio.timeout(ASKED_WITHIN):
                answer = await client.users_info(user=user, include_locale=True)
            return member(answer["user"], team)
        except (*FAILURES, Unreadable) as error:
            log.warning("person not looked up", code=code_of(error))
            return None


async def _listed(client: AsyncWebClient, team: str, place: str) -> list[str]:
    """Return the ids of who is in a channel or a user group."""
    if place.startswith(USER_GROUP):
        answer = await client.usergroups_users_list(usergroup=place, team_id=team)
        return list(answer.get("users") or ())
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_members(channel=place, limit=PAGE, cursor=cursor or None)
        found += page.get("members") or ()
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found


async def _pages(client: AsyncWebClient, team: str) -> AsyncIterator[list[Member]]:
    cursor = ""
    while True:
        page = await client.users_list(limit=PAGE, cursor=cursor or None, include_locale=True, team_id=team)
        yield [member(user, team) for user in page["members"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
