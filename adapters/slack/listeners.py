"""What happens when Slack tells of something: hand the event over, and answer in the way its kind allows."""

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from adapters.slack import parse
from adapters.slack.render import messages
from adapters.slack.screen import Screen
from adapters.slack.text import Json
from adapters.slack.windows import card_window, form_window, line_window, problems_window
from bot.domain.ids import new_id
from bot.language import Translator, translator
from bot.messages import Answer, Card, Event, Form, card
from bot.ports import Receiver

log = structlog.stdlib.get_logger(__name__)


class Listeners:
    """Listens for one workspace. `patience` is how many seconds an answer may take: Slack gives up after 3."""

    def __init__(self, receiver: Receiver, screen: Screen, patience: float) -> None:
        self._receiver = receiver
        self._screen = screen
        self._patience = patience
        self._late: set[asyncio.Task[None]] = set()

    async def happened(self, body: Mapping[str, Any]) -> None:
        """Store what a person typed; Slack sends everything again that this does not return from."""
        typed = parse.message(body)
        if typed is not None:
            await self._receiver.accept(typed)

    async def commanded(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Answer a slash command where it was typed, seen by its author alone."""
        command = parse.command(body)
        t = _language(command.event)
        turn = asyncio.ensure_future(self._receiver.answer(command.event))
        if not await self._in_time(turn):
            self._keep(self._answer_late(turn, command))
            await ack(_one_moment(t))
            return
        show = turn.result().show
        if isinstance(show, Card):
            await self._reply(ack, command, show)
        elif isinstance(show, Form) and not await self._screen.open(command.trigger, form_window(show)):
            await ack(_too_late(t))
        else:
            await ack()

    async def pressed(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Handle a press. Slack shows a warning beside the button where this fails within its time."""
        press = parse.press(body)
        if press is not None:
            handling = asyncio.ensure_future(self._press(press))
            if await self._in_time(handling):
                handling.result()
            else:
                self._keep(handling)
        await ack()

    async def submitted(self, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Answer a form: errors on its fields, the next thing to see, or the end of the window."""
        submission = parse.submission(body)
        turn = asyncio.ensure_future(self._receiver.answer(submission.event))
        if await self._in_time(turn):
            await ack(_in_answer(submission, turn.result()))
            return
        name = new_id()
        waiting = line_window(_one_moment(_language(submission.event)), submission.title)
        self._keep(self._submission_late(turn, submission, name))
        await ack({"response_action": "push", "view": {**waiting, "external_id": name}})

    async def close(self) -> None:
        """Wait for what was answered with 'one moment'."""
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _reply(self, ack: AsyncAck, command: parse.Command, shown: Card) -> None:
        """The acknowledgement itself may hold one message; what is longer comes before it."""
        first, *more = messages(shown)
        if more:
            await self._screen.tell(command.respond_to, shown)
            await ack()
        else:
            await ack({**first, "response_type": "ephemeral"})

    async def _press(self, press: parse.Press) -> None:
        """The trigger lives for 3 seconds: a window opens before it is known what will be in it."""
        t = _language(press.event)
        turn = asyncio.ensure_future(self._receiver.answer(press.event))
        window = press.window
        if window is None and press.opens:
            window = await self._screen.open(press.trigger, line_window("…", press.label))
        try:
            show = (await turn).show
        except Exception:
            if window is not None:
                await self._screen.update(window, line_window(_sorry(t), press.label))
            raise
        if window is not None:
            await self._screen.update(window, _view(show, press.label, t))
        elif isinstance(show, Card):
            await self._screen.tell(press.respond_to, show)
        elif isinstance(show, Form) and not await self._screen.open(press.trigger, form_window(show)):
            await self._screen.tell(press.respond_to, card(_too_late(t)))

    async def _answer_late(self, turn: Awaitable[Answer], command: parse.Command) -> None:
        t = _language(command.event)
        try:
            show = (await turn).show
        except Exception:
            await self._screen.tell(command.respond_to, card(_sorry(t)))
            raise
        if isinstance(show, Form):
            show = card(_too_late(t))
        await self._screen.tell(command.respond_to, show or card(_done(t)))

    async def _submission_late(self, turn: Awaitable[Answer], submission: parse.Submission, name: str) -> None:
        """The window 'one moment' lies on the form, so that what was typed is not lost where something is wrong."""
        t = _language(submission.event)
        try:
            answer = await turn
        except Exception:
            problem = problems_window({submission.title: _sorry(t)}, submission.title)
            await self._screen.update_named(name, problem)
            raise
        if answer.errors:
            problems = {submission.labels.get(field, field): problem for field, problem in answer.errors.items()}
            view = problems_window(problems, submission.title)
        else:
            view = _view(answer.show, submission.title, t)
        await self._screen.update_named(name, view)

    async def _in_time(self, task: asyncio.Future[Any]) -> bool:
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        return bool(done)

    def _keep(self, work: Coroutine[Any, Any, None] | asyncio.Task[None]) -> None:
        """Go on with some work after its request was answered; nobody else would hear of its failure."""
        task = asyncio.ensure_future(work)
        self._late.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("late answer failed", exc_info=error)


def _in_answer(submission: parse.Submission, answer: Answer) -> Json:
    if answer.errors:
        return {"response_action": "errors", "errors": _on_fields(submission, answer.errors)}
    if answer.show is None:
        return {"response_action": "clear"}
    view = _view(answer.show, submission.title, _language(submission.event))
    return {"response_action": "update", "view": view}


def _on_fields(submission: parse.Submission, errors: Mapping[str, str]) -> dict[str, str]:
    """Slack shows an error only beside a field of the window; what is about none stands beside the first."""
    first = next(iter(submission.labels), "")
    return {field if field in submission.labels else first: problem for field, problem in errors.items()}


def _view(show: Form | Card | None, title: str, t: Translator) -> Json:
    """No call closes a window that is open: where nothing is left to see, it says so."""
    match show:
        case Form():
            return form_window(show)
        case Card():
            return card_window(show, title)
        case None:
            return line_window(_done(t), title)


def _language(event: Event) -> Translator:
    return translator(event.sender.language)


def _one_moment(t: Translator) -> str:
    return t("One moment, this takes longer than usual.")


def _done(t: Translator) -> str:
    return t("Done. You can close this.")


def _too_late(t: Translator) -> str:
    return t("Slack did not let me open the form in time. Please try again.")


def _sorry(t: Translator) -> str:
    return t("Something went wrong on my side. Please try again.")
