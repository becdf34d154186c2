"""The flows' own tables, put together once: which function answers a button, a form, a word, a kind of section."""

from collections.abc import Iterable

from bot.domain.people import Person
from bot.flow import Act, Command, Drawn, DrawnAlone, Flow, FormFlow
from bot.flows import FLOWS
from bot.scene import AdminsOnly, NotThere


class Tables:
    """Looks up what the flows declared.

    A kind of section is about mentorships or, if it is `alone`, about none. `actions` and `forms` are all that there
    are; the names of those for admins alone are kept beside them.

    Raises:
        ValueError: two flows declare the same name, or listen to the same words.
    """

    def __init__(self, flows: Iterable[Flow] = FLOWS) -> None:
        self.actions: dict[str, Act] = {}
        self.admin_actions: set[str] = set()
        self.forms: dict[str, FormFlow] = {}
        self.admin_forms: set[str] = set()
        self.sections: dict[str, Drawn] = {}
        self.alone: dict[str, DrawnAlone] = {}
        self.commands: list[Command] = []
        for flow in flows:
            for mine, theirs in (
                (self.actions, flow.actions),
                (self.actions, flow.admin_actions),
                (self.forms, flow.forms),
                (self.forms, flow.admin_forms),
                (self.sections, flow.sections),
                (self.alone, flow.alone),
            ):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"declared twice: {sorted(twice)}")
                mine.update(theirs)  # type: ignore[arg-type]
            self.admin_actions |= flow.admin_actions.keys()
            self.admin_forms |= flow.admin_forms.keys()
            self.commands += flow.commands
        words = [word for command in self.commands for word in command.words]
        if len(set(words)) < len(words):
            raise ValueError(f"declared twice: {sorted(word for word in set(words) if words.count(word) > 1)}")

    def action(self, name: str, actor: Person) -> Act:
        """Return what answers a button that somebody pressed.

        Raises:
            NotThere: nothing answers it.
            AdminsOnly: it is for those who run the programme, and this is somebody else.
        """
        if name not in self.actions:
            raise NotThere(name)
        if name in self.admin_actions and not actor.is_admin:
            raise AdminsOnly(name)
        return self.actions[name]

    def form(self, name: str, actor: Person) -> FormFlow:
        """Return how a form is made for somebody, and what happens when they send it.

        Raises:
            NotThere: there is no such form.
            AdminsOnly: it is for those who run the programme, and this is somebody else.
        """
        if name not in self.forms:
            raise NotThere(name)
        if name in self.admin_forms and not actor.is_admin:
            raise AdminsOnly(name)
        return self.forms[name]
