"""Writing to people on Teams, now or out of the blue, at the address that their account keeps."""

from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount

from adapters.pace import Pace
from adapters.teams.activity import BOT
from adapters.teams.address import Address
from adapters.teams.connector import Connectors
from adapters.teams.conversations import Conversations
from adapters.teams.render import CARD, Page, pages
from bot.ports import Parcel, SendFailed


class Writer:
    """Posts pages into conversations, and draws them anew. Each call is one attempt for each page."""

    def __init__(self, connectors: Connectors, app_id: str) -> None:
        self._connectors = connectors
        self._bot = ChannelAccount(id=f"{BOT}{app_id}")

    async def post(self, address: Address, page: Page) -> str:
        """Write a message and return Teams' id of it, '' where it told none. Raises SendFailed and InDoubt."""
        client = await self._connectors.create(address.service_url)
        sent = await client.conversations.send_to_conversation(address.conversation, self._activity(address, page))
        return sent.id or "" if sent else ""

    async def put(self, address: Address, page: Page, message_id: str) -> str:
        """Draw a message anew and return its id. Raises SendFailed and InDoubt."""
        client = await self._connectors.create(address.service_url)
        activity = self._activity(address, page)
        activity.id = message_id
        await client.conversations.update_activity(address.conversation, message_id, activity)
        return message_id

    def _activity(self, address: Address, page: Page) -> Activity:
        activity = message(page)
        activity.from_property = self._bot
        activity.conversation = ConversationAccount(id=address.conversation, tenant_id=address.tenant)
        activity.channel_data = {"tenant": {"id": address.tenant}}
        return activity


class TeamsMessenger:
    """The bot's `Messenger` on Teams.

    A card too large for one message is sent as several. The id returned is that of the last, where the footer is.
    If one of them fails the parcel has failed, and a new attempt begins with the first.
    """

    def __init__(self, writer: Writer, conversations: Conversations, pace: Pace) -> None:
        self._writer = writer
        self._conversations = conversations
        self._pace = pace

    async def send(self, parcel: Parcel) -> str:
        """Send or, where `replaces` is set, draw anew; return Teams' id of the message, '' where it told none.

        Raises:
            SendFailed: Teams refused it. `blocked`: the person has blocked the bot, or has it no more.
                `update_refused`: the old message stays as it is, and nothing new was sent. `paced`: it would be
                faster than Teams allows, and was not tried.
            InDoubt: whether it arrived is not known.
        """
        address = await self._conversations.opened(_address(parcel))
        first, *rest = pages(parcel.card, parcel.delivery_id)
        self._pace.keep(address.tenant, address.conversation, 1 + len(rest))
        if parcel.replaces is None:
            message_id = await self._writer.post(address, first)
        else:
            message_id = await self._writer.put(address, first, parcel.replaces)
        for page in rest:
            message_id = await self._writer.post(address, page)
        return message_id

    async def find(self, parcel: Parcel) -> str | None:
        """Return None: a bot cannot look up its own messages on Teams."""
        return None


def message(page: Page) -> Activity:
    """Return a page as an activity. It has no text beside the card, which Teams would split into two messages."""
    card = Attachment(content_type=CARD, content=page.content)
    return Activity(type=ActivityTypes.message, summary=page.summary, attachments=[card])


def _address(parcel: Parcel) -> Address:
    try:
        address = Address.load(parcel.account.address)
    except ValueError:
        raise SendFailed("no_address") from None
    if not address.conversation and not address.member:
        raise SendFailed("no_address")
    return address
