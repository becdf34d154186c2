"""A long form in parts, for platforms on which a person would have to scroll through it."""

from collections.abc import Container, Sequence
from itertools import pairwise

from bot.messages import Field

FIELDS_TOGETHER = 5
"""Fields of a form that are shown at once; ours, about what a phone shows with a little scrolling."""


def parts(fields: Sequence[Field]) -> list[Sequence[Field]]:
    """Return fields in as few parts as are short enough, all about as long; there is always one."""
    count = max(-(-len(fields) // FIELDS_TOGETHER), 1)
    ends = [round(len(fields) * number / count) for number in range(count + 1)]
    return [fields[start:end] for start, end in pairwise(ends)]


def first_to_mend(shown: Sequence[Sequence[Field]], errors: Container[str]) -> int | None:
    """Return the number of the first part, from 0, in which a field is wrong, by name; None where there is none."""
    wrong = (number for number, fields in enumerate(shown) if any(field.name in errors for field in fields))
    return next(wrong, None)
