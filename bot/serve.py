"""What runs: the playground over a sample company, or the platforms that are configured."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import click
from starlette.applications import Starlette

from adapters.http import Ready, http_app, listen, serve
from adapters.links import link_routes
from bot.app import App, kept, open_database
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
    address = f"http://{f'[{host}]' if ':' in host else host}:{opened.getsockname()[1]}"
    messengers: dict[str, Messenger] = {Platform.PLAYGROUND: RoomMessenger(rooms, clock)}
    app = App(database, sealer, clock, messengers, settings.public_url or address, *kept(settings))
    cast = Cast(app, workspace.organization_id)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with app.running():
            yield

    http = http_app(link_routes(app.download), app.ready, lifespan, metrics=app.metrics)
    journey, home = Journey(app, clock, cast.plan), app.engine.home
    stage = Stage(app, rooms, cast.people, workspace.external_id, journey, cast.plan, home, cast.zone())
    mount(http, stage)
    click.echo(f"The playground is on {address} (Ctrl+C stops it)")
    await serve(http, opened)


async def run(settings: Settings, host: str, port: int) -> None:
    """Serve Slack and Teams, as far as they are configured, until the process is stopped.

    Raises:
        NothingToServe: neither is configured.
        adapters.http.CannotListen: the port is taken or not ours.
        bot.store.purpose.WrongDatabase: the database is a playground's, or somebody else's.
    """
    if not settings.on_slack and settings.teams_app_id is None:
        raise NothingToServe(
            "No platform is configured. Set MENTRONOME_SLACK_BOT_TOKEN and MENTRONOME_SLACK_APP_TOKEN for Slack,"
            " or MENTRONOME_TEAMS_APP_ID, _APP_PASSWORD and _TENANT_ID for Teams. 'mentronome demo' needs neither."
        )
    opened = listen(host, port)
    database, sealer = open_database(settings, "platform")
    messengers: dict[str, Messenger] = {}
    app = App(database, sealer, SystemClock(), messengers, settings.public_url, *kept(settings))
    async with AsyncExitStack() as stack:
        routes = link_routes(app.download)
        teams = None
        if settings.teams_app_id is not None:
            from bot.serve_teams import only_here, open_teams, read_nightly

            only_here(opened, settings)
            teams = await open_teams(settings, app, stack)
            messengers[Platform.TEAMS] = teams.messenger
            app.registers[Platform.TEAMS] = teams.rosters
            routes += teams.routes
        states = [app.ready]
        slack = None
        if settings.on_slack:
            from bot.serve_slack import SlackSide

            slack = SlackSide(settings, app, database, sealer)
            messengers[Platform.SLACK], of_slack = await slack.open(stack)
            routes += of_slack
            states.append(slack.state)
        await stack.enter_async_context(app.running())
        if teams:
            read_nightly(teams, stack)
        if slack:
            await slack.start(stack)
        ready = _together(states)
        await serve(http_app(routes, ready, metrics=app.metrics), opened)


def _together(states: Sequence[Ready]) -> Ready:
    return lambda: {part: state for told in states for part, state in told().items()}
