"""The people named in a typed line: mentions, or names and addresses with something between them."""

import re

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
