"""The record that Ana and Ben keep: put in by both, read, searched, and taken along as a file, by nobody else."""

import json
from datetime import timedelta

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_goals_and_actions import GOAL, STEP, talked
from tests.stories.test_invitations import browser, gone
from tests.world import Fingers, World, read, world

PRIVATE = "I was afraid to ask"


async def lived(company: World) -> None:
    """Two weeks with something of every kind in them: a step, a topic, a goal, thoughts shared and kept."""
    ana, ben = company.hands("Ana"), company.hands("Ben")
    await talked(company)
    reflect = ana.button("Reflect")
    await ana.press_old(reflect)
    shared = {"What worked, and why?": "Listening first", "Who may read this?": "Share with Ben"}
    assert await ana.fill({**shared, STEP: "Draft the plan"}) == {}
    await company.jump(timedelta(minutes=1))
    await ben.press_old(reflect)
    assert await ben.fill({"What surprised you?": PRIVATE}) == {}
    await company.until("2027-01-29", "09:30")
    await ana.press("Add topics")
    assert await ana.fill({"Topics, one a line": "Übung im Neinsagen"}) == {}
    await company.until("2027-01-29", "10:00")
    await ana.command("goal")
    assert await ana.fill({GOAL: "Hold 1 review"}) == {}
    await company.until("2027-01-29", "10:30")


