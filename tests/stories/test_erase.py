"""To be forgotten: asked back twice, done at once, told kindly to the partner, and never by chance."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.domain.people import FORMER
from bot.language import translator
from bot.messages import Button
from bot.store import connect
from bot.store.tables import accounts, deliveries, metadata, people, words
from tests.databases import sqlite_file
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import Fingers, World, read, world

WROTE = ("Support, then testing", "Leading a project")
"""What Ana writes in her introduction."""


def shown(person: Fingers) -> str:
    assert person.shown is not None
    return read(person.shown)


def counts(database: sa.Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def names(database: sa.Engine) -> set[str]:
    with database.connect() as connection:
        return set(connection.scalars(sa.select(people.c.name)))


async def erased(company: World, name: str = "Ana") -> Fingers:
    """Somebody types 'erase me', and presses twice."""
    person = company.hands(name)
    await person.command("erase me")
    await person.press("Erase me")
    await person.press("Yes, erase everything")
    return person


async def test_it_is_asked_back_twice_and_says_what_goes_and_what_stays(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ana = company.hands("Ana")
        said = await ana.command("erase me")
        assert "all that you wrote" in said
        assert "under 'Former participant', so that your partners keep their history" in said
        await ana.press("Erase me")
        assert "Nobody can bring it back" in shown(ana)
        assert "Ana Sample" in names(database), "nothing has happened yet"
        await ana.press("Yes, erase everything")
        assert "I have forgotten you" in shown(ana)
        assert names(database) == {"Ada Sample", "Ben Sample", FORMER}


async def test_who_keeps_everything_keeps_everything(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ana = company.hands("Ana")
        for presses in (["Keep everything"], ["Erase me", "Keep everything"]):
            await ana.command("erase me")
            before = counts(database)
            for label in presses:
                await ana.press(label)
            assert shown(ana) == "Nothing was changed."
            after = counts(database)
            assert {name for name in before if before[name] != after[name]} <= {"seen"}


async def test_the_partner_hears_that_it_has_ended_and_loses_her_words_but_not_the_dates(database: sa.Engine) -> None:
    """Friday: Ana has told Ben who she is. She asks to be forgotten; he keeps the meeting, not her words."""
    async with world(database, MONDAY) as company:
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await company.hands("Ana").press("Yes, we met")
        ben, ada = company.hands("Ben"), company.hands("Ada")
        assert all(word in "\n".join(ben.messages()) for word in WROTE)
        await erased(company)
        await company.until("2027-01-20", "12:00")
        heard = "\n".join(ben.messages())
        assert "One of your mentorships has ended. Thank you for the time you gave." in heard
        for word in (*WROTE, "Ana"):
            assert word not in heard, "the cards that I can still change name her no more"
        assert "in no mentorship now" in await ben.command("home")
        assert "Last met on Tue, Jan 19" in await ada.command("status Ben Sample")
        with database.connect() as connection:
            meetings = metadata.tables["meetings"]
            held = connection.execute(sa.select(meetings.c.starts_at).where(meetings.c.state == "held")).all()
        assert len(held) == 1
        before = len(ben.messages())
        await company.until("2027-03-20")
        assert len(ben.messages()) == before, "and then it is quiet"


async def test_each_reads_in_their_own_language_that_somebody_is_forgotten(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ada, ben = company.hands("Ada"), company.hands("Ben")
        for hands in (ada, ben):
            await hands.command("language de")
        await erased(company)
        await company.until("2027-01-18")
        said = [await ben.command("status"), await ada.command("status @Ben Sample"), await ada.command("audit")]
        assert "Mit Ehemalige Person" in said[0]
        assert "Ben Sample – Ehemalige Person" in said[2]
        assert FORMER not in "\n".join([*said, *ben.messages(), *ada.messages()])
        await ben.command("language en")
        assert FORMER in await ben.command("status")
    assert translator("de").name(FORMER) == "Ehemalige Person", "it is the stored name that is translated"


async def test_nothing_leads_to_her_any_more_and_writing_again_begins_anew(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ana = await erased(company)
        person_id = company.people["Ana"].id
        with database.connect() as connection:
            assert connection.scalar(sa.select(sa.func.count()).where(accounts.c.person_id == person_id)) == 0
            assert connection.scalar(sa.select(sa.func.count()).where(words.c.author_id == person_id)) == 0
            lost = sa.select(sa.func.count()).select_from(
                sa.outerjoin(deliveries, accounts, accounts.c.id == deliveries.c.account_id)
            )
            assert connection.scalar(lost.where(accounts.c.id.is_(None))) == 0
        posts = len(ana.messages())
        await company.until("2027-02-20")
        assert len(ana.messages()) == posts, "she is never written to again"
        await ana.type("home")
        assert "Hello. I keep mentoring going" in ana.messages()[posts]
        assert "in no mentorship now" in ana.messages()[-1]


async def test_words_alone_do_not_erase_nor_does_a_button_of_last_year_or_of_somebody_else(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.type("erase me")
        await ana.type("Erase me")
        await ana.type("Yes, erase everything")
        assert "please press the button itself" in ana.messages()[-1]
        assert "Ana Sample" in names(database)

        await ana.command("erase me")
        await ana.press("Erase me")
        old = ana.button("Yes, erase everything")
        await ben.press_old(old)
        assert "I do not find that" in shown(ben)
        for forged in (replace(old, value=""), replace(old, value="soon"), Button("", "erasing.ask", "somebody")):
            await ana.press_old(forged)
            assert "I do not find that" in shown(ana)
        company.clock.move_to(company.clock.now() + timedelta(minutes=61))
        await ana.press_old(old)
        assert "Nobody can bring it back" in shown(ana), "it is asked once more"
        assert {"Ana Sample", "Ben Sample"} <= names(database)


async def test_who_was_only_invited_hears_on_friday_like_everybody_whose_pair_did_not_come_about(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ben.press("Yes, gladly")
        before = ben.messages()
        await erased(company)
        await company.until("2027-01-14", "17:00")
        assert ben.messages() == before, "nothing tells before the day"
        await company.until("2027-01-15", "10:00")
        assert "did not come about" in ben.messages()[-1]


async def test_erased_on_a_file_the_file_itself_holds_nothing(tmp_path: Path) -> None:
    database = connect(sqlite_file(tmp_path))
    async with world(database, MONDAY, names=("Ada", "Xanthippe", "Ben")) as company:
        await company.hands("Ada").command("pair @Ben Sample, @Xanthippe Sample")
        await company.until("2027-01-11", "10:00")
        file = Path(str(database.url.database))
        assert b"Xanthippe" in b"".join(path.read_bytes() for path in file.parent.glob("mentronome.db*"))
        await erased(company, "Xanthippe")
        await company.app.tick()
        assert b"Xanthippe" not in b"".join(path.read_bytes() for path in file.parent.glob("mentronome.db*"))
    database.dispose()
