"""One history serves both databases: up, down and up again, and it makes what the code says."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import connect
from bot.store.migrate import VERSION_TABLE, check, downgrade, is_current, revision, upgrade
from bot.store.tables import metadata
from tests.contract.company import Company


def checks(database: sa.Engine) -> dict[str, set[tuple[str | None, str]]]:
    found = sa.inspect(database)
    return {
        table: {(rule["name"], rule["sqltext"]) for rule in found.get_check_constraints(table)}
        for table in found.get_table_names()
        if table != VERSION_TABLE
    }


def indexes(database: sa.Engine) -> dict[str, set[tuple[str | None, str]]]:
    found = sa.inspect(database)
    where = f"{database.dialect.name}_where"
    return {
        table: {
            (index["name"], str(index.get("dialect_options", {}).get(where))) for index in found.get_indexes(table)
        }
        for table in found.get_table_names()
        if table != VERSION_TABLE
    }


def test_up_check_down_up(database: sa.Engine) -> None:
    assert is_current(database)
    check(database)
    downgrade(database)
    assert sa.inspect(database).get_table_names() == [VERSION_TABLE]
    assert revision(database) is None
    assert not is_current(database)
    upgrade(database)
    check(database)
    assert is_current(database)


def test_migrating_again_changes_nothing(acme: Company, database: sa.Engine) -> None:
    upgrade(database)
    with acme.store.unit() as unit:
        assert unit.mentorships.facts("acme", acme.mentorship) is not None


def test_the_migrated_tables_check_what_the_tables_in_the_code_check(database: sa.Engine) -> None:
    """Alembic does not compare CHECK constraints, so this does."""
    migrated = checks(database)
    downgrade(database)
    metadata.create_all(database)
    assert checks(database) == migrated


def test_the_migrated_indexes_hold_the_rows_that_those_in_the_code_hold(database: sa.Engine) -> None:
    """Nor does Alembic compare of which rows a partial index is."""
    migrated = indexes(database)
    assert ("uq_people_email", "None") not in migrated["people"]
    downgrade(database)
    metadata.create_all(database)
    assert indexes(database) == migrated


def test_it_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = connect(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade(database)
    assert is_current(database)
    database.dispose()


def test_foreign_keys_hold_again_after_a_migration(database: sa.Engine) -> None:
    upgrade(database)
    if database.dialect.name == "sqlite":
        with database.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(sa.text("INSERT INTO looks VALUES ('nobody', 'nowhere', NULL, NULL, 0)"))
