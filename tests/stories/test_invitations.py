"""Meetings in people's calendars: offered where one is agreed, moved there and taken off again; fetched over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
import sqlalchemy as sa
from icalendar import Calendar, Event

from adapters.http import http_app
from adapters.links import link_routes
from bot.app import App
from bot.domain.people import PersonStatus
from bot.links import SealedLinks
from bot.ports import LinkKind
from bot.store import Sealer
from tests.platforms import WAYS, on
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import KEY, PUBLIC_URL, World, world

ADD, REMOVE = "Add to my calendar", "Remove from my calendar"


@asynccontextmanager
async def browser(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """Open a browser that reaches the application under its public address."""
    served = http_app(link_routes(app.download), app.ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served)) as client:
        yield client


async def entry(page: httpx.AsyncClient, url: str) -> tuple[str, Event]:
    """Follow a link, and return what the file asks of a calendar, and about which event."""
    found = await page.get(url)
    assert found.status_code == 200
    calendar = Calendar.from_ical(found.content)
    assert found.headers["content-type"] == f"text/calendar; charset=utf-8; method={calendar['METHOD']}"
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return str(calendar["METHOD"]), event


async def gone(page: httpx.AsyncClient, url: str) -> bool:
    """Follow a link, and tell whether it led to the page that says it works no more."""
    found = await page.get(url)
    return found.status_code == 404 and "does not work any more" in found.text


async def moved_to_wednesday(company: World) -> None:
    """Friday: Ana asks for Wednesday at eleven instead."""
    ana = company.hands("Ana")
    await ana.command("move")
    assert await ana.fill({"On which day?": "2027-01-20", "At what time?": "11:00"}) == {}
    await company.until("2027-01-15", "11:00")


async def test_a_meeting_comes_into_the_calendar_moves_there_and_leaves_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        assert list(ana.links()) == list(ben.links()) == [ADD], "both are offered it, whoever confirmed"
        first = ana.links()[ADD]
        method, event = await entry(page, first)
        assert (method, event["SEQUENCE"]) == ("REQUEST", 1)
        assert event["SUMMARY"] == "Mentoring: Ben and Ana"
        assert event.start == datetime(2027, 1, 19, 9, 0, tzinfo=UTC)
        uid = event["UID"]

        await moved_to_wednesday(company)
        assert ADD not in ana.links(), "an hour that nobody has confirmed is no appointment"
        assert await gone(page, first)
        await ben.press("Works for me")
        await company.until("2027-01-15", "12:00")
        for url in (ana.links()[ADD], ben.links()[ADD], first):
            method, event = await entry(page, url)
            assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", uid, 2), "an old link leads there too"
            assert event.start == datetime(2027, 1, 20, 10, 0, tzinfo=UTC)

        await ana.type("pause")
        await ana.press("Pause")
        await company.until("2027-01-18", "12:00")
        for url in (ana.links()[REMOVE], ben.links()[REMOVE], first):
            method, event = await entry(page, url)
            assert (method, event["UID"], event["SEQUENCE"]) == ("CANCEL", uid, 3)
            assert event["STATUS"] == "CANCELLED"

        await company.until("2027-01-20", "11:44")
        assert not await gone(page, ben.links()[REMOVE])
        await company.until("2027-01-20", "11:45")
        assert await gone(page, ben.links()[REMOVE]), "once its hour is over there is nothing to take off"


async def test_the_next_meeting_is_offered_with_its_date_the_agenda_and_the_brief(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        kickoff = ana.links()[ADD]
        await company.until("2027-01-19", "11:00")
        assert await gone(page, kickoff)
        await ana.press("Yes, we met")
        with_its_date = ana.links()[ADD]
        _, event = await entry(page, with_its_date)
        assert event.start == datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
        assert event["SEQUENCE"] == 0
        assert await gone(page, ben.links()[ADD]), "Ben has heard of the first meeting only"
        await company.until("2027-02-01", "10:00")
        assert ana.links()[ADD] != with_its_date, "the agenda offers it anew"
        _, of_the_brief = await entry(page, ben.links()[ADD])
        assert (of_the_brief["UID"], of_the_brief.start) == (event["UID"], event.start)


async def test_a_meeting_that_is_over_is_not_to_be_taken_off(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        await ana.type("pause")
        await ana.press("Pause")
        assert "is paused" in "\n".join(ana.messages())
        assert REMOVE not in ana.links()


async def test_who_is_not_in_the_mentorship_gets_nothing_whatever_their_link_says(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        before = ben.links()[ADD]
        links = SealedLinks(Sealer([KEY]), PUBLIC_URL)
        good = links.read(before.rpartition("/")[2], company.clock.now())
        assert good is not None
        assert (good.kind, good.reader_id) == (LinkKind.CALENDAR, company.people["Ben"].id)
        assert not await gone(page, links.url(good))
        for wrong in (
            replace(good, reader_id=company.people["Ada"].id),
            replace(good, organization_id="another"),
            replace(good, subject_id="another"),
        ):
            assert await gone(page, links.url(wrong))

        with company.app.store.unit() as unit:
            (facts,) = unit.mentorships.of_person(company.people["Ben"].id, company.clock.now())
            next(part for part in facts.present if part.person_id == good.reader_id).left_at = company.clock.now()
            unit.commit()
        assert await gone(page, before)
        assert not await gone(page, ana.links()[ADD])

        with company.app.store.unit() as unit:
            person = unit.people.get(company.organization_id, company.people["Ana"].id)
            assert person is not None
            person.status = PersonStatus.LEFT
            unit.commit()
        assert await gone(page, ana.links()[ADD]), "who has left the company gets nothing either"


async def test_where_no_browser_reaches_the_service_no_link_is_offered(database: sa.Engine) -> None:
    async with world(database, MONDAY, public_url="") as company:
        await paired(company)
        assert company.hands("Ana").links() == {}
        assert "It is booked" in "\n".join(company.hands("Ana").messages())


@pytest.mark.parametrize("way", WAYS)
async def test_on_every_platform_one_press_brings_the_file(way: str, database: sa.Engine) -> None:
    async with on(way, database, MONDAY) as company, browser(company.world.app) as page:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair Ben Sample, Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.press("Yes, gladly")
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.press("Introduce myself")
        answers = {"What brought you to where you are?": "a", "What would make these months worth your time?": "b"}
        assert await ana.fill({**answers, "On which day?": "2027-01-19", "At what time?": "10:00"}) == {}
        await company.until("2027-01-15", "10:00")
        await ben.press("Works for me")
        for person in (ana, ben):
            _, event = await entry(page, person.links()[ADD])
            assert event.start == datetime(2027, 1, 19, 9, 0, tzinfo=UTC)
