"""What people do, brought to the engine; what comes of it, brought back to where it belongs."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace

import structlog
from botbuilder.core import TurnContext
from botbuilder.schema import Activity
from starlette.background import BackgroundTasks
from starlette.responses import JSONResponse, Response

from adapters.teams import answers
from adapters.teams.adapter import Adapter, invoke_response
from adapters.teams.address import Address
from adapters.teams.conversations import Conversations
from adapters.teams.parse import ELSEWHERE, Inbound, Way
from adapters.teams.render import Page, pages
from adapters.teams.send import Writer, message
from bot.language import translator
from bot.messages import Typed, card
from bot.ports import InDoubt, Receiver, SendFailed

log = structlog.get_logger(__name__)


class Turns:
    """Runs one turn of the conversation for each inbound."""

    def __init__(self, adapter: Adapter, receiver: Receiver, conversations: Conversations, writer: Writer) -> None:
        self._adapter = adapter
        self._receiver = receiver
        self._conversations = conversations
        self._writer = writer

    async def run(self, inbound: Inbound) -> Response:
        """Store what was typed in a chat with the bot; answer all else, and put into the chat what belongs there.

        What was said in a channel is answered in the chat of whoever said it. Where that cannot be had, a reply says
        so, and nothing else is done.
        """
        afterwards = BackgroundTasks()

        async def logic(context: TurnContext) -> None:
            if inbound.way is Way.MESSAGE and isinstance(inbound.event, Typed):
                await self._receiver.accept(inbound.event)
            elif inbound.way is Way.MENTION:
                await self._mentioned(context, inbound, afterwards)
            else:
                await self._answered(context, inbound, afterwards)

        body = await self._adapter.run(inbound, logic)
        return Response(background=afterwards) if body is None else JSONResponse(body, background=afterwards)

    async def _answered(self, context: TurnContext, inbound: Inbound, afterwards: BackgroundTasks) -> None:
        chat = await self._chat(inbound) if inbound.way in ELSEWHERE else None
        known = _written_to(inbound, chat) if isinstance(chat, Address) else inbound
        response = answers.respond(known, await self._receiver.answer(known.event))
        if isinstance(chat, Address):
            afterwards.add_task(self._privately, chat, response.also)
        elif inbound.way not in ELSEWHERE:
            afterwards.add_task(_put_into_chat, context, inbound.replies_to, response)
        if inbound.way is not Way.MESSAGE:
            await context.send_activity(invoke_response(response.body))

    async def _mentioned(self, context: TurnContext, inbound: Inbound, afterwards: BackgroundTasks) -> None:
        chat = await self._chat(inbound)
        if not isinstance(chat, Address):
            afterwards.add_task(_tried, context.send_activity(_not_reached(inbound, chat)))
            return
        known = _written_to(inbound, chat)
        response = answers.respond(known, await self._receiver.answer(known.event))
        afterwards.add_task(self._or_said_here, context, inbound, chat, response.also)

    async def _chat(self, inbound: Inbound) -> Address | SendFailed | InDoubt:
        """Return the address of a person's own chat with the bot, or why it cannot be had."""
        try:
            return await self._conversations.opened(replace(inbound.address, conversation="", member=inbound.person))
        except (SendFailed, InDoubt) as error:
            log.warning("no chat of their own", code=str(error))
            return error

    async def _or_said_here(
        self, context: TurnContext, inbound: Inbound, chat: Address, shown: Sequence[Page]
    ) -> None:
        if (failure := await self._privately(chat, shown)) is not None:
            await _tried(context.send_activity(_not_reached(inbound, failure)))

    async def _privately(self, chat: Address, shown: Sequence[Page]) -> SendFailed | InDoubt | None:
        """Post pages into somebody's own chat; return what hindered it. What does not arrive can be had again."""
        for page in shown:
            try:
                await self._writer.post(replace(chat, member=""), page)
            except (SendFailed, InDoubt) as error:
                log.warning("an answer was not shown", code=str(error))
                return error
        return None


def _written_to(inbound: Inbound, chat: Address) -> Inbound:
    """Return the same, by somebody whose chat with the bot is known."""
    address = replace(chat, member="").dump()
    return replace(inbound, event=replace(inbound.event, sender=replace(inbound.event.sender, address=address)))


def _not_reached(inbound: Inbound, why: SendFailed | InDoubt) -> Activity:
    t = translator(inbound.event.sender.language)
    if isinstance(why, SendFailed) and why.retry_after is None:
        said = t("I cannot write to you. Please add me to your apps in Teams, or unblock me, and ask me again.")
    else:
        said = t("I cannot write to you just now. Please ask me again in a minute.")
    return message(pages(card(said))[0])


async def _put_into_chat(context: TurnContext, pressed: str, response: answers.Response) -> None:
    """Draw over the pressed message and send what is said besides. What fails is lost, and can be had again."""
    if response.in_place:
        redrawn = message(response.in_place)
        redrawn.id = pressed
        await _tried(context.update_activity(redrawn))
    for page in response.also:
        await _tried(context.send_activity(message(page)))


async def _tried(sending: Awaitable[object]) -> None:
    try:
        await sending
    except (SendFailed, InDoubt) as error:
        log.warning("an answer was not shown", code=str(error))
