"""What Ana and Ben write down, on Slack, on Teams and in the playground: agreement, goal, step, note and record."""

import pytest
import sqlalchemy as sa

from tests.platforms import WAYS, on
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_invitations import browser

GOAL = "What do you want to reach?"


@pytest.mark.parametrize("way", WAYS)
async def test_a_pair_keeps_what_it_agrees_on_and_does(way: str, database: sa.Engine) -> None:
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
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        await ana.press("Reflect")
        assert await ana.fill({"One next step of yours": "Ask <Carla> & *co*"}) == {}

        await company.until("2027-01-25", "09:30")
        await ana.press("Write it down")
        wanted = {
            "I need help with …": "Saying no",
            "I want …": "Two evenings",
            "How often do you meet?": "every week",
        }
        assert await ana.fill(wanted) == {}
        await company.until("2027-01-25", "10:00")
        assert any("Saying no" in text and "every week" in text for text in ben.messages())
        await ben.press("I agree")
        assert any("This is what you agreed on" in text for text in ben.messages())

        await ana.type("goal")
        for line in ("Get better", "skip", "skip", "send"):
            await ana.type(line)
        assert "One thought" in ana.messages()[-1]
        await ana.type("cancel")

        await company.until("2027-01-29", "09:30")
        assert any("Ask <Carla> & *co*" in text for text in ana.messages()), "words appear as typed"
        await ana.press("Add topics")
        told = {
            "Topics, one a line": "The budget",
            "'Ask <Carla> & *co*': what became of it?": "Done",
            "'Ask <Carla> & *co*': what happened?": "She said yes",
        }
        assert await ana.fill(told) == {}
        await company.until("2027-02-01", "09:30")
        brief = next(text for text in reversed(ben.messages()) if "You meet Ana" in text)
        assert all(words in brief for words in ("Get better", "The budget", "Ask <Carla> & *co*", "She said yes"))

        await ben.type("note Chapter 3 is the one")
        await ben.press("Share with Ana")
        await ana.type("record")
        assert "Chapter 3 is the one" in "\n".join(ana.messages())
        await ana.type("record export")
        record = await page.get(ana.links()["To read"])
        assert "> Chapter 3 is the one" in record.text
