"""Slack's requests, signed, through the whole adapter; behind it stands a receiver with a script."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from bot.messages import (
    Answer,
    Button,
    Card,
    Event,
    Fact,
    Field,
    FieldKind,
    Form,
    Option,
    Pressed,
    Section,
    Sender,
    Submitted,
    Typed,
    card,
)
from bot.ports import Parcel
from adapters.slack.send import SlackMessenger
from tests.adapters.slack.driver import MISSING, SlackUser
from tests.adapters.slack.fake import SECRET, TEAM, FakeSlack
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver
from tests.adapters.slack.sample import parcel

SHORT = 0.01
"""Seconds of patience, for answers that wait until they are let go."""


@pytest.fixture
def receiver() -> ScriptedReceiver:
    return ScriptedReceiver()


@pytest.fixture
async def endpoint(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    slack.app = SlackEndpoint(client, SECRET, receiver)
    return slack.app


@pytest.fixture
async def hasty(slack: FakeSlack, client: AsyncWebClient, receiver: ScriptedReceiver) -> SlackEndpoint:
    slack.app = SlackEndpoint(client, SECRET, receiver, patience=SHORT)
    return slack.app


@pytest.fixture
def ana(slack: FakeSlack) -> SlackUser:
    return SlackUser.joining(slack, "Ana Lima")
