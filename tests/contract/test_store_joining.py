"""Two people become one: everything that points to the one points to the other, on both databases."""

import sqlalchemy as sa

from bot.domain.mentorship import Status
from bot.domain.own import Enrolment, Tie
from bot.domain.people import Account, Person, Platform, Workspace
from bot.domain.profile import Profile
from bot.domain.program import Program
from bot.domain.records import AuditEntry, Note, NoteKind, Said, Touch, Visibility
from bot.matching.outcome import Alternative, Part, Reason
from bot.ports import UnitOfWork
from bot.rounds.round import Round
from bot.store import Sealer
from bot.store.pointers import pointers
from bot.store.tables import people, round_pairs
from tests.contract.company import DAY, NOW, Company
from tests.contract.lived import live

EVE = "acme-eve"


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
