"""The flows' own tables, put together once: which function answers a button, a form, a word, a kind of section."""

from collections.abc import Callable, Iterable

from bot.flow import Command, Drawn, DrawnAlone, Flow, FormFlow
from bot.flows import FLOWS
from bot.messages import Pressed
from bot.turn import Replies, Turn


class Tables:
    """Looks up what the flows declared.

    A kind of section is about mentorships or, if it is `alone`, about none.

    Raises:
        ValueError: two flows declare the same name, or listen to the same words.
    """

    def __init__(self, flows: Iterable[Flow] = FLOWS) -> None:
        self.actions: dict[str, Callable[[Turn, Pressed], Replies]] = {}
        self.forms: dict[str, FormFlow] = {}
        self.sections: dict[str, Drawn] = {}
        self.alone: dict[str, DrawnAlone] = {}
        self.commands: list[Command] = []
        for flow in flows:
            for mine, theirs in (
                (self.actions, flow.actions),
                (self.forms, flow.forms),
                (self.sections, flow.sections),
                (self.alone, flow.alone),
            ):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"declared twice: {sorted(twice)}")
                mine.update(theirs)  # type: ignore[arg-type]
            self.commands += flow.commands
        words = [word for command in self.commands for word in command.words]
        if len(set(words)) < len(words):
            raise ValueError(f"declared twice: {sorted(word for word in set(words) if words.count(word) > 1)}")
