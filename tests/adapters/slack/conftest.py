from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.pace import Pace
from adapters.slack.app import SlackEndpoint
from adapters.slack.client import connected
from adapters.slack.pace import CONVERSATION
from adapters.slack.send import SlackMessenger
from bot import logs
from bot.store import connect
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TOKEN, FakeSlack
from tests.adapters.slack.receiver import SHORT, HandClock, ScriptedReceiver, one_workspace
from tests.adapters.slack.shop import OTHER, OTHER_TOKEN, Shop
from tests.databases import sqlite_file


@pytest.fixture(autouse=True)
def logged_as_served() -> Iterator[None]:
    """Log as the service does: unset, tracebacks are drawn so richly that whoever waits is kept waiting."""
    logs.configure("info", "json", StringIO())
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2027, 3, 1, 9, 0, tzinfo=UTC))


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock) as slack:
        yield slack


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    async with connected(TOKEN, slack.api_url) as client:
        yield client


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_file(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def receiver() -> ScriptedReceiver:
    return ScriptedReceiver()


@pytest.fixture
async def endpoint(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    endpoint = slack.app = one_workspace(client, receiver)
    return endpoint


@pytest.fixture
async def hasty(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    """The adapter with next to no patience, for answers that wait until they are let go."""
    hasty = slack.app = one_workspace(client, receiver, SHORT)
    return hasty


@pytest.fixture
def ana(slack: FakeSlack) -> SlackUser:
    return SlackUser.joining(slack, "Ana Lima")


@pytest.fixture
def pace(clock: HandClock) -> Pace:
    return Pace(clock, CONVERSATION)


@pytest.fixture
def messenger(client: AsyncWebClient, pace: Pace) -> SlackMessenger:
    return SlackMessenger(client, pace)


@pytest.fixture
async def shop(slack: FakeSlack, database: sa.Engine, clock: HandClock) -> AsyncIterator[Shop]:
    slack.tokens[OTHER_TOKEN] = OTHER
    async with connected("", slack.api_url) as bare:
        shop = Shop(slack, bare, database, clock)
        async with shop.app.running():
            yield shop
            await shop.endpoint.close()