async def test_both_put_notes_and_links_in(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ana.command("note")
        assert await ana.fill({}) == {"What do you want to keep?": "Please write a line, or give a link."}
        assert list(await ana.fill({"A link": "example"})) == ["A link"]
        assert await ana.fill({"What do you want to keep?": "A good talk", "A link": "https://example.org/t"}) == {}
        assert "A note by Ana on Tue, Jan 19, 2027: A good talk\nhttps://example.org/t" in await ben.command("record")
        await ben.press("Add a note")
        assert await ben.fill({"What do you want to keep?": "Chapter 3 is the one"}) == {}
        assert "Chapter 3 is the one" in await ana.command("record")


async def test_a_typed_note_is_ones_own_until_it_is_shared(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ana.type("note Read chapter 3 again")
        assert "Kept, for you alone" in ana.messages()[-1]
        assert "Read chapter 3 again" not in await ben.command("record")
        await ana.type("share")
        assert "Ben can read it now" in ana.messages()[-1]
        assert "Read chapter 3 again" in await ben.command("record")

        await ana.type("note Ask about the budget")
        await company.until("2027-01-20", "09:00")
        await ana.type("share")
        assert "Shall I share it?" in ana.messages()[-1], "an old note is shared only after asking back"
        assert "budget" not in await ben.command("record")
        await ana.press("Share with Ben")
        assert "Ask about the budget" in await ben.command("record")
        await ana.type("share")
        assert "no note that is yours alone" in ana.messages()[-1]


async def test_a_typed_note_is_for_the_pair_that_is_named(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ada, ana, ben, carl = (company.hands(name) for name in ("Ada", "Ana", "Ben", "Carl"))
        await ada.command("pair @Carl Sample, @Ana Sample")
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        for hands in (ana, ana, ben, carl):
            await hands.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.type("note the budget")
        assert "put the name before it" in ana.messages()[-1]
        await ana.type("note Carl: the budget")
        await ana.press("Share with Carl")
        assert "the budget" in await carl.command("record")
        assert "the budget" not in await ben.command("record")
        assert "Which mentorship do you mean?" in await ana.command("record")
        await ana.press("Carl")
        assert ana.shown is not None
        assert "the budget" in read(ana.shown)
        assert "Your record with Ben" in await ana.command("record Ben")


async def test_the_record_is_read_the_newest_first_and_holds_what_both_may_read(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await lived(company)
        theirs = await ana.command("record")
        order = ["Hold 1 review", "Übung im Neinsagen", "Draft the plan", "Listening first", "Support, then testing"]
        assert all(words in theirs for words in order)
        places = [theirs.index(words) for words in ("Hold 1 review", "Übung im Neinsagen", "Support, then testing")]
        assert places == sorted(places)
        assert "An introduction by Ana on Fri, Jan 15, 2027: Support, then testing\n\nLeading a project" in theirs
        assert "A step of Ana's since Tue, Jan 19, 2027: Draft the plan" in theirs
        assert PRIVATE not in theirs
        his = await ben.command("record")
        assert "Listening first" in his
        assert PRIVATE not in his, "what is one's own is not shown in a chat"
        assert "the file has it" in his
        assert "the file has it" not in theirs


async def test_a_long_record_is_read_page_by_page(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await talked(company)
        for number in range(1, 20):
            await company.jump(timedelta(minutes=1))
            await ana.command("note")
            assert await ana.fill({"What do you want to keep?": f"thought {number}."}) == {}
        first = await ana.command("record")
        assert "Page 1 of 3" in first
        assert "thought 19." in first
        assert "thought 11." not in first
        assert "Newer" not in shown(ana)
        await ana.press("Older")
        assert ana.shown is not None
        assert "thought 11." in read(ana.shown)
        await ana.press("Newer")
        assert read(ana.shown) == first
        await ana.type("record 3")
        assert "thought 1." in ana.messages()[-1]
        await ana.type("record 99")
        assert "Page 3 of 3" in ana.messages()[-1]


async def test_a_search_finds_words_and_beginnings_whatever_the_case_and_the_dots(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await lived(company)
        for typed in ("ubung", "UEBUNG", "neins", "übung neinsagen"):
            assert "Übung im Neinsagen" in await ben.command(f"search {typed}"), typed
        for typed in ("bung", "übung plan", "insagen"):
            assert "Nothing found" in await ben.command(f"search {typed}"), typed
        await ben.type("search afraid")
        assert PRIVATE not in ben.messages()[-1]
        assert "record export" in ben.messages()[-1], "it is told where one's own words are"
        assert "Nothing found." in await ana.command("search afraid"), (
            "and others do not even hear that there are any"
        )
        assert "Type what to look for" in await ana.command("search")


async def test_the_record_is_taken_along_as_a_file_for_a_quarter_of_an_hour(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await lived(company)
        await ben.type("record export")
        links = ben.links()
        text = await page.get(links["To read"])
        assert text.headers["content-type"] == "text/markdown; charset=utf-8"
        assert "mentoring-record.md" in text.headers["content-disposition"]
        assert text.text.startswith("# Your mentoring with Ana Sample\n")
        assert "## For the agenda, by Ana on Fri, Jan 29, 2027\n\n> Übung im Neinsagen" in text.text
        assert f"*Only you can read this.*\n\n> {PRIVATE}" in text.text
        data = await page.get(links["As data (JSON)"])
        assert data.headers["content-type"] == "application/json"
        entries = json.loads(data.text)["entries"]
        mine = next(entry for entry in entries if entry["words"] == PRIVATE)
        assert (mine["by"], mine["kind"], mine["only_for_me"]) == ("Ben Sample", "reflection", True)

        await ana.command("record export")
        assert ana.shown is not None
        hers = await page.get(next(link.url for section in ana.shown.sections for link in section.links))
        assert "Listening first" in hers.text
        assert PRIVATE not in hers.text, "the file is made for its reader"
        company.clock.move_to(company.clock.now() + timedelta(minutes=15))
        assert await gone(page, links["To read"])


async def test_html_in_somebodys_words_stays_words(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana = company.hands("Ana")
        await talked(company)
        await ana.command("note")
        assert await ana.fill({"What do you want to keep?": "<script>alert(1)</script>\n# no heading"}) == {}
        await ana.type("record export")
        text = (await page.get(ana.links()["To read"])).text
        assert "> \\<script>alert(1)\\</script>\n> # no heading" in text


async def test_nobody_outside_reads_searches_or_takes_anything(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await lived(company)
        assert "You are in no mentorship yet" in await ada.command("record")
        assert "Nothing found." in await ada.command("search plan")
        await ana.command("record")
        await ana.type("note for me")
        for label in ("Take it along", "Add a note", "Share with Ben"):
            await ada.press_old(ana.button(label))
            assert ada.shown is not None
            assert "not yours to change" in read(ada.shown)


async def test_when_it_is_over_the_record_is_still_there_to_read(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await lived(company)
        await ana.type("end")
        await ana.press("End it")
        await company.until("2027-02-10", "09:30")
        assert "Draft the plan" in await ana.command("record")
        assert shown(ana) == ["Take it along"]
        assert "no mentorship to keep notes in" in await ana.command("note")


def shown(hands: Fingers) -> list[str]:
    """Return the labels of the buttons on the card that was shown last."""
    return [button.label for button in hands.shown.buttons] if hands.shown else []
