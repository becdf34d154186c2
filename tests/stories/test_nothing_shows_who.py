"""Who declined, who owes, who was absent: whichever of the two it was, Ada sees the very same.

The same story is lived twice, with the parts of Ana and Ben exchanged where it matters, and Ada looks at everything
that there is for her, day after day.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import connect
from tests.databases import sqlite_file
from tests.rounds import approved, decided, found, offers, wants
from tests.stories.test_admin import begun, booked
from tests.stories.test_five_check_ins import MONDAY
from tests.surfaces import Surfaces
from tests.world import World, world

Story = Callable[[World, Surfaces, str, str], Awaitable[None]]
"""Is lived by somebody who does it, and by the other."""


async def days(company: World, ada: Surfaces, *dates: str) -> None:
    for day in dates:
        await company.until(day, "12:00")
        await ada.look_around()


async def declined(company: World, ada: Surfaces, who: str, other: str) -> None:
    """Both are asked on Monday; one of them says no, the other yes."""
    await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    await company.hands(who).press("Not this time")
    await ada.look_around()
    await company.until("2027-01-12", "10:00")
    await company.hands(other).press("Yes, gladly")
    await days(company, ada, "2027-01-13", "2027-01-15")


async def ignored(company: World, ada: Surfaces, who: str, other: str) -> None:
    """One of them never answers the invitation."""
    await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    await company.hands(other).press("Yes, gladly")
    await days(company, ada, "2027-01-14", "2027-01-15")


async def owes(company: World, ada: Surfaces, who: str, other: str) -> None:
    """The other suggests an hour, and who is to confirm it never does."""
    await begun(company, ("Ben", "Ana"))
    hands = company.hands(other)
    await hands.command("move")
    assert await hands.fill({"On which day?": "2027-01-21", "At what time?": "10:00"}) == {}
    await days(company, ada, "2027-01-18", "2027-01-21", "2027-01-28", "2027-02-02", "2027-02-09")


async def absent(company: World, ada: Surfaces, who: str, other: str) -> None:
    """They had a date, and one of them says that it came to nothing."""
    await begun(company, ("Ben", "Ana"))
    await booked(company, "Ben", "Ana")
    await company.until("2027-01-20", "11:00")
    await company.hands(who).press("Not this time")
    await days(company, ada, "2027-01-21", "2027-01-27", "2027-02-01")


async def contradicts(company: World, ada: Surfaces, who: str, other: str) -> None:
    """One of them says that they met, and the other that they did not."""
    await begun(company, ("Ben", "Ana"))
    await booked(company, "Ben", "Ana")
    await company.until("2027-01-20", "11:00")
    buttons = {
        name: company.hands(name).button("Not this time" if name == who else "Yes, we met") for name in (who, other)
    }
    await company.hands("Ana").press_old(buttons["Ana"])
    await company.hands("Ben").press_old(buttons["Ben"])
    await days(company, ada, "2027-01-21", "2027-02-01")


async def stops(company: World, ada: Surfaces, who: str, other: str) -> None:
    """One of them pauses, goes on, and wants a new match."""
    await begun(company, ("Ben", "Ana"))
    hands = company.hands(who)
    await hands.command("pause")
    await hands.press("Pause")
    await days(company, ada, "2027-01-18")
    assert "goes on" in await hands.command("resume")
    await ada.look_around()
    await company.jump(timedelta(minutes=1))
    await hands.command("new match")
    await hands.press("Yes, a new match")
    await days(company, ada, "2027-01-19")


async def away(company: World, ada: Surfaces, who: str, other: str) -> None:
    """They find no first date, since one of them is away."""
    await begun(company, ("Ben", "Ana"))
    await company.hands(who).command("away from 18 January to 22 January")
    await days(company, ada, "2027-01-18", "2027-01-29", "2027-02-03")


async def declined_in_a_round(company: World, ada: Surfaces, who: str, other: str) -> None:
    """A round proposes them to each other; one of them says no, the other yes."""
    await company.hands("Ada").command("skills add Python")
    await offers(company.hands("Ben"), "Python 3")
    await wants(company.hands("Ana"), "Python 1")
    hands = await found(company)
    await ada.look_around()
    await approved(company, hands)
    await company.until("2027-01-11", "10:30")
    await ada.look_around()
    await company.hands(who).press("Not this time")
    await ada.look_around()
    await company.hands(other).press("Yes, gladly")
    await days(company, ada, "2027-01-12", "2027-01-14")
    await decided(company, "2027-01-15")
    await ada.look_around()


@pytest.mark.parametrize("story", [declined, declined_in_a_round, ignored, owes, absent, contradicts, stops, away])
async def test_whichever_of_the_two_it_was_ada_sees_the_same(story: Story, tmp_path: Path) -> None:
    told = []
    for who, other in (("Ana", "Ben"), ("Ben", "Ana")):
        folder = tmp_path / who
        folder.mkdir()
        engine = connect(sqlite_file(folder))
        async with world(engine, MONDAY) as company:
            ada = Surfaces(company)
            await story(company, ada, who, other)
            told.append(ada.read())
        engine.dispose()
    assert len(told[0]) > 50
    assert told[0] == told[1]
