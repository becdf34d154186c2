"""The HTTP application that carries the adapters, and the server that answers for it."""

import errno
import gc
import signal
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

CLOSING_TIME = 5
"""Seconds that open connections are given when the server stops."""

# The pages are drawn by Vue, which compiles its templates in the browser: hence 'unsafe-eval'. They hold no markup
# that people wrote.
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
}

Metrics = Callable[[], bytes]
"""Tells counts as text for Prometheus. Called in a thread."""

Ready = Callable[[], Mapping[str, str]]
"""Looks whether each part works, by its name: 'ok', or what is wrong in a few words. Called in a thread."""


class CannotListen(Exception):
    """The address to serve on cannot be used; the message is one line that says the mend."""


class PortTaken(CannotListen):
    """Another program serves on this port already."""


def http_app(
    routes: Sequence[BaseRoute],
    ready: Ready,
    lifespan: Lifespan[Starlette] | None = None,
    *,
    metrics: Metrics = generate_latest,
) -> Starlette:
    """Return the application: the adapters' routes behind /livez, /readyz and /metrics.

    /livez tells that the process runs. /readyz tells the checks as JSON, with status 503 unless all are 'ok'
    (a remark may follow: 'ok, 3 given up').
    /metrics tells `metrics`, which is what this process has counted unless it is said. Every response carries
    security headers.
    """

    def readyz(request: Request) -> Response:
        checks = dict(ready())
        works = all(state.split(",")[0] == "ok" for state in checks.values())
        return JSONResponse(checks, status_code=200 if works else 503)

    def told(request: Request) -> Response:
        return Response(metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    own = [Route("/livez", _livez), Route("/readyz", readyz), Route("/metrics", told)]
    return Starlette(routes=[*own, *routes], middleware=[Middleware(_SecurityHeaders)], lifespan=lifespan)


def listen(host: str, port: int) -> socket.socket:
    """Open a port to serve on; 0 takes any free one.

    Raises:
        PortTaken: another program has it.
        CannotListen: the host is not one of this machine's, or the port is not for this user.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotListen(f"Cannot serve on {host}: {error.strerror}. Name another address with --host.") from error
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(address)
        opened.listen(128)
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {port} on {host} is taken: stop what runs there, or choose another with --port."
            ) from error
        raise CannotListen(
            f"Cannot serve on {host}, port {port}: {error.strerror}. Name others with --host and --port."
        ) from error
    return opened


async def serve(app: ASGIApp, opened: socket.socket) -> None:
    """Serve an application on an opened port until the process is told to stop by SIGINT or SIGTERM, then return.

    What was loaded to start with lives as long as the process: to look through it for garbage would let everybody
    wait for a tenth of a second now and then.
    """
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=CLOSING_TIME
    )
    gc.collect()
    gc.freeze()
    await _Server(config).serve(sockets=[opened])


class _Server(uvicorn.Server):
    """Returns when it was told to stop, so that whoever serves can close what they opened; uvicorn's dies of it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if current_thread() is not main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _livez(request: Request) -> Response:
    return PlainTextResponse("ok")


class _SecurityHeaders:
    """Adds the headers to what passes, and leaves those alone that a part has set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
