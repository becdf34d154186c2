"""What those who run a programme are shown rests on: who cannot be reached, what was done, pairs at a glance."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.health import seen_by_admin
from bot.domain.meeting import Answer, State
from bot.domain.mentorship import Status
from bot.domain.outlook import next_step
from bot.domain.records import AuditEntry, Said, Touch
from bot.store import Sealer, SqlStore, connect
from bot.store.queues import Deliveries
from tests.contract.company import DAY, NOW, Company
from tests.databases import sqlite_file

LEASE = timedelta(minutes=1)


@pytest.fixture
def deliveries(database: sa.Engine, sealer: Sealer) -> Deliveries:
    return Deliveries(database, sealer)


def unreachable(company: Company) -> dict[str, object]:
    with company.store.unit() as unit:
        return dict(unit.outbox.unreachable(company.id))


def give_up(company: Company, deliveries: Deliveries, reason: str, day: int) -> None:
    company.post("Hello")
    (claimed,) = deliveries.claim(NOW + day * DAY, 1, LEASE)
    assert deliveries.dead(claimed.parcel.delivery_id, claimed.token, reason, NOW + day * DAY)


def arrive(company: Company, deliveries: Deliveries, day: int) -> str:
    delivery_id = company.post("Hello")
    (claimed,) = deliveries.claim(NOW + day * DAY, 1, LEASE)
    assert deliveries.sent(delivery_id, claimed.token, f"m{day}", NOW + day * DAY)
    return delivery_id


def test_who_refused_the_last_messages_cannot_be_reached_since_the_first_of_them(
    acme: Company, deliveries: Deliveries
) -> None:
    arrive(acme, deliveries, 0)
    give_up(acme, deliveries, "account_inactive", 1)
    give_up(acme, deliveries, "account_inactive", 2)
    assert unreachable(acme) == {acme.ana: NOW + DAY}


def test_one_message_that_arrives_ends_it(acme: Company, deliveries: Deliveries) -> None:
    give_up(acme, deliveries, "account_inactive", 1)
    arrive(acme, deliveries, 2)
    assert unreachable(acme) == {}
    give_up(acme, deliveries, "blocked", 3)
    assert unreachable(acme) == {acme.ana: NOW + 3 * DAY}


@pytest.mark.parametrize("reason", ["gave_up:in_doubt", "gave_up:ratelimited", "platform_not_configured"])
def test_what_is_no_fault_of_the_account_tells_nothing(acme: Company, deliveries: Deliveries, reason: str) -> None:
    give_up(acme, deliveries, reason, 1)
    assert unreachable(acme) == {}


def test_a_card_that_cannot_be_drawn_anew_tells_nothing(acme: Company, deliveries: Deliveries) -> None:
    sent = arrive(acme, deliveries, 0)
    acme.redraw("Hello again", sent)
    (claimed,) = deliveries.claim(NOW + DAY, 1, LEASE)
    deliveries.dead(claimed.parcel.delivery_id, claimed.token, "message_not_found", NOW + DAY)
    assert unreachable(acme) == {}


def test_another_account_that_is_used_now_counts_instead(acme: Company, deliveries: Deliveries) -> None:
    give_up(acme, deliveries, "account_inactive", 1)
    with acme.store.unit() as unit:
        person = unit.people.get(acme.id, acme.ana)
        assert person is not None
        person.account_id = None
        unit.commit()
    assert unreachable(acme) == {}


def test_each_company_sees_its_own(acme: Company, deliveries: Deliveries, store: SqlStore) -> None:
    give_up(acme, deliveries, "account_inactive", 1)
    assert unreachable(Company.founded(store, "globex")) == {}


def test_only_what_was_given_up_is_looked_through(tmp_path: Path) -> None:
    engine = connect(sqlite_file(tmp_path))
    seen: list[tuple[str, tuple[str, ...]]] = []
    sa.event.listen(
        engine, "before_cursor_execute", lambda c, cursor, text, values, *rest: seen.append((text, values))
    )
    unreachable(Company.founded(SqlStore(engine, Sealer([b"k" * 32])), "acme"))
    statement = next(one for one in seen if "min(" in one[0])
    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1])]
    assert plan[0].startswith("SEARCH deliveries USING INDEX ix_deliveries_refused (organization_id=?)")
    assert any("ix_deliveries_arrived (account_id=? AND seq>?)" in line for line in plan)
    assert not any(line.startswith("SCAN") for line in plan)
    engine.dispose()


def test_the_trail_tells_deeds_by_kind_and_moment(acme: Company, store: SqlStore) -> None:
    other = Company.founded(store, "globex")
    with store.unit() as unit:
        for number, (company, action) in enumerate(
            [(acme, "pair"), (acme, "help"), (acme, "erase"), (other, "pair")]
        ):
            at = NOW + number * DAY
            unit.audit(AuditEntry(f"entry{number}", company.id, company.ben, action, company.mentorship, at))
        unit.commit()
    with store.unit() as unit:
        latest = unit.trail.latest(acme.id, ["pair", "help"], 5)
        assert [entry.id for entry in latest] == ["entry1", "entry0"], "the newest first, of these kinds only"
        assert [entry.id for entry in unit.trail.latest(acme.id, ["pair", "help"], 1)] == ["entry1"]
        assert [entry.at for entry in unit.trail.since(acme.id, "help", NOW)] == [NOW + DAY]
        assert unit.trail.since(acme.id, "help", NOW + DAY) == []


def test_a_glance_tells_the_same_of_a_pair_as_all_that_is_known(acme: Company, store: SqlStore) -> None:
    acme.meet(State.HELD, State.UNSETTLED, State.UNSETTLED)
    acme.pair("acme-quarrel", Status.ACTIVE)
    last = acme.meet(State.UNSETTLED, State.UNSETTLED, mentorship_id="acme-quarrel")[-1]
    with store.unit() as unit:
        for person_id, met in ((acme.ana, True), (acme.ben, False)):
            unit.mentorships.add(Answer(last, person_id, acme.id, 0, met, NOW))
        unit.touches.add(
            acme.id,
            acme.mentorship,
            {Touch(acme.mentorship, acme.ana, "ending", ""): Said(NOW, "", dropped="budget")},
        )
        unit.commit()
    with store.unit() as unit:
        full = unit.mentorships.of_organization(acme.id, NOW)
        glance = unit.mentorships.at_a_glance(acme.id, NOW)
        assert [one.mentorship.id for one in glance] == [one.mentorship.id for one in full]
        assert not any(one.said for one in glance)
        for days in range(0, 120, 7):
            now = NOW + days * DAY
            assert [seen_by_admin(one, now) for one in glance] == [seen_by_admin(one, now) for one in full]
            assert [next_step(one, now) for one in glance] == [next_step(one, now) for one in full]


def test_some_pairs_are_found_however_long_they_are_over(acme: Company, store: SqlStore) -> None:
    acme.pair("acme-old", Status.ENDED, NOW - 100 * DAY, end_reason="ended")
    with store.unit() as unit:
        assert [one.mentorship.id for one in unit.mentorships.at_a_glance(acme.id, NOW)] == [acme.mentorship]
        (old,) = unit.mentorships.some_at_a_glance(acme.id, ["acme-old", "unknown"])
        assert [p.person_id for p in old.present] == [acme.ben, acme.ana]
        assert unit.mentorships.some_at_a_glance("globex", ["acme-old"]) == []
        assert unit.mentorships.some_at_a_glance(acme.id, []) == []
