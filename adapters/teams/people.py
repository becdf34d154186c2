"""Who is in the teams that have the app: read when it is added, each night, and whenever Teams tells of somebody."""

from collections.abc import Iterable
from dataclasses import replace

import structlog

from adapters.teams.address import Address
from adapters.teams.conversations import Conversations
from adapters.teams.ports import Company
from bot.domain.people import Platform
from bot.ports import CannotList, InDoubt, Member, SendFailed, Team, Unlisted

log = structlog.get_logger(__name__)


class Rosters:
    """Tells the company of the people of Teams. Reading twice changes nothing; what fails is read the next night."""

    def __init__(self, conversations: Conversations, company: Company) -> None:
        self._conversations = conversations
        self._company = company

    async def read(self, team: Team) -> bool:
        """Read who is in a team; False where Teams did not let it be read to the end."""
        count = 0
        try:
            async for page in self._conversations.pages(Address.load(team.address)):
                await self._company.take_note(Platform.TEAMS, team.workspace, page)
                count += len(page)
        except (SendFailed, InDoubt, ValueError) as error:
            log.warning("roster not read", code=str(error), read=count)
            return False
        log.info("roster read", read=count)
        return True

    async def read_all(self) -> int:
        """Read all teams, one after the other; return how many could be read to the end."""
        teams = await self._company.teams(Platform.TEAMS)
        return sum([await self.read(team) for team in teams])

    async def members(self, workspace: str, place: str) -> list[Member]:
        """Return who is in a team of a tenant.

        Raises:
            CannotList: Teams does not tell.
        """
        known = await self._company.teams(Platform.TEAMS)
        team = next((one for one in known if (one.workspace, one.external_id) == (workspace, place)), None)
        if team is None:
            raise CannotList(Unlisted.HIDDEN, "not_in_team")
        try:
            return [one async for page in self._conversations.pages(Address.load(team.address)) for one in page]
        except SendFailed as error:
            refused = error.retry_after is None
            raise CannotList(Unlisted.HIDDEN if refused else Unlisted.AWAY, error.code) from None
        except InDoubt as error:
            raise CannotList(Unlisted.AWAY, str(error)) from None

    async def read_some(self, address: Address, members: Iterable[str], team: str = "") -> None:
        """Read some of those who have come into a conversation, by Teams' own ids, or into a `team`.

        Whom Teams does not tell are let be.
        """
        for id_ in members:
            try:
                found = await self._conversations.one(address, id_)
            except (SendFailed, InDoubt) as error:
                log.warning("person not looked up", code=str(error))
                continue
            if found is None:
                continue
            came = replace(found, arrives=True)
            if team:
                await self._company.joined(Platform.TEAMS, address.tenant, team, [came])
            else:
                await self._company.take_note(Platform.TEAMS, address.tenant, [came])
