"""The conversations side by side, and the choice of whose they are."""

from collections.abc import Sequence
from urllib.parse import urlencode

from nicegui import ui

from adapters.web.conversation import Conversation
from adapters.web.elements import block, button, words
from adapters.web.ports import PersonLine, Stage


class Desk:
    """A row of conversations. The page's address names whose they are, so that loading it again shows the same."""

    def __init__(self, stage: Stage, people: Sequence[PersonLine], chosen: Sequence[PersonLine]) -> None:
        """Add the conversations of those chosen to what is being drawn."""
        self._stage = stage
        self._people = people
        self._open: dict[ui.element, Conversation] = {}
        with block("desk").props('role=region aria-label="Conversations" tabindex=0'):
            self._columns = block("columns")
            for person in chosen:
                self._add(person)
            button("Show another person", "another").on_click(self._show_another)

    def refresh(self, address: str) -> None:
        """Show what changed in one conversation."""
        for conversation in self._open.values():
            if conversation.person.id == address:
                conversation.refresh()

    async def look(self) -> None:
        """Show what time has changed."""
        for conversation in list(self._open.values()):
            await conversation.look()

    def _add(self, person: PersonLine) -> None:
        with self._columns:
            column = block("phone", "section")
        self._fill(column, person)

    def _fill(self, column: ui.element, person: PersonLine) -> None:
        column.clear()
        column.props["aria-label"] = f"Conversation of {person.name}"
        names = {somebody.id: somebody.name for somebody in self._people}
        with column:
            with block("whose"):
                who = ui.select(names, value=person.id, with_input=True)
                who.on_value_change(lambda chosen: self._choose(column, chosen.value))
                who.props('borderless dense aria-label="Whose conversation"')
                leave = button("×", "quiet").on_click(lambda: self._leave(column))
                leave.props["aria-label"] = f"Close the conversation of {person.name}"
                words(person.role, css="role")
            self._open[column] = Conversation(self._stage, person, self._people)

    def _choose(self, column: ui.element, person_id: str | None) -> None:
        for person in self._people:
            if person.id == person_id:
                self._fill(column, person)
        self._remember()

    def _leave(self, column: ui.element) -> None:
        del self._open[column]
        column.delete()
        self._remember()

    def _show_another(self) -> None:
        """Show who was written to last of those not shown, so that one can follow the bot."""
        shown = {conversation.person.id for conversation in self._open.values()}
        others = [person for person in self._people if person.id not in shown]
        latest = self._stage.rooms.latest_first()
        others.sort(key=lambda person: latest.index(person.id) if person.id in latest else len(latest))
        for person in others[:1]:
            self._add(person)
        self._remember()

    def _remember(self) -> None:
        shown = [conversation.person.id for conversation in self._open.values()]
        with self._columns:  # the control that led here may be gone
            ui.navigate.history.replace("?" + urlencode({"who": ",".join(shown)}))
