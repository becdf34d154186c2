"""What two people would be told about each other waits for both of them, and neither keeps waking the other."""

import asyncio
from datetime import datetime

import sqlalchemy as sa

from tests.world import world


async def test_two_whose_week_is_full_both_hear_of_it_on_monday(database: sa.Engine) -> None:
    begin = datetime.fromisoformat("2027-03-15T09:00+01:00")
    async with world(database, begin, names=("Ada", "Ana", "Ben", "Cleo")) as company, asyncio.timeout(20):
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))

        # Monday and Tuesday: Ana and Ben are each asked twice, which is all that a week allows.
        await ada.command("pair Ana Sample, Ben Sample")
        await company.until("2027-03-16", "10:00")
        await ada.command("pair Ana Sample, Cleo Sample")
        await ada.command("pair Ben Sample, Cleo Sample")
        await company.until("2027-03-16", "11:00")
        before = len(ana.messages()), len(ben.messages())
        assert before == (2, 2)

        # Thursday: a third one, for both of them. It waits, since the day on which all hear is far enough.
        await company.until("2027-03-18", "10:00")
        await ada.command("pair peers Ana Sample, Ben Sample")
        await company.until("2027-03-19", "08:00")
        assert (len(ana.messages()), len(ben.messages())) == before

        # Monday: each is asked.
        await company.until("2027-03-22", "09:30")
        assert "lead in turns" in ana.messages()[-1]
        assert "lead in turns" in ben.messages()[-1]
