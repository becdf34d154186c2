"""What is typed in a thread answers the message that it hangs on, whatever else is open or was asked since."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.platforms import WAYS, on
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_typed_words import last, met
from tests.world import world


@pytest.mark.parametrize("way", WAYS)
async def test_an_invitation_is_answered_in_its_thread_while_a_form_is_open(way: str, database: sa.Engine) -> None:
    """Ben has begun to tell his hours when he answers the invitation further up."""
    async with on(way, database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair Ben Sample, Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.reply("Ben", "yes, gladly")
        await ben.type("hours")
        await ben.reply("Ana", "Yes, gladly!")
        await company.until("2027-01-15", "09:30")
        await ada.type("status")
        assert "on track: 1" in ada.messages()[-1], "both have said yes"


async def test_an_open_form_does_not_swallow_an_answer_to_another_card(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Chris")) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        for mentor in ("Ben", "Chris"):
            await ada.command(f"pair @{mentor} Sample, @Ana Sample")
            await company.until("2027-01-11", "10:00" if mentor == "Ben" else "11:00")
        await ana.type("hours")
        question = ana.messages()[-1]
        await ana.reply("Chris", "yes")
        assert not any("Which one" in text for text in ana.messages()), "the message tells which"
        assert ana.buttons().count("Yes, gladly") == 1, "Ben's is left"
        await ana.reply("Ben", "not this time")
        assert "Yes, gladly" not in ana.buttons()
        await ana.type("resume")
        assert ana.messages()[-1] == question, "no answer went into the form"


async def test_a_question_of_a_form_is_answered_in_its_thread_long_after_and_at_its_place(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("reflect")
        await ana.type("Listening wrked")
        await company.jump(timedelta(hours=3))
        for words in ("move", "next Thursday"):
            await ana.type(words)
        await ana.reply("What worked, and why?", "Listening worked")
        assert "What surprised you?" in ana.messages()[-1]
        for words in ("skip", "skip", "skip", "share with ben"):
            await ana.type(words)
        assert "Kept" in ana.messages()[-1]
        await ana.reply("What worked, and why?", "Once more")
        assert "sent or left already" in ana.messages()[-1]
        await ana.type("resume")
        assert "At what time?" in ana.messages()[-1]
        told = await ben.command("record")
        assert "Listening worked" in told
        assert "wrked" not in told


async def test_a_slip_in_a_thread_is_understood_and_other_words_mean_what_they_always_mean(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("hours")
        await ana.reply("A minute to look back?", "status")
        assert "on track" in ana.messages()[-1].casefold(), "no answer to the open form"
        await ana.reply("A minute to look back?", "good morning")
        assert last(ana) == ["Reflect"], "what the message itself offers"
        await ana.reply("A minute to look back?", "reflct")
        assert "What worked, and why?" in ana.messages()[-1], "a button that opens a form"
        await ana.reply("I did not understand", "status")
        assert "I took 'status' as your answer." in ana.messages()[-1], "that message asked nothing"
