"""What a roster says of each person, and what was wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file. None means that the file says nothing about it; '' and () mean that there is none.

    `line` counts from 1, the header included. `manager` is an e-mail address or a name.
    """

    line: int
    name: str
    email: str
    team: str | None = None
    level: str | None = None
    manager: str | None = None
    zone: str | None = None
    country: str | None = None
    languages: tuple[str, ...] | None = None
    offers: tuple[str, ...] | None = None
    wants: tuple[str, ...] | None = None
    capacity: int | None = None
    days: tuple[int, ...] | None = None
    hours: tuple[time, time] | None = None

    @property
    def language(self) -> str:
        """The language to write in at first: the first of the person's that the bot speaks, else English."""
        return next((language for language in self.languages or () if language in LANGUAGES), "en")

    def of_person(self) -> dict[str, object]:
        """Return what the file says for a `Person`, by its field."""
        starts, ends = self.hours or (None, None)
        return _said(
            name=self.name,
            zone=self.zone,
            country=self.country,
            working_days=self.days,
            day_starts=starts,
            day_ends=ends,
        )

    def of_profile(self) -> dict[str, object]:
        """Return what the file says for a `Profile`, by its field; its manager is an address by now."""
        return _said(
            team=self.team,
            level=self.level,
            manager_email=self.manager,
            languages=self.languages,
            capacity=self.capacity,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line of the file was left out, or, where `kept`, what of it was left out."""

    line: int
    reason: str
    kept: bool = False

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Roster:
    """The good lines of a file, and the problems of the others.

    `emails` are all addresses in the file, also those of lines that were left out, each with the names beside it;
    `ignored` are the headings of columns that mean nothing to us.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    emails: Mapping[str, str]
    ignored: tuple[str, ...] = ()

    def with_managers(self, known: Mapping[str, str]) -> "Roster":
        """Return the roster with managers as addresses, found in the file or among `known`: names by address.

        Somebody whose manager is not found, or not certain, is kept, and the manager left out with a problem.
        """
        names: dict[str, list[str]] = {}
        emails = {**known, **self.emails}
        for email, name in emails.items():
            names.setdefault(name.casefold(), []).append(email)
        rows: list[Row] = []
        problems = list(self.problems)
        for row in self.rows:
            found = _manager(row.manager, emails, names) if row.manager else [row.manager]
            if len(found) == 1:
                rows.append(replace(row, manager=found[0]))
                continue
            why = (
                "is more than one person; write the e-mail address" if found else "is nobody in this file, nor known"
            )
            reason = f"the manager '{row.manager}' {why} ({row.name} was taken in without)"
            rows.append(replace(row, manager=None))
            problems.append(Problem(row.line, reason, kept=True))
        return replace(self, rows=tuple(rows), problems=tuple(sorted(problems, key=lambda problem: problem.line)))


def _manager(text: str, emails: Collection[str], names: Mapping[str, list[str]]) -> list[str]:
    key = text.casefold()
    return [key] if key in emails else names.get(key, [])


def _said(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
