"""Draws docs/states.md from the tables of the code; `--check` only tells whether it is up to date."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from bot.domain.meeting import COURSE
from bot.domain.mentorship import LIFE
from bot.rounds.round import ROUND_LIFE

PAGE = Path(__file__).parent.parent / "docs" / "states.md"


def diagram(table: Mapping[tuple[StrEnum, StrEnum], StrEnum]) -> str:
    """Return a Mermaid diagram of a table of changes."""
    lines = [f"    {before} --> {after}: {step}" for (before, step), after in table.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def page() -> str:
    """Return the whole page."""
    return (
        "# States\n\nDrawn from the tables in the code by `python tools/state_diagrams.py`; a test compares.\n\n"
        f"## A mentorship\n\n`bot/domain/mentorship.py`, `LIFE`\n\n{diagram(LIFE)}\n\n"
        f"## A meeting\n\n`bot/domain/meeting.py`, `COURSE`\n\n{diagram(COURSE)}\n\n"
        f"## A matching round\n\n`bot/rounds/round.py`, `ROUND_LIFE`\n\n{diagram(ROUND_LIFE)}\n"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
