"""The flows' own tables, put together once: which function answers a button, a form, a word, a kind of section."""

from collections.abc import Callable, Iterable

from bot.flows import FLOWS
from bot.messages import Pressed
from bot.turn import Command, Drawn, Flow, FormFlow, Replies, Turn


class Tables:
    """Looks up what the flows declared.

    Raises:
        ValueError: two flows declare the same name.
    """

    def __init__(self, flows: Iterable[Flow] = FLOWS) -> None:
        self.actions: dict[str, Callable[[Turn, Pressed], Replies]] = {}
        self.forms: dict[str, FormFlow] = {}
        self.sections: dict[str, Drawn] = {}
        self.commands: list[Command] = []
        for flow in flows:
            for mine, theirs in (
                (self.actions, flow.actions),
                (self.forms, flow.forms),
                (self.sections, flow.sections),
            ):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"declared twice: {sorted(twice)}")
                mine.update(theirs)  # type: ignore[arg-type]
            self.commands += flow.commands

    def command(self, text: str) -> tuple[Command, str] | None:
        """Return the command that `text` begins with and what stands behind it."""
        said = text.strip()
        for command in self.commands:
            for word in sorted(command.words, key=len, reverse=True):
                if said.casefold() == word or said.casefold().startswith(word + " "):
                    return command, said[len(word) :].strip()
        return None
