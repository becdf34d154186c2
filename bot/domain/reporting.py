"""Reporting lines: who is above whom."""

from collections.abc import Mapping


def chain(person_id: str, boss: Mapping[str, str]) -> tuple[str, ...]:
    """Return everybody above somebody, their own manager first; a circle is gone round once.

    `boss` holds the manager of each who has one, by their ids.
    """
    found: dict[str, None] = {}
    above = boss.get(person_id)
    while above and above != person_id and above not in found:
        found[above] = None
        above = boss.get(above)
    return tuple(found)
