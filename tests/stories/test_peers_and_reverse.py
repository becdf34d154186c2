"""Peers lead in turn, a junior guides a senior, and one mentee has several mentors."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.world import World, world

MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


async def agreed(company: World, line: str, first: str, second: str, hour: str = "10:00") -> None:
    """Monday: Ada proposes, both accept; Friday: one suggests Tuesday, the other confirms."""
    await company.hands("Ada").command(line)
    await company.until("2027-01-11", "10:00")
    for name in (first, second):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")
    await first_hour(company, first, second, hour)


async def first_hour(company: World, suggests: str, confirms: str, hour: str) -> None:
    hands = company.hands(suggests)
    await hands.press("Introduce myself")
    answers = {
        "What brought you to where you are?": "Support",
        "What would make these months worth your time?": "Leading",
        "On which day?": "2027-01-19",
        "At what time?": hour,
    }
    assert await hands.fill(answers) == {}
    await company.until("2027-01-15", "11:00")
    await company.hands(confirms).press("Works for me")


async def test_peers_lead_in_turns(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.command("pair peers @Ana Sample, @Ben Sample")
        await company.until("2027-01-11", "10:00")
        assert "You and Ben could be each other's mentors" in ana.messages()[-1]
        assert "You and Ana could be each other's mentors" in ben.messages()[-1]
        for hands in (ana, ben):
            await hands.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await first_hour(company, "Ben", "Ana", "10:00")

        turns = (
            ("2027-01-15", "2027-01-19", ana, ben),
            ("2027-01-29", "2027-02-02", ben, ana),
            ("2027-02-12", "2027-02-16", ana, ben),
        )
        for two_days_before, day, lead, other in turns:
            await company.until(two_days_before, "11:30")
            assert not any("Your agenda for" in text for text in other.messages()), f"{day}: only the lead is asked"
            assert day == "2027-01-19" or "Your agenda for" in lead.messages()[-1], f"{day}: the lead chooses"
            await company.until(day, "11:00")
            assert "get to talk?" in lead.messages()[-1], f"{day}: the lead is asked whether they met"
            assert "get to talk?" not in other.messages()[-1]
            await lead.press("Yes, we met")


async def test_a_junior_shows_a_senior_and_the_words_follow_what_is_taught(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Junior", "Senior")) as company:
        junior, senior = company.hands("Junior"), company.hands("Senior")
        await company.hands("Ada").command("pair reverse @Junior Sample, @Senior Sample")
        await company.until("2027-01-11", "10:00")
        assert "Would you show Senior something that you know well?" in junior.messages()[-1]
        assert "Junior could show you something that they know well." in senior.messages()[-1]
        for hands in (junior, senior):
            await hands.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await first_hour(company, "Senior", "Junior", "10:00")
        await company.until("2027-01-19", "11:00")
        assert "Did you and Junior get to talk?" in senior.messages()[-1], "who learns drives it, whatever the rank"
        await senior.press("Yes, we met")
        await company.until("2027-01-29", "10:00")
        assert "Your agenda for Tue, Feb 2, 10:00" in senior.messages()[-1]
        await company.until("2027-02-01", "10:00")
        assert "You meet Senior: Tue, Feb 2, 10:00" in junior.messages()[-1]


async def test_a_mentee_of_two_mentors_gets_one_message_where_two_things_are_due(database: sa.Engine) -> None:
    """Ana learns from Ben and from Carl, who both meet her on Tuesdays."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ada, ana, ben, carl = (company.hands(name) for name in ("Ada", "Ana", "Ben", "Carl"))
        await ada.command("pair @Ben Sample, @Ana Sample")
        await ada.command("pair @Carl Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        invited = ana.messages()
        assert len(invited) <= 2
        for name in ("Ben", "Carl"):
            await company.hands(name).press("Yes, gladly")
        for _ in range(2):
            await ana.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        assert len([text for text in ana.messages() if "are a pair" in text]) == 1, "one card for both"
        for mentor, hour in (("Ben", "10:00"), ("Carl", "14:00")):
            hands = company.hands(mentor)
            await hands.press("Introduce myself")
            answers = {
                "What brought you to where you are?": "Support",
                "What would make these months worth your time?": "Leading",
                "On which day?": "2027-01-19",
                "At what time?": hour,
            }
            assert await hands.fill(answers) == {}
        await company.until("2027-01-15", "11:00")
        for _ in range(2):
            await ana.press("Works for me")
        await company.until("2027-01-19", "15:00")
        for _ in range(2):
            await ana.press("Yes, we met")
        before = len(ana.messages())
        await company.until("2027-01-29", "17:00")
        asked = [text for text in ana.messages()[before:] if "Your agenda for" in text]
        assert len(asked) == 1
        assert "Feb 2, 10:00" in asked[0]
        assert "Feb 2, 14:00" in asked[0]
        assert all("You meet Ana" not in text for text in ben.messages()[2:]), "a brief comes the day before"
        await company.until("2027-02-01", "10:00")
        assert "You meet Ana: Tue, Feb 2, 10:00" in ben.messages()[-1]
        assert "You meet Ana: Tue, Feb 2, 14:00" in carl.messages()[-1]


async def test_the_same_two_may_be_in_two_forms_but_not_twice_in_one(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await ada.command("pair @Ben Sample, @Ana Sample")
        assert "already" in await ada.command("pair @Ben Sample, @Ana Sample")
        assert "already" in await ada.command("pair @Ana Sample, @Ben Sample")
        await ada.command("pair @Ana Sample, @Ben Sample as reverse")
        assert any("I ask Ana and Ben" in text for text in ada.messages())
