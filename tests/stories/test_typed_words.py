"""Words typed with and without slips: what they stand for, what is asked back, and what fills a form."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.messages import Typed
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import Fingers, World, read, world


async def met(company: World) -> None:
    """Tuesday, January 19: Ana and Ben have met, and Ana has said so."""
    await paired(company)
    await company.until("2027-01-19", "11:00")
    await company.hands("Ana").type("we met")


def last(hands: Fingers) -> list[str]:
    """Return the labels of the buttons of the newest message."""
    return [button.label for section in hands.posts[-1].card.sections for button in section.buttons]


# Another time


async def test_a_typed_hour_is_said_back_and_nothing_moves_before_the_press(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        before = len(ben.messages())
        await ana.type("move to Thursday 3pm")
        assert "Move your meeting with Ben to Thu, Jan 21, 15:00?" in ana.messages()[-1]
        assert "Now: Tue, Feb 2, 10:00" in ana.messages()[-1]
        assert "On your clocks: Berlin" in ana.messages()[-1]
        assert last(ana) == ["Suggest it", "Another time"]
        await company.until("2027-01-19", "12:00")
        assert len(ben.messages()) == before, "nothing was suggested yet"
        await ana.press("Suggest it")
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]


async def test_a_suggestion_pressed_twice_is_made_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("move to Thursday 3pm")
        button = ana.button("Suggest it")
        await ana.press_old(button)
        await ana.press_old(button)
        assert ana.shown is not None
        assert "earlier hour" in read(ana.shown)
        await company.until("2027-01-19", "13:00")
        assert sum("Ana suggested Thu, Jan 21, 15:00" in text for text in ben.messages()) == 1


async def test_the_hour_can_be_typed_in_german_with_a_slip_and_accepted_in_words(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("mvoe auf Donerstag 15 Uhr")
        assert "Did you mean 'move auf Donerstag 15 Uhr'?" in ana.messages()[-1]
        await ana.type("yes")
        assert "to Thu, Jan 21, 15:00?" in ana.messages()[-1], "a misspelt move is asked back, and says its hour back"
        await ana.type("suggest it")
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]


async def test_a_mere_day_keeps_the_hour_and_a_name_says_which_meeting(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("move to Thursday 3pm")
        await ana.type("yes")
        await ana.type("move Ben to Friday")
        assert "Move your meeting with Ben to Fri, Jan 22, 15:00?" in ana.messages()[-1]


async def test_a_typed_hour_is_asked_about_where_there_are_two_meetings(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("meet")
        await ana.press("Fri")
        await ana.type("move to Thursday 3pm")
        assert "Which meeting do you mean?" in ana.messages()[-1]
        assert last(ana) == ["Ben: Thu, Jan 21, 15:00"] * 2


async def test_an_hour_that_is_over_or_unreadable_is_asked_for(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        for words in ("move to yesterday 3pm", "move to the sofa"):
            await ana.type(words)
            assert "On which day?" in ana.messages()[-1]
            await ana.type("cancel")
        assert "nothing was saved" in ana.messages()[-1]


async def test_a_form_for_another_hour_is_read_back_before_the_partner_sees_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("move")
        await ana.type("next Thursday")
        await ana.type("3")
        assert "On which day?: Thu, Jan 21, 2027" in ana.messages()[-1]
        assert "At what time?: 15:00" in ana.messages()[-1]
        await company.until("2027-01-19", "12:00")
        assert not any("Jan 21" in text for text in ben.messages())
        await ana.press("Send")
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]
        await ana.press("Send")
        assert ana.shown is not None
        assert "sent or left already" in read(ana.shown)


async def test_an_old_send_does_not_send_another_form(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        for words in ("move", "next Thursday", "3"):
            await ana.type(words)
        old = ana.button("Send")
        for words in ("cancel", "reflect", "Listening worked", "skip"):
            await ana.type(words)
        await ana.press_old(old)
        assert ana.shown is not None
        assert "sent or left already" in read(ana.shown)
        await company.until("2027-01-19", "13:00")
        assert not any("Jan 21" in text for text in ben.messages())


# Slips


async def test_a_misspelt_end_is_asked_back_and_no_leaves_everything(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("edn")
        assert "Did you mean 'end'?" in ana.messages()[-1]
        assert last(ana) == ["Yes", "No"]
        await ana.type("no")
        assert "Nothing was changed." in ana.messages()[-1]
        await ana.type("edn")
        await ana.type("yes")
        assert "Are you sure?" in ana.messages()[-1]
        await ana.press("Leave it as it is")
        await ana.type("status")
        assert "on track" in ana.messages()[-1].casefold()


async def test_misspelt_words_never_do_anything_grave(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        before = len(ben.messages())
        for words in ("edn", "erase em", "new mach", "puase", "puase Ben", "mvoe", "paus until Monday"):
            await ana.type(words)
            assert "Did you mean" in ana.messages()[-1], words
        await company.until("2027-01-19", "15:00")
        assert len(ben.messages()) == before


async def test_a_misspelt_word_that_only_shows_something_is_understood_at_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("statsu")
        assert "on track" in ana.messages()[-1].casefold()
        await ana.type("reflct")
        assert "What worked, and why?" in ana.messages()[-1], "a button that opens a form"


async def test_a_misspelt_answer_is_asked_back_and_then_taken(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.type("we mett")
        assert last(ana) == ["Yes", "No"]
        await ana.type("Yes!")
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())


async def test_words_that_fit_two_pairs_are_asked_about_by_name(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Chris")) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        for mentor in ("Ben", "Chris"):
            await ada.command(f"pair @{mentor} Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.type("yes")
        assert "Which one do you mean?" in ana.messages()[-1]
        assert sorted(last(ana)) == ["Yes, gladly: Ben", "Yes, gladly: Chris"]
        await ana.type("yes, gladly: chris")
        await ana.type("yes")
        assert sum("Which one" in text for text in ana.messages()) == 1, "only one invitation was left to answer"
        assert sorted(ana.buttons()) == ["Yes, gladly: Ben", "Yes, gladly: Chris"], "both invitations are answered"


async def test_words_stand_for_the_last_choice_only_while_it_is_the_last(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "10:40")
        await ana.type("edn")
        await company.until("2027-01-19", "10:55")
        assert "Did you and Ben get to talk?" in ana.messages()[-1]
        await ana.type("yes")
        assert not any("Are you sure?" in text for text in ana.messages()), "the newer question is answered"
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())


async def test_half_an_hour_later_yes_means_nothing_any_more(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await ana.type("edn")
        await company.jump(timedelta(minutes=31))
        await ana.type("yes")
        assert "Are you sure?" not in ana.messages()[-1]


# Help


async def test_unknown_words_get_five_things_at_most_and_help_gets_all_in_groups(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await ana.type("good morning")
        lines = ana.messages()[-1].splitlines()
        assert len(lines) == 7, "a sentence, five lines, and help"
        assert lines[-1].startswith("help:")
        await ana.type("hlep")
        titles = [section.title for section in ana.posts[-1].card.sections]
        assert titles == ["", "Your meetings", "What you keep", "Less from me", "You and your data"]
        assert "For those who run the programme" in await ada.command("help")


async def test_what_is_due_stands_first_in_the_short_menu(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.type("hmm")
        assert last(ana)[:2] == ["Yes, we met", "Not this time"]
        await ana.press("Yes, we met")
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())


# Forms


async def test_an_answer_that_is_a_command_too_can_be_meant_as_one(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("reflect")
        await ana.type("status")
        assert "I took 'status' as your answer." in ana.messages()[-1]
        assert "What surprised you?" in ana.messages()[-1]
        await ana.press("I meant the command")
        await company.until("2027-01-19", "11:01")
        assert ana.shown is not None
        assert "on track" in read(ana.shown).casefold()
        await ana.press("I meant the command")
        assert ana.shown is not None
        assert "Nothing was changed." in read(ana.shown), "pressed twice"
        await ana.type("resume")
        assert "What worked, and why?" in ana.messages()[-1], "the form waits at the question, without the answer"


async def test_a_command_where_it_can_be_no_answer_is_offered_as_one(database: sa.Engine) -> None:
    """Ada types 'pair', sees a question, and types the whole command."""
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await ada.type("pair")
        assert "In which form?" in ada.messages()[-1]
        await ada.type("pair @Ben Sample @Ana Sample")
        assert "Please choose one of the options." in ada.messages()[-1]
        await ada.press("I meant the command")
        assert "I ask Ben and Ana" in ada.messages()[-1]
        await ada.type("status")
        assert "invited: 1" in ada.messages()[-1], "the form rests"
        await ada.type("resume")
        await ada.type("nonsense")
        assert last(ada) == [], "what is no command is not offered as one"


async def test_words_that_say_a_command_was_meant_do_what_the_button_does(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await ada.type("pair")
        await ada.type("pair @Ben Sample @Ana Sample")
        assert "Please choose one of the options." in ada.messages()[-1]
        await ada.type("I meant the command")
        assert "I ask Ben and Ana" in ada.messages()[-1]
        await ada.type("resume")
        await ada.type("I meant the command")
        assert "Nothing was changed." in ada.messages()[-1], "it is done once"


async def test_meaning_the_command_works_in_words_and_at_the_last_question_too(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await company.until("2027-01-29", "09:30")
        await ana.type("agenda")
        while "Topics" not in ana.messages()[-1]:
            await ana.type("skip")
        await ana.type("status")
        assert "I took 'status' as your answer." in ana.messages()[-1]
        await ana.type("I meant the command")
        assert "on track" in ana.messages()[-1].casefold()


async def test_a_left_form_waits_says_so_once_and_is_resumed(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("reflect")
        await ana.type("Listening worked")
        await company.jump(timedelta(minutes=31))
        await ana.type("status")
        assert "on track" in ana.messages()[-2].casefold(), "half an hour later words fill no form by themselves"
        assert "What you wrote for 'Looking back' is kept." in ana.messages()[-1]
        await ana.type("status")
        assert "on track" in ana.messages()[-1].casefold(), "it was said once"
        await company.jump(timedelta(days=2))
        await ana.type("resume")
        assert "What surprised you?" in ana.messages()[-1]
        for words in ("skip", "skip", "skip", "only me"):
            await ana.type(words)
        assert "Kept" in ana.messages()[-1]
        await ana.type("resume")
        assert "no form waits" in ana.messages()[-1]


async def test_a_window_that_was_closed_is_finished_by_typing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.press("Reflect")
        assert ana.form is not None
        await ana.type("status")
        assert "on track" in ana.messages()[-1].casefold(), "typed words do not fill a form that opened in a window"
        await ana.type("resume")
        assert "What worked, and why?" in ana.messages()[-1]
        for words in ("Listening", "skip", "skip", "skip", "share with ben"):
            await ana.type(words)
        assert "Kept" in ana.messages()[-1]
        await company.until("2027-02-01", "10:00")
        assert ben.messages()


async def test_what_was_typed_stands_in_the_window_that_opens_later(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("reflect")
        await ana.type("Listening worked")
        await ana.press("Reflect")
        assert ana.form is not None
        assert ana.form.fields[0].initial == "Listening worked"
        assert await ana.fill({}) == {}
        await ana.type("resume")
        assert "no form waits" in ana.messages()[-1], "a form that was sent in is not to be resumed"


async def test_resume_asks_which_where_a_form_waits_and_something_is_paused(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("reflect")
        await ana.type("Listening worked")
        await company.jump(timedelta(minutes=31))
        await ana.type("pause me")
        await ana.type("resume")
        assert last(ana) == ["Looking back", "What is paused"]
        await ana.type("looking back")
        assert "What surprised you?" in ana.messages()[-1]


async def test_a_form_that_is_half_typed_stays_when_another_one_opens_and_resume_asks_which(
    database: sa.Engine,
) -> None:
    """Ana reflects, is called away to move a meeting, leaves that one too, and finds both again."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("reflect")
        await ana.type("Listening worked")
        await ana.command("move")
        assert ana.form is not None
        await ana.type("resume")
        assert last(ana) == ["Another time", "Looking back"]
        await ana.type("another time")
        await ana.type("next Thursday")
        assert "At what time?" in ana.messages()[-1]
        await company.jump(timedelta(minutes=31))
        await ana.type("agenda")
        assert "What you wrote for 'Another time' is kept." in ana.messages()[-1]
        await ana.type("cancel")
        await ana.type("resume")
        assert last(ana) == ["Another time", "Looking back"], "both wait, the last one first"
        await ana.press("Looking back")
        assert "What surprised you?" in ana.messages()[-1]
        for words in ("The pauses", "skip", "skip", "share with ben"):
            await ana.type(words)
        assert "Kept" in ana.messages()[-1]
        await ana.type("resume")
        assert "At what time?" in ana.messages()[-1], "the only one that is left"
        await ana.type("15:00")
        await ana.press("Send")
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]
        await ana.type("resume")
        assert "no form waits" in ana.messages()[-1]


