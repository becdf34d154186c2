"""The Bot Connector as botbuilder's client knows it, carried by httpx.

Each call is one attempt with one time-out, and what goes wrong is told in the bot's own words, `SendFailed` and
`InDoubt`. botbuilder's own transport blocks a thread, and may repeat an update whose answer was lost.
"""

import math
import random
import re
from collections.abc import Collection
from typing import Any

import httpx
from botframework.connector.aio import ConnectorClient
from botframework.connector.aiohttp_bf_pipeline import AsyncBfPipeline
from botframework.connector.auth.connector_factory import ConnectorFactory
from botframework.connector.bot_framework_sdk_client_async import BotFrameworkConnectorConfiguration
from msrest.pipeline import Request, Response, SansIOHTTPPolicy
from msrest.pipeline.async_abc import AsyncHTTPSender
from msrest.universal_http import ClientRequest
from msrest.universal_http.async_abc import AsyncClientResponse

from adapters.teams.tokens import OutgoingToken
from bot.ports import InDoubt, SendFailed

TIMEOUT = 10.0
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
PASSING = frozenset({408, 412, 429, 500, 502, 503, 504})
"""Refusals worth another try: those that Microsoft names (412, 429, 502, 504), and what HTTP itself calls passing."""
BUSY = frozenset({412, 429, 502, 503, 504})
"""Of these, what says nothing of the message: it is tried again for as long as it takes."""

AGAIN = 20.0
LONGEST = 3600.0
CODES = {400: "bad_request", 403: "blocked", 404: "not_found", 413: "too_large", 429: "throttled"}

_URL = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[::1\])(:\d{1,5})?(/[\w.~/-]*)?", re.ASCII)
_HERE = ("localhost", "127.0.0.1", "[::1]")


class ServiceHosts:
    """The hosts that the bot talks to; `local` adds this machine, by plain http too."""

    def __init__(self, hosts: Collection[str], local: bool) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._local = local

    def allow(self, url: str) -> bool:
        """Tell whether messages, and with them the bot's token, may go to a service URL."""
        if self.is_here(url):
            return self._local
        parts = _URL.fullmatch(url)
        return parts is not None and parts[1] == "https" and parts[3] is None and parts[2].lower() in self._hosts

    @staticmethod
    def is_here(url: str) -> bool:
        """Tell whether a URL leads to this machine."""
        parts = _URL.fullmatch(url)
        return parts is not None and parts[2] in _HERE


class Arrived(AsyncClientResponse):
    """A successful answer in the shape that botbuilder reads; one that is no JSON counts as empty."""

    def __init__(self, request: ClientRequest, answer: httpx.Response) -> None:
        super().__init__(request, answer)
        self.status_code = answer.status_code
        self.headers = {"content-type": "application/json"}
        self._body = answer.content if _is_object(answer) else b"{}"

    def body(self) -> bytes:
        """Return the whole body."""
        return self._body


class OverHttpx(AsyncHTTPSender[ClientRequest, Arrived]):
    """Carries botbuilder's requests over an httpx client, with the bot's token."""

    def __init__(self, http: httpx.AsyncClient, token: OutgoingToken) -> None:
        self._http = http
        self._token = token

    async def __aexit__(self, *_: object) -> None:
        """Leave the httpx client open; whoever made it closes it."""

    async def send(self, request: Request[ClientRequest], **_: object) -> Response[ClientRequest, Arrived]:
        """Make one attempt.

        Raises:
            SendFailed: the request was refused or never left, or no token was to be had.
            InDoubt: it left, and no answer came.
        """
        asked: ClientRequest = request.http_request
        headers = {**asked.headers, "Authorization": f"Bearer {await self._token.get()}"}
        try:
            answer = await self._http.request(
                asked.method,
                asked.url,
                headers=headers,
                content=asked.data,
                timeout=TIMEOUT,
                follow_redirects=False,
            )
        except NEVER_LEFT as error:
            raise SendFailed("unreachable", retry_after=AGAIN) from error
        except httpx.RequestError as error:
            raise InDoubt(type(error).__name__) from error
        if not answer.is_success:
            if answer.status_code == 401:
                self._token.forget()
            raise refusal(asked.method, answer)
        return Response(request, Arrived(asked, answer))


class Connectors(ConnectorFactory):  # type: ignore[misc]  # botbuilder has no types
    """Makes botbuilder's clients, one for each service URL, all with the bot's one token."""

    def __init__(self, hosts: ServiceHosts, token: OutgoingToken, http: httpx.AsyncClient) -> None:
        self._hosts = hosts
        self._sender = OverHttpx(http, token)
        self._clients: dict[str, ConnectorClient] = {}

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:
        """Return the client for a service URL. Raises SendFailed where its host is not one of ours."""
        if not self._hosts.allow(service_url):
            raise SendFailed("unknown_host")
        if service_url not in self._clients:
            credentials: Any = SansIOHTTPPolicy()  # adds nothing: the sender adds the token, for which it can wait
            configuration = BotFrameworkConnectorConfiguration(
                credentials, service_url, pipeline_type=AsyncBfPipeline, sender=self._sender
            )
            self._clients[service_url] = ConnectorClient(credentials, custom_configuration=configuration)
        return self._clients[service_url]


def refusal(method: str, answer: httpx.Response) -> SendFailed:
    """Return what a refusal means: the wait for the next try in seconds, or that there is no use in one."""
    status = answer.status_code
    if status in PASSING:
        code = CODES.get(status, f"http_{status}")
        return SendFailed(code, retry_after=_wait(answer), busy=status in BUSY)
    if status == 401:
        return SendFailed("unauthorized", retry_after=60.0)
    if method == "PUT":
        return SendFailed("update_refused")
    return SendFailed(CODES.get(status, f"http_{status}"))


def _wait(answer: httpx.Response) -> float:
    """Return how many seconds Teams is to be left alone, and up to a quarter more, so that not all come at once."""
    try:
        seconds = float(answer.headers.get("Retry-After", AGAIN))
    except ValueError:
        seconds = AGAIN
    known = min(max(seconds, 0.0), LONGEST) if math.isfinite(seconds) else AGAIN
    return known * random.uniform(1.0, 1.25)  # noqa: S311, nothing is kept secret by it


def _is_object(answer: httpx.Response) -> bool:
    try:
        return isinstance(answer.json(), dict)
    except ValueError:
        return False
