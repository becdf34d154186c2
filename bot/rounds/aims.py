"""What the words in which somebody says what they want to reach name of their company's skills.

It is compared in memory alone: what was found is neither saved nor shown to anybody.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.matching.people import MOST_WANTS

MOST_WORDS = 3
"""How many words of a text may make up one skill, as 'java script' or 'machine learning' do."""

SHORTEST = 3
"""Shorter names are too often another word ('go', 'R'), unless a sign stands in them ('C#')."""

_WORD = re.compile(r"[^\W_]+[+#]*")


def skills_in(text: str, known: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the skills that a text names; `known` are all by their names, as `skills.key` writes them."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    found: dict[str, None] = {}
    for start in range(len(words)):
        name = ""
        for word in words[start : start + MOST_WORDS]:
            name += word
            if name in known and (len(name) >= SHORTEST or not name.isalnum()):
                found[known[name]] = None
    return frozenset(list(found)[:MOST_WANTS])
