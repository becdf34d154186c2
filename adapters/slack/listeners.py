"""What happens when somebody does something on the screen: hand it over, and answer in the way its kind allows."""

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from adapters.slack import parse
from adapters.slack import wording as say
from adapters.slack.answers import after_a_while, in_answer, not_taken, view_of
from adapters.slack.client import Clients
from adapters.slack.parse import Window
from adapters.slack.people import People
from adapters.slack.ports import Company
from adapters.slack.render import messages
from adapters.slack.screen import Screen
from adapters.slack.tabs import HomeTabs
from adapters.slack.windows import form_window, line_window, problems_window
from bot.domain.ids import new_id
from bot.language import Translator, translator
from bot.messages import Answer, Card, Event, Form, Sender, card

log = structlog.stdlib.get_logger(__name__)


class NotInstalled(Exception):
    """Somebody does something in a workspace for which there is no token any more."""


class Listeners:
    """Listens to commands, presses, shortcuts and forms.

    `patience` is how many seconds an answer may take: Slack gives up after 3.
    """

    def __init__(self, company: Company, clients: Clients, people: People, tabs: HomeTabs, patience: float) -> None:
        self._company = company
        self._clients = clients
        self._people = people
        self._tabs = tabs
        self._patience = patience
        self._late: set[asyncio.Task[None]] = set()

    async def commanded(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Answer a slash command where it was typed, seen by its author alone."""
        command = parse.command(body)
        sender = command.event.sender
        screen = await self._screen(sender)
        turn = asyncio.ensure_future(self._answer(command.event))
        if not await self._in_time(turn):
            self._keep(self._answer_late(turn, command, screen))
            await ack(say.one_moment(self._language(sender)))
        elif error := turn.exception():
            log.error("command failed", exc_info=error)
            await ack(say.sorry(self._language(sender)))
        else:
            await self._show_for_command(ack, command, screen, turn.result().show)

    async def pressed(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Handle a press. Where 'Back' fails, the window stays, and Slack marks the button."""
        press, back = parse.press(body), parse.way_back(body)
        if back is not None:
            turn = self._keep(self._go_back(back))
            if await self._in_time(turn):
                turn.result()
        elif press is not None:
            await self._in_time(self._keep(self._press(press)))
        await ack()

    async def chosen(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Handle a shortcut: a window opens at once, and the form comes into it."""
        press = parse.shortcut(body)
        label = say.shortcut(self._language(press.event.sender), press.label)
        await self._in_time(self._keep(self._press(replace(press, label=label))))
        await ack()

    async def submitted(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Answer a form, or a part of one."""
        submission = parse.submission(body)
        sender = submission.event.sender
        screen = await self._screen(sender)
        turn = asyncio.ensure_future(self._taken(submission))
        if not await self._in_time(turn):
            name = new_id()
            self._keep(self._submission_late(turn, submission, name, screen))
            waiting = line_window(say.one_moment(self._language(sender)), submission.title)
            await ack({"response_action": "push", "view": {**waiting, "external_id": name}})
        elif error := turn.exception():
            log.error("form failed", exc_info=error)
            await ack(not_taken(submission, say.sorry(self._language(sender))))
        else:
            await ack(in_answer(submission, turn.result(), self._language(sender)))

    async def close(self) -> None:
        """Wait for what was answered with 'one moment'."""
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _taken(self, submission: parse.Submission) -> Answer:
        """Answer a form. The last of several parts is kept before all are sent, so that an error loses nothing."""
        answer = await self._answer(submission.event)
        if submission.sent and isinstance(answer.show, Form) and not answer.errors:
            return await self._answer(submission.sent)
        return answer

    async def _answer(self, event: Event) -> Answer:
        """Answer an event; for guests and the like the bot is not there."""
        sender = await self._people.described(event.sender)
        if sender is None:
            return Answer(card(say.not_for_guests(self._language(event.sender))))
        answer = await self._company.answer(replace(event, sender=sender))
        self._tabs.touched(sender.workspace, sender.user)
        return answer

    async def _show_for_command(
        self, ack: AsyncAck, command: parse.Command, screen: Screen, show: Form | Card | None
    ) -> None:
        """The acknowledgement itself may hold one message; what is longer comes before it."""
        if isinstance(show, Form):
            opened = await screen.open(command.trigger, form_window(show, self._language(command.event.sender)))
            show = None if opened else say.too_late_for(command, self._language(command.event.sender))
        if show is None:
            await ack()
            return
        first, *more = messages(show)
        if more:
            await screen.tell(command.respond_to, show)
            await ack()
        else:
            await ack({**first, "response_type": "ephemeral"})

    async def _press(self, press: parse.Press) -> None:
        """The trigger lives for 3 seconds: a window opens before it is known what will be in it."""
        screen = await self._screen(press.event.sender)
        turn = asyncio.ensure_future(self._answer(press.event))
        window = press.window
        if window is None and press.opens:
            window = await screen.open(press.trigger, line_window("…", press.label))
        try:
            show = (await turn).show
        except Exception:
            t = self._language(press.event.sender)
            await self._show(press, screen, window, card(say.sorry(t)))
            raise
        if window is not None or show is not None:
            await self._show(press, screen, window, show)

    async def _go_back(self, back: parse.WayBack) -> None:
        screen = await self._screen(back.event.sender)
        show = (await self._answer(back.event)).show
        await screen.update(back.window, view_of(show, back.title, self._language(back.event.sender), back.part))

    async def _show(
        self, press: parse.Press, screen: Screen, window: Window | None, show: Form | Card | None
    ) -> None:
        """Show what comes of a press: in the window, else where it was pressed, else to its author alone."""
        t = self._language(press.event.sender)
        view = view_of(show, press.label, t)
        if window is not None:
            await screen.update(window, view)
            return
        if isinstance(show, Form) or not press.respond_to:
            if await screen.open(press.trigger, view):
                return
            show = say.too_late(press, t) if isinstance(show, Form) else show
        if not isinstance(show, Card):
            return
        if press.respond_to:
            await screen.tell(press.respond_to, show)
        else:
            await screen.whisper(press.event.sender.user, show)

    async def _answer_late(self, turn: Awaitable[Answer], command: parse.Command, screen: Screen) -> None:
        try:
            show = (await turn).show
        except Exception:
            await screen.tell(command.respond_to, card(say.sorry(self._language(command.event.sender))))
            raise
        t = self._language(command.event.sender)
        if isinstance(show, Form):
            show = say.too_late_for(command, t)
        await screen.tell(command.respond_to, show or card(say.done(t)))

    async def _submission_late(
        self, turn: Awaitable[Answer], submission: parse.Submission, name: str, screen: Screen
    ) -> None:
        """The window 'one moment' lies on the form, so that what was typed is not lost where something is wrong."""
        try:
            answer = await turn
        except Exception:
            sorry = say.sorry(self._language(submission.event.sender))
            await screen.update_named(name, problems_window({submission.title: sorry}, submission.title))
            raise
        t = self._language(submission.event.sender)
        await screen.update_named(name, after_a_while(submission, answer, t))

    async def _screen(self, sender: Sender) -> Screen:
        client = await self._clients.of(sender.workspace)
        if client is None:
            raise NotInstalled
        return Screen(client)

    def _language(self, sender: Sender) -> Translator:
        return translator(self._people.language(sender))

    async def _in_time(self, task: asyncio.Future[Any]) -> bool:
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        return bool(done)

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Go on with some work after its request was answered; nobody else would hear of its failure."""
        task = asyncio.ensure_future(work)
        self._late.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer failed", exc_info=error)
