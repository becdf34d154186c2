"""What matching rounds have found goes some time after they are over; the rounds themselves stay."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.program import Program
from bot.matching.criteria import ENOUGH_ROUNDS
from bot.matching.outcome import Report, Why
from bot.rounds.round import RoundStatus, Word
from bot.store import SqlStore
from bot.store.tables import round_left_out, round_pairs, round_words, rounds
from tests.contract.company import DAY, NOW
from tests.contract.seekers import ORG, Seekers
from tests.contract.test_housekeeping import left, sweep

MINUTE = timedelta(minutes=1)

REPORT = Report(0, 0, 0, 0, (0,) * 10, 0, 0, 0, (), (), ())


@pytest.fixture
def company(store: SqlStore) -> Seekers:
    with_two = Seekers.founded(store, 2, 4)
    with store.unit() as unit:
        unit.programs.add(Program("other", ORG, "Leadership", NOW))
        unit.commit()
    return with_two


def over(
    company: Seekers, database: sa.Engine, round_id: str, status: RoundStatus, at: datetime, program: str = "program"
) -> None:
    """Let there be a round with two pairs, two people left out, and two words, in a state since a moment."""
    company.begin(round_id, started_at=at - DAY, program_id=program)
    of = {"round_id": round_id, "organization_id": ORG}
    more = {"score": 1, "reasons": (), "alternatives": (), "pinned": False, "dropped": False}
    with database.begin() as connection:
        changed = {"status": status, "status_at": at, "report": REPORT}
        connection.execute(sa.update(rounds).where(rounds.c.id == round_id).values(changed))
        for number in range(2):
            pair = {"id": f"{round_id}{number}", "place": number, "mentor_id": "m0", "seeker_id": f"s{number}"}
            connection.execute(sa.insert(round_pairs).values(of | more | pair))
            out = {"person_id": f"s{number + 2}", "why": Why.NO_SEAT}
            connection.execute(sa.insert(round_left_out).values(of | out))
            word = {"mentor_id": "m0", "seeker_id": f"s{number}", "word": Word.PIN}
            connection.execute(sa.insert(round_words).values(of | word))


def holding(database: sa.Engine) -> list[set[str]]:
    """Return of which rounds there are still pairs, people left out, and words."""
    return [left(database, table.c.round_id) for table in (round_pairs, round_left_out, round_words)]


@pytest.mark.parametrize("batch", [1, 500])
def test_of_a_discarded_round_nothing_is_kept_after_a_month(
    company: Seekers, database: sa.Engine, batch: int
) -> None:
    for name in ("old", "too"):
        over(company, database, name, RoundStatus.DISCARDED, NOW - 30 * DAY)
    over(company, database, "young", RoundStatus.DISCARDED, NOW - 30 * DAY + MINUTE)
    sweep(database, batch=batch)
    assert holding(database) == [{"young"}] * 3
    assert left(database, rounds.c.id) == {"old", "too", "young"}
    assert sum(sweep(database, batch=batch)) == 0


def test_of_a_round_that_is_done_pairs_and_words_are_kept_for_a_year(company: Seekers, database: sa.Engine) -> None:
    over(company, database, "old", RoundStatus.DONE, NOW - 365 * DAY)
    over(company, database, "young", RoundStatus.DONE, NOW - 365 * DAY + MINUTE)
    assert sum(sweep(database)) == 4
    assert holding(database) == [{"young"}, {"old", "young"}, {"young"}], "who was left out comes first next time"


def test_who_was_left_out_is_known_as_long_as_the_next_round_looks_at_it(
    company: Seekers, database: sa.Engine
) -> None:
    for number in range(ENOUGH_ROUNDS + 2):
        over(company, database, f"done{number}", RoundStatus.DONE, NOW - (500 - number) * DAY)
    over(company, database, "discarded", RoundStatus.DISCARDED, NOW)
    over(company, database, "elsewhere", RoundStatus.DONE, NOW - 600 * DAY, program="other")
    sweep(database)
    last = {f"done{number}" for number in range(2, ENOUGH_ROUNDS + 2)}
    assert left(database, round_left_out.c.round_id) == {*last, "discarded", "elsewhere"}


def test_what_goes_on_is_kept_however_old_it_is(company: Seekers, database: sa.Engine) -> None:
    going_on = {RoundStatus.READY, RoundStatus.INVITING, RoundStatus.INVITED}
    for status in going_on:
        over(company, database, status, status, NOW - 999 * DAY)
    assert sum(sweep(database)) == 0
    assert holding(database) == [going_on] * 3
