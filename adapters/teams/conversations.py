"""Chats that are opened to write out of the blue, and who is in a conversation."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from botbuilder.schema import ChannelAccount, ConversationParameters
from msrest.exceptions import ClientException

from adapters.teams.activity import BOT, storable
from adapters.teams.address import Address
from adapters.teams.connector import AGAIN, Connectors
from bot.ports import Member, SendFailed

PAGE = 500
"""Members asked for at once: the most that Teams gives; it may give fewer (Microsoft Learn, 'Get Teams context')."""

REMEMBERED = 10_000
"""How many opened chats are remembered; opening one twice gives the same, and costs a call."""


class Conversations:
    """Opens chats with people, and reads who is in a conversation."""

    def __init__(self, connectors: Connectors, app_id: str) -> None:
        self._connectors = connectors
        self._bot = ChannelAccount(id=f"{BOT}{app_id}")
        self._opened: dict[tuple[str, str], str] = {}

    async def opened(self, address: Address) -> Address:
        """Return the address of a chat that is open: as it is, or opened now; nobody sees anything of that.

        Raises:
            SendFailed: Teams refused it. `blocked`: the person has the app neither for themselves nor in a team.
            InDoubt: no answer came; trying again does no harm.
        """
        if address.conversation:
            return address
        key = address.tenant, address.member
        if key not in self._opened:
            while len(self._opened) >= REMEMBERED:
                del self._opened[next(iter(self._opened))]
            self._opened[key] = await self._open(address)
        return replace(address, conversation=self._opened[key])

    def forget(self, tenant: str, member: str) -> None:
        """Open the chat with somebody anew the next time."""
        self._opened.pop((tenant, member), None)

    async def pages(self, address: Address) -> AsyncIterator[list[Member]]:
        """Yield who is in a conversation, page by page. Raises what `opened` raises."""
        client = await self._connectors.create(address.service_url)
        token: str | None = None
        while True:
            page = await _read(
                client.conversations.get_teams_conversation_paged_members(address.conversation, PAGE, token)
            )
            yield [member(one, address) for one in page.members or () if one.id]
            if not page.continuation_token or page.continuation_token == token:
                return
            token = page.continuation_token

    async def one(self, address: Address, member_id: str) -> Member | None:
        """Return one person in a conversation, None where Teams does not tell. Raises what `opened` raises."""
        client = await self._connectors.create(address.service_url)
        found = await _read(client.conversations.get_conversation_member(address.conversation, member_id))
        return member(found, address) if found and found.id else None

    async def _open(self, address: Address) -> str:
        client = await self._connectors.create(address.service_url)
        asked = ConversationParameters(
            is_group=False,
            bot=self._bot,
            members=[ChannelAccount(id=address.member)],
            tenant_id=address.tenant,
            channel_data={"tenant": {"id": address.tenant}},
        )
        made = await _read(client.conversations.create_conversation(asked))
        if not made or not made.id:
            raise SendFailed("unreadable", retry_after=AGAIN)
        return str(made.id)


def member(found: Any, address: Address) -> Member:
    """Return what Teams tells of somebody; guests, bots and people of other companies do not belong.

    The directory's id comes as `aadObjectId` or as `objectId`.
    """
    told = {**(found.additional_properties or {}), **found.as_dict()}

    def text(*names: str) -> str:
        return next((storable(told[name]) for name in names if isinstance(told.get(name), str) and told[name]), "")

    teams_id, role, login = (
        text("id"),
        text("user_role", "userRole"),
        text("user_principal_name", "userPrincipalName"),
    )
    email = text("email") or login
    foreign = text("tenant_id", "tenantId") not in ("", address.tenant)
    is_guest = foreign or role.lower() in ("guest", "anonymous") or "#ext#" in login.lower()
    return Member(
        text("aad_object_id", "objectId") or teams_id,
        name=text("name"),
        email=email.lower() if "@" in email and not is_guest else "",
        belongs=not is_guest and not teams_id.startswith(BOT),
        address=Address("", address.service_url, address.tenant, teams_id).dump(),
    )


async def _read(call: Any) -> Any:
    """Return the answer to a call. Raises SendFailed where botbuilder cannot read it."""
    try:
        return await call
    except (ClientException, TypeError, ValueError, AttributeError) as error:
        raise SendFailed("unreadable", retry_after=AGAIN) from error
