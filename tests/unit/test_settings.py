"""What an operator meets: settings that work untouched, faults told at once, secrets that stay secret."""

import base64
import io
import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.settings import Settings, SettingsError, load, settings_table

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
POSTGRES = {
    "MENTRONOME_DATABASE_URL": "postgres://ana:pass-word@db/mentronome",
    "MENTRONOME_SECRET_KEY": KEY,
    "MENTRONOME_TOMBSTONES": "/shared/tombstones",
}


def faults(environ: dict[str, str], folder: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(environ, folder)
    return str(caught.value).splitlines()


def test_with_nothing_set_there_is_a_database_file_and_a_key_that_stays(tmp_path: Path) -> None:
    first = load({}, tmp_path / "data")
    assert first.database_url == f"sqlite:///{tmp_path}/data/mentronome.db"
    assert [len(key) for key in first.secret_keys] == [32]
    assert first.tombstones == tmp_path / "data" / "tombstones"
    kept = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load({}, tmp_path / "data") == first
    assert load({}, tmp_path / "elsewhere").secret_keys != first.secret_keys


def test_a_lost_key_is_not_replaced_beside_a_database_that_was_sealed_with_it(tmp_path: Path) -> None:
    load({}, tmp_path)
    (tmp_path / "mentronome.db").write_bytes(b"SQLite format 3")
    (tmp_path / "secret.key").unlink()
    assert "bring it back from a backup" in faults({}, tmp_path)[0]
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize("content", ["", "no key", base64.b64encode(b"short").decode()])
def test_a_damaged_key_file_is_told_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content)
    assert "holds no key" in faults({}, tmp_path)[0]
    assert (tmp_path / "secret.key").read_text() == content


def test_a_folder_that_cannot_be_made_is_one_line_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (line,) = faults({}, tmp_path / "file" / "data")
    assert line.startswith("MENTRONOME_DATA_DIR: ")
    assert "choose a folder" in line


def test_all_faults_come_at_once_each_naming_its_variable(tmp_path: Path) -> None:
    environ = {
        "MENTRONOME_DATABASE_URL": "mysql://host/name",
        "MENTRONOME_SECRET_KEY": f"{KEY},c2hvcnQ=",
        "MENTRONOME_LOG_LEVL": "debug",
        "MENTRONOME_LOG_FORMAT": "xml",
        "MENTRONOME_PUBLIC_URL": "http://mentoring.example",
        "MENTRONOME_SLACK_API_URL": "http://slack.example",
        "MENTRONOME_SLACK_BOT_TOKEN": "xoxb-1",
        "MENTRONOME_TEAMS_TENANT_ID": "t",
    }
    lines = faults(environ, tmp_path / "data")
    assert sorted(line.partition(":")[0].removeprefix("MENTRONOME_") for line in lines) == [
        "DATABASE_URL",
        "LOG_FORMAT",
        "LOG_LEVL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "SLACK_API_URL",
        "SLACK_SIGNING_SECRET",
        "TEAMS_APP_ID",
        "TEAMS_APP_PASSWORD",
    ]
    assert "MENTRONOME_LOG_LEVEL is meant" in "".join(lines)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (("BOT_TOKEN",), "SLACK_SIGNING_SECRET: missing, since MENTRONOME_SLACK_BOT_TOKEN is set"),
        (("BOT_TOKEN", "APP_TOKEN"), ""),
        (("BOT_TOKEN", "SIGNING_SECRET"), ""),
        (("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET"), ""),
        (("APP_TOKEN",), "SLACK_BOT_TOKEN: missing, since MENTRONOME_SLACK_APP_TOKEN is set"),
        (("CLIENT_ID", "SIGNING_SECRET"), "SLACK_CLIENT_SECRET: missing, since MENTRONOME_SLACK_CLIENT_ID is set"),
        (("CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET"), ""),
        (("CLIENT_ID", "CLIENT_SECRET"), "SLACK_SIGNING_SECRET: missing, since MENTRONOME_SLACK_CLIENT_ID is set"),
        (("BOT_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET"), "SLACK_BOT_TOKEN: unset it"),
    ],
)
def test_slack_needs_a_token_and_a_way_for_its_requests(given: tuple[str, ...], line: str, tmp_path: Path) -> None:
    environ = {f"MENTRONOME_SLACK_{name}": "x" for name in given} | {"MENTRONOME_PUBLIC_URL": "https://bot.example"}
    if line:
        (found,) = faults(environ, tmp_path)
        assert found.startswith(f"MENTRONOME_{line}")
    else:
        assert load(environ, tmp_path).on_slack