async def test_an_old_send_sends_its_own_form_and_the_newer_one_waits(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        for words in ("move", "next Thursday", "3"):
            await ana.type(words)
        send = ana.button("Send")
        await company.jump(timedelta(minutes=31))
        for words in ("reflect", "Listening worked"):
            await ana.type(words)
        await ana.press_old(send)
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]
        await ana.type("resume")
        assert "What surprised you?" in ana.messages()[-1]


async def test_words_for_a_form_say_so_where_none_is_open(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("send")
        assert "no open form" in ana.messages()[-1]


# German


async def test_who_reads_german_types_german_with_slips_and_may_type_english(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("language de")
        await ana.type("Verschieben auf Donnerstag 15 Uhr")
        assert "Do., 21. Jan., 15:00" in ana.messages()[-1]
        await ana.type("ja")
        await company.until("2027-01-19", "13:00")
        assert "Ana suggested Thu, Jan 21, 15:00" in ben.messages()[-1]
        for words in ("verscheiben auf Freitag", "beendne", "paues"):
            await ana.type(words)
            assert "Meintest du" in ana.messages()[-1], words
        await ana.type("nein")
        await ana.type("hilef")
        assert "später bis Montag" in ana.messages()[-1]
        await ana.type("weg vom 1. bis 5. Februar")
        assert "1. Feb. 2027" in ana.messages()[-1]
        await ana.type("language Englisch")
        assert "English" in ana.messages()[-1]


# Confidences


async def test_a_confidence_is_kept_nowhere_and_gets_the_trusted_contact(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.type("I feel bullied by my lead")
        assert "Is there somebody you trust to talk to?" in ana.messages()[-1]
        with company.app.store.unit() as unit:
            unit.programs.main(company.organization_id, company.clock.now()).trusted_contact = "Mia Sample, room 12"
            unit.commit()
        await met(company)
        await ana.type("Ich werde gemobbt")
        assert "nobody who runs me reads this" in ana.messages()[-1]
        assert "Mia Sample, room 12" in ana.messages()[-1]
        await ana.press("Keep a private note")
        assert await ana.fill({"What would you like to keep?": "The thing of Monday"}) == {}
        assert "Only you can read it" in ana.messages()[-1]
        await company.until("2027-03-01")
        assert not any("The thing of Monday" in text for text in ben.messages())
        await ana.type("help")
        assert "Mia Sample, room 12 listens in confidence." in ana.messages()[-1]


async def test_of_several_programmes_the_trusted_contact_is_that_of_ones_own(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        with company.app.store.unit() as unit:
            unit.programs.main(company.organization_id, company.clock.now()).trusted_contact = "Mia Sample, room 12"
            unit.commit()
        await ada.command("programs add Leadership")
        await ada.press("Yes, add it")
        await ada.press("Settings")
        assert await ada.fill({"Whom may people turn to in confidence?": "Kim Sample, room 3"}) == {}
        await ada.command("pair @Ben Sample, @Ana Sample in Leadership")
        await ana.type("I feel bullied by my lead")
        assert "Kim Sample, room 3" in ana.messages()[-1]
        assert "Kim Sample, room 3 listens in confidence." in await ana.command("help")
        assert "Mia Sample, room 12 listens in confidence." in await ada.command("help"), "she is in no mentorship"


async def test_a_command_with_a_confidence_behind_it_is_heard_as_one_and_an_answer_in_a_form_is_an_answer(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("help I feel bullied")
        assert "nobody who runs me reads this" in ana.messages()[-1]
        await ana.type("reflect")
        await ana.type("I feel bullied")
        assert "What surprised you?" in ana.messages()[-1]


async def test_a_slash_command_is_answered_where_it_was_typed_and_leaves_no_open_question(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        assert "Did you mean 'end'?" in await ana.command("edn")
        await ana.type("yes")
        assert "Are you sure?" not in ana.messages()[-1]
        answer = await company.app.answer(Typed(("slash",), replace(ana._sender), "move to Thursday 3pm", slash=True))
        assert answer.show is not None
