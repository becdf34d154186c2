"""The Teams side of the bot: one route under Starlette, and the messenger that writes to people."""

import json
from collections.abc import Awaitable, Collection

import httpx
import structlog
from botbuilder.core import TurnContext
from starlette.background import BackgroundTasks
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.teams import answers
from adapters.teams.adapter import Adapter, invoke_response
from adapters.teams.connector import Connectors, ServiceHosts
from adapters.teams.keys import SigningKeys
from adapters.teams.limits import REQUEST_BYTES
from adapters.teams.parse import Activity, Inbound, Way, parse, text_at
from adapters.teams.send import TeamsMessenger, message
from adapters.teams.tokens import OutgoingToken, Unauthorized, Verifier
from bot.messages import Typed
from bot.ports import Clock, InDoubt, Receiver, SendFailed

log = structlog.get_logger(__name__)


class Malformed(Exception):
    """A request whose body is no activity."""


class Teams:
    """One bot on Teams: `routes` take what comes in, `messenger` sends.

    `http` carries keys, tokens and messages alike, and is closed by whoever made it. `local` is for development:
    what comes without a token is taken too, if its answers go to this machine.
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
        self._local = local
        self._receiver = receiver
        self._hosts = ServiceHosts(service_hosts, local)
        self._verifier = Verifier(app_id, SigningKeys(openid_url, http, clock), clock)
        connectors = Connectors(self._hosts, OutgoingToken(app_id, password, tenant, login_url, http, clock), http)
        self._adapter = Adapter(connectors)
        self.messenger = TeamsMessenger(connectors, app_id)
        self.routes = [Route("/api/messages", self._endpoint, methods=["POST"])]

    async def _endpoint(self, request: Request) -> Response:
        try:
            activity = await _activity(request)
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

    async def _authenticate(self, authorization: str | None, activity: Activity) -> None:
        service_url = text_at(activity, "serviceUrl")
        if authorization is None and self._local and self._hosts.is_here(service_url):
            return
        await self._verifier.verify(authorization, activity)
        if not self._hosts.allow(service_url):
            raise Unauthorized("an unknown service host")

    async def _turn(self, inbound: Inbound) -> Response:
        """Store what was typed; answer what was pressed or sent in, and then put into the chat what belongs there."""
        afterwards = BackgroundTasks()

        async def logic(context: TurnContext) -> None:
            if isinstance(inbound.event, Typed):
                await self._receiver.accept(inbound.event)
                return
            response = answers.respond(inbound, await self._receiver.answer(inbound.event))
            afterwards.add_task(_put_into_chat, context, inbound.replies_to, response)
            if inbound.way is not Way.MESSAGE:
                await context.send_activity(invoke_response(response.body))

        body = await self._adapter.run(inbound, logic)
        return Response(background=afterwards) if body is None else JSONResponse(body, background=afterwards)


async def _activity(request: Request) -> Activity:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > REQUEST_BYTES:
            raise Malformed
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(activity, dict):
        raise Malformed
    return activity


async def _put_into_chat(context: TurnContext, pressed: str, response: answers.Response) -> None:
    """Draw over the pressed message and send what is said besides. What fails is lost, and can be had again."""
    if response.in_place:
        redrawn = message(response.in_place)
        redrawn.id = pressed
        await _tried(context.update_activity(redrawn))
    for page in response.also:
        await _tried(context.send_activity(message(page)))


async def _tried(sending: Awaitable[object]) -> None:
    try:
        await sending
    except (SendFailed, InDoubt) as error:
        log.warning("an answer was not shown", code=str(error))