def test_several_workspaces_need_an_address_to_be_installed_at(tmp_path: Path) -> None:
    names = ("CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET")
    (line,) = faults({f"MENTRONOME_SLACK_{name}": "x" for name in names}, tmp_path)
    assert line.startswith("MENTRONOME_PUBLIC_URL: missing")


def test_on_postgresql_key_and_tombstones_are_asked_for_and_no_folder_is_made(tmp_path: Path) -> None:
    for name in ("MENTRONOME_SECRET_KEY", "MENTRONOME_TOMBSTONES"):
        (line,) = faults({**POSTGRES, name: ""}, tmp_path / "data")
        assert line.startswith(f"{name}: PostgreSQL needs one")
    settings = load(POSTGRES, tmp_path / "data")
    assert settings.database_url == "postgresql+psycopg://ana:pass-word@db/mentronome"
    assert settings.tombstones == Path("/shared/tombstones")
    assert not settings.on_sqlite
    assert not (tmp_path / "data").exists()


def test_the_first_of_several_keys_seals(tmp_path: Path) -> None:
    settings = load({"MENTRONOME_SECRET_KEY": f"{OTHER}, {KEY}"}, tmp_path)
    assert settings.secret_keys == (b"o" * 32, b"k" * 32)
    assert not (tmp_path / "secret.key").exists()


def test_no_secret_is_printed_by_settings_or_by_their_faults(tmp_path: Path) -> None:
    secret = {
        "MENTRONOME_SLACK_BOT_TOKEN": "xoxb-hidden",
        "MENTRONOME_SLACK_SIGNING_SECRET": "hidden",
        "MENTRONOME_TEAMS_APP_ID": "id",
        "MENTRONOME_TEAMS_TENANT_ID": "t",
        "MENTRONOME_TEAMS_APP_PASSWORD": "hidden",
    }
    settings = load({**POSTGRES, **secret}, tmp_path)
    assert settings.slack_signing_secret is not None
    assert settings.slack_signing_secret.get_secret_value() == "hidden"
    bad = faults({**secret, "MENTRONOME_DATABASE_URL": "x:pass-word", "MENTRONOME_SECRET_KEY": "hidden"}, tmp_path)
    for told in (repr(settings), str(settings), *bad):
        assert not any(word in told for word in ("hidden", "pass-word", KEY))


def test_the_environment_wins_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("MENTRONOME_LOG_LEVEL=debug\nMENTRONOME_LOG_FORMAT=json\n")
    monkeypatch.setenv("MENTRONOME_LOG_LEVEL", "error")
    settings = load()
    assert (settings.log_level, settings.log_format) == ("error", "json")
    assert settings.data_dir == tmp_path / "data"


def test_the_table_has_a_line_for_each_setting() -> None:
    lines = settings_table().splitlines()[2:]
    assert [line.split("`")[1] for line in lines] == [f"MENTRONOME_{name.upper()}" for name in Settings.model_fields]
    assert all(line.count("|") == 4 and not line.endswith("|  |") for line in lines)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    logs.configure("info", "json", stream)
    yield stream
    root.handlers = before
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def test_a_log_line_has_facts_and_never_what_people_wrote(logged: io.StringIO) -> None:
    log = structlog.get_logger("bot.engine")
    cause = ValueError("my secret worry")
    log.info("answer saved", text="my secret worry", meeting=7, seen={"body": "my secret worry", "parts": 2})
    log.info("card made", made=cause)
    try:
        raise LookupError("my secret worry") from cause
    except LookupError:
        log.exception("turn failed")
        logging.getLogger("nicegui").exception("page failed\nmy secret worry")
    log.debug("too small to tell")
    logging.getLogger("slack_bolt").info("too small to tell")
    saved, made, failed, foreign = map(json.loads, logged.getvalue().splitlines())
    assert (saved["event"], saved["meeting"], saved["text"]) == ("answer saved", 7, "[withheld]")
    assert saved["seen"] == {"body": "[withheld]", "parts": 2}
    assert made["made"] == "<ValueError>"
    assert "ValueError\nwhich led to\n" in failed["exception"]
    assert failed["exception"].endswith("LookupError")
    assert (foreign["logger"], foreign["event"], foreign["level"]) == ("nicegui", "page failed", "error")
    assert "secret" not in logged.getvalue()


def test_an_operator_still_reads_why_the_system_refused(logged: io.StringIO) -> None:
    try:
        raise OSError(98, "Address already in use")
    except OSError:
        logging.getLogger("uvicorn.error").exception("cannot listen")
    assert "Address already in use" in json.loads(logged.getvalue())["exception"]
