"""What runs: the playground over a sample company, or the platforms that are configured."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import click
import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from adapters.http import http_app, listen, serve
from bot.app import App, open_database
from bot.clock import MovableClock, SystemClock
from bot.domain.people import Platform
from bot.journey import Journey
from bot.ports import Messenger
from bot.settings import Settings

COMPANY = "Playground"


class NothingToServe(Exception):
    """No platform is configured; the message says which settings configure one."""


async def demo(settings: Settings, host: str, port: int, *, empty: bool) -> None:
    """Serve the playground until the process is stopped.

    Raises:
        adapters.http.CannotListen: the port is taken or not ours.
        bot.store.purpose.WrongDatabase: the data folder holds a database for something else.
    """
    from adapters.web.messenger import RoomMessenger
    from adapters.web.playground import mount
    from adapters.web.ports import Stage
    from adapters.web.rooms import Rooms
    from bot.playground import Cast
    from bot.sample import sample_company
    from bot.store.importing import playground

    opened = listen(host, port)
    database, sealer = open_database(settings, "demo")
    clock = MovableClock(settings.data_dir / "clock")
    if not empty:
        sample_company(database, clock.now())
    workspace = playground(database, COMPANY)
    rooms = Rooms(settings.data_dir / "playground.db")
    app = App(database, sealer, clock, {Platform.PLAYGROUND: RoomMessenger(rooms, clock)})
    cast = Cast(app, workspace.organization_id)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with app.running():
            yield

    http = http_app([], app.ready, lifespan, metrics=app.metrics)
    stage = Stage(app, rooms, cast.people, workspace.external_id, Journey(app, clock), cast.plan, cast.zone())
    mount(http, stage)
    click.echo(f"The playground is on http://{host}:{opened.getsockname()[1]} (Ctrl+C stops it)")
    await serve(http, opened)


async def run(settings: Settings, host: str, port: int) -> None:
    """Serve Slack and Teams, as far as they are configured, until the process is stopped.

    Raises:
        NothingToServe: neither is configured.
        adapters.http.CannotListen: the port is taken or not ours.
        bot.store.purpose.WrongDatabase: the database is a playground's, or somebody else's.
    """
    if settings.slack_bot_token is None and settings.teams_app_id is None:
        raise NothingToServe(
            "No platform is configured. Set MENTRONOME_SLACK_BOT_TOKEN and MENTRONOME_SLACK_SIGNING_SECRET for Slack,"
            " or MENTRONOME_TEAMS_APP_ID, _APP_PASSWORD and _TENANT_ID for Teams. 'mentronome demo' needs neither."
        )
    opened = listen(host, port)
    database, sealer = open_database(settings, "platform")
    messengers: dict[str, Messenger] = {}
    app = App(database, sealer, SystemClock(), messengers)
    async with AsyncExitStack() as stack:
        routes: list[BaseRoute] = []
        if settings.teams_app_id is not None:
            routes += await _teams(settings, app, messengers, stack)
        if settings.slack_bot_token is not None:
            routes += await _slack(settings, app, messengers, stack)
        await stack.enter_async_context(app.running())
        await serve(http_app(routes, app.ready, metrics=app.metrics), opened)


async def _slack(
    settings: Settings, app: App, messengers: dict[str, Messenger], stack: AsyncExitStack
) -> list[BaseRoute]:
    from adapters.slack.app import SlackEndpoint
    from adapters.slack.client import connected
    from adapters.slack.send import SlackMessenger

    assert settings.slack_bot_token and settings.slack_signing_secret
    token = settings.slack_bot_token.get_secret_value()
    client = await stack.enter_async_context(connected(token, settings.slack_api_url))
    messengers[Platform.SLACK] = SlackMessenger(client)
    endpoint = SlackEndpoint(client, settings.slack_signing_secret.get_secret_value(), app)
    stack.push_async_callback(endpoint.close)
    return [Mount("/", app=endpoint)]


async def _teams(
    settings: Settings, app: App, messengers: dict[str, Messenger], stack: AsyncExitStack
) -> list[BaseRoute]:
    from adapters.teams.app import Teams

    assert settings.teams_app_id and settings.teams_app_password and settings.teams_tenant_id
    teams = Teams(
        app_id=settings.teams_app_id,
        password=settings.teams_app_password.get_secret_value(),
        tenant=settings.teams_tenant_id,
        openid_url=settings.teams_openid_metadata_url,
        login_url=settings.teams_login_url,
        service_hosts=settings.teams_service_hosts,
        local=settings.teams_local,
        receiver=app,
        http=await stack.enter_async_context(httpx.AsyncClient(timeout=10)),
        clock=app.clock,
    )
    messengers[Platform.TEAMS] = teams.messenger
    return list(teams.routes)
