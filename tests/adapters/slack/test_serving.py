"""`mentronome run` as an operator starts it: its own process, and the fake Slack at the address that was set."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.clock import SystemClock
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import APP_TOKEN, CLIENT_ID, CLIENT_SECRET, SECRET, TOKEN, FakeSlack
from tests.adapters.slack.things import Fault

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0
KILLED = 3


@asynccontextmanager
async def served(folder: Path, slack: FakeSlack, *, killed: bool = False, **settings: str) -> AsyncIterator[str]:
    """Run the service until the block is left; then it is told to stop as a service manager does, or killed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    given = {"SLACK_API_URL": slack.api_url, "DATA_DIR": str(folder / "data"), **settings}
    own = {name: value for name, value in os.environ.items() if not name.startswith("MENTRONOME_")}
    own |= {f"MENTRONOME_{name}": value for name, value in given.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        "--port",
        port,
        cwd=folder,
        env=own | {"PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == (-signal.SIGKILL if killed else 0)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def told(url: str, so: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Ask `/readyz` until it says what is waited for."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=url) as http:
        while True:
            try:
                parts: dict[str, str] = (await http.get("/readyz")).json()
            except httpx.TransportError:
                parts = {}
            if parts and so(parts):
                return parts
            await asyncio.sleep(0.1)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.1)


def let_leases_end(folder: Path) -> None:
    """Do what a minute does: what the killed process held may be taken by another."""
    with sqlite3.connect(folder / "data" / "mentronome.db") as database:
        for table in ("inbox", "deliveries", "looks"):
            database.execute(
                f"UPDATE {table} SET leased_until = '2020-01-01 00:00:00' WHERE leased_until IS NOT NULL"
            )


def message(ana: SlackUser, text: str) -> dict[str, object]:
    event = {"type": "message", "channel_type": "im", "channel": ana.channel, "user": ana.id, "text": text}
    return {"type": "event_callback", "team_id": ana.team, "event_id": "Ev1", "event": {**event, "ts": "1.2"}}


async def test_with_two_tokens_and_nothing_exposed_ana_is_answered(tmp_path: Path) -> None:
    async with FakeSlack(SystemClock()) as slack:
        ana = SlackUser.joining(slack, "Ana Lima")
        async with served(tmp_path, slack, SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN=APP_TOKEN) as url:
            ready = await told(url, lambda parts: parts.get("slack_socket") == "ok")
            assert ready == {
                "database": "ok",
                "dead_letters": "ok",
                "sender": "ok",
                "slack": "ok",
                "slack_socket": "ok",
            }
            await until(lambda: any(method == "users.list" for method, _ in slack.calls))
            await slack.sockets.answer(await slack.sockets.send("events_api", message(ana, "hello")))
            await until(lambda: ana.messages() != [])
            assert "I keep mentoring going" in ana.messages()[0]
            async with httpx.AsyncClient(base_url=url) as http:
                forged = await http.post("/slack/events", json={"type": "event_callback", "event": {"type": "x"}})
            assert forged.status_code == 401, "without a signing secret nobody has one"
            removed = {"type": "event_callback", "team_id": ana.team, "event": {"type": "app_uninstalled"}}
            await slack.sockets.answer(await slack.sockets.send("events_api", removed))
            slack.faults["auth.test"] = [Fault("account_inactive")]
            ready = await told(url, lambda parts: parts.get("slack") != "ok")
            assert ready["slack"] == "uninstalled: install the app again in Slack"
            await told(url, lambda parts: parts.get("slack") == "ok")
            assert slack.faults["auth.test"] == [], "once Slack takes the token again, without another start"


async def test_while_the_socket_is_away_readyz_tells(tmp_path: Path) -> None:
    async with (
        FakeSlack(SystemClock()) as slack,
        served(tmp_path, slack, SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN="xapp-other") as url,
    ):
        parts = await told(url, lambda parts: True)
        assert parts["slack_socket"].startswith("away for")


async def test_for_several_workspaces_it_serves_the_page_that_installs_it(tmp_path: Path) -> None:
    settings: dict[str, Any] = {
        "SLACK_CLIENT_ID": CLIENT_ID,
        "SLACK_CLIENT_SECRET": CLIENT_SECRET,
        "SLACK_SIGNING_SECRET": SECRET,
        "PUBLIC_URL": "https://bot.example",
    }
    async with FakeSlack(SystemClock()) as slack, served(tmp_path, slack, **settings) as url:
        assert (await told(url, lambda parts: True))["slack"] == "ok"
        async with httpx.AsyncClient(base_url=url) as http:
            page = await http.get("/slack/install")
            assert (await http.get("/slack/oauth_redirect?code=x&state=y")).status_code == 400
        assert f"{slack.url}/oauth/v2/authorize" in page.text


@pytest.mark.faults
async def test_what_was_answered_200_is_handled_once_although_the_process_is_killed_at_once(tmp_path: Path) -> None:
    async with FakeSlack(SystemClock()) as slack:
        ana = SlackUser.joining(slack, "Ana Lima")
        settings: dict[str, Any] = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
        for number in range(KILLED):
            async with served(tmp_path, slack, killed=True, **settings) as url:
                await told(url, lambda parts: True)
                slack.app = url
                await ana.type(f"word{number}")
            let_leases_end(tmp_path)
        async with served(tmp_path, slack, **settings) as url:
            await told(url, lambda parts: True)
            slack.app = url
            await ana.type("the last word")
            await until(lambda: len(ana.messages()) >= KILLED + 2)
        assert len(ana.messages()) == KILLED + 2, "a greeting, and one answer to each"
