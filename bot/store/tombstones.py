"""A file of the ids of everybody whose data were erased.

It outlives the database, so that a restored backup forgets them again.
"""

import os
from collections.abc import Collection
from pathlib import Path


class Tombstones:
    """The file: one id a line, nothing else, and lines are only ever added. It is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ids(self) -> frozenset[str]:
        """Return whose data were erased."""
        if not self._path.exists():
            return frozenset()
        return frozenset(self._path.read_text(encoding="utf-8").split())

    def add(self, ids: Collection[str]) -> None:
        """Add ids, so that they are there when the power fails the moment after.

        Raises:
            OSError: the file cannot be written.
        """
        new = sorted(set(ids) - self.ids())
        if not new:
            return
        # A line that a crash cut short is ended first, lest it swallow the next one.
        with open(os.open(self._path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(f"\n{one}" for one in new) + "\n")
            file.flush()
            os.fsync(file.fileno())
