"""The operator's command that makes one company of Slack and Teams."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"MENTRONOME_DATA_DIR": str(tmp_path / "data")}


@pytest.mark.parametrize(
    ("first", "second", "mend"),
    [
        ("slack:T0123ABC", "teams:8f2f6a34", "let somebody write to the bot there first"),
        ("slack", "teams:8f2f6a34", "write slack: and the workspace's id"),
        ("irc:x", "teams:8f2f6a34", "write slack: and the workspace's id"),
        ("slack:T0123ABC", "teams:", "write slack: and the workspace's id"),
    ],
)
def test_what_is_wrong_is_one_line(environ: dict[str, str], first: str, second: str, mend: str) -> None:
    result = CliRunner().invoke(cli, ["admin", "tie", first, second], env=environ)
    assert result.exit_code
    assert mend in result.output
