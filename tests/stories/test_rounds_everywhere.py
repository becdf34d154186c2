"""A whole round on every platform: people join, Ada looks, changes and approves, all decide, who is left is matched.

Ben, Cem and Fay offer, Ana, Dan and Eva want; Fay takes two.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.platforms import WAYS, Company, Settled, on
from tests.rounds import carried_on, gives_seats, offers, wants
from tests.stories.test_five_check_ins import MONDAY

MENTORS = {"Ben": "Python 3", "Cem": "Negotiating 3", "Fay": "SQL 3, Python 4, Negotiating 4"}
MENTEES = {"Ana": "Python 1", "Dan": "Negotiating 1", "Eva": "SQL 1"}
NAMES = ("Ada", "Ana", "Ben", "Cem", "Dan", "Eva", "Fay")
A_MOMENT = timedelta(seconds=10)


class Reader(Settled):
    """Somebody who reads before they press: no platform takes a dozen answers in one second."""

    async def press(self, label: str) -> None:
        self.clock.move_to(self.clock.now() + A_MOMENT)
        await super().press(label)


async def joined(company: Company) -> None:
    """Monday: Ada lists what the company looks for, and all others join."""
    await company.hands("Ada").command("skills add Python, Negotiating, SQL")
    for name, skills in MENTORS.items():
        await offers(company.hands(name), skills)
    for name, skills in MENTEES.items():
        await wants(company.hands(name), skills)
    await gives_seats(company.hands("Fay"), 2)


async def changed(company: Company, ada: Settled) -> None:
    """Ada takes an alternative, keeps a pair, parts another, and may invite nobody before it was run again."""
    await ada.press("The pairs")
    assert "Ben Sample – Ana Sample" in ada.shown()
    assert "Cem Sample – Dan Sample" in ada.shown()
    assert "Fay Sample – Eva Sample" in ada.shown()
    assert "Ben offers Python, which is wanted" in ada.shown()
    await ada.command("proposal Dan Sample")
    await ada.press("Change")
    await ada.press("Keep together")
    assert "these two stay together" in ada.shown()
    await ada.command("proposal Ana Sample")
    await ada.press("Change")
    await ada.press("Fay Sample instead")
    assert "Fay Sample – Ana Sample" in ada.shown()
    await ada.press("Not these two")
    assert "not these two" in ada.shown()
    await ada.command("match")
    await ada.press("Approve")
    assert "Please run the round again first." in ada.shown()
    await ada.command("match")
    await ada.press("Run again")
    await carried_on(company.world.app)
    await ada.command("proposal Ana Sample")
    assert "Ben Sample – Ana Sample" in ada.shown()
    await ada.command("proposal Dan Sample")
    assert "these two stay together" in ada.shown(), "it is kept when the round is run again"


async def compared(company: Company, ada: Settled) -> None:
    """Ada looks what other weights would give, reads the report, and takes the first run."""
    await ada.command("match")
    await ada.press("What if …")
    assert await ada.fill({"Different teams and functions": "twice as much"}) == {}
    await carried_on(company.world.app)
    assert "This is a what-if" in ada.messages()[-1]
    assert "People with somebody: 3 of 3 (3 of 3)" in ada.messages()[-1]
    await ada.press("Report")
    assert "How well the pairs fit" in ada.shown()
    assert "By lot" in ada.shown()
    await ada.command("match")
    await ada.press("Approve")
    assert "I invite 3 pairs" in ada.shown()
    await ada.press("Yes, invite them")
    await carried_on(company.world.app)


async def answered(company: Company, ada: Settled) -> None:
    """All answer on Monday, Dan with a no; on Friday all hear, and Ada learns how many began."""
    await company.until("2027-01-11", "10:30")
    for name in ("Ana", "Ben", "Cem", "Fay"):
        await company.hands(name).press("Yes, gladly")
    await company.hands("Eva").type("yes")
    await company.hands("Dan").press("Not this time")
    assert "You will hear on Fri, Jan 15" in company.hands("Dan").messages()[-1]
    await company.until("2027-01-14", "17:00")
    assert not any("did not come about" in text for text in company.hands("Cem").messages()), "not before Friday"
    await company.until("2027-01-15", "09:30")
    await carried_on(company.world.app)
    await company.until("2027-01-15", "10:00")
    assert "You and Ben are a pair" in company.hands("Ana").messages()[-1]
    for name in ("Cem", "Dan"):
        assert "This mentorship did not come about." in company.hands(name).messages()[-1]
    assert "Pairs that begin: 2" in ada.messages()[-1]
    assert "People without anybody: 1" in ada.messages()[-1]
    assert "Dan" not in ada.messages()[-1]


@pytest.mark.parametrize("way", WAYS)
async def test_a_whole_round(way: str, database: sa.Engine) -> None:
    async with on(way, database, MONDAY, NAMES) as company:
        ada = Reader(**vars(company.hands("Ada")))
        await joined(company)
        await ada.type("match")
        await ada.type("1")
        assert "You may go on with other things." in ada.messages()[-1]
        await carried_on(company.world.app)
        assert "People with somebody: 3 of 3" in ada.messages()[-1]
        assert all("proposals" not in text for name in NAMES[1:] for text in company.hands(name).messages())
        await changed(company, ada)
        await compared(company, ada)
        await answered(company, ada)

        await ada.press("Match those who are left")
        await carried_on(company.world.app)
        assert "People with somebody: 1 of 1" in ada.messages()[-1]
        await ada.press("The pairs")
        assert "Fay Sample – Dan Sample" in ada.shown(), "Cem was his partner before"
        await ada.command("match")
        await ada.press("Approve")
        await ada.press("Yes, invite them")
        await carried_on(company.world.app)
        await company.until("2027-01-15", "11:30")
        assert "Fay could be your mentor." in company.hands("Dan").messages()[-1]
