"""Everything that somebody who runs a programme can see: what commands answer, what buttons show, each message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.health import Health
from bot.flows import FLOWS
from bot.messages import Button, Card, Form
from tests.world import World, read

SHOWS = (
    *("status.page", "helping.pair", "helping.preview", "helping.sure"),
    *("programs.settings", "programs.calendar", "programs.add", "closing.rematch", "skills.add", "skills.page"),
    *("rounds.match", "rounds.what_if", "rounds.sure", "round_report.show", "round_report.left"),
    *("proposed.page", "proposed.show"),
)
DOES = (
    *("skills.same", "skills.different", "apart.undo"),
    *("rounds.again", "rounds.approve", "rounds.discard", "rounds.fill"),
    *("proposed.take", "proposed.bring", "proposed.pin", "proposed.forbid", "proposed.open"),
    *("closing.pause", "closing.resume", "closing.end", "closing.rematch_sure", "closing.keep"),
    *("helping.send", "helping.on_it", "admins.add", "admins.remove", "holiday.rest", "leaving.sure"),
    *("why", "quiet.less", "quiet.fewer", "digest.off", "digest.on", "programs.added"),
)
"""Buttons that admins see, and that show something or do something; one that is in neither fails the test."""


OWN = ("help", "me", "home")
"""What tells an admin of themselves, and has no buttons about others."""


@dataclass
class Surfaces:
    """What one admin has seen; `name` is whose hands look around."""

    company: World
    name: str = "Ada"
    seen: list[Card | Form] = field(default_factory=list)

    async def look_around(self) -> None:
        """Give every command that there is for admins, about everybody, and press whatever only shows something.

        What was said to them is looked at too, with what its buttons show.
        """
        pressed: set[Button] = set()
        hands = self.company.hands(self.name)
        for command in OWN:
            await hands.command(command)
            self.seen += [hands.shown] if hands.shown else []
        for command in commands([name for name in self.company.people if name != self.name]):
            asking = self.company.hands(self.name)
            await asking.command(command)
            await self._follow(asking.form or asking.shown, pressed)
        for post in hands.posts:
            await self._follow(post.card, pressed)

    async def _follow(self, shown: Card | Form | None, pressed: set[Button]) -> None:
        if shown is None:
            return
        self.seen.append(shown)
        for button in shown.buttons if isinstance(shown, Card) else ():
            assert button.action in SHOWS + DOES, f"say whether {button.action} shows or does something"
            if button not in pressed and button.action in SHOWS:
                pressed.add(button)
                hands = self.company.hands(self.name)
                await hands.press_old(button)
                await self._follow(hands.form or hands.shown, pressed)

    def read(self) -> list[str]:
        """Return all that was seen as a person reads it, with the labels of buttons and fields."""
        return [_read(one) for one in self.seen]


def commands(names: Sequence[str]) -> Iterator[str]:
    """Yield every command for admins alone, and those that show them more, by itself and about each person."""
    yield from (f"status {state.replace('_', ' ')}" for state in Health)
    ours = (command for flow in FLOWS for command in flow.commands)
    for word in ["status", *(command.words[0] for command in ours if command.admin)]:
        yield word
        yield from (f"{word} @{name} Sample" for name in names)
    yield from (f"{word} @{name} Sample" for word in ("pause", "resume", "end", "new match") for name in names)


def _read(shown: Card | Form) -> str:
    if isinstance(shown, Card):
        return "\n".join([read(shown), *(button.label for button in shown.buttons)])
    fields = (f"{one.label} {one.hint} {one.initial}" for one in shown.fields)
    return "\n".join([shown.title, shown.intro, *fields])
