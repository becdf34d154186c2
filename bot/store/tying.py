"""Two workspaces of one company, as Slack's and Teams' are, tied by the operator before the second is used.

And two people who are one: all rows that point to the one point to the other then.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.people import Platform
from bot.matching.outcome import Alternative, Reason
from bot.store.engine import writing
from bot.store.pointers import pointers
from bot.store.tables import audit, people, round_pairs, workspaces

_KNOWN = sa.select(workspaces.c.organization_id).where(
    workspaces.c.platform == sa.bindparam("platform"), workspaces.c.external_id == sa.bindparam("external_id")
)


class CannotTie(Exception):
    """Workspaces that cannot be of one company; the message is one line that says why."""


def tie(engine: sa.Engine, first: tuple[Platform, str], second: tuple[Platform, str]) -> None:
    """Let the second workspace be of the same company as the first, each by its platform and the platform's own id.

    Twice changes nothing. Raises CannotTie where the first is not known, or the second is of another company already.
    """
    with writing(engine) as connection:
        company = connection.scalar(_KNOWN, _keys(first))
        if company is None:
            raise CannotTie(f"Nobody of {first[1]} is known yet: let somebody write to the bot there first.")
        other = connection.scalar(_KNOWN, _keys(second))
        if other not in (None, company):
            raise CannotTie(f"{second[1]} has a company of its own already: tie it before the bot is used there.")
        if other is None:
            row = {"id": new_id(), "organization_id": company, "name": second[1], **_keys(second)}
            connection.execute(sa.insert(workspaces).values(**row))


_keep, _gone = (sa.bindparam(name, type_=sa.Text) for name in ("keep", "gone"))


def _keys_of(table: sa.FromClause) -> list[sa.PrimaryKeyConstraint | sa.UniqueConstraint]:
    assert isinstance(table, sa.Table)
    return [one for one in table.constraints if isinstance(one, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]


def _between() -> Iterator[sa.Executable]:
    """Yield what deletes rows that say of the two how they stand to each other."""
    by_table: defaultdict[str, list[sa.Column[str]]] = defaultdict(list)
    for pointer in pointers(people.c.id):
        by_table[pointer.table.name].append(pointer)
    for both in by_table.values():
        if any(set(both) <= set(key.columns) for key in _keys_of(both[0].table)) and len(both) > 1:
            yield sa.delete(both[0].table).where(*(pointer.in_((_keep, _gone)) for pointer in both))


def _moved(pointer: sa.Column[str]) -> Iterator[sa.Executable]:
    """Yield what lets a column point to one person in place of another, where a key allows only one: to their own."""
    table = pointer.table
    for columns in (key.columns for key in _keys_of(table) if pointer in list(key.columns)):
        twin = table.alias()
        rest = (twin.c[column.name] == column for column in columns if column is not pointer)
        yield sa.delete(table).where(pointer == _gone, sa.exists().where(twin.c[pointer.name] == _keep, *rest))
    yield sa.update(table).where(pointer == _gone).values({pointer: _keep})


_LOCKED = sa.select(people.c.id).where(people.c.id.in_((_keep, _gone))).order_by(people.c.id).with_for_update()
_JOIN = (
    *_between(),
    *(statement for pointer in pointers(people.c.id) for statement in _moved(pointer)),
    sa.update(audit).where(audit.c.subject_id == _gone).values(subject_id=_keep),
    sa.delete(people).where(people.c.id == _gone),
)

_pair = round_pairs.c
_NAMING = sa.select(_pair.id, _pair.mentor_id, _pair.seeker_id, _pair.reasons, _pair.alternatives).where(
    _pair.organization_id == sa.select(people.c.organization_id).where(people.c.id == _keep).scalar_subquery(),
    sa.or_(*(column.cast(sa.Text).contains(_gone) for column in (_pair.reasons, _pair.alternatives))),
)
"""Proposed pairs in whose reasons or alternatives the one who goes is named."""

_NAME = sa.update(round_pairs).where(_pair.id == sa.bindparam("pair_id"))


def join(connection: sa.Connection, keep: str, gone: str) -> None:
    """Let everything of one person be another's, by their ids; the row of the first goes.

    Of what one person has once, as a profile is, the other's stays. Whoever writes a row of the one who goes at the
    same time fails, and finds the other when trying again.
    """
    keys = {"keep": keep, "gone": gone}
    connection.execute(_LOCKED, keys).all()
    for statement in _JOIN:
        connection.execute(statement, keys)
    for row in connection.execute(_NAMING, keys).all():
        others = {one.mentor: one for one in (_instead(one, keep, gone) for one in row.alternatives)}
        told = {
            "reasons": _given(row.reasons, keep, gone),
            "alternatives": tuple(one for one in others.values() if one.mentor not in (row.mentor_id, row.seeker_id)),
        }
        connection.execute(_NAME.values(told), {"pair_id": row.id})


def _instead(one: Alternative, keep: str, gone: str) -> Alternative:
    """Return another choice in which what one of the two is, is the other."""
    return replace(one, mentor=keep if one.mentor == gone else one.mentor, reasons=_given(one.reasons, keep, gone))


def _given(reasons: Sequence[Reason], keep: str, gone: str) -> tuple[Reason, ...]:
    return tuple(replace(one, giver=keep) if one.giver == gone else one for one in reasons)


def _keys(one: tuple[Platform, str]) -> dict[str, str]:
    return {"platform": one[0], "external_id": one[1]}
