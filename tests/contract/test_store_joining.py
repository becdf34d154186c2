"""Two people become one: everything that points to the one points to the other, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.mentorship import Format, Status
from bot.domain.own import Enrolment, Tie
from bot.domain.people import Account, Person, Platform, Workspace
from bot.domain.profile import Profile
from bot.domain.program import Program
from bot.domain.proposing import proposed
from bot.domain.records import AuditEntry, Note, NoteKind, Said, Touch, Visibility
from bot.matching.outcome import Alternative, Part, Reason
from bot.ports import UnitOfWork
from bot.rounds.round import Round
from bot.store import Sealer, SqlStore, connect
from bot.store.pointers import pointers
from bot.store.tables import people, round_pairs
from tests.contract.company import DAY, NOW, Company
from tests.contract.lived import live
from tests.databases import copy_of

EVE = "acme-eve"
WAITING = sa.text("SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0")


def eve_in_teams(unit: UnitOfWork) -> Person:
    """Give Ana a second account, as a person of its own."""
    teams = Workspace("acme-teams", "acme", Platform.TEAMS, "tenant", "Acme")
    eve = Person(EVE, "acme", "Ana in Teams", account_id=EVE)
    unit.people.add(teams, eve, Account(EVE, "acme", teams.id, EVE, Platform.TEAMS, "U-eve", "D2"))
    unit.people.add(Profile(EVE, "acme", team="Other"))
    unit.enrolments.add(Enrolment(EVE, "acme", NOW))
    return eve


def join(acme: Company) -> None:
    with acme.store.unit() as unit:
        ana, eve = unit.people.get("acme", acme.ana), unit.people.get("acme", EVE)
        assert ana and eve
        unit.ties.join(ana, eve)
        unit.touches.look_by("acme", EVE, NOW)
        unit.commit()


def test_nothing_points_to_who_is_gone_and_nothing_is_lost(
    acme: Company, database: sa.Engine, sealer: Sealer
) -> None:
    live(acme, database, sealer)
    acme.pair("acme-second", Status.ACTIVE)
    with acme.store.unit() as unit:
        eve_in_teams(unit)
        unit.commit()
    with database.begin() as connection:
        moved = (
            "UPDATE participants SET person_id = 'acme-eve' WHERE mentorship_id = 'acme-second' AND person_id = :ana"
        )
        connection.execute(sa.text(moved), {"ana": acme.ana})
    meeting = acme.meet(*[], mentorship_id="acme-second")
    assert meeting == []
    held = "acme-pair-0"
    with acme.store.unit() as unit:
        note = Note("by-eve", "acme", "acme-second", held, EVE, NoteKind.NOTE, "note", "words-of-eve", NOW)
        unit.words.write(note, "written in Teams", Visibility.PAIR)
        unit.touches.add("acme", "", {Touch("", EVE, "take_part", ""): Said(NOW, "", dropped="budget")})
        unit.audit(AuditEntry("by-ben", "acme", acme.ben, "admin_added", EVE, NOW))
        unit.ties.add(Tie("tie-2", "acme", acme.ana, EVE, NOW))
        unit.commit()
    join(acme)
    with acme.store.unit() as unit:
        ana = unit.people.get("acme", acme.ana)
        assert ana and unit.people.get("acme", EVE) is None
        assert {account.platform for account in unit.people.accounts(acme.ana)} == {"slack", "teams"}
        mine = {facts.mentorship.id for facts in unit.mentorships.of_person(acme.ana, NOW)}
        assert mine == {"acme-pair", "acme-second"}
        assert "written in Teams" in [entry.text for entry in unit.words.record("acme-second", acme.ana)]
        assert [tie.id for tie in unit.ties.of_person(acme.ana)] == ["tie"], "the one between the two is gone"
        own = unit.ties.own(acme.ana)
        assert own.enrolment and own.enrolment.answered_at == NOW + DAY, "she had answered, and is not asked again"
        assert [touch.kind for touch in own.said] == ["take_part"]
        assert [entry.subject_id for entry in unit.trail.latest("acme", ["admin_added"], 5)] == [acme.ana]
        assert unit.belongings(ana)["profile"][0]["team"] == "Zeppelins", "her own profile stays"
    with database.connect() as connection:
        for pointer in pointers(people.c.id):
            assert connection.scalar(sa.select(sa.func.count()).where(pointer == EVE)) == 0, str(pointer)


def test_what_only_the_one_had_is_the_others(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        eve_in_teams(unit)
        unit.commit()
    join(acme)
    with acme.store.unit() as unit:
        ana = unit.people.get("acme", acme.ana)
        assert ana
        assert unit.belongings(ana)["profile"][0]["team"] == "Other"
        enrolment = unit.enrolments.get(acme.ana)
        assert enrolment and enrolment.answered_at is None
    with database.connect() as connection:
        looked_at = connection.scalar(sa.text("SELECT look_at FROM looks WHERE person_id = 'acme-ana'"))
        assert looked_at is not None


def test_a_proposed_pair_names_nobody_who_is_gone(acme: Company, database: sa.Engine) -> None:
    """Eve was another choice for Dan, beside Ana, and gives what Ben was chosen for; for Ana she was one as well."""
    ability = Reason(Part.WANTED, "python", 1, EVE)
    ana, eve = (Alternative(one, 7_000, (ability,), free=True) for one in (acme.ana, EVE))
    with acme.store.unit() as unit:
        eve_in_teams(unit)
        unit.people.add(Person("dan", "acme", "Dan"))
        unit.programs.add(Program("program", "acme", "Mentoring", NOW))
        unit.rounds.add(Round("round", "acme", "program", acme.ben, NOW, seed=1))
        unit.commit()
    pairs = (("dan", (ana, eve)), (acme.ana, (eve,)))
    with database.begin() as connection:
        for place, (seeker, others) in enumerate(pairs):
            row = {"id": f"pair-{place}", "organization_id": "acme", "round_id": "round", "place": place}
            row |= {"mentor_id": acme.ben, "seeker_id": seeker, "score": 8_000, "pinned": False, "dropped": False}
            connection.execute(sa.insert(round_pairs), row | {"reasons": (ability,), "alternatives": others})
    join(acme)
    with acme.store.unit() as unit:
        first, second = (unit.rounds.pair("acme", f"pair-{place}") for place in range(2))
        assert first and second
        assert [one.mentor for one in first.alternatives] == [acme.ana]
        assert {one.giver for one in (*first.reasons, *first.alternatives[0].reasons)} == {acme.ana}
        assert second.alternatives == (), "nobody is another choice for themselves"


def test_two_of_one_mentorship_are_known_as_such(acme: Company) -> None:
    with acme.store.unit() as unit:
        eve_in_teams(unit)
        assert unit.ties.share_a_mentorship(acme.ana, acme.ben)
        assert not unit.ties.share_a_mentorship(acme.ana, EVE)


@pytest.mark.postgres
def test_nobody_is_paired_with_themselves_while_two_become_one(postgres: str, sealer: Sealer) -> None:
    """Somebody pairs Ana and Eve in the moment in which both turn out to be one: they are told that it cannot be."""
    with copy_of(postgres) as url, ThreadPoolExecutor(1) as pool:
        engine = connect(url)
        acme = Company.founded(SqlStore(engine, sealer), "acme")
        with acme.store.unit() as unit:
            eve_in_teams(unit)
            unit.commit()
        with acme.store.unit() as unit, engine.connect() as watch:
            ana, eve = unit.people.get("acme", acme.ana), unit.people.get("acme", EVE)
            assert ana and eve
            assert not unit.ties.share_a_mentorship(ana.id, eve.id)
            pairing = pool.submit(pair_up, acme.store, ana.id, eve.id)
            while not pairing.done() and not watch.scalar(WAITING):
                watch.rollback()
            unit.ties.join(ana, eve)
            unit.commit()
        with pytest.raises(IntegrityError):
            pairing.result()
        engine.dispose()


def pair_up(store: SqlStore, mentor_id: str, mentee_id: str) -> None:
    with store.unit() as unit:
        people = [unit.people.get("acme", one) for one in (mentor_id, mentee_id)]
        facts = proposed(Format.ONE_ON_ONE, [one for one in people if one], Program("none", "acme", "", NOW), NOW)
        facts.mentorship.program_id = None
        unit.mentorships.add(facts.mentorship, *facts.participants)
        unit.commit()
