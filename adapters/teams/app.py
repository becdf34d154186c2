"""The Teams side of the bot: one route, under Starlette, on botbuilder's own adapter.

A request is believed only when our verifier has passed its token, and botbuilder gets only what our parser has
understood: botbuilder itself takes tokens that it should not, and raises on activities that Teams does send.
"""

import json
from collections.abc import Collection
from functools import partial

import httpx
import structlog
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import AuthenticateRequestResult, BotFrameworkAuthentication, ClaimsIdentity
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.teams import answers
from adapters.teams.connector import Connectors, ServiceHosts
from adapters.teams.keys import SigningKeys
from adapters.teams.limits import REQUEST_BYTES
from adapters.teams.parse import CHANNEL, Inbound, Way, parse, text_at
from adapters.teams.send import TeamsMessenger, message
from adapters.teams.tokens import OutgoingToken, Unauthorized, Verifier
from bot.messages import Typed
from bot.ports import Clock, InDoubt, Receiver, SendFailed

log = structlog.get_logger(__name__)


class Malformed(Exception):
    """A request whose body is no activity."""


class Teams:
    """One bot on Teams: `routes` take what comes in, `messenger` sends.

    `http` is used for keys, tokens and messages alike, and is closed by whoever made it. `local` is for development:
    activities without a token are taken if they want their answers sent to this machine.
    """

    def __init__(
        self,
        *,
        app_id: str,
        password: str,
        tenant: str,
        openid_url: str,
        login_url: str,
        service_hosts: Collection[str],
        local: bool,
        receiver: Receiver,
        http: httpx.AsyncClient,
        clock: Clock,
    ) -> None:
        self._hosts = ServiceHosts(service_hosts, local)
        self._local = local
        self._receiver = receiver
        self._verifier = Verifier(app_id, SigningKeys(openid_url, http, clock), clock)
        connectors = Connectors(self._hosts, OutgoingToken(app_id, password, tenant, login_url, http, clock), http)
        self._adapter = CloudAdapter(connectors)
        self.messenger = TeamsMessenger(connectors, app_id)
        self.routes = [Route("/api/messages", self._endpoint, methods=["POST"])]

    async def _endpoint(self, request: Request) -> Response:
        try:
            activity = _activity(await _body(request))
            await self._authenticate(request.headers.get("Authorization"), activity)
        except Malformed:
            return Response(status_code=400)
        except Unauthorized as refusal:
            log.warning("request refused", reason=str(refusal))
            return Response(status_code=401)
        inbound = parse(activity)
        if inbound is None:
            return Response(status_code=400 if activity.get("type") == "invoke" else 200)
        return await self._turn(inbound)

    async def _authenticate(self, authorization: str | None, activity: dict[str, object]) -> None:
        service_url = text_at(activity, "serviceUrl")
        if authorization is None and self._local and self._hosts.is_here(service_url):
            return
        await self._verifier.verify(authorization, activity)
        if not self._hosts.allow(service_url):
            raise Unauthorized("an unknown service host")

    async def _turn(self, inbound: Inbound) -> Response:
        """Let botbuilder run a turn, in which the event is stored or answered."""
        finish = BackgroundTask(_nothing)

        async def logic(context: TurnContext) -> None:
            nonlocal finish
            if isinstance(inbound.event, Typed):
                await self._receiver.accept(inbound.event)
                return
            response = answers.respond(inbound, await self._receiver.answer(inbound.event))
            finish = BackgroundTask(_put_in_chat, context, inbound, response)
            if inbound.way is not Way.MESSAGE:
                result = InvokeResponse(200, response.body)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=result))

        return Response()
