"""People who behave: they press, type and fill in what they are asked, or do not, as a seed decides."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import perf_counter
from uuid import uuid4

import structlog

from bot.messages import Answer, Card, Event, Form, Pressed, Submitted, Typed
from bot.simulation.chat import Message
from bot.simulation.company import Company
from bot.simulation.habits import choice
from bot.simulation.pen import Pen, Talk, elsewhen
from bot.simulation.people import Character
from bot.simulation.plans import Plans
from bot.simulation.wishes import draw_wish

MOVABLE = ("agenda", "brief")
"""Kinds of sections that make some move their meeting."""

_SHORTLY = timedelta(minutes=2)
_BACK_WITHIN = timedelta(hours=4)
_STUCK = 100

log = structlog.stdlib.get_logger(__name__)


class Crowd:
    """Everybody of a company, and what they are about to do.

    `acted` are told what somebody did and was shown for it. `turns` are the seconds of those answered at once,
    `failed` counts those that the engine had no answer for.
    """

    def __init__(self, company: Company, seed: int, characters: Mapping[str, Character] | None = None) -> None:
        self.pen = Pen()
        self.acted: list[Callable[[Event, Answer], None]] = []
        self.turns: list[float] = []
        self.typed = self.failed = 0
        self._company = company
        self._seed = seed
        self._characters = characters or {}
        self._chances: dict[str, random.Random] = {}
        self._talks: dict[str, Talk] = {}
        self._openings: dict[Typed, Talk] = {}
        self._noticed: set[tuple[str, str]] = set()
        self._plans = Plans()
        company.chat.listeners.append(self.hears)

    def hears(self, message: Message) -> None:
        """Decide what a person will do about a new message, and when."""
        person_id = message.person_id
        if message.anew:
            self._notices(person_id, message)
            return
        if not (message.asked and self._talks_on(person_id, message.card)):
            self._considers(person_id, message.card, message.delivery_id)
        if not message.asked:
            self._comes_to_mind(person_id, message.card)

    async def live(self, until: datetime) -> None:
        """Let time pass: all that people do and all that comes due happens at its own moment."""
        clock, still = self._company.clock, 0
        while (moment := min(filter(None, (self._company.next_moment(), self._plans.next)), default=until)) < until:
            still = still + 1 if moment <= clock.moment else 0
            if still > _STUCK:
                raise AssertionError(f"time stands still at {moment}")
            clock.moment = max(moment, clock.moment)
            actors = set()
            for event in self._plans.due(clock.moment):
                actors.add(event.sender.user)
                await self.act(event)
            await (self._company.respond(actors) if actors else self._company.app.tick())
        clock.moment = until

    async def act(self, event: Event) -> None:
        """Do one thing; a form that opens is filled in some minutes later, and what is shown is looked at."""
        person_id = event.sender.user
        began = perf_counter()
        try:
            answer = await self._company.hear(event)
        except Exception as error:
            log.error("turn failed", exc_info=error)
            self.failed += 1
            return
        if isinstance(event, Typed) and not event.slash:
            self.typed += 1
            if event in self._openings:
                self._talks[person_id] = self._openings.pop(event)
        else:
            self.turns.append(perf_counter() - began)
        for hears in self.acted:
            hears(event, answer)
        if answer.errors:
            if isinstance(event, Submitted) and (values := elsewhen(event.values, self._company.clock.moment)):
                again = Submitted(_keys(), event.sender, event.form, event.subject, values, event.rev)
                self._plan(_SHORTLY, again)
        elif isinstance(form := answer.show, Form):
            values = self.pen.fill(form, person_id, self._chance(person_id), self._company.clock.moment)
            self._plan(_SHORTLY, Submitted(_keys(), event.sender, form.name, form.subject, values, form.rev))
        elif isinstance(answer.show, Card):
            self._considers(person_id, answer.show, "", at_once=True)

    def put_off(self, until: datetime) -> None:
        """Let what people would do before a moment happen in the hours after it, as when nothing answers them."""
        self._plans.put_off(until, lambda event: self._chance(event.sender.user).random() * _BACK_WITHIN)

    def _talks_on(self, person_id: str, card: Card) -> bool:
        """Answer the next question of a form that is answered by typing; False where the card asks none."""
        talk = self._talks.get(person_id)
        for section in card.sections if talk else ():
            assert talk
            if line := self.pen.reply(section, person_id, talk):
                self._plan(_SHORTLY, Typed(_keys(), self._company.sender(person_id), line))
                return True
        return False

    def _notices(self, person_id: str, message: Message) -> None:
        """Consider what an earlier message has begun to ask: a group's brief asks, once it is over, who was there."""
        for section in message.card.sections:
            asks = section.kind == "brief" and any(button.action == "meeting.yes" for button in section.buttons)
            if asks and (person_id, section.about) not in self._noticed:
                self._noticed.add((person_id, section.about))
                self._considers(person_id, Card((section,)), message.delivery_id)

    def _considers(self, person_id: str, card: Card, delivery_id: str, *, at_once: bool = False) -> None:
        chance, character = self._chance(person_id), self._character(person_id)
        sender = self._company.sender(person_id)
        for section in sorted(card.sections, key=lambda one: one.text):
            button = choice(section.buttons, character.answers, chance)
            if button is None:
                continue
            event: Event = Pressed(
                _keys(), sender, button.action, button.subject, button.value, button.rev, card=delivery_id
            )
            if button.words and chance.random() < (character.talks if button.opens else character.types):
                event = typed = Typed(_keys(), sender, button.words[0])
                if button.opens:
                    self._openings[typed] = Talk(button.subject, private=button.action.startswith("reflection"))
            self._plan(_SHORTLY if at_once else self._wait(person_id), event)

    def _comes_to_mind(self, person_id: str, card: Card) -> None:
        chance, character = self._chance(person_id), self._character(person_id)
        kinds = {section.kind for section in card.sections}
        if kinds & set(MOVABLE) and chance.random() < character.moves * character.answers:
            self._types(person_id, "move")
        if character.diary and chance.random() < character.wishes * character.answers:
            self._types(person_id, draw_wish(character.diary, self._company.clock.moment, chance))

    def _types(self, person_id: str, words: str) -> None:
        self._plan(_SHORTLY, Typed(_keys(), self._company.sender(person_id), words, slash=True))

    def _wait(self, person_id: str) -> timedelta:
        """Return how long somebody waits until they answer: until they are at work again, or late at night."""
        chance, character = self._chance(person_id), self._character(person_id)
        now = self._company.clock.moment
        moment = now + timedelta(seconds=chance.expovariate(1 / character.waits.total_seconds()))
        if character.diary is None:
            return moment - now
        if character.owl:
            return character.diary.tonight(moment) - now + chance.random() * timedelta(hours=1)
        works = character.diary.at_work(moment)
        return works - now + (chance.random() * timedelta(hours=2) if works > moment else timedelta())

    def _character(self, person_id: str) -> Character:
        return self._characters.get(person_id, _ANYBODY)

    def _chance(self, person_id: str) -> random.Random:
        if person_id not in self._chances:
            self._chances[person_id] = random.Random(f"{self._seed} {person_id}")
        return self._chances[person_id]

    def _plan(self, wait: timedelta, event: Event) -> None:
        self._plans.add(self._company.clock.moment + wait, event)


_ANYBODY = Character()


def _keys() -> tuple[str]:
    return (uuid4().hex,)
