"""What is coming, with its reasons."""

import asyncio

from nicegui import ui

from adapters.web.elements import block, moment, words
from adapters.web.ports import Stage

COLUMNS = {"when": "When", "to": "To", "what": "What", "why": "Why", "about": "About"}

MOST = 100
"""More lines than this are not shown: what is far off is only likely."""


class Coming:
    """The plan as a table."""

    def __init__(self, stage: Stage) -> None:
        """Add the table to what is being drawn; it is empty until its first `refresh`."""
        self._stage = stage
        with block("coming", "section").props('aria-label="What is coming"'):
            words("What is coming", "h2")
            columns = [
                {"name": name, "label": label, "field": name, "align": "left"} for name, label in COLUMNS.items()
            ]
            self._table = ui.table(rows=[], columns=columns, row_key="key")
            self._table.props('flat dense wrap-cells hide-bottom no-data-label="Nothing is planned."')
            self._nothing = words("Nothing is planned.", css="note")

    async def refresh(self) -> None:
        """Ask for the plan again and show it."""
        lines = (await asyncio.to_thread(self._stage.plan))[:MOST]
        self._nothing.set_visibility(not lines)
        self._table.set_visibility(bool(lines))
        self._table.rows = [
            {
                "key": number,
                "when": moment(line.when, self._stage.zone),
                "to": line.to,
                "what": line.what,
                "why": line.why,
                "about": line.about,
            }
            for number, line in enumerate(lines)
        ]
