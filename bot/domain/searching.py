"""Searching what people wrote: whole words and their beginnings, whatever the case and the accents."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})


def matches(query: str, text: str) -> bool:
    """Tell whether each word of a query begins a word of the text.

    Umlauts are found with their dots, without, and spelt out: 'Müller' as 'muller' and as 'mueller'. A query without
    a word finds nothing.
    """
    wanted = [_spellings(word) for word in _WORD.findall(_composed(query))]
    there = {spelling for word in _WORD.findall(_composed(text)) for spelling in _spellings(word)}
    return bool(wanted) and all(
        any(word.startswith(spelling) for word in there for spelling in spellings) for spellings in wanted
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _spellings(word: str) -> set[str]:
    """Return a word without its marks, and with its umlauts spelt out."""
    return {_bare(word), _bare(word.translate(_SPELT_OUT))}


def _bare(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
