"""Ana and Ben were no match: they part without blame, say why if they like, and are never proposed again."""

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import World, read, world

WHY = "What did not fit?"
CONSENT = "May those who run the programme read it?"


async def parted(company: World) -> None:
    """Friday: they hear that they are a pair, and Ana asks for a new match at once."""
    await paired(company)
    ana = company.hands("Ana")
    await ana.command("not the right match")
    await ana.press("Yes, a new match")


async def test_whoever_likes_says_what_did_not_fit_and_only_those_who_run_the_programme_read_it(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        await parted(company)
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        assert "Nobody has said anything" in await ada.command("misfits")
        await ana.press("Say what did not fit")
        assert ana.form and "Ben never hears of it." in ana.form.intro
        answers = {WHY: "We found no time for each other", CONSENT: "Yes, with my name, and nobody else"}
        assert await ana.fill(answers) == {}
        told = await ada.command("misfits")
        assert "1× We found no time for each other" in told
        assert "Ana Sample: We found no time for each other" in told
        assert "no time" not in " ".join(ben.messages())
        assert "Only those who run the programme" in await ben.command("misfits")


async def test_without_a_yes_nothing_is_kept(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await parted(company)
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await ana.press("Say what did not fit")
        assert await ana.fill({WHY: "Something else"}) == {}
        assert ana.shown and read(ana.shown) == "Thank you. I keep nothing of it."
        assert "Nobody has said anything" in await ada.command("misfits")


async def test_who_takes_the_yes_back_leaves_nothing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await parted(company)
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await ana.press("Say what did not fit")
        assert await ana.fill({WHY: "Something else", CONSENT: "Yes, with my name, and nobody else"}) == {}
        await ana.press("Say what did not fit")
        assert await ana.fill({WHY: "Something else", CONSENT: "No, keep nothing of it"}) == {}
        assert ana.shown and read(ana.shown) == "Thank you. I keep nothing of it."
        assert "Nobody has said anything" in await ada.command("misfits")


async def test_two_people_are_kept_apart_and_neither_is_told(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        assert "Two full names or mentions" in await ada.command("keep apart @Ana Sample")
        assert "I never propose Ana Sample and Ben Sample" in await ada.command("keep apart @Ana Sample, @Ben Sample")
        assert "Ana Sample and Ben Sample" in await ada.command("keep apart")
        assert company.hands("Ana").messages() == company.hands("Ben").messages() == []
        await ada.press("Take it back")
        assert ada.shown and "Nobody is kept apart." in read(ada.shown)
        deeds = await ada.command("audit")
        assert "Ada Sample let two people be kept apart." in deeds
        assert "Ada Sample let two people be proposed to each other again." in deeds
        assert "Ben" not in deeds
        assert "Only those who run the programme" in await company.hands("Ana").command("keep apart")
