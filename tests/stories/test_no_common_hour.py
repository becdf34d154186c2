"""Ana in Berlin and Ben in Sydney share no working hour: it is said, and the early or late hour goes in turns."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.world import Fingers, World, world

MONDAY = datetime(2027, 1, 11, 8, 30, tzinfo=ZoneInfo("Europe/Berlin"))


async def far_apart(company: World) -> None:
    """Ben works in Sydney; both accept, and are a pair on Friday."""
    with company.app.store.unit() as unit:
        ben = unit.people.get(company.organization_id, company.people["Ben"].id)
        assert ben is not None
        ben.zone = "Australia/Sydney"
        unit.commit()
    await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-12", "12:00")
    for name in ("Ana", "Ben"):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-18", "09:30")


def asked_hour(hands: Fingers) -> str:
    """Return the hour that an opened introduction suggests, as the reader's clocks show it."""
    assert hands.form is not None
    values = {field.name: field.initial for field in hands.form.fields}
    return f"{values['day']} {values['hour']}"


async def agreed(company: World, day: str, hour: str) -> None:
    """Ana suggests a first hour, and Ben confirms it in his morning."""
    ana = company.hands("Ana")
    if ana.form is None:
        await ana.press("Introduce myself")
    answers = {
        "What brought you to where you are?": "Support",
        "What would make these months worth your time?": "Leading",
        "On which day?": day,
        "At what time?": hour,
    }
    assert await ana.fill(answers) == {}
    await company.until("2027-01-19", "05:00")
    await company.hands("Ben").press("Works for me")


async def test_the_first_hour_is_late_for_the_one_and_the_next_offers_are_early_for_the_other(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await far_apart(company)
        await ana.press("Introduce myself")
        assert ana.form is not None
        assert "You share no working hours" in ana.form.intro
        assert asked_hour(ana) == "2027-01-20 09:00", "for the first meeting it is Ben who stays late"
        await ben.press("Introduce myself")
        assert asked_hour(ben) == "2027-01-20 19:00"
        await agreed(company, "2027-01-20", "09:00")
        await company.until("2027-01-20", "10:00")
        await ana.press("Yes, we met")

        await company.until("2027-02-03", "10:00")
        await ana.press("Not this time")
        offered = ana.messages()[-1]
        assert "You share no working hours, so these are early for one of you or late for the other" in offered
        hours = [label for label in ana.buttons() if label.startswith(("Thu, Feb 4", "Fri, Feb 5", "Mon, Feb 8"))]
        assert hours == ["Thu, Feb 4, 07:00", "Fri, Feb 5, 07:00", "Mon, Feb 8, 07:00"], "now Ana gets up early"
        await ana.press("Fri, Feb 5, 07:00")
        await company.until("2027-02-04", "03:00")
        assert "Ana suggested Fri, Feb 5, 17:00" in ben.messages()[-1]


async def test_out_of_turn_they_are_offered_such_hours_too(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await far_apart(company)
        await agreed(company, "2027-01-20", "09:00")
        await company.until("2027-01-20", "10:00")
        await ana.press("Yes, we met")
        assert "early for one of you or late for the other" in await ana.command("meet")


async def test_people_whose_days_never_meet_are_asked_for_a_time_that_all_can_bear(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await far_apart(company)
        await agreed(company, "2027-01-20", "09:00")
        with company.app.store.unit() as unit:
            for name, days in (("Ana", (0, 1)), ("Ben", (3, 4))):
                person = unit.people.get(company.organization_id, company.people[name].id)
                assert person is not None
                person.working_days = days
            unit.commit()
        await company.until("2027-01-25", "10:00")
        await ana.type("we did not meet")
        assert any("please suggest a time that all can bear" in text for text in ana.messages())


async def test_a_series_crosses_both_clock_changes_at_the_hour_of_the_pair(database: sa.Engine) -> None:
    """Berlin changes its clocks on 28 March, Sydney on 4 April; the series stays at nine on the clocks of Ana."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await far_apart(company)
        await agreed(company, "2027-01-20", "09:00")
        in_sydney = {}
        for day in ("2027-01-20", "2027-02-03", "2027-02-17", "2027-03-03", "2027-03-17", "2027-03-31", "2027-04-14"):
            await company.until(day, "08:50")
            briefs = [text for text in ben.messages() if "You meet Ana" in text]
            in_sydney[day] = briefs[-1].partition("You meet Ana: ")[2].splitlines()[0]
            await company.until(day, "10:00")
            await ana.type("we met")
        assert in_sydney == {
            "2027-01-20": "Wed, Jan 20, 19:00",
            "2027-02-03": "Wed, Feb 3, 19:00",
            "2027-02-17": "Wed, Feb 17, 19:00",
            "2027-03-03": "Wed, Mar 3, 19:00",
            "2027-03-17": "Wed, Mar 17, 19:00",
            "2027-03-31": "Wed, Mar 31, 18:00",
            "2027-04-14": "Wed, Apr 14, 17:00",
        }
