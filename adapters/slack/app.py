"""Wires Slack's requests to a receiver: one ASGI application for `/slack/events`, built on Bolt."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import quiet
from adapters.slack.listeners import Listeners
from adapters.slack.parse import Unreadable
from adapters.slack.screen import Screen
from bot.ports import Receiver

PATH = "/slack/events"
COMMAND = "/mentoring"

PATIENCE = 2.0
"""Seconds that an answer may take before Slack is told 'one moment'; it gives up after 3."""

_ANY = re.compile("")
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)

log = structlog.stdlib.get_logger(__name__)


class SlackEndpoint(AsyncSlackRequestHandler):
    """The ASGI application that takes Slack's requests.

    A message is acknowledged once the receiver has stored it, everything else once it was handled or `patience`
    has run out. Unsigned requests are answered 401, broken ones 400, and what fails on our side 500, so that Slack
    sends an event again.
    """

    def __init__(
        self, client: AsyncWebClient, signing_secret: str, receiver: Receiver, patience: float = PATIENCE
    ) -> None:
        self._listeners = Listeners(receiver, Screen(client), patience)
        super().__init__(_bolt(signing_secret, self._listeners), path=PATH)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Slack sends no query; Bolt would stumble over one that is not UTF-8."""
        await super().__call__({**scope, "query_string": b""}, receive, send)

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """Answer one request; what Bolt would stumble over before it has checked the signature is refused here."""
        try:
            headers = request.get_headers()
            _check_signature_headers(headers)
            bolt_request = AsyncBoltRequest(body=await request.get_raw_body(), headers=headers)
            _check_shape(bolt_request.body)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
            return BoltResponse(status=400)
        return await self.app.async_dispatch(bolt_request)

    async def close(self) -> None:
        """Wait for the answers that are still under way; call it before the web client is closed."""
        await self._listeners.close()


def _bolt(signing_secret: str, listeners: Listeners) -> AsyncApp:
    """Events are acknowledged when their listener is done only with `process_before_response`."""
    app = AsyncApp(
        logger=quiet,
        name="mentronome",
        signing_secret=signing_secret,
        authorize=_authorized,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_failed)
    app.event(_ANY)(listeners.happened)
    app.command(COMMAND)(listeners.commanded)
    app.action(_ANY)(listeners.pressed)
    app.view_submission(_ANY)(listeners.submitted)
    return app


def _check_signature_headers(headers: Mapping[str, str | Sequence[str]]) -> None:
    """Bolt takes any text for a number and compares signatures that are not ASCII, and raises on both."""
    timestamp = str(headers.get("x-slack-request-timestamp", "0"))
    signature = str(headers.get("x-slack-signature", ""))
    if not _TIMESTAMP.fullmatch(timestamp) or not signature.isascii():
        raise ValueError("no timestamp or signature of Slack's")


def _check_shape(body: Mapping[str, Any]) -> None:
    """Bolt chooses a listener by these, and stumbles where they are missing."""
    match body:
        case (
            {"type": "event_callback", "event": {"type": str()}}
            | {"type": "block_actions", "actions": [{"type": str(), "action_id": str()}, *_]}
            | {"type": "view_submission", "view": {"type": str(), "callback_id": str()}}
        ):
            return
        case {"type": "event_callback" | "block_actions" | "view_submission"}:
            raise ValueError("not what Slack documents")


async def _authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Bolt asks Slack who we are before it lets a first request in; we answer with our own client, and need not know.

    Where that question fails, Bolt would acknowledge a message that nobody has stored.
    """
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _failed(error: Exception) -> BoltResponse:
    """Bolt's own handler would log what was sent."""
    match error:
        case Unreadable():
            log.warning("payload not understood", payload_kind=str(error))
            return BoltResponse(status=400)
        case BoltUnhandledRequestError():
            log.warning("request of a kind that is not listened to")
            return BoltResponse(status=404)
    log.error("request failed", exc_info=error)
    return BoltResponse(status=500)
