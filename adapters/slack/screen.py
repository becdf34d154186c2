"""What is shown at once and never queued: windows, and lines in a conversation that only one person sees."""

import asyncio

import structlog
from aiohttp import ClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.client import FAILURES, code_of, quiet
from adapters.slack.parse import Window
from adapters.slack.render import messages
from adapters.slack.text import Json
from bot.messages import Card

log = structlog.stdlib.get_logger(__name__)


LOOKS = 4
"""How often a window is looked for that Slack may not have opened yet."""


class Screen:
    """Shows things on the screens of one workspace. What cannot be shown is logged, and always to be had again.

    `pause` is the time in seconds between two looks for a window.
    """

    def __init__(self, client: AsyncWebClient, pause: float = 0.5) -> None:
        self._client = client
        self._pause = pause

    async def open(self, trigger: str, view: Json) -> Window | None:
        """Open a window with the trigger of what the person did, which works once and for 3 seconds."""
        try:
            opened = await self._client.views_open(trigger_id=trigger, view=view)
        except FAILURES as error:
            log.warning("window not opened", code=code_of(error))
            return None
        return Window(opened["view"]["id"], opened["view"]["hash"])

    async def update(self, window: Window, view: Json) -> None:
        """Put something else into a window, unless the person has closed it or it has changed meanwhile."""
        await self._update(view, view_id=window.id, hash=window.hash)

    async def update_named(self, name: str, view: Json) -> None:
        """Put something else into a window that an answer opens, which may not have reached Slack yet.

        Slack does not tell the ids of such windows; the name is our own.
        """
        for _ in range(LOOKS):
            if await self._update(view, external_id=name) != "not_found":
                return
            await asyncio.sleep(self._pause)

    async def tell(self, respond_to: str, card: Card) -> None:
        """Show a card where the person did something, to them alone; Slack takes five within half an hour."""
        client = AsyncWebhookClient(respond_to, session=self._client.session, retry_handlers=[], logger=quiet)
        for message in messages(card):
            body = message | {"response_type": "ephemeral", "replace_original": False}
            try:
                answer = await client.send_dict(body)
            except (ClientError, TimeoutError) as error:
                log.warning("reply not shown", code=code_of(error))
                return
            if answer.status_code != 200:
                log.warning("reply not shown", code=f"http_{answer.status_code}")
                return

    async def whisper(self, user: str, card: Card) -> None:
        """Show a card to a person alone in their conversation with the bot, where they did something elsewhere."""
        try:
            channel = (await self._client.conversations_open(users=user))["channel"]["id"]
            for message in messages(card):
                await self._client.chat_postEphemeral(channel=channel, user=user, **message)
        except FAILURES as error:
            log.warning("whisper not shown", code=code_of(error))

    async def publish(self, user: str, view: Json) -> str:
        """Put a view into a person's home tab; return the code of what went wrong, if anything."""
        try:
            await self._client.views_publish(user_id=user, view=view)
        except FAILURES as error:
            return code_of(error)
        return ""

    async def _update(self, view: Json, **which: str) -> str:
        """Return the code of what went wrong, if anything."""
        try:
            await self._client.views_update(view=view, **which)
        except FAILURES as error:
            code = code_of(error)
            log.info("window not updated", code=code)
            return code
        return ""
