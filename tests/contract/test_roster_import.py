"""A roster comes into a real database: twice changes nothing, and nobody is ever removed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.people import Person, Platform, Workspace
from bot.domain.profile import Ability, Side
from bot.messages import Sender
from bot.roster import Report, UnreadableRoster
from bot.sample import COMPANY, sample_company
from bot.store import Sealer, SqlStore, connect
from bot.store.importing import PLAYGROUND, import_roster, playground
from bot.store.queues import Looks
from bot.store.tables import abilities, looks, organizations, people, profiles, skills
from tests.databases import copy_of, postgres_server, sqlite_file

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)

HEADER = "name,email,team,manager,tz,offers,capacity,days,hours"
ANA = "Ana Lee,ana@acme.example,Core,,Europe/Berlin,,,Mon-Fri,09:00-17:30"
BEN = "Ben Ray,ben@acme.example,Core,Ana Lee,America/New_York,Go;SQL,2,Mon-Thu,9-16"


@pytest.fixture(scope="module")
def template() -> Iterator[str]:
    with postgres_server() as template:
        yield template


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    if request.param == "sqlite":
        engine = connect(sqlite_file(tmp_path))
        yield engine
        engine.dispose()
        return
    with copy_of(request.getfixturevalue("template")) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def acme(database: sa.Engine) -> Workspace:
    return playground(database, "Acme")


def bring(database: sa.Engine, workspace: Workspace, *rows: str, now: datetime = MONDAY) -> Report:
    data = "\n".join((HEADER, *rows)).encode()
    return import_roster(database, workspace.organization_id, workspace, data, now)


def named(database: sa.Engine, workspace: Workspace, name: str) -> Person:
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        (person,) = unit.people.find(workspace.organization_id, name)
    return person


def abilities_of(database: sa.Engine, person: Person, side: Side = Side.OFFER) -> list[tuple[str, int | None]]:
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        names = unit.skills.all(person.organization_id)
        return [(names.name(one.skill_id), one.level) for one in unit.profiles.abilities(person.id)[side]]


def everything(database: sa.Engine) -> list[list[sa.Row[tuple[object, ...]]]]:
    tables = (people, profiles, skills, abilities, looks)
    with database.connect() as connection:
        return [list(connection.execute(sa.select(table).order_by(*table.primary_key))) for table in tables]


def test_monday_the_roster_comes_in_and_everybody_can_be_played(database: sa.Engine, acme: Workspace) -> None:
    report = bring(database, acme, ANA, BEN)
    assert (report.added, report.changed, report.unchanged, report.problems) == (2, 0, 0, ())
    ben = named(database, acme, "Ben Ray")
    assert (ben.email, ben.zone, ben.working_days) == ("ben@acme.example", "America/New_York", (0, 1, 2, 3))
    assert (ben.day_starts, ben.day_ends) == (time(9), time(16))
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        found = unit.people.by_account(Sender(Platform.PLAYGROUND, PLAYGROUND, ben.id))
    assert found is not None
    person, account = found
    assert person.id == ben.id
    assert (account.address, ben.account_id) == (ben.id, account.id)
    with database.connect() as connection:
        profile = connection.execute(sa.select(profiles).where(profiles.c.person_id == ben.id)).one()
    assert (profile.manager_email, profile.capacity) == ("ana@acme.example", 2)
    assert abilities_of(database, ben) == [("Go", None), ("SQL", None)]


def test_the_same_file_again_changes_nothing(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    before = everything(database)
    report = bring(database, acme, BEN, ANA, now=FRIDAY)
    assert (report.added, report.changed, report.unchanged, report.missing) == (0, 0, 2, ())
    assert everything(database) == before


def test_skills_come_with_their_levels_and_whatever_is_spelt_alike_is_one(
    database: sa.Engine, acme: Workspace
) -> None:
    bring(
        database, acme, ANA.replace("Berlin,,", "Berlin,Java Script:2;go 5,"), BEN.replace("Go;SQL", "JavaScript;Go")
    )
    ana, ben = named(database, acme, "Ana Lee"), named(database, acme, "Ben Ray")
    assert abilities_of(database, ana) == [("Java Script", 2), ("go", 5)]
    assert abilities_of(database, ben) == [("Java Script", None), ("go", None)]
    report = bring(database, acme, ANA, BEN.replace("Go;SQL", "GO : 3;js"))
    assert (report.changed, report.unchanged) == (1, 1)
    assert abilities_of(database, ben) == [("go", 3), ("Java Script", None)]
    assert abilities_of(database, ana) == [("Java Script", 2), ("go", 5)], "an empty cell says nothing"


def test_what_somebody_told_when_they_joined_stands(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    ben = named(database, acme, "Ben Ray")
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        profile = unit.profiles.of(ben)
        profile.joined_at, profile.capacity = MONDAY, 1
        unit.profiles.say(ben, Side.OFFER, [Ability(unit.skills.add(ben.organization_id, "Rust", listed=False), 5)])
        unit.commit()
    report = bring(database, acme, ANA, BEN)
    assert report.unchanged == 2
    assert abilities_of(database, ben) == [("Rust", 5)]
    bring(database, acme, ANA.replace("Berlin,,", "Berlin,rust:2,"), BEN.replace("Core", "Data"))
    assert abilities_of(database, ben) == [("rust", 5)], "what the company lists now is what Ben has added"
    assert abilities_of(database, named(database, acme, "Ana Lee")) == [("rust", 2)]


def test_who_changed_is_changed_and_who_left_the_file_is_only_named(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    report = bring(database, acme, ANA.replace("Core", "Data").replace("Ana Lee", "Ana Fox"))
    assert (report.added, report.changed, report.unchanged, report.missing) == (0, 1, 0, ("Ben Ray",))
    assert named(database, acme, "Ben Ray").email == "ben@acme.example"
    assert named(database, acme, "ana@acme.example").name == "Ana Fox"


def test_who_stands_on_a_bad_line_is_not_missing_and_stays_as_she_was(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    report = bring(database, acme, ANA.replace("Europe/Berlin", "Berln"), BEN)
    assert (report.changed, report.unchanged, report.missing) == (0, 1, ())
    assert [problem.line for problem in report.problems] == [2]
    assert named(database, acme, "Ana Lee").zone == "Europe/Berlin"


def test_an_empty_cell_leaves_what_people_told_the_bot(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    report = bring(database, acme, "Ana Lee,ana@acme.example", "Ben Ray,ben@acme.example,,,,,,,")
    assert (report.changed, report.unchanged) == (0, 2)
    assert named(database, acme, "Ben Ray").zone == "America/New_York"


def test_new_working_hours_bring_the_next_look_forward(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    ana, ben = named(database, acme, "Ana Lee"), named(database, acme, "Ben Ray")
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        for person in (ana, ben):
            unit.touches.look_by(person.organization_id, person.id, FRIDAY)
        unit.commit()
    bring(database, acme, ANA.replace("09:00", "11:00"), BEN.replace("Core", "Data"), now=MONDAY)
    with database.connect() as connection:
        when = {row.person_id: row.look_at for row in connection.execute(sa.select(looks))}
    assert when == {ana.id: MONDAY, ben.id: FRIDAY}


def test_a_new_manager_brings_the_next_look_forward(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA, BEN)
    ana, ben = named(database, acme, "Ana Lee"), named(database, acme, "Ben Ray")
    with SqlStore(database, Sealer([bytes(32)])).unit() as unit:
        for person in (ana, ben):
            unit.touches.look_by(person.organization_id, person.id, FRIDAY)
        unit.commit()
    bring(database, acme, ANA.replace("Core,,", "Core,Ben Ray,"), BEN, now=MONDAY)
    with database.connect() as connection:
        when = {row.person_id: row.look_at for row in connection.execute(sa.select(looks))}
    assert when == {ana.id: MONDAY, ben.id: FRIDAY}


def test_a_file_that_cannot_be_read_changes_nothing(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA)
    before = everything(database)
    with pytest.raises(UnreadableRoster):
        import_roster(database, acme.organization_id, acme, "name,email\nJörg,j@x.example".encode("latin-1"), MONDAY)
    assert everything(database) == before


def test_who_is_new_is_written_to_in_a_language_of_theirs_and_keeps_what_they_choose(
    database: sa.Engine, acme: Workspace
) -> None:
    data = b"name,email,languages\nAna Lee,ana@acme.example,Spanish;Deutsch"
    import_roster(database, acme.organization_id, acme, data, MONDAY)
    assert named(database, acme, "Ana Lee").language == "de"
    with database.begin() as connection:
        connection.execute(sa.update(people).values(language="en"))
    import_roster(database, acme.organization_id, acme, data, FRIDAY)
    assert named(database, acme, "Ana Lee").language == "en"


def test_admins_are_named_beside_the_file_and_stay(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA)
    data = f"{HEADER}\n{ANA}\n{BEN}".encode()
    import_roster(database, acme.organization_id, acme, data, MONDAY, admins=["ANA@acme.example"])
    bring(database, acme, ANA, BEN)
    ana, ben = named(database, acme, "Ana Lee"), named(database, acme, "Ben Ray")
    assert (ana.is_admin, ben.is_admin) == (True, False)
    due = Looks(database).claim(MONDAY, 9, timedelta(minutes=1))
    assert due == [(acme.organization_id, ana.id)], "for the digest"


def test_companies_do_not_see_each_other(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA)
    with database.begin() as connection:
        connection.execute(sa.insert(organizations).values(id="other", name="Other"))
    data = f"{HEADER}\n{BEN}".encode()
    report = import_roster(database, "other", None, data, MONDAY)
    assert (report.added, report.missing) == (1, ())
    assert [(problem.line, problem.kept) for problem in report.problems] == [(2, True)]
    with database.connect() as connection:
        account = connection.scalar(sa.select(people.c.account_id).where(people.c.organization_id == "other"))
    assert account is None


def test_the_sample_company_fills_an_empty_database_only(database: sa.Engine) -> None:
    workspace = sample_company(database, MONDAY)
    assert workspace is not None
    assert workspace.name == COMPANY
    with database.connect() as connection:
        rows = connection.execute(sa.select(people)).all()
    assert len(rows) == 12
    assert all("Sample" in row.name and row.account_id for row in rows)
    assert [row.name for row in rows if row.is_admin] == ["Ada Sample (admin)"]
    assert {row.zone for row in rows} == {"Europe/Berlin", "America/New_York", "Australia/Sydney"}
    before = everything(database)
    assert sample_company(database, FRIDAY) is None
    assert everything(database) == before


def test_somebody_else_is_there_so_no_sample_is_loaded(database: sa.Engine, acme: Workspace) -> None:
    bring(database, acme, ANA)
    assert sample_company(database, MONDAY) is None
