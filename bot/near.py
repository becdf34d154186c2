"""Words that are nearly known ones: what somebody with a slip of the finger probably meant."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA


def near(said: str, words: Iterable[str]) -> list[str]:
    """Return the words that `said` misspells, the likeliest first, and the word alone where it is one of them.

    A slip is a letter left out, doubled, wrong, or changed with its neighbour. Words of three to seven letters may
    have one slip, longer ones two; in shorter ones every slip is another word.
    """
    slips = {word: _slips(said.casefold(), word.casefold()) for word in words}
    found = sorted((count, word) for word, count in slips.items() if count is not None)
    return [word for count, word in found if count == 0] or [word for _, word in found]


def _slips(said: str, word: str) -> int | None:
    allowed = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    count = OSA.distance(said, word, score_cutoff=allowed)
    return count if count <= allowed else None
