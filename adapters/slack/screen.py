"""What is shown at once and never queued: windows, and lines in a conversation that only one person sees."""

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.client import quiet
from adapters.slack.parse import Window
from adapters.slack.render import messages
from adapters.slack.text import Json
from bot.messages import Card

log = structlog.stdlib.get_logger(__name__)


class Screen:
    """Shows things on people's screens. What cannot be shown is logged, and always to be had again."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def open(self, trigger: str, view: Json) -> Window | None:
        """Open a window with the trigger of what the person did, which works once and for 3 seconds."""
        try:
            opened = await self._client.views_open(trigger_id=trigger, view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("window not opened", code=_code(error))
            return None
        return Window(opened["view"]["id"], opened["view"]["hash"])

    async def update(self, window: Window, view: Json) -> None:
        """Put something else into a window, unless the person has closed it or it has changed meanwhile."""
        try:
            await self._client.views_update(view_id=window.id, hash=window.hash, view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.info("window not updated", code=_code(error))

    async def update_named(self, name: str, view: Json) -> None:
        """Put something else into a window that was opened by an answer, so that only our own name of it is known."""
        try:
            await self._client.views_update(external_id=name, view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.info("window not updated", code=_code(error))

    async def tell(self, respond_to: str, card: Card) -> None:
        """Show a card where the person did something, to them alone; Slack takes five within half an hour."""
        client = AsyncWebhookClient(respond_to, session=self._client.session, retry_handlers=[], logger=quiet)
        for message in messages(card):
            body = message | {"response_type": "ephemeral", "replace_original": False}
            try:
                answer = await client.send_dict(body)
            except (ClientError, TimeoutError) as error:
                log.warning("reply not shown", code=_code(error))
                return
            if answer.status_code != 200:
                log.warning("reply not shown", code=f"http_{answer.status_code}")
                return


def _code(error: Exception) -> str:
    data = getattr(getattr(error, "response", None), "data", None)
    return data.get("error", "unknown") if isinstance(data, dict) else type(error).__name__
