"""What a roster said that people offer and want becomes skills on the way up, and is written back on the way down."""

import json

import sqlalchemy as sa

from bot.store.migrate import downgrade, upgrade

COMPANY = """
INSERT INTO organizations VALUES ('acme', 'Acme'), ('beta', 'Beta');
INSERT INTO people (id, organization_id, name, email, language, zone, country, region, working_days, day_starts,
    day_ends, is_admin, status, away, zone_asked)
VALUES
    ('ana', 'acme', 'Ana', 'a@x.example', 'en', 'UTC', '', '', '[]', '09:00', '17:00', false, 'active', '[]', ''),
    ('ben', 'acme', 'Ben', 'b@x.example', 'en', 'UTC', '', '', '[]', '09:00', '17:00', false, 'active', '[]', ''),
    ('cleo', 'beta', 'Cleo', 'c@x.example', 'en', 'UTC', '', '', '[]', '09:00', '17:00', false, 'active', '[]', '');
INSERT INTO profiles (person_id, organization_id, team, level, manager_email, languages, offers, wants, capacity)
VALUES
    ('ana', 'acme', 'Core', '', '', '["de"]', '["Python", "Go"]', '[]', 2),
    ('ben', 'acme', '', '', '', '[]', '["go"]', '["SQL", "PYTHON", "sql", "–"]', 0),
    ('cleo', 'beta', '', '', '', '[]', '["Go"]', '[]', 0);
"""


def rows(database: sa.Engine, statement: str) -> list[tuple[object, ...]]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_nothing_that_people_offer_or_want_is_lost(database: sa.Engine) -> None:
    downgrade(database)
    upgrade(database, "0011")
    with database.begin() as connection:
        for statement in filter(str.strip, COMPANY.split(";")):
            connection.execute(sa.text(statement.replace(":", "\\:")))
    upgrade(database, "0015")
    said = "SELECT a.person_id, a.side, s.name, a.level FROM abilities a JOIN skills s ON s.id = a.skill_id "
    assert rows(database, said + "ORDER BY a.person_id, a.side, a.rank") == [
        ("ana", "offer", "Python", None),
        ("ana", "offer", "Go", None),
        ("ben", "offer", "Go", None),
        ("ben", "want", "SQL", None),
        ("ben", "want", "Python", None),
        ("cleo", "offer", "Go", None),
    ]
    listed = "SELECT organization_id, name FROM skills WHERE status = 'listed' ORDER BY organization_id, name"
    assert rows(database, listed) == [("acme", "Go"), ("acme", "Python"), ("acme", "SQL"), ("beta", "Go")]
    assert rows(database, "SELECT hours_a_month, roles, joined_at FROM profiles WHERE person_id = 'ana'") == [
        (2, "[]", None)
    ]
    downgrade(database, "0011")
    back = rows(database, "SELECT person_id, offers, wants, capacity FROM profiles ORDER BY person_id")
    assert [(who, json.loads(str(offers)), json.loads(str(wants)), seats) for who, offers, wants, seats in back] == [
        ("ana", ["Python", "Go"], [], 2),
        ("ben", ["Go"], ["SQL", "Python"], 0),
        ("cleo", ["Go"], [], 0),
    ]
