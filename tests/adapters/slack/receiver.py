"""A house with a script, for what the adapter does with answers."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import PATIENCE, SlackEndpoint
from adapters.slack.client import OneWorkspace
from adapters.slack.installed import OnlyOne
from bot.clock import SystemClock
from bot.messages import Answer, Card, Event, Sender
from bot.ports import Member
from tests.adapters.slack.fake import SECRET

SHORT = 0.01
"""Seconds of patience, for answers that wait until they are let go."""


class ScriptedReceiver:
    """Gives the answers of a script, and keeps what it was handed.

    `ready` can be cleared to let an answer wait; `failure` is raised in place of the next one.
    """

    def __init__(self, script: Callable[[Event], Answer] = lambda event: Answer()) -> None:
        self.script = script
        self.answered: list[Event] = []
        self.stored: list[Event] = []
        self.noted: list[Member] = []
        self.came: list[tuple[str, Member]] = []
        self.at_home: Card | None = None
        self.failure: Exception | None = None
        self.ready = asyncio.Event()
        self.ready.set()

    async def answer(self, event: Event) -> Answer:
        """Answer when ready."""
        self.answered.append(event)
        await self.ready.wait()
        self._fail()
        return self.script(event)

    async def accept(self, event: Event) -> None:
        """Store when ready."""
        await self.ready.wait()
        self._fail()
        self.stored.append(event)

    async def home(self, sender: Sender) -> Card | None:
        """Return what was set."""
        self._fail()
        return self.at_home

    async def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        """Keep what was told."""
        self._fail()
        self.noted += members

    async def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        """Keep who has come where."""
        self._fail()
        self.came += [(place, member) for member in members]

    def _fail(self) -> None:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self._now

    def move(self, **by: float) -> None:
        """Move on, by hours=1 and the like."""
        self._now += timedelta(**by)


def one_workspace(client: AsyncWebClient, company: ScriptedReceiver, patience: float = PATIENCE) -> SlackEndpoint:
    """Return the adapter as it is with one token."""
    return SlackEndpoint(OneWorkspace(client), SECRET, company, OnlyOne(), SystemClock(), patience=patience)
