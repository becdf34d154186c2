"""Bots that do nothing, on the same libraries and the same server: `python -m benchmarks.bare slack --port 8000`."""

import asyncio
from typing import cast

import click
import httpx
from botbuilder.core import TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticateRequestResult, ClaimsIdentity
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.http import listen, serve
from adapters.teams.adapter import Passed
from adapters.teams.connector import Connectors, ServiceHosts
from adapters.teams.keys import SigningKeys
from adapters.teams.tokens import OutgoingToken, Verifier, by_secret
from benchmarks.local_slack import SECRET
from benchmarks.local_teams import PATH
from bot.clock import SystemClock
from bot.settings import Settings, load


def bare_slack() -> ASGIApp:
    """Return a Bolt app as its makers' guide has it; it need not ask Slack who it is, nor does ours."""
    app = AsyncApp(signing_secret=SECRET, authorize=_authorized)
    app.event("message")(_heard)
    app.command("/mentoring")(_commanded)
    return cast(ASGIApp, AsyncSlackRequestHandler(app))


async def _authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _heard() -> None:
    """Do nothing."""


async def _commanded(ack: AsyncAck) -> None:
    await ack("Done.")


def bare_teams(settings: Settings) -> ASGIApp:
    """Return a bot whose activities the SDK reads; tokens are checked, and clients made, as ours does it."""
    clock, http = SystemClock(), httpx.AsyncClient()
    app_id, login = settings.teams_app_id or "", settings.teams_login_url
    token = OutgoingToken(by_secret(app_id, "", settings.teams_tenant_id or "", login), http, clock)
    connectors = Connectors(ServiceHosts((), local=True), token, http)
    verifier = Verifier(app_id, SigningKeys(settings.teams_openid_metadata_url, http, clock), clock)
    adapter, passed = CloudAdapterBase(Passed(connectors)), AuthenticateRequestResult()
    passed.claims_identity = ClaimsIdentity({}, is_authenticated=True)
    passed.connector_factory = connectors

    async def answer(request: Request) -> Response:
        sent = await request.json()
        await verifier.verify(request.headers.get("Authorization"), sent)
        await adapter.process_activity(passed, Activity().deserialize(sent), _listened)
        return Response()

    return Starlette(routes=[Route(PATH, answer, methods=["POST"])])


async def _listened(context: TurnContext) -> None:
    """Do nothing."""


@click.command()
@click.argument("platform", type=click.Choice(["slack", "teams"]))
@click.option("--port", type=int, required=True)
def main(platform: str, port: int) -> None:
    """Serve a bare bot until it is stopped."""
    app = bare_slack() if platform == "slack" else bare_teams(load())
    asyncio.run(serve(app, listen("127.0.0.1", port)))


if __name__ == "__main__":
    main()
