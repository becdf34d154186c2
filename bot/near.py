"""Words that are nearly known ones: what somebody with a slip of the finger probably meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import OSA

_ALIKE = 86
"""How alike two names must be, of 100, before somebody is asked whether they mean the same."""


def near(said: str, words: Iterable[str]) -> list[str]:
    """Return the words that `said` misspells, the likeliest first, and the word alone where it is one of them.

    A slip is a letter left out, doubled, wrong, or changed with its neighbour. Words of three to seven letters may
    have one slip, longer ones two; in shorter ones every slip is another word.
    """
    slips = {word: _slips(said.casefold(), word.casefold()) for word in words}
    found = sorted((count, word) for word, count in slips.items() if count is not None)
    return [word for count, word in found if count == 0] or [word for _, word in found]


def alike(one: str, other: str) -> bool:
    """Tell whether two names are so like each other that they may mean the same, in whatever order their words are.

    Two that differ in a number or in a sign, such as C and C++, do not.
    """
    first, second = utils.default_process(one), utils.default_process(other)
    if _telling(one) != _telling(other):
        return False
    return bool(_slips(first, second)) or fuzz.token_sort_ratio(first, second, score_cutoff=_ALIKE) > 0


def _telling(name: str) -> list[str]:
    return [sign for sign in name if sign.isdigit() or sign in "+#"]


def _slips(said: str, word: str) -> int | None:
    allowed = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    count = OSA.distance(said, word, score_cutoff=allowed)
    return count if count <= allowed else None
