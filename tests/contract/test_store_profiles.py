"""Profiles and skills in either database: what is said stands in its order, and folding loses nobody's level."""

import pytest
import sqlalchemy as sa

from bot.domain.people import Person, PersonStatus
from bot.domain.profile import Ability, Profile, Side
from bot.domain.skills import SkillStatus
from bot.ports import UnitOfWork
from bot.store import Sealer, SqlStore
from bot.store.tables import abilities, skills
from tests.contract.company import NOW, Company


def person(unit: UnitOfWork, person_id: str) -> Person:
    found = unit.people.get("acme", person_id)
    assert found
    return found


def test_what_somebody_says_stands_in_its_order_and_replaces_what_was_said_before(acme: Company) -> None:
    with acme.store.unit() as unit:
        ana = person(unit, acme.ana)
        python, sql = (unit.skills.add("acme", name, listed=True) for name in ("Python", "SQL"))
        unit.profiles.say(ana, Side.WANT, [Ability(sql, 1), Ability(python, None)])
        unit.profiles.say(ana, Side.OFFER, [Ability(python, 4)])
        unit.profiles.say(ana, Side.WANT, [Ability(python, 2), Ability(sql, 3)])
        unit.commit()
    with acme.store.unit() as unit:
        assert unit.profiles.abilities(acme.ana) == {
            Side.OFFER: (Ability(python, 4),),
            Side.WANT: (Ability(python, 2), Ability(sql, 3)),
        }
        assert unit.profiles.abilities(acme.ben) == {Side.OFFER: (), Side.WANT: ()}


def test_a_round_sees_everyone_who_is_active_with_all_that_they_said(acme: Company) -> None:
    with acme.store.unit() as unit:
        ana, ben = person(unit, acme.ana), person(unit, acme.ben)
        gone = Person("gone", "acme", "Gus", status=PersonStatus.LEFT)
        unit.people.add(gone, Profile("gone", "acme"), Person("new", "acme", "Nora"))
        profile = unit.profiles.of(ana)
        profile.roles, profile.formats, profile.languages = ("mentee",), ("one_on_one", "peer"), ("de", "en")
        profile.joined_at, profile.hours_a_month, profile.aims = NOW, 3, ("lead",)
        unit.profiles.save(profile)
        his = unit.profiles.of(ben)
        his.paused_at = NOW
        unit.profiles.save(his)
        unit.profiles.of(unit.people.find("acme", "Nora")[0])
        python = unit.skills.add("acme", "Python", listed=True)
        unit.profiles.say(ana, Side.WANT, [Ability(python, 2)])
        unit.profiles.say(ben, Side.OFFER, [Ability(python, 4)])
        unit.profiles.avoid(ana, [ben.id, ana.id])
        unit.profiles.aim_at(profile, "Lead a team")
        unit.profiles.aim_at(profile, "Lead a small team")
        unit.commit()
    with acme.store.unit() as unit:
        first, second = unit.profiles.everyone("acme")
        assert list(unit.profiles.everyone("elsewhere")) == []
        assert unit.profiles.goal(unit.profiles.of(person(unit, acme.ana))) == "Lead a small team"
    assert (first.person_id, first.name, first.roles, first.formats) == (
        acme.ana,
        "Ana Öztürk",
        ("mentee",),
        ("one_on_one", "peer"),
    )
    assert (first.languages, first.joined_at, first.hours_a_month, first.aims) == (("de", "en"), NOW, 3, ("lead",))
    assert (first.wants, first.offers, first.not_with) == ((Ability(python, 2),), (), frozenset({acme.ben}))
    assert (first.goal, first.paused) == ("Lead a small team", False)
    assert (second.offers, second.not_with, second.paused, second.joined_at) == (
        (Ability(python, 4),),
        frozenset(),
        True,
        None,
    )
    assert first.working_time == second.working_time == ana.working_time
    assert "small team" not in repr(first)
    assert acme.ben not in repr(first), "what is secret is in no trace"


def test_what_people_add_is_sealed_and_what_the_company_lists_is_not(
    acme: Company, database: sa.Engine, sealer: Sealer
) -> None:
    with acme.store.unit() as unit:
        added = unit.skills.add("acme", "Lock picking", listed=False)
        listed = unit.skills.add("acme", "Python", listed=True)
        unit.profiles.say(person(unit, acme.ana), Side.OFFER, [Ability(added), Ability(listed)])
        unit.commit()
    with database.connect() as connection:
        stored = {row.id: row for row in connection.execute(sa.select(skills))}
    assert (stored[listed].name, stored[listed].sealed) == ("Python", None)
    assert stored[added].name == ""
    assert sealer.open(stored[added].sealed, added) == "Lock picking"
    with acme.store.unit() as unit:
        assert [skill.name for skill in unit.skills.all("acme").public] == ["Python"], "one person's words are theirs"
        unit.profiles.say(person(unit, acme.ben), Side.WANT, [Ability(added)])
        assert [skill.name for skill in unit.skills.all("acme").public] == ["Lock picking", "Python"]
        unit.skills.enlist(added, "Locksmithing")
        found = unit.skills.all("acme").find("locksmithing")
        assert found and (found.id, found.status, found.people) == (added, SkillStatus.LISTED, 2)


