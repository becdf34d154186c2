"""What the docs say of the code is what the code says of itself."""

import subprocess
import sys
from pathlib import Path

from bot.settings import settings_table

ROOT = Path(__file__).parent.parent.parent


def test_the_readme_lists_the_settings_of_the_code() -> None:
    assert settings_table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_drawn_states_are_those_of_the_tables() -> None:
    found = subprocess.run([sys.executable, "tools/state_diagrams.py", "--check"], cwd=ROOT, env={"PYTHONPATH": "."})
    assert found.returncode == 0, "run: PYTHONPATH=. python tools/state_diagrams.py"


def test_every_promise_of_the_map_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `") and "/" in line.split("`")[1]]
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
