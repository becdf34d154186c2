"""A database is used for what it was made for, with its own key, or not at all."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import Sealer, connect
from bot.store.migrate import VERSION_TABLE, is_current
from bot.store.purpose import WrongDatabase, prepare

OLD, NEW = b"o" * 32, b"n" * 32
KEY = Sealer([OLD])


def test_a_database_is_prepared_again_and_again_for_its_purpose(database: sa.Engine) -> None:
    prepare(database, "demo", KEY)
    prepare(database, "demo", KEY)
    assert is_current(database)


@pytest.mark.parametrize(("first", "then"), [("demo", "platform"), ("platform", "demo")])
def test_a_playground_is_never_used_for_real_platforms_nor_the_reverse(
    database: sa.Engine, first: str, then: str
) -> None:
    prepare(database, first, KEY)  # type: ignore[arg-type]
    with pytest.raises(WrongDatabase, match="playground"):
        prepare(database, then, KEY)  # type: ignore[arg-type]
    prepare(database, first, KEY)  # type: ignore[arg-type]


def test_a_wrong_key_is_noticed_at_once(database: sa.Engine) -> None:
    prepare(database, "demo", KEY)
    with pytest.raises(WrongDatabase, match="another secret key"):
        prepare(database, "demo", Sealer([NEW]))


def test_a_new_key_is_put_before_the_old_one_and_both_are_needed_from_then_on(database: sa.Engine) -> None:
    prepare(database, "demo", KEY)
    prepare(database, "demo", Sealer([NEW, OLD]))
    for only in (OLD, NEW):
        with pytest.raises(WrongDatabase, match="another secret key"):
            prepare(database, "demo", Sealer([only]))


def test_a_database_of_a_newer_version_is_left_alone(database: sa.Engine) -> None:
    prepare(database, "demo", KEY)
    with database.begin() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(WrongDatabase, match="newer"):
        prepare(database, "demo", KEY)


def test_a_database_of_something_else_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "bookkeeping.db"
    theirs = sqlite3.connect(file)
    theirs.execute("CREATE TABLE meta (account TEXT)")
    theirs.close()
    before = file.read_bytes()
    database = connect(f"sqlite:///{file}")
    with pytest.raises(WrongDatabase, match="something else"):
        prepare(database, "demo", KEY)
    database.dispose()
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_and_a_folder_that_is_not_there_are_told_in_one_line(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, " * 500)
    for file in (letter, tmp_path / "nowhere" / "new.db"):
        database = connect(f"sqlite:///{file}")
        with pytest.raises(WrongDatabase, match="cannot be opened") as caught:
            prepare(database, "demo", KEY)
        database.dispose()
        assert "\n" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    database = connect("postgresql+psycopg://mentor:open-sesame@127.0.0.1:1/none")
    with pytest.raises(WrongDatabase, match="cannot be opened") as caught:
        prepare(database, "platform", KEY)
    assert "open-sesame" not in str(caught.value)
