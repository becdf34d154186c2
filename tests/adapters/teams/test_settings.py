"""Settings of Teams that only make sense together, and the one that is for development alone."""

import socket
from pathlib import Path

import pytest

from adapters.http import CannotListen
from bot.serve_teams import only_here
from bot.settings import Settings, SettingsError, load

APP = {"MENTRONOME_TEAMS_APP_ID": "id", "MENTRONOME_TEAMS_TENANT_ID": "t"}
SECRET = {"MENTRONOME_TEAMS_APP_PASSWORD": "s"}
IDENTITY = {"MENTRONOME_TEAMS_MANAGED_IDENTITY": "true"}
LOCAL = {"MENTRONOME_TEAMS_LOCAL": "true"}


def faults(environ: dict[str, str], folder: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        load(environ, folder)
    return [line.partition(":")[0].removeprefix("MENTRONOME_TEAMS_") for line in str(error.value).splitlines()]


def test_a_secret_or_the_machines_identity_proves_the_app(tmp_path: Path) -> None:
    assert load({**APP, **SECRET}, tmp_path).teams_app_password is not None
    assert load({**APP, **IDENTITY}, tmp_path).teams_managed_identity
    assert faults({**APP, **SECRET, **IDENTITY}, tmp_path) == ["APP_PASSWORD"]
    no = {"MENTRONOME_TEAMS_MANAGED_IDENTITY": "False"}
    assert not load({**APP, **SECRET, **no}, tmp_path).teams_managed_identity
    assert faults({**APP, **no}, tmp_path) == ["APP_PASSWORD"]


def test_what_is_missing_is_said_at_once(tmp_path: Path) -> None:
    assert faults(APP, tmp_path) == ["APP_PASSWORD"]
    assert faults(SECRET, tmp_path) == ["APP_ID", "TENANT_ID"]
    assert faults(IDENTITY, tmp_path) == ["APP_ID", "TENANT_ID"]
    assert faults(LOCAL, tmp_path) == ["APP_ID", "TENANT_ID", "APP_PASSWORD"]


def opened(host: str) -> socket.socket:
    return socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def test_without_tokens_this_machine_alone_is_served(tmp_path: Path) -> None:
    local, strict = (load({**APP, **SECRET, **more}, tmp_path) for more in (LOCAL, {}))
    with opened("0.0.0.0") as everywhere, opened("127.0.0.1") as here:
        only_here(here, local)
        only_here(everywhere, strict)
        with pytest.raises(CannotListen, match="this machine alone"):
            only_here(everywhere, local)


def test_no_setting_of_teams_is_needed_where_there_is_no_teams(tmp_path: Path) -> None:
    settings: Settings = load({}, tmp_path)
    assert settings.teams_app_id is None
