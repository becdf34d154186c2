"""Who is mentored by their own manager is found in either database, whoever changed the profiles."""

from datetime import timedelta

import sqlalchemy as sa

from bot.domain.mentorship import Role, Status
from bot.domain.profile import Profile
from bot.store.reporting_lines import look_at_the_managed
from bot.store.tables import looks
from tests.contract.company import DAY, NOW, Company


def looked_at(database: sa.Engine) -> dict[str, object]:
    with database.connect() as connection:
        return {row.person_id: row.look_at for row in connection.execute(sa.select(looks))}


def managed(acme: Company, who: str, by: str) -> None:
    with acme.store.unit() as unit:
        unit.people.add(Profile(who, "acme", manager_email=by))
        for person_id in (acme.ana, acme.ben):
            unit.touches.look_by("acme", person_id, NOW + 30 * DAY)
        unit.commit()


def test_a_mentee_whose_mentor_is_their_manager_is_looked_at_at_once(acme: Company, database: sa.Engine) -> None:
    managed(acme, acme.ana, "BEN@acme.example")
    assert look_at_the_managed(database, NOW) == 1
    assert looked_at(database) == {acme.ana: NOW, acme.ben: NOW + 30 * DAY}
    assert look_at_the_managed(database, NOW + timedelta(hours=1)) == 0, "who is looked at already is not put off"


def test_a_mentor_whom_a_mentee_manages_or_a_mentee_of_somebody_else_is_left_alone(
    acme: Company, database: sa.Engine
) -> None:
    managed(acme, acme.ben, "ana@acme.example")
    with acme.store.unit() as unit:
        unit.people.add(Profile(acme.ana, "acme", manager_email="gus@acme.example"))
        unit.commit()
    assert look_at_the_managed(database, NOW) == 0


def test_two_mentees_of_a_group_may_well_be_each_others_manager(acme: Company, database: sa.Engine) -> None:
    managed(acme, acme.ana, "ben@acme.example")
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        for participant in facts.participants:
            participant.role = Role.MENTEE
        unit.commit()
    assert look_at_the_managed(database, NOW) == 0


def test_what_rests_or_is_over_stays_as_it_is(acme: Company, database: sa.Engine) -> None:
    managed(acme, acme.ana, "ben@acme.example")
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        facts.mentorship.status = Status.PAUSED
        unit.commit()
    assert look_at_the_managed(database, NOW) == 0
