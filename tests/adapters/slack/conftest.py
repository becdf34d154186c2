from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import connected
from tests.adapters.slack.fake import TOKEN, FakeSlack
from tests.adapters.slack.receiver import HandClock


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
