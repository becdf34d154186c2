"""What a button or a window carries out and brings back, as JSON with short keys: ids alone, never words."""

import json
from dataclasses import dataclass
from typing import Any, Self

LINK = "link"
"""What every button that only opens an address is called; Slack tells of presses on it all the same."""

BACK = "back"
"""What the button is called that leads to the part of a form before the one on the screen."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Leads a press or a submission back to what it is about; Slack keeps it with the message for years.

    A window with the `part` of a form, counted from 0, tells of how many `parts` it is; other windows are of none.
    """

    subject: str = ""
    value: str = ""
    rev: int = 0
    delivery: str = ""
    opens: bool = False
    part: int = 0
    parts: int = 0

    def packed(self) -> str:
        """Return it as text; a button's may be 2,000 characters long, a window's 3,000."""
        ids = {"s": self.subject, "v": self.value, "d": self.delivery}
        numbers = {"r": self.rev, "o": int(self.opens), "p": self.part, "n": self.parts}
        kept = {key: one for key, one in (ids | numbers).items() if one}
        return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """Read it again. What we did not write leads nowhere: its ids are empty."""
        try:
            kept = json.loads(text)
        except ValueError:
            kept = None
        if not isinstance(kept, dict):
            return cls()
        return cls(
            subject=_text(kept.get("s")),
            value=_text(kept.get("v")),
            rev=_number(kept.get("r")),
            delivery=_text(kept.get("d")),
            opens=kept.get("o") == 1,
            part=_number(kept.get("p")),
            parts=_number(kept.get("n")),
        )


def _text(one: Any) -> str:
    return one if isinstance(one, str) else ""


def _number(one: Any) -> int:
    return one if isinstance(one, int) else 0
