"""One bot on Teams, Microsoft around it, and Ana in front of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from adapters.teams.app import Teams
from adapters.teams.tokens import by_secret
from bot.store import connect
from tests.adapters.teams.fakes import HandClock, Script
from tests.adapters.teams.microsoft import APP_ID, PASSWORD, TENANT, Microsoft
from tests.adapters.teams.office import Office, opened
from tests.adapters.teams.user import TeamsUser
from tests.databases import sqlite_file


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_file(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def microsoft(clock: HandClock) -> AsyncIterator[Microsoft]:
    async with Microsoft(clock).running() as microsoft:
        yield microsoft


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as http:
        yield http


@pytest.fixture
def teams(microsoft: Microsoft, clock: HandClock, script: Script, http: httpx.AsyncClient) -> Teams:
    return Teams(
        app_id=APP_ID,
        asking=by_secret(APP_ID, PASSWORD, TENANT, f"{microsoft.url}/login/"),
        openid_url=f"{microsoft.url}/openid",
        service_hosts=("smba.trafficmanager.net",),
        local=True,
        receiver=script,
        http=http,
        clock=clock,
    )


@pytest.fixture
def app(teams: Teams) -> Starlette:
    return Starlette(routes=teams.routes)


@pytest.fixture
async def ana(app: Starlette, microsoft: Microsoft) -> AsyncIterator[TeamsUser]:
    async with TeamsUser(app, microsoft, "Ana Lopez") as ana:
        yield ana


@pytest.fixture
async def office(database: sa.Engine) -> AsyncIterator[Office]:
    async with opened(database) as office:
        yield office
