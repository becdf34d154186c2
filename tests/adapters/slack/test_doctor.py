"""`mentronome doctor`: what works, what is missing, and the mend, for each setting of Slack."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import doctor
from bot.clock import SystemClock
from bot.doctor import examine
from bot.engine.newcomers import workspace_of
from bot.findings import Finding
from bot.settings import load
from bot.store import Sealer, SqlStore, connect, migrate
from bot.store.tokens import Tokens
from tests.adapters.slack.fake import APP_TOKEN, TEAM, TOKEN, FakeSlack

SHAPED = "0123456789abcdef" * 2


async def found(client: AsyncWebClient, off: timedelta = timedelta()) -> dict[str, Finding]:
    now = datetime.now(UTC) + off
    return {one.about: one async for one in doctor.bot_token(client, "Bot token", lambda: now)}


async def test_all_is_well(client: AsyncWebClient) -> None:
    findings = await found(client)
    assert {about: (one.works, one.mend) for about, one in findings.items()} == {
        "Bot token": (True, ""),
        "Scopes": (True, ""),
        "Clock": (True, ""),
    }
    assert findings["Bot token"].told == f"works in Company ({TEAM})"


async def test_a_wrong_token(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.tokens.clear()
    findings = await found(client)
    assert set(findings) == {"Bot token"}
    assert not findings["Bot token"].works
    assert "Bot User OAuth Token" in findings["Bot token"].mend


async def test_a_scope_that_is_needed_and_one_that_may_be_missing(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes -= {"im:history"}
    finding = (await found(client))["Scopes"]
    assert not finding.works
    assert "im:history is not granted: with it the bot reads what people type" in finding.told
    slack.scopes = {*slack.scopes, "im:history"} - {"users:read.email"}
    finding = (await found(client))["Scopes"]
    assert finding.works
    assert "install the app again" in finding.mend


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
async def test_a_clock_that_is_off(client: AsyncWebClient, off: timedelta) -> None:
    finding = (await found(client, off))["Clock"]
    assert not finding.works
    assert "NTP" in finding.mend


async def test_the_socket(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert (await doctor.app_token(client, APP_TOKEN)).works
    wrong = await doctor.app_token(client, "xapp-other")
    assert not wrong.works
    assert "connections:write" in wrong.mend
    assert slack.sockets.opened == 0


@pytest.mark.parametrize("secret", ["", "short", SHAPED.upper(), f"{SHAPED}0", "g" * 32])
def test_the_form_of_a_signing_secret(secret: str) -> None:
    assert doctor.signing_secret(SHAPED).works
    assert not doctor.signing_secret(secret).works


async def looked(environ: dict[str, str], folder: Path) -> list[Finding]:
    settings = load({f"MENTRONOME_{name}": value for name, value in environ.items()}, folder)
    return [one async for one in examine(settings)]


def wrong(findings: Sequence[Finding]) -> list[str]:
    return [one.about for one in findings if not one.works]


async def test_what_the_operator_sees_of_one_workspace(slack: FakeSlack, tmp_path: Path) -> None:
    environ = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SHAPED,
        "SLACK_API_URL": slack.api_url,
        "PUBLIC_URL": "https://bot.example",
    }
    findings = await looked(environ, tmp_path)
    assert [one.about for one in findings] == [
        "Database",
        "Bot token",
        "Scopes",
        "Clock",
        "Socket Mode",
        "Signing secret",
    ]
    assert wrong(findings) == []
    assert all(str(one).startswith("ok ") for one in findings)
    assert not any(secret in str(one) for one in findings for secret in (TOKEN, APP_TOKEN, SHAPED))
    slack.tokens.clear()
    assert wrong(await looked(environ, tmp_path)) == ["Bot token"]


async def test_what_the_operator_sees_of_several(slack: FakeSlack, tmp_path: Path) -> None:
    environ = {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_SIGNING_SECRET": SHAPED,
        "SLACK_API_URL": slack.api_url,
        "PUBLIC_URL": "https://bot.example",
    }
    settings = load({f"MENTRONOME_{name}": value for name, value in environ.items()}, tmp_path)
    database, sealer = connect(settings.database_url), Sealer(settings.secret_keys)
    migrate.upgrade(database)
    assert "https://bot.example/slack/install" in str((await looked(environ, tmp_path))[-1])
    now = SystemClock().now()
    with SqlStore(database, sealer).unit() as unit:
        known, gone = (workspace_of(unit, "slack", team) for team in (TEAM, "T0GONE"))
        unit.commit()
    tokens = Tokens(database, sealer)
    tokens.keep(known, TOKEN, now)
    tokens.keep(gone, "xoxb-gone", now)
    tokens.end(gone, "app_uninstalled", now)
    told = [str(one) for one in await looked(environ, tmp_path)]
    assert f"ok      Token of {TEAM}: works in Company ({TEAM})" in told
    assert "ok      Workspaces: T0GONE has removed the app (app_uninstalled)" in told
    database.dispose()


async def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "mentronome.db").write_bytes(b"no database at all, but long enough to look like one" * 100)
    findings = await looked({"SECRET_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="}, tmp_path)
    assert wrong(findings) == ["Database"]
