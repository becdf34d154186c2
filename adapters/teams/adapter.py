"""botbuilder's own adapter, with our checks before it and our client behind it.

botbuilder takes tokens that it should not and raises on activities that Teams does send. So a request comes here
only when our verifier has passed it, and as a new activity that holds no more than our parser has understood.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import AuthenticateRequestResult, BotFrameworkAuthentication, ClaimsIdentity

from adapters.teams.activity import CHANNEL
from adapters.teams.connector import Connectors
from adapters.teams.parse import Inbound, Way
from adapters.teams.text import Json
from adapters.teams.tokens import Unauthorized

Logic = Callable[[TurnContext], Awaitable[None]]


class Adapter(CloudAdapterBase):  # type: ignore[misc]  # botbuilder has no types
    """Runs turns on activities that were verified and understood."""

    def __init__(self, connectors: Connectors) -> None:
        super().__init__(Passed(connectors))
        self._passed = AuthenticateRequestResult()
        self._passed.claims_identity = ClaimsIdentity({}, is_authenticated=True)
        self._passed.connector_factory = connectors

    async def run(self, inbound: Inbound, logic: Logic) -> Json | None:
        """Run a turn; return the body of the response that it gave to an invoke."""
        result = await self.process_activity(self._passed, _activity(inbound), logic)
        body: Json | None = result.body if result else None
        return body


class Passed(BotFrameworkAuthentication):  # type: ignore[misc]
    """Stands where botbuilder would check tokens by itself, and lets nothing in that way."""

    def __init__(self, connectors: Connectors) -> None:
        self._connectors = connectors

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Refuse: tokens are checked by our verifier alone."""
        raise Unauthorized("not checked by the verifier")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Refuse: Teams does not stream to bots."""
        raise Unauthorized("not checked by the verifier")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> Connectors:
        """Return what makes clients."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> Any:
        """Return None: the bot signs nobody in."""
        return None


def invoke_response(body: Json | None) -> Activity:
    """Return the activity with which a turn answers an invoke."""
    return Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(200, body))


def _activity(inbound: Inbound) -> Activity:
    address, message = inbound.address, inbound.way in (Way.MESSAGE, Way.MENTION)
    return Activity(
        type=ActivityTypes.message if message else ActivityTypes.invoke,
        name=None if message else str(inbound.way),
        id=inbound.id or None,
        channel_id=CHANNEL,
        service_url=address.service_url,
        conversation=ConversationAccount(id=address.conversation, tenant_id=address.tenant),
        from_property=ChannelAccount(id=inbound.person),
        recipient=ChannelAccount(id=inbound.bot),
    )
