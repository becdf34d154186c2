"""The Teams side of the bot: one route under Starlette, and the messenger that writes to people."""

import json
from collections.abc import Collection

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.pace import Pace
from adapters.teams.activity import Activity, text_at
from adapters.teams.adapter import Adapter
from adapters.teams.arrivals import Arrivals
from adapters.teams.connector import Connectors, ServiceHosts
from adapters.teams.conversations import Conversations
from adapters.teams.happened import happened
from adapters.teams.keys import SigningKeys
from adapters.teams.limits import REQUEST_BYTES
from adapters.teams.pace import TENANT, THREAD
from adapters.teams.parse import parse
from adapters.teams.people import Rosters
from adapters.teams.ports import Company
from adapters.teams.send import TeamsMessenger, Writer
from adapters.teams.tokens import Asking, OutgoingToken, Unauthorized, Verifier
from adapters.teams.turns import Turns
from bot.ports import Clock

log = structlog.get_logger(__name__)


class Malformed(Exception):
    """A request whose body is no activity."""


class Teams:
    """One bot on Teams: `routes` take what comes in, `messenger` sends, `rosters` are to be read each night.

    `asking` is how it proves to be itself, `receiver` the company behind it. `http` carries keys, tokens and messages
    alike, and is closed by whoever made it. `local` is for development: what comes without a token is taken too, if
    its answers go to this machine. Raises ValueError without an app id, by which tokens are told apart.
    """

    def __init__(
        self,
        *,
        app_id: str,
        asking: Asking,
        openid_url: str,
        service_hosts: Collection[str],
        local: bool,
        receiver: Company,
        http: httpx.AsyncClient,
        clock: Clock,
    ) -> None:
        if not app_id:
            raise ValueError("a bot without an app id would take any token")
        self._local = local
        self._hosts = ServiceHosts(service_hosts, local)
        self._verifier = Verifier(app_id, SigningKeys(openid_url, http, clock), clock)
        connectors = Connectors(self._hosts, OutgoingToken(asking, http, clock), http)
        conversations, writer = Conversations(connectors, app_id), Writer(connectors, app_id)
        self._turns = Turns(Adapter(connectors), receiver, conversations, writer)
        self.rosters = Rosters(conversations, receiver)
        self._arrivals = Arrivals(app_id, receiver, conversations, self.rosters, writer)
        self.messenger = TeamsMessenger(writer, conversations, Pace(clock, THREAD, TENANT))
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
        if (inbound := parse(activity)) is not None:
            return await self._turns.run(inbound)
        if (told := happened(activity)) is not None:
            return Response(background=await self._arrivals.take(told))
        return Response(status_code=400 if activity.get("type") == "invoke" else 200)

    async def _authenticate(self, authorization: str | None, activity: Activity) -> None:
        service_url = text_at(activity, "serviceUrl")
        if authorization is None and self._local and self._hosts.is_here(service_url):
            return
        await self._verifier.verify(authorization, activity)
        if not self._hosts.allow(service_url):
            raise Unauthorized("an unknown service host")


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
