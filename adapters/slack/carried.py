"""What a button or a window carries out and brings back, as JSON with short keys: ids alone, never words."""

import json
from dataclasses import dataclass
from typing import Any, Self

LINK = "link"
"""What every button that only opens an address is called; Slack tells of presses on it all the same."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Leads a press or a submission back to what it is about; Slack keeps it with the message for years."""

    subject: str = ""
    value: str = ""
    rev: int = 0
    delivery: str = ""
    opens: bool = False

    def packed(self) -> str:
        """Return it as text; a button's may be 2,000 characters long, a window's 3,000."""
        parts = {"s": self.subject, "v": self.value, "r": self.rev, "d": self.delivery, "o": int(self.opens)}
        kept = {key: part for key, part in parts.items() if part}
        return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """Read it again. What we did not write leads nowhere: its ids are empty."""
        try:
            parts = json.loads(text)
        except ValueError:
            parts = None
        if not isinstance(parts, dict):
            return cls()
        rev = parts.get("r")
        return cls(
            subject=_text(parts.get("s")),
            value=_text(parts.get("v")),
            rev=rev if isinstance(rev, int) else 0,
            delivery=_text(parts.get("d")),
            opens=parts.get("o") == 1,
        )


def _text(part: Any) -> str:
    return part if isinstance(part, str) else ""
