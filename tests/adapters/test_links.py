"""What a browser gets when it follows a link."""

from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.http import http_app
from adapters.links import link_routes
from bot.ports import Download

FILE = Download(b"BEGIN:VCALENDAR\r\n", "text/calendar; charset=utf-8; method=REQUEST", "mentoring.ics")


async def opens(token: str) -> Download | None:
    return FILE if token == "good_token-1" else None


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    app = http_app(link_routes(opens), dict)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        yield client


async def test_a_good_link_brings_a_file_that_nothing_keeps(browser: httpx.AsyncClient) -> None:
    found = await browser.get("/l/good_token-1")
    assert (found.status_code, found.content) == (200, FILE.content)
    assert found.headers["content-type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert found.headers["content-disposition"] == "attachment; filename=mentoring.ics"
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("token", ["expired", "%00", "..%2F..%2Fetc%2Fpasswd", "%F0%9F%98%80", "a" * 5000])
async def test_any_other_brings_one_kind_sentence(browser: httpx.AsyncClient, token: str) -> None:
    found = await browser.get(f"/l/{token}")
    assert found.status_code == 404
    if "%2F" not in token:
        assert found.headers["cache-control"] == "no-store"
        assert "This link does not work any more." in found.text
        assert token not in found.text


@pytest.mark.parametrize("said", ["", "de-DE,de;q=0.9", "xx", "<script>", "\xff"])
async def test_the_page_is_whole_whatever_language_a_browser_asks_for(browser: httpx.AsyncClient, said: str) -> None:
    found = await browser.get("/l/expired", headers={b"accept-language": said.encode("latin-1")})
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"de" if said.startswith("de") else "en"}">' in found.text
    assert "<script>" not in found.text


async def test_a_link_is_only_read(browser: httpx.AsyncClient) -> None:
    assert (await browser.head("/l/good_token-1")).status_code == 200
    assert (await browser.post("/l/good_token-1")).status_code == 405
