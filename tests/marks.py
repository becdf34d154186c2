"""Words that can be found again: everybody writes marked ones into every form that a button or a command opens."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.flow import Topic
from bot.flows import FLOWS
from bot.messages import Button, Field, FieldKind, Form
from tests.world import Fingers, World

STEM = "Marked"


@dataclass
class Marks:
    """The marks that were set, each with who wrote it where; and which forms were taken, and from whom."""

    company: World
    places: dict[str, str] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)

    async def fill_in(self, *names: str) -> None:
        """Let people open whatever they can, and write marked words into it."""
        for name in names:
            hands = self.company.hands(name)
            done: set[Button] = set()
            for command in _commands(Topic.QUIET):
                hands.form = hands.shown = None
                await hands.command(command)
                await self._fill(hands, name)
                await self._open(hands, name, done)
            await self._open(hands, name, done)

    async def talk(self, *names: str, but: Topic | None = None) -> None:
        """Let people type marked words: alone, behind each command, and as answers to whatever that asks."""
        for name in names:
            hands = self.company.hands(name)
            await hands.type(self.mark(name, "out of the blue"))
            await hands.type(f"I feel bullied by my boss, {self.mark(name, 'a confidence')}")
            for command in _commands(but):
                await hands.type(f"{command} {self.mark(name, command)}")
                for line in range(3):
                    await hands.type(self.mark(name, f"answer {line} to {command}"))
                await hands.type("cancel")

    def mark(self, name: str, place: str) -> str:
        mark = f"{STEM}{len(self.places):04}x"
        self.places[mark] = f"{name}: {place}"
        return mark

    def found_in(self, text: str) -> list[str]:
        """Return where the marks in a text had been written."""
        return [f"{place} ({mark})" for mark, place in self.places.items() if mark in text]

    async def _open(self, hands: Fingers, name: str, done: set[Button]) -> None:
        cards = [post.card for post in hands.posts] + ([hands.shown] if hands.shown else [])
        for button in [button for card in cards for button in card.buttons]:
            if button.opens and button not in done:
                done.add(button)
                hands.form = hands.shown = None
                await hands.press_old(button)
                await self._fill(hands, name)

    async def _fill(self, hands: Fingers, name: str) -> None:
        """Send in the form that opened; where a marked answer is refused, a plain one is given instead."""
        plain: set[str] = set()
        while form := hands.form:
            answers = {one.name: self._answer(form, one, name, one.label in plain) for one in form.fields}
            problems = await hands.submit(form, answers)
            if not problems:
                self.taken.add((name, form.name))
            if problems.keys() <= plain:
                return
            plain |= problems.keys()

    def _answer(self, form: Form, one: Field, name: str, plain: bool) -> str | tuple[str, ...]:
        match one.kind:
            case FieldKind.SHORT | FieldKind.LONG:
                mark = self.mark(name, f"{form.name}, {one.name}")
                link = f"https://sample.example/{mark}" if one.max_length > 200 else ""
                return (one.initial or link) if plain else mark
            case FieldKind.DATE:
                return one.initial or "2027-06-01"
            case FieldKind.TIME:
                return one.initial or "10:00"
            case FieldKind.SCALE:
                return "3"
            case FieldKind.PERSON:
                return next(one.id for other, one in self.company.people.items() if other != name)
            case FieldKind.CHOICE:
                return one.initial or one.options[0].value
            case FieldKind.CHOICES:
                return one.initial or (one.options[0].value,)


def _commands(but: Topic | None = None) -> Iterator[str]:
    for flow in FLOWS:
        yield from (one.words[0] for one in flow.commands if not one.admin and one.topic is not but)
