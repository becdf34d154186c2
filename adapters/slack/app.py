"""Wires Slack's requests to the house: one ASGI application, built on Bolt, which a socket may feed as well."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.adapter.asgi.http_response import AsgiHttpResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse

from adapters.slack.client import Clients, quiet
from adapters.slack.events import Events
from adapters.slack.listeners import Listeners, NotInstalled
from adapters.slack.manifest import COMMAND, PATH, SHORTCUTS
from adapters.slack.parse import Unreadable
from adapters.slack.people import People
from adapters.slack.ports import Company, Installations
from adapters.slack.tabs import HomeTabs
from adapters.slack.workspaces import Workspaces
from bot.ports import Clock

PATIENCE = 2.0
"""Seconds that an answer may take before Slack is told 'one moment'; it gives up after 3."""

RATE_LIMITED = "app_rate_limited"
"""What Slack sends where a workspace has caused more events than it delivers: 30,000 an hour."""

_ANY = re.compile("")
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)

log = structlog.stdlib.get_logger(__name__)


class SlackEndpoint(AsyncSlackRequestHandler):
    """The ASGI application that takes Slack's requests.

    A message is acknowledged once it is stored, everything else once it was handled or `patience` has run out.
    Unsigned requests are answered 401, broken ones 400, and what fails on our side 503, so that Slack sends an event
    again. With `oauth` the app can be installed here as well. By `clock` Slack's pace is kept.
    """

    def __init__(
        self,
        clients: Clients,
        signing_secret: str,
        company: Company,
        installations: Installations,
        clock: Clock,
        *,
        oauth: AsyncOAuthFlow | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.people = People(clients, company)
        self._tabs = HomeTabs(clients, company)
        self.messenger = Workspaces(clients, clock, self._tabs.touched)
        self.events = Events(company, self.people, self._tabs, installations)
        self._listeners = Listeners(company, clients, self.people, self._tabs, patience)
        super().__init__(_bolt(signing_secret, self._listeners, self.events), path=PATH)
        self._oauth = oauth

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Bolt would stumble over a query that is not UTF-8."""
        if scope["type"] == "http":
            scope = {**scope, "query_string": scope["query_string"].decode(errors="replace").encode()}
        await super().__call__(scope, receive, send)

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

    async def take(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Answer what came by a socket, where nothing is signed."""
        try:
            _check_shape(payload)
        except ValueError:
            return BoltResponse(status=400)
        return await self.app.async_dispatch(AsyncBoltRequest(body=dict(payload), mode="socket_mode"))

    async def close(self) -> None:
        """Wait for what is still under way; call it before the web clients are closed."""
        await self._listeners.close()
        await self._tabs.close()

    async def _get_http_response(self, method: str, path: str, request: AsgiHttpRequest) -> AsgiHttpResponse:
        """Bolt's own way to the pages of the installation wants its own way to tokens, too; ours leads by it."""
        if self._oauth is None or method != "GET":
            return await super()._get_http_response(method, path, request)
        bolt_request = AsyncBoltRequest(body="", query=request.query_string, headers=request.get_headers())
        if path == self._oauth.install_path:
            found = await self._oauth.handle_installation(bolt_request)
        elif path == self._oauth.redirect_uri_path:
            found = await self._oauth.handle_callback(bolt_request)
        else:
            found = BoltResponse(status=404)
        if path == self._oauth.redirect_uri_path and found.status != 200:
            log.warning("not installed", status=found.status)
        return AsgiHttpResponse(status=found.status, headers=found.headers, body=found.body)


def _bolt(signing_secret: str, listeners: Listeners, events: Events) -> AsyncApp:
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
    app.event(_ANY)(events.happened)
    app.command(COMMAND)(listeners.commanded)
    app.action(_ANY)(listeners.pressed)
    app.view_submission(_ANY)(listeners.submitted)
    for shortcut in SHORTCUTS:
        app.shortcut(shortcut.id)(listeners.chosen)
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
            | {"type": "shortcut" | "message_action", "callback_id": str()}
        ):
            return
        case {"type": "event_callback" | "block_actions" | "view_submission" | "shortcut" | "message_action"}:
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
        case NotInstalled():
            log.warning("request from where the app is not installed")
            return BoltResponse(status=404)
        case BoltUnhandledRequestError() if error.request.body.get("type") == RATE_LIMITED:
            log.error("Slack holds events back", minute=error.request.body.get("minute_rate_limited"))
            return BoltResponse(status=200)
        case BoltUnhandledRequestError():
            log.warning("request of a kind that is not listened to")
            return BoltResponse(status=404)
    log.error("request failed", exc_info=error)
    return BoltResponse(status=503)
