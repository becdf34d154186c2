"""Column types of what a matching round weighs and finds, as JSON text that comes back as the very same values."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from bot.matching.order import Weights
from bot.matching.outcome import Alternative, Comparison, Part, Reason, Report, Share, Subject, Why


class Weighing(TypeDecorator[Weights]):
    """The weights of a round, by their names; a part that is new since then has its usual weight."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Weights | None, dialect: sa.Dialect) -> str | None:
        """Write them as JSON."""
        return None if value is None else json.dumps(asdict(value))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Weights | None:
        """Read them back."""
        return None if value is None else Weights(**json.loads(value))


class Reasons(TypeDecorator[tuple[Reason, ...]]):
    """Why two people fit, the strongest reason first."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Reason, ...] | None, dialect: sa.Dialect) -> str | None:
        """Write them as JSON."""
        return None if value is None else json.dumps(_bare(value))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[Reason, ...] | None:
        """Read them back."""
        return None if value is None else _reasons(json.loads(value))


class Alternatives(TypeDecorator[tuple[Alternative, ...]]):
    """Who else would fit, the best one first."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Alternative, ...] | None, dialect: sa.Dialect) -> str | None:
        """Write them as JSON."""
        if value is None:
            return None
        return json.dumps([(one.mentor, one.score, _bare(one.reasons), one.free) for one in value])

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[Alternative, ...] | None:
        """Read them back."""
        if value is None:
            return None
        rows = json.loads(value)
        return tuple(Alternative(mentor, score, _reasons(reasons), free) for mentor, score, reasons, free in rows)


class Found(TypeDecorator[Report]):
    """How good a round is, in counts, by their names."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Report | None, dialect: sa.Dialect) -> str | None:
        """Write it as JSON."""
        return None if value is None else json.dumps(asdict(value))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Report | None:
        """Read it back."""
        if value is None:
            return None
        row = json.loads(value)
        row["bins"] = tuple(row["bins"])
        row["why"] = tuple((Why(why), count) for why, count in row["why"])
        row["comparisons"] = tuple(Comparison(**one) for one in row["comparisons"])
        row["shares"] = tuple(Share(**one) for one in row["shares"])
        return Report(**row)


def _bare(reasons: Iterable[Reason]) -> list[tuple[str, str, int, str]]:
    return [(one.part, one.subject, one.figure, one.giver) for one in reasons]


def _reasons(rows: Iterable[list[Any]]) -> tuple[Reason, ...]:
    return tuple(_reason(Part(part), *rest) for part, *rest in rows)


def _reason(part: Part, subject: str, figure: int, giver: str) -> Reason:
    return Reason(part, Subject(subject) if part is Part.DIVERSITY else subject, figure, giver)
