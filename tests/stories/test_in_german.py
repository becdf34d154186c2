"""Ana speaks German with the bot, Ben English; each reads and types their own language, with a slip of the finger."""

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY
from tests.world import world


async def test_each_is_spoken_to_in_their_own_language(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ana.type("language de")
        assert "Ich schreibe dir jetzt auf Deutsch." in ana.messages()[-1]
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        assert "Ben könnte dich begleiten." in ana.messages()[-1]
        assert "Du hörst am Fr., 15. Jan. von mir" in ana.messages()[-1]
        assert ".." not in ana.messages()[-1], "the full stop of 'Jul.' ends the sentence as well"
        await ana.type("warum")
        assert "Der Anlass dafür: dir wurde ein Mentoring vorgeschlagen." in ana.messages()[-1]
        assert "Would you be a mentor to Ana?" in ben.messages()[-1]
        await ana.type("ja, gern")
        assert "Danke, notiert." in ana.messages()[-1]
        await ben.type("yes, gladly")

        await company.until("2027-01-15", "09:30")
        await ana.type("vorstellen")
        for answer in ("Support, dann Tests", "Ein Projekt leiten", "überspringen", "Dienstag", "10 Uhr"):
            await ana.type(answer)
        for answer in ("45 Minuten", "Raum 7", "senden"):
            await ana.type(answer)
        await company.until("2027-01-15", "10:00")
        assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1]
        await ben.type("works")

        await company.until("2027-01-19", "11:00")
        assert "Habt ihr euch getroffen, du und Ben?" in ana.messages()[-1]
        await ana.type("wir haben uns getroffen")
        assert "Zwei Fragen, solange es frisch ist." in "\n".join(ana.messages())
        await ana.type("hilfe")
        assert "weg bis Freitag" in ana.messages()[-1]
        await ana.command("ziel")
        assert ana.form and ana.form.submit == "Senden"


async def test_german_words_for_quiet_and_days_off_with_a_slip(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("language de")
        await ana.type("weg bis Freitag")
        assert "Du bist weg" in ana.messages()[-1]
        assert "15. Jan" in ana.messages()[-1]
        await ana.type("zurück")
        assert "Willkommen zurück" in ana.messages()[-1]
        await ana.type("weniger")
        assert "höchstens einmal in der Woche" in ana.messages()[-1]
        await ana.type("hifle")
        assert "hilfe" in ana.messages()[-1]
        await ana.type("lösche mcih")
        assert "Meintest du" in ana.messages()[-1], "what is grave is never done by a misspelt word"
        await ana.type("sprache en")
        assert "I write to you in English now." in ana.messages()[-1]
