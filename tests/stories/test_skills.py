"""The company's skills: who runs the programme says which names mean the same, and never learns who has which."""

import sqlalchemy as sa

from bot.domain.profile import Side
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_profile import told
from tests.world import World, read, world


async def wanting(company: World, name: str, wants: str) -> None:
    hands = company.hands(name)
    await hands.command("join")
    await hands.fill({"What do you want to learn, the most wanted first?": wants})


async def test_names_that_are_nearly_the_same_are_asked_about_and_folded(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cleo")) as company:
        ada = company.hands("Ada")
        assert "There is none yet" in await ada.command("skills")
        await ada.command("skills add JavaScript, Public speaking; Java")
        await wanting(company, "Ana", "Javascrpt 2, java script 3, SQL 1")
        await wanting(company, "Ben", "JS 1, speaking public 2")
        await wanting(company, "Cleo", "Python 1, Pyhton 2, JavaScript 4")
        shown = await ada.command("skills")
        assert "Java, JavaScript, Public speaking" in shown
        assert "SQL" not in shown
        assert "Python" not in shown, "what one person has added is theirs"
        assert "Does 'Javascrpt' mean the same as 'JavaScript'?" in shown
        assert "Does 'speaking public' mean the same as 'Public speaking'?" in shown
        assert not any(name in shown for name in ("Ana", "Ben", "Cleo"))
        await ada.press("Same skill")
        assert ada.shown and "Javascrpt" not in read(ada.shown)
        await ada.press("Different")
        assert "speaking public" not in await ada.command("skills"), "it is asked once"
        assert told(company, "Ana")[1][Side.WANT] == [("JavaScript", 3), ("SQL", 1)], "the higher level stays"
        assert told(company, "Ben")[1][Side.WANT] == [("JavaScript", 1), ("speaking public", 2)]

        await wanting(company, "Ben", "Javascrpt 2, sql 3")
        assert told(company, "Ben")[1][Side.WANT] == [("JavaScript", 2), ("SQL", 3)], "the other name is known now"
        assert "SQL" in await ada.command("skills"), "two people have named it"


async def test_whoever_runs_the_programme_folds_and_renames_by_typing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await wanting(company, "Ana", "Tabellen 2")
        await ada.type("skills fold Tabellen = Spreadsheets")
        assert "'Tabellen' means 'Spreadsheets' from now on" in ada.messages()[-1]
        assert told(company, "Ana")[1][Side.WANT] == [("Spreadsheets", 2)]
        await ada.type("skills rename Spreadsheets = Excel")
        assert told(company, "Ana")[1][Side.WANT] == [("Excel", 2)]
        await ada.type("skills add Python")
        await ada.type("skills rename Python = excel")
        assert "'skills fold Python = excel' makes them one" in ada.messages()[-1]
        for words in ("skills fold Python", "skills fold = Python", "skills rename"):
            await ada.type(words)
        await ada.type("skills rename Cobol = Python")
        assert "Which skill gets which name?" in ada.messages()[-1]
        assert "Excel, Python" in await ada.command("skills")


async def test_words_of_one_person_are_not_found_out_by_guessing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await wanting(company, "Ana", "Coping with grief 2, Sailing 1")
        await ada.type("skills rename Sailing = Boats")
        unknown = ada.messages()[-1]
        await ada.type("skills rename Rowing = Boats")
        assert ada.messages()[-1] == unknown
        await ada.type("skills add Boats")
        await ada.type("skills rename Boats = Sailing")
        assert "It is called 'Sailing' now." in ada.messages()[-1]
        assert told(company, "Ana")[1][Side.WANT] == [("Coping with grief", 2), ("Sailing", 1)]
        assert "grief" not in await ada.command("skills")


async def test_a_form_adds_skills_and_others_are_refused_kindly(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await ada.command("skills")
        await ada.press("Add skills")
        assert await ada.fill({"Which skills?": "x" * 61}) != {}
        await ada.fill({"Which skills?": "Python\nGo"})
        assert ada.shown and "Go, Python" in read(ada.shown)
        assert "Only those who run the programme" in await ana.command("skills")
        for button in ada.shown.buttons:
            await ana.press_old(button)
            assert ana.shown and "Only those who run the programme" in read(ana.shown)
