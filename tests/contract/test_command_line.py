"""The command line as an operator meets it: what goes wrong is one line that says the mend."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SLACK = {"MENTRONOME_SLACK_BOT_TOKEN": "xoxb-sample", "MENTRONOME_SLACK_SIGNING_SECRET": "sample"}
PEOPLE = "name,email,time zone\nAna Sample,ana@sample.example,Europe/Berlin\nBen Sample,nonsense,Europe/Berlin\n"


def mentronome(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MENTRONOME_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**own, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def refusal(found: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a refusal."""
    assert found.returncode == 1, found
    lines = found.stderr.splitlines()
    assert len(lines) == 1, "one line, and no traceback"
    return lines[0]


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "is taken" in refusal(mentronome(tmp_path, "demo", "--data", "data", "--port", port))


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    found = mentronome(tmp_path, "demo", "--data", "file/data")
    assert "choose a folder of yours" in refusal(found)


def test_a_broken_database(tmp_path: Path) -> None:
    mentronome(tmp_path, "admin", "letters", "--playground", "--data", "data")
    (tmp_path / "data" / "mentronome.db").write_bytes(b"no database at all, but long enough to look like one" * 100)
    assert "cannot be opened" in refusal(mentronome(tmp_path, "demo", "--data", "data", "--port", "0"))


def test_a_database_of_something_else(tmp_path: Path) -> None:
    mentronome(tmp_path, "admin", "letters", "--playground", "--data", "data")
    with sqlite3.connect(tmp_path / "data" / "other.db") as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    url = f"sqlite:///{tmp_path / 'data' / 'other.db'}"
    found = mentronome(tmp_path, "demo", "--data", "data", "--port", "0", MENTRONOME_DATABASE_URL=url)
    assert "tables of something else" in refusal(found)
    with sqlite3.connect(tmp_path / "data" / "other.db") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)], "nothing was written"


def test_the_demo_and_the_platforms_refuse_each_others_database(tmp_path: Path) -> None:
    assert mentronome(tmp_path, "migrate", MENTRONOME_DATA_DIR="real").returncode == 0
    assert "used by real platforms" in refusal(mentronome(tmp_path, "demo", "--data", "real", "--port", "0"))
    assert mentronome(tmp_path, "admin", "letters", "--playground", "--data", "played").returncode == 0
    found = mentronome(tmp_path, "run", "--port", "0", MENTRONOME_DATA_DIR="played", **SLACK)
    assert "belongs to a playground" in refusal(found)


def test_run_without_a_platform_says_which_settings_make_one(tmp_path: Path) -> None:
    assert "MENTRONOME_SLACK_BOT_TOKEN" in refusal(mentronome(tmp_path, "run"))


def test_a_roster_comes_in_twice_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    first = mentronome(tmp_path, "admin", "import", "people.csv", "--data", "data")
    assert first.returncode == 0, first.stderr
    assert "3" in first.stdout, "the bad line is named by its number"
    assert "nonsense" in first.stdout
    again = mentronome(tmp_path, "admin", "import", "people.csv", "--data", "data")
    assert "unchanged" in again.stdout


def test_the_operator_names_who_runs_the_programme(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    words = ("admin", "import", "people.csv", "--data", "data", "--admin", "Ana@sample.example")
    assert mentronome(tmp_path, *words).returncode == 0
    with sqlite3.connect(tmp_path / "data" / "mentronome.db") as database:
        assert database.execute("SELECT name FROM people WHERE is_admin").fetchall() == [("Ana Sample",)]


def test_the_operator_erases_who_has_asked_for_it_after_a_yes(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    mentronome(tmp_path, "admin", "import", "people.csv", "--data", "data")
    file = tmp_path / "data" / "mentronome.db"
    words = ("admin", "erase", "ANA@sample.example", "--playground", "--data", "data")
    assert mentronome(tmp_path, *words).returncode == 1, "without a yes nothing happens"
    assert b"Ana Sample" in file.read_bytes()
    assert "Nobody has this address" in refusal(
        mentronome(tmp_path, *words[:2], "eve@x.example", "--yes", *words[3:])
    )
    done = mentronome(tmp_path, *words, "--yes")
    assert (done.returncode, done.stdout) == (0, "Erased.\n")
    left = b"".join(path.read_bytes() for path in file.parent.iterdir())
    for mark in (b"Ana Sample", b"ana@sample.example", b"Ana"):
        assert mark not in left, "neither in the file nor in the log beside it"
    assert len((tmp_path / "data" / "tombstones").read_text().split()) == 1


def test_the_operator_notes_who_has_left_and_a_later_roster_takes_it_back(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    mentronome(tmp_path, "admin", "import", "people.csv", "--data", "data")
    noted = mentronome(tmp_path, "admin", "leaver", "ana@sample.example", "--playground", "--data", "data")
    assert "erased in 30 days" in noted.stdout
    with sqlite3.connect(tmp_path / "data" / "mentronome.db") as database:
        assert database.execute("SELECT status, left_at IS NULL FROM people").fetchall() == [("left", 0)]
    assert "1 changed" in mentronome(tmp_path, "admin", "import", "people.csv", "--data", "data").stdout
    with sqlite3.connect(tmp_path / "data" / "mentronome.db") as database:
        assert database.execute("SELECT status, left_at IS NULL FROM people").fetchall() == [("active", 1)]


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("demo", "--help"), ("admin", "--help")])
def test_help_is_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert mentronome(tmp_path, *words).returncode == 0