def test_what_nobody_has_any_more_is_forgotten_unless_the_company_lists_it(acme: Company) -> None:
    with acme.store.unit() as unit:
        ana = person(unit, acme.ana)
        own, other, listed = (unit.skills.add("acme", n, listed=n == "SQL") for n in ("Knots", "Sails", "SQL"))
        unit.profiles.say(ana, Side.OFFER, [Ability(own), Ability(other), Ability(listed)])
        unit.skills.keep_apart("acme", own, other)
        unit.skills.keep_apart("acme", other, own)
        assert unit.skills.apart("acme") == {frozenset((own, other))}
        unit.profiles.say(ana, Side.OFFER, [Ability(other)])
        assert [skill.name for skill in unit.skills.all("acme").own] == ["Sails", "SQL"]
        assert unit.skills.apart("acme") == set()
        unit.commit()


def test_folding_keeps_the_higher_level_and_the_place_nearer_to_the_top(acme: Company) -> None:
    with acme.store.unit() as unit:
        ana, ben = person(unit, acme.ana), person(unit, acme.ben)
        short, whole, sql = (unit.skills.add("acme", name, listed=True) for name in ("ECMA", "JavaScript", "SQL"))
        older = unit.skills.add("acme", "LiveScript", listed=True)
        unit.skills.fold(older, short)
        unit.profiles.say(ana, Side.OFFER, [Ability(short, 5), Ability(sql, 2), Ability(whole, 3)])
        unit.profiles.say(ana, Side.WANT, [Ability(sql, 1), Ability(short, 2)])
        unit.profiles.say(ben, Side.OFFER, [Ability(whole, 4), Ability(short)])
        unit.skills.keep_apart("acme", short, sql)
        unit.skills.fold(short, whole)
        unit.commit()
    with acme.store.unit() as unit:
        assert unit.profiles.abilities(acme.ana) == {
            Side.OFFER: (Ability(whole, 5), Ability(sql, 2)),
            Side.WANT: (Ability(sql, 1), Ability(whole, 2)),
        }
        assert unit.profiles.abilities(acme.ben)[Side.OFFER] == (Ability(whole, 4),)
        found = unit.skills.all("acme")
        assert found.name(short) == found.name(older) == "JavaScript"
        assert [skill.name for skill in found.own] == ["JavaScript", "SQL"]
        assert unit.skills.apart("acme") == set()


def test_two_spellings_of_one_skill_become_one_where_they_are_met(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        added, listed = (
            unit.skills.add("acme", "java script", listed=False),
            unit.skills.add("acme", "JS", listed=True),
        )
        unit.profiles.say(person(unit, acme.ana), Side.WANT, [Ability(added, 2)])
        assert unit.skills.all("acme").name(listed) == "JS"
        unit.commit()
    with database.connect() as connection:
        assert list(connection.scalars(sa.select(skills.c.id))) == [listed]
    with acme.store.unit() as unit:
        assert unit.profiles.abilities(acme.ana)[Side.WANT] == (Ability(listed, 2),)


def test_the_tables_hold_what_must_hold(acme: Company, database: sa.Engine, store: SqlStore) -> None:
    Company.founded(store, "beta")
    with store.unit() as unit:
        skill = unit.skills.add("beta", "Python", listed=True)
        unit.commit()
    row = {"person_id": acme.ana, "side": Side.OFFER, "organization_id": "acme", "rank": 0, "level": 3}
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(sa.insert(abilities).values({**row, "skill_id": skill}))
    with store.unit() as unit:
        skill = unit.skills.add("acme", "Python", listed=True)
        unit.commit()
    for level in (0, 6):
        with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
            connection.execute(sa.insert(abilities).values({**row, "skill_id": skill, "level": level}))
    wrong = (("listed", "Go", b"x"), ("added", "Go", b"x"), ("added", "", None), ("added", "Go", None))
    for status, name, sealed in wrong:
        add = sa.insert(skills).values(id="s", organization_id="acme", status=status, name=name, sealed=sealed)
        with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
            connection.execute(add)
