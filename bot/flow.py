"""A flow is one story in one file. It declares, in one `Flow`, which buttons it answers, which forms it asks, which
words it listens to, and how it draws the sections that the plan asks for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.people import Person
from bot.language import N_
from bot.messages import Form, Pressed, Section, Values
from bot.scene import OwnScene, Scene
from bot.turn import Replies, Turn

Act = Callable[[Turn, Pressed], Replies]
"""What a flow does when one of its buttons is pressed."""

RUN = "typed.run"
"""The action of a button that stands for a command and what was typed behind it. The name is permanent."""


@dataclass(frozen=True, slots=True)
class FormFlow:
    """How a form is made and what happens when it is sent in.

    `build` makes it for a subject as things stand now; `submit` gets the checked answers to the fields that were
    shown, and may still answer with `Errors`, in which case nothing may have been changed.
    """

    build: Callable[[Turn, str], Form]
    submit: Callable[[Turn, Form, Values], Replies]


class Topic(StrEnum):
    """The groups in which `help` lists what one can type."""

    MEETINGS = N_("Your meetings")
    WRITING = N_("What you keep")
    QUIET = N_("Less from me")
    YOU = N_("You and your data")
    PROGRAM = N_("For those who run the programme")


@dataclass(frozen=True, slots=True)
class Command:
    """Words that people type by themselves. `run` gets what stands behind them; `help` is one line of the menu.

    `words` and `help` are marked with `N_`; people may type the English words and those of their own language.
    `opens` says that nothing but a form or a card comes of it, so that a misspelt word may run it at once; every
    other command is asked back first.
    """

    words: tuple[str, ...]
    help: str
    run: Callable[[Turn, str], Replies]
    admin: bool = False
    topic: Topic = Topic.MEETINGS
    opens: bool = False

    def is_for(self, person: Person) -> bool:
        """Tell whether somebody may give this command."""
        return person.is_admin or not self.admin


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a section of one kind is drawn from today's state; why it came, and how less of it comes, in sentences.

    Without `less` it is what a plan says, of which less comes by the usual words.
    """

    draw: Callable[[Scene], Section]
    why: str = ""
    less: str = ""


@dataclass(frozen=True, slots=True)
class DrawnAlone:
    """The same for a section that is about no mentorship."""

    draw: Callable[[OwnScene], Section]
    why: str = ""
    less: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One story's own table: its buttons by action, its forms, its sections by kind, its commands.

    Sections that are about no mentorship are `alone`. Nobody reaches `admin_actions` and `admin_forms` but those who
    run the programme: the engine sees to it, so that no flow has to look who it is.
    """

    actions: Mapping[str, Act] = field(default_factory=dict)
    admin_actions: Mapping[str, Act] = field(default_factory=dict)
    forms: Mapping[str, FormFlow] = field(default_factory=dict)
    admin_forms: Mapping[str, FormFlow] = field(default_factory=dict)
    sections: Mapping[str, Drawn] = field(default_factory=dict)
    alone: Mapping[str, DrawnAlone] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
