"""One person's conversation with the bot, as a column like a phone."""

from collections.abc import Awaitable, Sequence

import structlog
from nicegui import ui
from nicegui.elements.mixins.disableable_element import DisableableElement

from adapters.web.cards import draw
from adapters.web.elements import block, button, moment, waiting, words
from adapters.web.forms import ask
from adapters.web.home import Home
from adapters.web.ports import PersonLine, Stage
from adapters.web.rooms import Message, Who
from adapters.web.voice import COMMAND, Voice
from bot.language import N_, Translator, translator
from bot.messages import Answer, Button, Card, Form, Values, card

SHOWN = 40
"""So many messages are shown at first, and so many more at each 'Earlier messages'."""

HINT = "Nothing yet. Type 'help' for what this person can do; '/mentoring help' is answered for their eyes alone."
"""Stands in a conversation in which nothing was said."""

UNHEARD = "This did not reach the bot. Please try again."

MESSAGES, HOME = N_("Messages"), N_("Home")
"""The two views of a conversation."""

log = structlog.stdlib.get_logger(__name__)


class Conversation:
    """The messages of one person, with the input to type into."""

    def __init__(self, stage: Stage, person: PersonLine, people: Sequence[PersonLine]) -> None:
        """Add the conversation to what is being drawn."""
        self.person = person
        self._stage = stage
        self._people = people
        self._voice = Voice(stage, person.id)
        self._count = SHOWN
        self._drawn: dict[str, tuple[Message, ui.element]] = {}
        with block("views").props("role=tablist"):
            self._tabs = {
                MESSAGES: button(MESSAGES, "tab").on_click(self._show_messages),
                HOME: button(HOME, "tab").on_click(self._show_home),
            }
        self._name_tabs(translator(person.language))
        self._home = Home(self._voice, person.name, self._press_at_home)
        with block("scroll") as self._around, block("paper"):
            self._earlier = button("Earlier messages", "quiet").on_click(self._show_earlier)
            self._hint = words(HINT, css="hint")
            self._messages = block("messages").props("role=log")
            self._messages.props["aria-label"] = f"Messages of {person.name}"
        with block("typing"):
            self._line = ui.textarea(placeholder="Write to the bot").props("outlined dense autogrow rows=1")
            self._line.props["aria-label"] = f"Write as {person.name}"
            self._line.on("keydown.enter.exact.prevent", self._say)
            self._sender = button("Send", "primary").on_click(self._say)
        self._show_messages()
        self.refresh()

    def refresh(self) -> None:
        """Show what is new and what was drawn anew; everything else stays as it is."""
        found = self._stage.rooms.messages(self.person.id, self._count + 1)
        self._earlier.set_visibility(len(found) > self._count)
        self._hint.set_visibility(not found)
        for message in found[-self._count :]:
            drawn = self._drawn.get(message.id)
            if drawn is None:
                with self._messages:
                    around = block(f"message {message.who}")
            elif drawn[0] != message:
                around = drawn[1]
                around.clear()
            else:
                continue
            self._drawn[message.id] = (message, around)
            self._draw(message, around)

    async def look(self) -> None:
        """Show what time has changed."""
        await self._home.refresh()

    def _show_messages(self) -> None:
        self._home.hide()
        self._around.set_visibility(True)
        self._select(MESSAGES)

    async def _show_home(self) -> None:
        self._around.set_visibility(False)
        self._select(HOME)
        self._name_tabs(await self._voice.reads())
        await self._home.show()

    def _select(self, shown: str) -> None:
        for label, tab in self._tabs.items():
            tab.props(f"role=tab aria-selected={str(label == shown).lower()}")

    def _name_tabs(self, t: Translator) -> None:
        for label, tab in self._tabs.items():
            tab.text = t(label)

    async def _press_at_home(self, pressed: Button, control: ui.button) -> None:
        """Press a button of the home view; a card that comes of it is a line among the messages."""
        answer = await self._sent(self._voice.press(pressed, None), control)
        if answer is None or isinstance(answer.show, Card):
            self._show_messages()
        await self._take(answer)
        await self._home.refresh()

    def _draw(self, message: Message, around: ui.element) -> None:
        async def press(pressed: Button, control: ui.button) -> None:
            await self._take(await self._sent(self._voice.press(pressed, message), control))

        with around:
            words(moment(message.at, self._stage.zone), "time", "time")
            if message.who is Who.BOT:
                draw(message.card, press)
            else:
                words(message.card.sections[0].text, css="text")

    def _show_earlier(self) -> None:
        self._count += SHOWN
        self._drawn.clear()
        self._messages.clear()
        self.refresh()

    async def _say(self) -> None:
        text = (self._line.value or "").strip()
        if not text:
            return
        self._line.value = ""
        if COMMAND.match(text):
            self._only_you(card(text))
        await self._take(await self._sent(self._voice.say(text), self._sender))

    async def _sent(self, event: Awaitable[Answer], control: DisableableElement) -> Answer | None:
        """Send an event while its control waits, and say so where it did not reach the bot."""
        with waiting(control):
            answer = await self._heard(event)
        if answer is None:
            self._only_you(card(UNHEARD))
        return answer

    async def _heard(self, event: Awaitable[Answer]) -> Answer | None:
        """Wait for the bot. Whatever fails there is logged, and the page goes on."""
        try:
            return await event
        except Exception:
            log.exception("playground_unheard")
            return None

    async def _take(self, answer: Answer | None) -> None:
        """Show what an answer brings: forms for as long as each leads to the next, then a card."""
        self._name_tabs(await self._voice.reads())
        while answer and isinstance(answer.show, Form) and not self._around.is_deleted:
            with self._around:
                answer = await self._asked(answer.show)
        if answer and isinstance(answer.show, Card):
            self._only_you(answer.show)

    async def _asked(self, form: Form) -> Answer | None:
        async def submit(values: Values) -> Answer | None:
            return await self._heard(self._voice.submit(form, values))

        return await ask(form, self._people, await self._voice.reads(), submit)

    def _only_you(self, shown: Card) -> None:
        """Add a card that is kept nowhere: it is gone when the page is loaded again."""
        if self._messages.is_deleted:
            return

        async def press(pressed: Button, control: ui.button) -> None:
            await self._take(await self._sent(self._voice.press(pressed, None), control))

        with self._messages, block("message only-you") as around:
            with block("time"):
                words("Only you see this", "span")
                button("Dismiss", "quiet").on_click(around.delete)
            draw(shown, press)
        self._hint.set_visibility(False)
        around.run_method("scrollIntoView", {"block": "nearest"})
