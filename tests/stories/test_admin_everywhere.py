"""Ada looks after a pair on every platform: by command, by button, by form; and her digest comes on Monday."""

import pytest
import sqlalchemy as sa

from bot.domain.people import Platform
from tests.platforms import on
from tests.stories.test_five_check_ins import MONDAY


@pytest.mark.parametrize("platform", list(Platform))
async def test_a_pair_is_looked_after(platform: Platform, database: sa.Engine) -> None:
    async with on(platform, database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair Ben Sample, Ana Sample")
        await company.until("2027-01-11", "10:00")
        for hands in (ana, ben):
            await hands.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ada.command("programs")
        await ada.press("Settings")
        assert await ada.fill({"Name": "Grow together"}) == {}
        assert "Grow together" in await ada.command("programs")

        await company.until("2027-02-01", "09:30")
        digest = next(text for text in ada.messages() if "How your pairs are doing" in text and "day 4" in text)
        assert "Ben Sample – Ana Sample" in digest
        assert "Not started, day 4." in await ada.command("status")
        await ada.press("What can be done")
        await ada.press("Send help")
        await ada.press("Send it")
        assert any("A word from Ada Sample" in text for text in ana.messages())
        assert any("A word from Ada Sample" in text for text in ben.messages())
        await company.until("2027-02-01", "09:35")
        await ada.command("status @Ana Sample")
        await ada.press("What can be done")
        await ada.press("End it")
        await ada.press("Yes, end it")
        await company.until("2027-02-01", "09:40")
        assert "ended: 1" in await ada.command("status")
