"""The application that carries the adapters, on real sockets."""

import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from adapters.http import SECURITY_HEADERS, CannotListen, PortTaken, http_app, listen

COUNTED = Counter("mentronome_test_requests", "Requests counted by a test.")


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello", headers={"X-Frame-Options": "SAMEORIGIN"})


@asynccontextmanager
async def visitor(checks: Mapping[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    app = http_app([Route("/hello", hello)], lambda: checks)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        yield client


async def test_ready_is_who_has_every_check_ok() -> None:
    async with visitor({"database": "ok", "scheduler": "ok"}) as client:
        ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "scheduler": "ok"})


async def test_one_check_that_fails_is_told_with_503_while_the_process_still_lives() -> None:
    async with visitor({"database": "locked", "scheduler": "ok"}) as client:
        ready, alive = await client.get("/readyz"), await client.get("/livez")
    assert (ready.status_code, json.loads(ready.text)["database"]) == (503, "locked")
    assert (alive.status_code, alive.text) == (200, "ok")


async def test_metrics_are_told_as_text_for_prometheus() -> None:
    COUNTED.inc(3)
    async with visitor({}) as client:
        metrics = await client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert "mentronome_test_requests_total 3.0" in metrics.text


async def test_every_response_is_guarded_and_a_part_may_set_its_own_guard() -> None:
    async with visitor({}) as client:
        responses = [await client.get(path) for path in ("/hello", "/livez", "/readyz", "/metrics", "/nowhere")]
    for response in responses:
        assert SECURITY_HEADERS.keys() <= {name.title() for name in response.headers}
    assert responses[0].headers["X-Frame-Options"] == "SAMEORIGIN"
    assert responses[1].headers["X-Frame-Options"] == "DENY"


def test_a_taken_port_is_told_in_one_line_with_the_mend() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken) as trouble:
            listen("127.0.0.1", port)
    message = str(trouble.value)
    assert str(port) in message
    assert "--port" in message
    assert "\n" not in message


def test_a_port_is_free_again_when_it_was_closed() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_a_host_that_is_not_ours_is_told_with_the_mend(host: str) -> None:
    with pytest.raises(CannotListen, match="--host") as trouble:
        listen(host, 0)
    assert not isinstance(trouble.value, PortTaken)
