"""The operator's commands for Slack, each in a process of its own."""

import json
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.domain.people import Platform
from bot.engine.newcomers import introduce
from bot.messages import Sender
from bot.settings import load
from bot.store import Sealer, SqlStore, connect, migrate
from tests.contract.test_command_line import mentronome, refusal


def test_the_manifest_is_printed_as_it_is_pasted(tmp_path: Path) -> None:
    found = mentronome(tmp_path, "manifest", "slack", "--url", "https://bot.example")
    assert json.loads(found.stdout) == manifest("https://bot.example")
    found = mentronome(tmp_path, "manifest", "slack", "--socket")
    assert json.loads(found.stdout) == manifest(socket=True)


def test_a_manifest_without_an_address_that_slack_can_reach(tmp_path: Path) -> None:
    assert "--socket" in refusal(mentronome(tmp_path, "manifest", "slack"))
    assert "https://" in refusal(mentronome(tmp_path, "manifest", "slack", "--url", "http://bot.example"))


def test_the_doctor_says_what_is_missing_and_fails_where_something_is_wrong(tmp_path: Path) -> None:
    found = mentronome(tmp_path, "doctor")
    assert found.returncode == 0
    assert "Slack: is not configured" in found.stdout
    given = {"MENTRONOME_SLACK_BOT_TOKEN": "xoxb-1", "MENTRONOME_SLACK_SIGNING_SECRET": "no such form"}
    found = mentronome(tmp_path, "doctor", MENTRONOME_SLACK_API_URL="http://127.0.0.1:9/api/", **given)
    assert found.returncode == 1
    assert "wrong   Bot token: Slack answers" in found.stdout
    assert "wrong   Signing secret: is not 32 hexadecimal digits" in found.stdout
    assert "xoxb-1" not in found.stdout + found.stderr


def test_the_first_admin_is_appointed_by_the_operator(tmp_path: Path) -> None:
    settings = load({}, tmp_path / "data")
    database = connect(settings.database_url)
    migrate.upgrade(database)
    store = SqlStore(database, Sealer(settings.secret_keys))
    with store.unit() as unit:
        ada, _ = introduce(unit, Sender(Platform.SLACK, "T1", "U0ADA", name="Ada Sample"))
        ben, _ = introduce(unit, Sender(Platform.SLACK, "T1", "U0BEN", name="Ben Sample"))
        ben.email = "ben@sample.example"
        unit.commit()
    assert "Nobody is known by this" in refusal(mentronome(tmp_path, "admin", "appoint", "cleo@sample.example"))
    assert "Ada Sample runs" in mentronome(tmp_path, "admin", "appoint", "U0ADA").stdout
    assert "Ben Sample runs" in mentronome(tmp_path, "admin", "appoint", "Ben@Sample.example").stdout
    with store.unit() as unit:
        found = [unit.people.get(one.organization_id, one.id) for one in (ada, ben)]
        assert [person.is_admin for person in found if person] == [True, True]
    database.dispose()
