"""One pair lives through a kickoff and five check-ins; one of them is missed and mended; then it ends."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.world import World, world

MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


async def paired(company: World) -> None:
    """Monday: Ada pairs Ben with Ana; both accept; Friday they hear; they introduce themselves and book Tuesday."""
    ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
    await ada.command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    await ana.press("Yes, gladly")
    await ben.press("Yes, gladly")
    await company.until("2027-01-15", "09:30")
    await ana.press("Introduce myself")
    await ana.fill(
        {
            "What brought you to where you are?": "Support, then testing",
            "What would make these months worth your time?": "Leading a project",
            "On which day?": "2027-01-19",
            "At what time?": "10:00",
        }
    )
    await company.until("2027-01-15", "10:00")
    await ben.press("Works for me")


async def test_both_accept_blindly_and_hear_on_friday(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        assert "Both hear on Fri, Jan 15" in await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        assert "Ben could be your mentor" in ana.messages()[-1]
        assert "Would you be a mentor to Ana?" in ben.messages()[-1]

        await ana.press("Yes, gladly")
        assert "You will hear on Fri, Jan 15" in ana.messages()[-1]
        assert ana.buttons() == []
        await company.until("2027-01-14")
        assert len(ben.messages()) == 2, "Ben, who has not answered, is reminded once, on the third working day"
        await ben.type("yes, gladly")
        assert len(ana.messages()) == 1, "nobody hears of the other's answer before Friday"

        await company.until("2027-01-15", "09:30")
        assert "You and Ben are a pair" in ana.messages()[-1]
        assert "You and Ana are a pair" in ben.messages()[-1]


async def test_one_no_ends_it_in_the_same_sentence_for_both(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.press("Yes, gladly")
        await ben.press("Not this time")
        await company.until("2027-01-15", "09:30")
        assert ana.messages()[-1] == ben.messages()[-1]
        assert "did not come about" in ana.messages()[-1]


async def test_kickoff_and_five_check_ins_with_one_slip(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await paired(company)
        assert "Ben confirmed: Tue, Jan 19, 10:00" in ana.messages()[-1]

        await company.until("2027-01-18", "09:30")
        assert "What brought you here?\nAna: Support, then testing" in "\n".join(ben.messages()), (
            "each answer is asked"
        )
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        assert "Next: Tue, Feb 2, 10:00" in "\n".join(ana.messages())

        days = ["2027-02-02", "2027-02-16", "2027-03-02", "2027-03-16", "2027-03-30"]
        for number, day in enumerate(days, 1):
            meeting = datetime.fromisoformat(day)
            await company.until(str(meeting.date().replace(day=meeting.day - 1) if meeting.day > 1 else day), "08:00")
            assert any("Your agenda for" in text for text in ana.messages()), "asked two working days before"
            await ana.press("Add topics")
            assert await ana.fill({"Topics, one a line": f"Topic {number}"}) == {}
            await company.until(day, "09:45")
            assert f"Topic {number}" in ben.messages()[-1], "the brief of the day before holds the topics"
            await company.until(day, "11:00")
            assert "Did you and Ben get to talk?" in ana.messages()[-1]
            if number == 3:
                await ana.press("Not this time")
                offered = [label for label in ana.buttons() if "10:00" in label]
                assert offered == ["Wed, Mar 3, 10:00", "Thu, Mar 4, 10:00", "Fri, Mar 5, 10:00"]
                await ana.press("Thu, Mar 4, 10:00")
                await company.until(day, "12:00")
                assert "Ana suggested Thu, Mar 4, 10:00" in ben.messages()[-1]
                await ben.press("Works for me")
                await company.until("2027-03-04", "11:00")
                assert "Did you and Ben get to talk?" in ana.messages()[-1], "the hour that stands is asked about"
            await ana.press("Yes, we met")
            await ana.press("Reflect")
            assert await ana.fill({"One next step of yours": "Write the plan", "Until when?": "soon"}) != {}
            assert await ana.fill({"One next step of yours": "Write the plan", "Until when?": "2027-05-01"}) == {}
            assert "Kept" in ana.messages()[-1]

        status = await ada.command("status")
        assert "on track: 1" in status
        assert "next on Tue, Apr 13" in await ada.command("status on track")
        await ana.type("end")
        await ana.press("End it")
        assert "has ended" in ana.messages()[-1]
        await company.until("2027-04-14", "12:00")
        assert "has ended" in ben.messages()[-1]
        assert "ended: 1" in await ada.command("status")
        before = len(ana.messages()) + len(ben.messages())
        await company.until("2027-09-01")
        assert len(ana.messages()) + len(ben.messages()) == before, "nothing for the ended"
