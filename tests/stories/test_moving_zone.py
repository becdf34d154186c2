"""Somebody travels or moves: the bot asks once which clocks to use, and no meeting moves by itself."""

from dataclasses import replace

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_quiet import person
from tests.stories.test_typed_words import last, met
from tests.world import Fingers, World, read, world

NEW_YORK, VIENNA, BERLIN = "America/New_York", "Europe/Vienna", "Europe/Berlin"


def in_zone(company: World, name: str, zone: str) -> Fingers:
    """Return somebody whose device is in a zone."""
    hands = company.hands(name)
    hands._sender = replace(hands._sender, zone=zone)
    return hands


def questions(hands: Fingers) -> int:
    return sum("Your device is on" in text for text in hands.messages())


async def test_a_device_in_another_zone_is_asked_about_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = in_zone(company, "Ana", NEW_YORK)
        await met(company)
        await ana.type("status")
        assert "Your device is on New York time, and I count in Berlin time for you." in ana.messages()[-1]
        assert last(ana) == ["Use New York", "Stay with Berlin"]
        await ana.type("stay with berlin")
        assert person(company, "Ana").zone == BERLIN
        await ana.type("status")
        await ana.command("status")
        assert questions(ana) == 1


async def test_zones_that_show_the_same_hour_are_not_asked_about(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        for zone in (VIENNA, "", "Mars/Olympus"):
            ana = in_zone(company, "Ana", zone)
            await ana.type("status")
            assert questions(ana) == 0


async def test_who_comes_home_and_travels_again_is_asked_again(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        for zone in (NEW_YORK, BERLIN, NEW_YORK):
            ana = in_zone(company, "Ana", zone)
            await ana.type("status")
        assert questions(ana) == 2


async def test_the_question_comes_with_the_answer_and_takes_nothing_from_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await met(company)
        ana = in_zone(company, "Ana", NEW_YORK)
        await ana.press("Reflect")
        assert ana.form is not None, "the form that was asked for opens"
        assert questions(ana) == 1


async def test_meetings_stay_until_the_other_confirms_new_hours_for_the_series(database: sa.Engine) -> None:
    """Ana moves to New York. She suggests ten o'clock there; Ben confirms; the series goes on in New York's time."""
    async with world(database, MONDAY) as company:
        ben = company.hands("Ben")
        await met(company)
        ana = in_zone(company, "Ana", NEW_YORK)
        await ana.type("status")
        await ana.press("Use New York")
        assert person(company, "Ana").zone == NEW_YORK
        assert ana.shown is not None
        assert (
            "Keep your meetings at 10:00 Berlin time (04:00 for you), or suggest 10:00 New York time to Ben?"
            in read(ana.shown)
        )
        suggestion = ana.button("Suggest 10:00 New York time")
        assert "Feb 2, 04:00" in await ana.command("status"), "nothing has moved"

        await ana.press_old(suggestion)
        await company.until("2027-01-19", "14:00")
        assert "Ana suggested Tue, Feb 2, 16:00" in ben.messages()[-1]
        assert "From then on: 10:00 New York time" in ben.messages()[-1]
        await ana.press_old(suggestion)
        assert ana.shown is not None
        assert "changed since" in read(ana.shown), "pressed twice, it is suggested once"

        await ben.press("Works for me")
        await company.until("2027-02-02", "17:00")
        await ben.type("we met")
        assert "Feb 16, 16:00" in await ben.command("status")
        await company.until("2027-02-16", "17:00")
        await ben.type("we met")
        await company.until("2027-03-02", "17:00")
        await ben.type("we met")
        assert "Mar 16, 15:00" in await ben.command("status"), "the clocks of New York change two weeks earlier"


async def test_another_hour_drops_the_move_of_the_series(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ben = company.hands("Ben")
        await met(company)
        ana = in_zone(company, "Ana", NEW_YORK)
        await ana.type("status")
        await ana.press("Use New York")
        await ana.press("Suggest 10:00 New York time")
        await company.until("2027-01-19", "14:00")
        await ben.type("move to February 2 15:00")
        await ben.type("yes")
        await company.until("2027-01-19", "16:30")
        await ana.press("Works for me")
        await company.until("2027-02-02", "17:00")
        await ben.type("we met")
        assert "Feb 16, 10:00" in await ben.command("status"), "one meeting moved, the series stays in Berlin"


async def test_the_series_is_kept_where_it_is_with_one_tap(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await met(company)
        ana = in_zone(company, "Ana", NEW_YORK)
        await ana.type("status")
        await ana.press("Use New York")
        await ana.press("Keep 10:00 Berlin time")
        assert ana.shown is not None
        assert "stay on Berlin time" in read(ana.shown)
        assert "Feb 2, 04:00" in await ana.command("status")


async def test_who_does_not_lead_is_not_asked_about_the_series(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await met(company)
        ben = in_zone(company, "Ben", NEW_YORK)
        await ben.type("status")
        await ben.type("use new york")
        assert "No meeting has moved." in ben.messages()[-1]
        assert last(ben) == []


async def test_who_tells_another_zone_in_the_form_may_look_at_the_meetings_too(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.command("working hours")
        assert await ana.fill({"Your time zone": "New York"}) == {}
        await ana.press("What about my meetings?")
        assert ana.shown is not None
        assert [button.label for button in ana.shown.buttons] == [
            "Keep 10:00 Berlin time",
            "Suggest 10:00 New York time",
        ]
