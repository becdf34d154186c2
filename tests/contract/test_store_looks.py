"""Whose look has come: claimed once, by one of several tickers."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.people import Person
from bot.store import SqlStore
from bot.store.queues import Looks
from tests.contract.company import DAY, NOW, Company
from tests.contract.test_store_locks import at_once

MINUTE = timedelta(minutes=1)
LAPSED = timedelta(seconds=-1)
"""A lease that is over when it begins, so that no test has to wait for one."""


@pytest.fixture
def queue(database: sa.Engine) -> Looks:
    return Looks(database)


def crowd(store: SqlStore, count: int) -> set[str]:
    people = [Person(f"p{number:03}", "acme", f"Person {number}") for number in range(count)]
    with store.unit() as unit:
        unit.people.add(*people)
        for number, person in enumerate(people):
            unit.touches.look_by("acme", person.id, NOW - number * MINUTE)
        unit.commit()
    return {person.id for person in people}


def test_who_is_due_is_claimed_the_longest_due_first_and_not_again(acme: Company, queue: Looks) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.touches.look_by("acme", acme.ben, NOW - DAY)
        unit.commit()
    assert queue.earliest() == NOW - DAY
    assert [queue.overdue(NOW + days * DAY) for days in (-2, -1, 0)] == [0, 1, 2]
    assert queue.claim(NOW - 2 * DAY, 9, MINUTE) == []
    assert queue.claim(NOW, 1, MINUTE) == [("acme", acme.ben)]
    assert queue.claim(NOW, 9, MINUTE) == [("acme", acme.ana)]
    assert queue.claim(NOW, 9, MINUTE) == []


def test_a_moved_clock_makes_due_and_leaves_the_lease_alone(acme: Company, queue: Looks) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW + 400 * DAY)
        unit.commit()
    assert queue.claim(NOW, 9, MINUTE) == []
    assert queue.claim(NOW + 400 * DAY, 9, MINUTE) == [("acme", acme.ana)]
    assert queue.claim(NOW + 800 * DAY, 9, MINUTE) == []


def test_after_a_look_the_next_one_can_be_claimed_at_once(acme: Company, queue: Looks) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.commit()
    queue.claim(NOW, 9, MINUTE)
    with acme.store.unit() as unit:
        unit.mentorships.of_person(acme.ana, NOW)
        unit.touches.look_next(acme.ana, NOW + DAY)
        unit.commit()
    assert queue.claim(NOW, 9, MINUTE) == []
    assert queue.claim(NOW + DAY, 9, MINUTE) == [("acme", acme.ana)]
    with acme.store.unit() as unit:
        unit.touches.look_next(acme.ana, None)
        unit.commit()
    assert queue.claim(NOW + 999 * DAY, 9, MINUTE) == []
    assert queue.earliest() is None


def test_who_was_claimed_by_a_ticker_that_died_is_claimed_again(acme: Company, queue: Looks) -> None:
    with acme.store.unit() as unit:
        unit.touches.look_by("acme", acme.ana, NOW)
        unit.commit()
    assert queue.claim(NOW, 9, LAPSED) == [("acme", acme.ana)]
    assert queue.claim(NOW, 9, MINUTE) == [("acme", acme.ana)]


def test_two_tickers_never_claim_the_same_person(acme: Company, queue: Looks) -> None:
    everybody = crowd(acme.store, 100)

    def take_all() -> list[str]:
        taken: list[str] = []
        while batch := queue.claim(NOW, 7, MINUTE):
            taken += [person_id for _, person_id in batch]
        return taken

    one, other = at_once(take_all, take_all)
    assert isinstance(one, list)
    assert isinstance(other, list)
    while rest := queue.claim(NOW, 7, MINUTE):  # those that each left to the other while both were busy
        one += [person_id for _, person_id in rest]
    assert sorted(one + other) == sorted(everybody)
