"""The promise of privacy: what people write is read by nobody outside, and stands in no notification."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime

from bot.messages import Card, Form
from bot.simulation.chat import Message
from bot.simulation.ledger import Ledger
from bot.simulation.pen import Written
from bot.simulation.promises import Breach

_MARK = re.compile(r"§(\d+)§")


class Privacy:
    """Knows who wrote which mark, and looks for all in what anybody gets to see; `seen` counts those found there."""

    def __init__(self, ledger: Ledger) -> None:
        self.breaches: list[Breach] = []
        self.seen = 0
        self._ledger = ledger
        self._written: dict[int, Written] = {}

    def note(self, written: Written) -> None:
        """Remember who wrote something."""
        self._written[written.mark] = written

    def hear(self, message: Message) -> None:
        """Look through a message, those drawn anew included."""
        self.read(message.person_id, message.at, message.card)

    def read(self, reader_id: str, at: datetime, what: Card | Form) -> None:
        """Look through what somebody sees."""
        if isinstance(what, Card):
            for _ in _MARK.findall(what.summary):
                self.breaches.append(Breach(reader_id, at, "no private words in a notification", "the summary"))
        for mark in {int(found) for text in _texts(what) for found in _MARK.findall(text)}:
            self.seen += 1
            written = self._written[mark]
            if written.author_id != reader_id and not self._may_read(written, reader_id):
                audience = "only for its author" if written.private else "for those of the mentorship"
                leaked = f"what {written.author_id} wrote in {written.place}, {audience}"
                self.breaches.append(Breach(reader_id, at, "private words stay private", leaked))

    def _may_read(self, written: Written, reader_id: str) -> bool:
        if written.private:
            return False
        matter = self._ledger.matter(written.about)
        return matter is not None and reader_id in self._ledger.members(matter.mentorship_id)


def _texts(what: object) -> Iterator[str]:
    """Yield every text that stands anywhere in a card or form."""
    if isinstance(what, str):
        yield what
    elif isinstance(what, tuple):
        for one in what:
            yield from _texts(one)
    elif is_dataclass(what):
        for field in fields(what):
            yield from _texts(getattr(what, field.name))
