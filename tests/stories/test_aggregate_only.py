"""A programme that shows counts only: cells under five are merged, and no pair is named anywhere."""

import re

import sqlalchemy as sa

from bot.messages import Button
from tests.stories.test_admin import begun, booked, shown
from tests.stories.test_digest import digests
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_rounds import joined, proposed
from tests.world import World, read, world

PAIRS = [(f"Senior{number}", f"Junior{number}") for number in range(7)]
NAMES = ("Ada", *(name for pair in PAIRS for name in pair))
SEES = "What those who run the programme see"


async def counts_only(company: World) -> None:
    """Ada chooses, before the first pair, that she will see counts only."""
    ada = company.hands("Ada")
    await ada.command("programs")
    await ada.press("Settings")
    assert await ada.fill({SEES: "Counts only, no pair is named"}) == {}


async def test_cells_under_five_are_merged(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        ada = company.hands("Ada")
        await counts_only(company)
        await begun(company, *PAIRS)
        assert "Pairs\non track: 7\n" in await ada.command("status")
        await booked(company, *PAIRS[0])
        await booked(company, *PAIRS[1])
        await company.until("2027-01-19", "09:00")
        assert "on track: 7" in await ada.command("status")
        await company.until("2027-01-29", "09:00")
        assert "not started: 5, in other states: fewer than five" in await ada.command("status")


async def test_few_pairs_in_all_are_fewer_than_five(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await counts_only(company)
        await begun(company, ("Ben", "Ana"))
        assert "in other states: fewer than five" in await ada.command("status")
        assert "Running: fewer than five\nInvited: fewer than five" in await ada.command("programs")


async def test_no_pair_is_named_by_any_command_or_digest_or_forged_press(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        ada = company.hands("Ada")
        await counts_only(company)
        await begun(company, *PAIRS)
        with company.app.store.unit() as unit:
            pair_id = unit.mentorships.at_a_glance(company.organization_id, company.clock.now())[0].mentorship.id
        answers = []
        for command in (
            *("status", "status not started", "status on track", "status 2", "status @Junior0 Sample"),
            *("nudge", "nudge @Junior0 Sample", "programs", "audit", "admins"),
            *("pause @Junior0 Sample", "end @Junior0 Sample", "new match @Junior0 Sample", "resume @Junior0 Sample"),
        ):
            answers.append(await ada.command(command))
        for action in ("pair", "sure", "on_it", "preview", "send"):
            await ada.press_old(Button("", f"helping.{action}", pair_id, value="end"))
            answers.append(shown(ada))
        posts = len(ada.posts)
        await company.until("2027-02-01", "09:00")
        answers += [read(post.card) for post in ada.posts[posts:]]
        assert len(digests(ada)) == 3
        told = "\n".join(answers).replace("There is no pair of Junior0 Sample that I can show.", "")
        told = told.replace("There is no running pair of Junior0 Sample that I can show.", "")
        assert "Senior" not in told
        assert "Junior" not in told
        assert "New since last week" not in told
        assert "Mon, Jan 11: Ada Sample proposed a pair." in told


async def test_what_a_pair_does_by_itself_is_not_in_the_audit(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await counts_only(company)
        await begun(company, ("Ben", "Ana"))
        before = await ada.command("audit")
        await ben.type("pause")
        await ben.press("Pause")
        assert await ada.command("audit") == before


async def test_names_come_back_only_when_nothing_is_running(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await counts_only(company)
        await begun(company, ("Ben", "Ana"))
        await ada.command("programs")
        await ada.press("Settings")
        by_name = {SEES: "Pairs by name, with states and dates"}
        problem = "Its pairs rely on not being named. This can change once none is running."
        assert await ada.fill(by_name) == {SEES: problem}
        await ben.type("end")
        await ben.press("End it")
        assert await ada.fill(by_name) == {}
        assert "Ben Sample – Ana Sample" in await ada.command("status ended")


async def test_a_round_tells_no_small_count_and_names_nobody(database: sa.Engine) -> None:
    """Two of three are matched; who is without anybody could be found out by one more count."""
    async with joined(database) as company:
        await counts_only(company)
        ada = await proposed(company)
        told = [ada.messages()[-1]]
        assert "The pairs" not in ada.buttons()
        for label in ("Report", "Approve", "Yes, invite them"):
            await ada.press(label)
            told.append(read(ada.shown) if ada.shown else "")
        await company.app.run_rounds()
        await company.app.tick()
        told.append(ada.messages()[-1])
        await company.until("2027-01-15", "09:30")
        await company.app.run_rounds()
        await company.until("2027-01-15", "10:00")
        told.append(ada.messages()[-1])
        assert "People with somebody: fewer than five" in told[0]
        assert "nobody offers what they want: fewer than five" in told[1]
        assert "I invite fewer than five pairs" in told[2]
        assert "Pairs: fewer than five" in told[4]
        assert "Pairs that begin: fewer than five\nPeople without anybody: fewer than five" in told[5]
        assert not re.search(r"\d (of|have)|: \d+$", "\n".join(told), re.MULTILINE), told
