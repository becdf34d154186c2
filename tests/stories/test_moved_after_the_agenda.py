"""A meeting is moved to the next day after its agenda was asked for: the card turns into the brief, silently."""

from datetime import date

import sqlalchemy as sa

from tests.stories.test_calendar import SIX_WEEKS, answer_all, begun
from tests.stories.test_five_check_ins import MONDAY
from tests.world import world


async def test_the_agenda_of_a_meeting_that_came_nearer_is_the_brief_at_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await begun(company, ("Ana",))
        for day in SIX_WEEKS:
            if date(2027, 1, 16) <= day < date(2027, 2, 1):
                await company.until(str(day), "11:30")
                await answer_all(company, ana)
                await answer_all(company, ben)

        # Monday: Ana is asked for topics for Wednesday, and names one.
        await company.until("2027-02-01", "11:30")
        await ana.press("Add topics")
        assert await ana.fill({"Topics, one a line": "How to say no"}) == {}
        agenda = len(ana.messages()) - 1

        # At noon Ben suggests tomorrow instead. Ana agrees, and her card is her brief now; no other one comes.
        await company.until("2027-02-01", "12:00")
        await ben.command("move")
        assert await ben.fill({"On which day?": "2027-02-02", "At what time?": "10:00"}) == {}
        await company.until("2027-02-01", "12:05")
        await ana.press("Works for me")
        await company.until("2027-02-01", "13:00")
        assert "You meet Ben: Tue, Feb 2, 10:00" in ana.messages()[agenda]
        assert "How to say no" in ana.messages()[agenda]
        assert "Booked: Tue, Feb 2, 10:00" in ana.messages()[-1]
        assert len(ana.messages()) == agenda + 2, "the question for tomorrow, and nothing else"
