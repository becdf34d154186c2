"""Words that are nearly known ones: what somebody with a slip of the finger probably meant."""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process, utils
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


def alike_pairs(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of any two names that are alike, in the order in which the names stand.

    All are compared with all, so it is done in few calls: of thousands of names most differ too much to be looked at.
    """
    plain = [utils.default_process(name) for name in names]
    in_order = [" ".join(sorted(name.split())) for name in plain]
    for place, name in enumerate(names):
        rest = place + 1
        slips = process.extract_iter(plain[place], plain[rest:], scorer=OSA.distance, processor=None, score_cutoff=2)
        words = process.extract_iter(
            in_order[place], in_order[rest:], scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE
        )
        for other in sorted({rest + number for found in (slips, words) for _, _, number in found}):
            if alike(name, names[other]):
                yield place, other


def _telling(name: str) -> list[str]:
    return [sign for sign in name if sign.isdigit() or sign in "+#"]


def _slips(said: str, word: str) -> int | None:
    allowed = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    count = OSA.distance(said, word, score_cutoff=allowed)
    return count if count <= allowed else None
