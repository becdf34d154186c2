"""Speaks to the bot as one person of the playground: what somebody does on the page becomes an event."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from uuid import uuid4

from adapters.web.ports import PersonLine, Stage
from adapters.web.rooms import Message, Who
from bot.domain.people import Platform
from bot.language import Translator, translator
from bot.messages import Answer, Button, Card, Form, Pressed, Sender, Submitted, Typed, Values, card

COMMAND = re.compile(r"/mentoring(?:\s+|$)", re.IGNORECASE)


class Voice:
    """One person's way to the bot."""

    def __init__(self, stage: Stage, person_id: str) -> None:
        self._stage = stage
        self._person_id = person_id
        self._sender = Sender(Platform.PLAYGROUND, stage.workspace_external_id, person_id, address=person_id)

    async def say(self, text: str) -> Answer:
        """Type a message; or, behind /mentoring, a command, whose answer only this person sees."""
        command = COMMAND.match(text)
        words = text[command.end() :] if command else text
        if "@" in words:
            words = with_mentions(words, await asyncio.to_thread(self._stage.people))
        typed = Typed(_fresh(), self._sender, words, slash=command is not None)
        if command:
            return await self._stage.receiver.answer(typed)
        self._stage.rooms.post(self._person_id, Who.PERSON, card(text), self._stage.time.now())
        await self._stage.receiver.accept(typed)
        return Answer()

    async def press(self, button: Button, message: Message | None) -> Answer:
        """Press a button of a message, or of a card that is none; the message is redrawn where the answer says so."""
        delivery_id = message.delivery_id if message else ""
        pressed = Pressed(
            _fresh(), self._sender, button.action, button.subject, button.value, button.rev, card=delivery_id
        )
        answer = await self._stage.receiver.answer(pressed)
        if message and answer.redrawn:
            self._stage.rooms.replace(message.id, answer.redrawn)
        return answer

    async def reads(self) -> Translator:
        """Return sentences in the language that this person reads by now."""
        people = await asyncio.to_thread(self._stage.people)
        return translator(next((one.language for one in people if one.id == self._person_id), "en"))

    async def home(self) -> Card | None:
        """Return this person's home view as it stands now."""
        return await asyncio.to_thread(self._stage.home, self._sender)

    async def submit(self, form: Form, values: Values) -> Answer:
        """Send a form in."""
        submitted = Submitted(_fresh(), self._sender, form.name, form.subject, values, form.rev)
        return await self._stage.receiver.answer(submitted)


def with_mentions(text: str, people: Sequence[PersonLine]) -> str:
    """Return words in which '@Full Name' stands as <@id>, as platforms send it.

    The longest name counts. A name that several people have stays as it is typed.
    """
    count = Counter(person.name.casefold() for person in people)
    ids = {person.name.casefold(): person.id for person in people if count[person.name.casefold()] == 1}
    longest_first = sorted(ids, key=len, reverse=True)
    if not longest_first:
        return text
    names = re.compile("@(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
    return names.sub(lambda found: f"<@{ids.get(found[1].casefold(), found[1])}>", text)


def _fresh() -> tuple[str, ...]:
    return (uuid4().hex,)
