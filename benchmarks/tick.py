"""A tick with nobody due and one with 100 people due, while many more wait for a later day."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from benchmarks.company import START, Company, open_company
from benchmarks.figures import Figure, median_ms
from bot.domain.people import Person
from bot.store.engine import writing
from bot.store.tables import looks, people

SIZES = (1_000, 100_000, 1_000_000)
EMPTY_ROUNDS = 51
MEETS_AT = START + timedelta(days=3)
_LATER = "2028-01-01"


async def measure(folder: Path, sizes: Sequence[int] = SIZES, pairs: int = 50, rounds: int = 5) -> list[Figure]:
    """Measure at each size; every round looks at pairs of its own, for which agenda and brief are due."""
    empty: dict[int, float] = {}
    full: dict[int, float] = {}
    for size in sizes:
        with open_company(folder / str(size)) as company:
            mentors, mentees = company.hire(pairs * rounds), company.hire(pairs * rounds)
            for both in zip(mentors, mentees, strict=True):
                company.pair(*both, MEETS_AT)
            _crowd(company, mentors[0], size)
            company.clock.moment = MEETS_AT - timedelta(hours=20)
            empty[size] = median_ms([await _tick(company, 0) for _ in range(EMPTY_ROUNDS)])
            full[size] = median_ms(
                [
                    await _round(company, [*mentors[at : at + pairs], *mentees[at : at + pairs]])
                    for at in range(0, len(mentors), pairs)
                ]
            )
    first = sizes[0]
    return [
        *(_figure("empty", size, value, empty[first], ", and ≤ 10 ms") for size, value in empty.items()),
        *(_figure(f"{2 * pairs}_due", size, value, full[first], "") for size, value in full.items()),
    ]


def _figure(name: str, size: int, value: float, smallest: float, more: str) -> Figure:
    compared = f"{value / smallest:.2f}× the smallest; target ≤ 2× apart{more}"
    return Figure(f"tick.{name}.of_{size}", value, "ms", compared)


async def _round(company: Company, due: list[Person]) -> float:
    company.look_at(due)
    return await _tick(company, len(due))


async def _tick(company: Company, expected: int) -> float:
    """Return the seconds of a tick, which must speak to as many people as expected."""
    sent = company.chat.messages
    began = perf_counter()
    said = await company.app.tick()
    took = perf_counter() - began
    if (said, company.chat.messages - sent) != (expected, expected):
        raise AssertionError(f"{expected} were due, {said} were spoken to")
    return took


def _crowd(company: Company, like: Person, count: int) -> None:
    """Add people like one, each to be looked at in a second of its own on a later day.

    The write-ahead log, huge after so many rows at once, is then brought into the file, where old rows are kept.
    """
    number = sa.select(sa.literal(1).label("n")).cte("number", recursive=True)
    number = number.union_all(sa.select(number.c.n + 1).where(number.c.n < count))
    key = sa.literal("crowd-").concat(sa.cast(number.c.n, sa.Text))
    later = sa.func.strftime("%Y-%m-%d %H:%M:%S.000000", _LATER, sa.cast(number.c.n, sa.Text).concat(" seconds"))
    model = people.alias()
    own: dict[str, sa.ColumnElement[Any]] = {"id": key, "account_id": sa.null()}
    as_people = sa.select(*(own.get(column.name, column) for column in model.c)).select_from(
        model.join(number, sa.true())
    )
    as_looks = sa.select(key, sa.literal(company.organization.id), later, sa.literal(0)).select_from(number)
    with writing(company.database) as connection:
        connection.execute(sa.insert(people).from_select(list(people.c), as_people.where(model.c.id == like.id)))
        columns = ["person_id", "organization_id", "look_at", "changes"]
        connection.execute(sa.insert(looks).from_select(columns, as_looks))
    with closing(sqlite3.connect(str(company.database.url.database))) as connection_of_sqlite:
        connection_of_sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")
