"""What is stored on oneself: said in a few lines, and handed out whole, for a quarter of an hour, to nobody else."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import sqlalchemy as sa

from adapters.http import http_app
from adapters.links import link_routes
from bot.app import App
from bot.links import SealedLinks
from bot.ports import LinkKind
from bot.store import Sealer
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import KEY, PUBLIC_URL, Fingers, world

PAGE, DATA = "Everything, to read", "Everything, as JSON"


@asynccontextmanager
async def browser(app: App) -> AsyncIterator[httpx.AsyncClient]:
    served = http_app(link_routes(app.download), app.ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served)) as client:
        yield client


def links(person: Fingers) -> dict[str, str]:
    assert person.shown is not None
    return {link.label: link.url for section in person.shown.sections for link in section.links}


async def test_me_says_what_is_kept_who_sees_it_and_for_how_long(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        said = await company.hands("Ana").command("me")
        for words in (
            "6 months after a mentorship has ended",
            "30 days after you have left",
            "nobody who runs me does",
        ):
            assert words in said
        assert "'erase me' asks you back first" in said


async def test_everything_is_handed_out_word_for_word_and_only_to_whom_it_belongs(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        await paired(company)
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.command("me")
        found = await page.get(links(ana)[DATA])
        assert found.headers["content-type"] == "application/json"
        everything = json.loads(found.content)
        assert everything["person"][0]["name"] == "Ana Sample"
        assert {row["words"] for row in everything["notes"]} == {"Support, then testing", "Leading a project"}
        assert everything["mentorships"][0]["with"] == ["Ben Sample"]
        assert {row["kind"] for row in everything["said"]} >= {"invitation", "kickoff"}
        found = await page.get(links(ana)[PAGE])
        assert found.headers["content-type"] == "text/html; charset=utf-8"
        assert found.headers["content-disposition"].startswith("attachment")
        assert "Support, then testing" in found.text
        assert "2027-01-19 10:00" in found.text

        await ben.command("me")
        theirs = json.loads((await page.get(links(ben)[DATA])).content)
        assert theirs["person"][0]["name"] == "Ben Sample"
        assert "Ana Sample" in {row["by"] for row in theirs["notes"]}, "what Ana has shared with him is there too"
        for url in links(ana).values():
            ticket = SealedLinks(Sealer([KEY]), PUBLIC_URL).read(url.rpartition("/")[2], company.clock.now())
            assert ticket and ticket.kind in (LinkKind.MINE, LinkKind.MINE_JSON)
            forged = SealedLinks(Sealer([KEY]), PUBLIC_URL).url(replace(ticket, reader_id=company.people["Ben"].id))
            assert (await page.get(forged)).status_code == 404


async def test_the_links_end_after_a_quarter_of_an_hour(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana = company.hands("Ana")
        await ana.command("me")
        made = links(ana)
        company.clock.move_to(company.clock.now() + timedelta(minutes=14, seconds=59))
        assert [(await page.get(url)).status_code for url in made.values()] == [200, 200]
        company.clock.move_to(company.clock.now() + timedelta(seconds=1))
        assert [(await page.get(url)).status_code for url in made.values()] == [404, 404]


async def test_where_no_browser_reaches_the_service_that_is_said(database: sa.Engine) -> None:
    async with world(database, MONDAY, public_url="") as company:
        ana = company.hands("Ana")
        assert "no address that your browser can reach" in await ana.command("me")
        assert links(ana) == {}


async def test_the_first_word_to_somebody_says_what_is_kept(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        noa = company.hands("Ana")
        noa._sender = replace(noa._sender, user="new", address="new", name="Noa Sample")
        await noa.type("home")
        first = noa.messages()[0]
        for words in (
            "Names, dates and what you write to me, encrypted",
            "never your words",
            "6 months after a mentorship has ended",
            "able to export chat messages",
        ):
            assert words in first
        assert len(first) < 1000, "short enough to be read"
