"""The same story on every platform: invited, paired, met, missed, mended, ended; by button, by form, by word."""

import pytest
import sqlalchemy as sa

from tests.platforms import WAYS, on
from tests.stories.test_five_check_ins import MONDAY


@pytest.mark.parametrize("way", WAYS)
async def test_a_pair_lives_through_a_slip(way: str, database: sa.Engine) -> None:
    async with on(way, database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair Ben Sample, Ana Sample")
        assert "Both hear on Fri, Jan 15" in ada.messages()[-1]
        await company.until("2027-01-11", "10:00")
        assert "Ben could be your mentor" in ana.messages()[-1]
        await ana.press("Yes, gladly")
        assert "You will hear on Fri, Jan 15" in ana.messages()[-1]
        assert "Yes, gladly" not in ana.buttons(), "an answered message has no buttons to answer it again"
        await ben.type("yes")

        await company.until("2027-01-15", "09:30")
        await ana.press("Introduce myself")
        answers = {"What brought you to where you are?": "<!channel> *stars* & <b>bold</b>"}
        hour = {"On which day?": "2026-01-19", "At what time?": "10:00"}
        hope = {"What would make these months worth your time?": "Leading a project"}
        problems = await ana.fill({**answers, **hope, **hour})
        assert list(problems) == ["On which day?"], "the error stands beside its field"
        assert await ana.fill({**answers, **hope, **hour, "On which day?": "2027-01-19"}) == {}
        await company.until("2027-01-15", "10:00")
        assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1]
        assert any("<!channel> *stars* & <b>bold</b>" in text for text in ben.messages()), "words appear as typed"
        await ben.press("Works for me")

        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        assert "Pick one, Ben confirms with a tap" in ana.messages()[-1]
        await ana.press("Thu, Jan 21, 10:00")
        await company.until("2027-01-19", "12:00")
        await ben.press("Works for me")
        await company.until("2027-01-21", "11:00")
        await ana.type("we met")
        await ana.press("Reflect")
        assert await ana.fill({"One next step of yours": "Write the plan"}) == {}
        assert "on track: 1" in await ada.command("status")
        await company.until("2027-01-21", "11:05")
        await ana.type("end")
        await ana.press("End it: Ben")
        assert "has ended" in "\n".join(ana.messages())
        assert "ended: 1" in await ada.command("status")
