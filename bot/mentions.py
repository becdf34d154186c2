"""The people named in a typed line, as mentions, or as names and addresses with something between; the programme."""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"\s*[,;\n]\s*|\s+(?:and|und)\s+")
_MENTION = re.compile(r"\s*(?=<@)|\s+(?=@)|(?<=>)\s*")


def listed(line: str) -> list[str]:
    """Return who is named in a line, in its order, each as it was typed: commas, 'and' and mentions divide them."""
    parts = [part for piece in _BETWEEN.split(line) for part in _MENTION.split(piece)]
    return [part.strip() for part in parts if part.strip(" @")]


def named(line: str) -> list[str]:
    """Return who is named in a line of several; where nothing else divides them, spaces do: 'ben@x.org ana@x.org'."""
    names = listed(line)
    return line.split() if len(names) == 1 else names


def behind_in(line: str, names: Iterable[str]) -> tuple[str, str]:
    """Return which of some names of programmes a line has behind 'in', the longest that fits, and the rest of it."""
    for name in sorted(names, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, name.split()))
        if found := re.search(rf"(?:^|\s)in\s+{pattern}(?=\s|$)", line, re.IGNORECASE):
            return name, f"{line[: found.start()]} {line[found.end() :]}".strip()
    return "", line
