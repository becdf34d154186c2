"""Ada runs the programme: she sees states and dates, looks after pairs, and never learns whose doing anything is."""

from datetime import timedelta
from threading import get_ident

import sqlalchemy as sa

from bot.messages import Button, Typed
from tests.stories.test_five_check_ins import MONDAY
from tests.world import Fingers, World, read, world

NAMES = ("Ada", "Ana", "Ben", "Cleo", "Dan")


async def begun(company: World, *pairs: tuple[str, str], last_in: str = "") -> None:
    """Monday: Ada pairs them, mentor first, the last in a programme by its name, and all accept; Friday they hear."""
    ada = company.hands("Ada")
    for number, (mentor, mentee) in enumerate(pairs, 1):
        where = f" in {last_in}" if last_in and number == len(pairs) else ""
        await ada.command(f"pair @{mentor} Sample, @{mentee} Sample{where}")
    await company.until("2027-01-11", "10:00")
    for name in (name for pair in pairs for name in pair):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")


async def booked(company: World, mentor: str, mentee: str, day: str = "2027-01-19") -> None:
    """Friday: the mentee introduces herself with a day and an hour, and the mentor confirms it."""
    hands = company.hands(mentee)
    await hands.press("Introduce myself")
    answers = {
        "What brought you to where you are?": "Support",
        "What would make these months worth your time?": "Lead",
    }
    assert await hands.fill({**answers, "On which day?": day, "At what time?": "10:00"}) == {}
    await company.until("2027-01-15", "10:00")
    await company.hands(mentor).press("Works for me")


def shown(hands: Fingers) -> str:
    assert hands.shown is not None
    return read(hands.shown)


def labels(hands: Fingers) -> list[str]:
    assert hands.shown is not None
    return [button.label for button in hands.shown.buttons]


async def test_only_what_needs_somebody_is_listed_and_the_rest_is_counted(database: sa.Engine) -> None:
    """Dan and Cleo find no first date: they read it on day seven, Ada on day ten."""
    async with world(database, MONDAY, names=NAMES) as company:
        ada, cleo = company.hands("Ada"), company.hands("Cleo")
        await begun(company, ("Ben", "Ana"), ("Dan", "Cleo"))
        await booked(company, "Ben", "Ana")
        assert "on track: 2" in await ada.command("status")
        assert "Nobody needs you now" in shown(ada)
        await company.until("2027-01-26", "09:00")
        assert "Not started: there is no first date yet" in await cleo.command("status")
        assert "not started" not in await ada.command("status")
        await company.until("2027-01-29", "08:59")
        assert "not started" not in await ada.command("status")
        await company.until("2027-01-29", "09:00")
        assert "not started: 1" in await ada.command("status")
        assert "Dan Sample – Cleo Sample" in shown(ada)
        assert "Not started, day 1. Not met yet, and no date ahead." in shown(ada)
        assert "Ben Sample" not in shown(ada)
        await company.until("2027-02-01", "09:00")
        assert "Not started, day 4." in await ada.command("status not started")


async def test_an_invitation_of_which_nothing_came_is_no_pair_that_ended(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await ada.command("pair @Ben Sample, @Ana Sample")
        assert "invited: 1" in await ada.command("status")
        assert "'status invited' lists more" in shown(ada), "a hint at what there is"
        assert "Ben Sample – Ana Sample" in await ada.command("status invited")
        await company.until("2027-01-11", "10:00")
        await ana.press("Not this time")
        await company.until("2027-01-18", "10:00")
        assert "There are no pairs yet." in await ada.command("status")
        assert "There is no pair of Ana Sample that I can show." in await ada.command("status @Ana Sample")
        assert "You are in no mentorship yet." in await ana.command("status")
        assert "no one person by the name of Xenia" in await ada.command("status @Xenia")


async def test_a_slip_is_told_to_the_pair_on_day_five_and_to_ada_on_day_eight(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await begun(company, ("Ben", "Ana"))
        await booked(company, "Ben", "Ana")
        await company.until("2027-01-18", "12:00")
        assert "next on Tue, Jan 19" in await ada.command("status @Ana")
        assert "After the meeting on Tue, Jan 19 I ask whether they met." in shown(ada)
        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        await company.until("2027-01-26", "09:30")
        assert "Slipping" in await ben.command("status")
        assert "slipping" not in await ada.command("status")
        await company.until("2027-01-29", "09:30")
        assert (
            "Slipping, day 1. Not met yet, and no date ahead. Without a new time by Fri, Feb 5"
            in await ada.command("status slipping")
        )
        await ben.type("pause")
        await ben.press("Pause")
        assert "paused: 1" in await ada.command("status")
        assert "Paused, day 1." in await ada.command("status @Ben")
        assert "There are no pairs" not in await ada.command("status ended")


async def test_pages_are_turned_by_buttons_that_only_ada_sees(database: sa.Engine) -> None:
    pairs = [(f"Mentor{number}", f"Mentee{number}") for number in range(12)]
    async with world(database, MONDAY, names=("Ada", *(name for pair in pairs for name in pair))) as company:
        ada = company.hands("Ada")
        await begun(company, *pairs)
        await company.until("2027-01-29", "09:30")
        posts = len(ada.posts)
        assert "Page 1 of 2" in await ada.command("status")
        first = shown(ada)
        assert first.count("Not started, day 1.") == 10
        assert labels(ada)[-1] == "Next"
        await ada.press("Next")
        second = shown(ada)
        assert second.count("Not started, day 1.") == 2
        assert not {line for line in first.splitlines() if "–" in line} & set(second.splitlines()), "no pair twice"
        await ada.press("Previous")
        assert shown(ada) == first
        assert "Page 2 of 2" in await ada.command("status 2")
        assert "Page 2 of 2" in await ada.command("status not started 9")
        assert len(ada.posts) == posts, "answers to a command are seen by her alone, and not kept"


async def test_help_is_previewed_signed_and_sent_once_a_week(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await begun(company, ("Ben", "Ana"))
        await company.until("2027-01-29", "18:00")
        before = (len(ana.posts), len(ben.posts))
        preview = await ada.command("nudge @Ana Sample")
        assert "A word from Ada Sample" in preview
        assert "With the buttons: Suggest a time · Pause · A new match" in preview
        assert labels(ada) == ["Send it", "Leave it as it is"]
        assert (len(ana.posts), len(ben.posts)) == before, "a preview sends nothing"
        send = ada.button("Send it")
        await ada.press("Send it")
        await ada.press_old(send)
        assert "Once a week is enough" in shown(ada), "pressed twice, it is sent once"
        assert (len(ana.posts), len(ben.posts)) == before, "Friday evening: it waits for Monday"
        assert "was sent help on Fri, Jan 29" in await ada.command("nudge @Ben Sample @Ana Sample")
        await company.until("2027-02-01", "09:30")
        words = [[text for text in hands.messages() if "A word from Ada" in text] for hands in (ana, ben)]
        assert words[0] == words[1]
        assert len(words[0]) == 1
        assert all(line in preview for line in words[0][0].splitlines()), "as it was previewed"
        await ben.press("Suggest a time")
        assert ben.form is not None
        await company.until("2027-02-05", "18:30")
        assert "A word from Ada Sample" in await ada.command("nudge @Ana Sample"), "a week later it can be sent again"


async def test_an_old_word_of_help_is_drawn_anew_without_its_buttons(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await begun(company, ("Ben", "Ana"))
        await ada.command("nudge @Ana Sample")
        await ada.press("Send it")
        post = next(post for post in ana.posts if "A word from Ada" in read(post.card))
        why = next(button for button in post.card.buttons if button.label == "Why this?")
        await ana.press_old(why, post.delivery_id)
        assert "somebody who runs your programme wants to help" in shown(ana)
        await company.until("2027-02-01", "09:30")
        await ana.press_old(why, post.delivery_id)
        old = next(one for one in ana.posts if one.delivery_id == post.delivery_id)
        assert "This was an offer of help" in read(old.card)


async def test_i_am_on_it_takes_a_pair_off_the_list_for_two_weeks(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await begun(company, ("Ben", "Ana"))
        await company.until("2027-01-29", "09:30")
        await ada.command("status")
        await ada.press("What can be done")
        assert labels(ada) == ["Send help", "I am on it", "Pause", "A new match", "End it"]
        await ada.press("I am on it")
        assert "off the list until Fri, Feb 12" in shown(ada)
        assert "Ben Sample" not in await ada.command("status")
        assert "not started: 1" in shown(ada), "it is counted all the same"
        assert "Ben Sample" in await ada.command("status not started")
        await company.until("2027-02-12", "09:31")
        assert "Ben Sample" in await ada.command("status")


async def test_what_is_done_to_a_pair_is_asked_back_first(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await begun(company, ("Ben", "Ana"))
        await ada.command("status @Ana Sample")
        await ada.press("What can be done")
        await ada.press("Pause")
        assert "Are you sure?" in shown(ada)
        await ada.press("Leave it as it is")
        assert "on track: 1" in await ada.command("status")
        await ada.command("status @Ana Sample")
        await ada.press("What can be done")
        await ada.press("Pause")
        await ada.press("Yes, pause it")
        await company.until("2027-01-18", "09:30")
        assert "paused" in ana.messages()[-1]
        await ada.command("status @Ben Sample")
        await ada.press("What can be done")
        await ada.press("Go on")
        await ada.press("Yes, let it go on")
        assert "on track: 1" in await ada.command("status")
        await company.jump(timedelta(minutes=1))
        await company.until("2027-01-18", "09:40")
        await ada.command("status @Ben Sample")
        await ada.press("What can be done")
        await ada.press("A new match")
        await ada.press("Yes, a new match")
        assert "ended: 1" in await ada.command("status")
        lines = (await ada.command("audit")).splitlines()
        assert lines == [
            "What was done",
            "Mon, Jan 18: Ada Sample ended Ben Sample – Ana Sample.",
            "Mon, Jan 18: Ada Sample let Ben Sample – Ana Sample go on.",
            "Fri, Jan 15: Ada Sample paused Ben Sample – Ana Sample.",
            "Mon, Jan 11: Ada Sample proposed Ben Sample – Ana Sample.",
        ]


async def test_what_a_pair_does_itself_is_not_told_of_one_of_them(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await begun(company, ("Ben", "Ana"))
        await ben.type("pause")
        await ben.press("Pause")
        assert "Fri, Jan 15: Ben Sample – Ana Sample paused." in await ada.command("audit")


async def test_who_cannot_be_reached_is_shown_with_the_day(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await begun(company, ("Ben", "Ana"))
        await booked(company, "Ben", "Ana")
        company.chat.refuses[company.people["Ana"].id] = "account_inactive"
        await company.until("2027-01-19", "12:00")
        assert "cannot be reached: 1" in await ada.command("status")
        assert "Cannot be reached, day 1." in shown(ada)
        company.chat.refuses.clear()
        await ana.type("hello")
        assert "cannot be reached" not in await ada.command("status")


async def test_admins_are_added_and_taken_off_and_somebody_always_runs_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        assert "Only those who run the programme" in await ben.command("admins add @Ben Sample")
        assert "run by Ada Sample" in await ada.command("admins")
        await ada.command("admins remove @Ada Sample")
        await ada.press("Yes, take off")
        assert "Somebody has to run the programme" in shown(ada)
        assert "Ben Sample would see states" in await ada.command("admins add @Ben Sample")
        assert "run by Ada Sample." in await ada.command("admins"), "asked back first"
        await ada.command("admins add @Ben Sample")
        await ada.press("Yes, add")
        assert "Ada Sample asked you to run the mentoring programme too" in ben.messages()[-1]
        assert "run by Ada Sample and Ben Sample" in await ben.command("admins")
        await ben.command("admins remove @Ada Sample")
        await ben.press("Yes, take off")
        assert "Only those who run the programme" in await ada.command("admins")
        assert "took Ada Sample off the programme" in await ben.command("audit")


async def test_settings_are_changed_by_a_form_and_hold_at_once(database: sa.Engine) -> None:
    """Ada lets pairs count as not started after seven days: the calendar is planned anew for all of them."""
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await begun(company, ("Ben", "Ana"))
        await company.until("2027-01-20", "18:00")
        assert "Mentoring\nRhythm: 45 minutes every 2 weeks\nRunning: 1" in await ada.command("programs")
        settings = next(button for button in ada.shown.buttons if button.label == "Settings") if ada.shown else None
        assert settings is not None
        await ben.press_old(settings)
        assert "Only those who run the programme" in shown(ben)
        await ada.press("Message calendar")
        reminder = "Working days until the one reminder"
        easier = "Working days without a new date until a pair is offered something easier"
        not_started = "Working days without a first date until a pair counts as not started"
        assert await ada.fill({reminder: "5", easier: "4"}) == {easier: "This comes after the reminder."}
        late = "The mentor is asked before the meeting is left open."
        wrap = "Working days after the mentee until the mentor is asked whether they met"
        left_open = "Working days until a meeting that nobody reports is left open"
        assert await ada.fill({reminder: "3", easier: "5", wrap: "3", left_open: "3"}) == {wrap: late}
        heard = "Day on which all hear what became of an invitation"
        assert await ada.fill({not_started: "7", heard: "Thursday"}) == {}
        assert "All hear on Thu, Jan 28" in await ada.command("pair group @Ben Sample, @Ana Sample, @Ada Sample")
        await ada.command("programs")
        await ada.press("Settings")
        assert await ada.fill({"Minutes of a meeting": "17"}) == {
            "Minutes of a meeting": "Please choose one of the options."
        }
        contact = "Whom may people turn to in confidence?"
        assert await ada.fill({"Name": "Grow together", contact: "Kim, room 3"}) == {}
        answer = await ada.command("programs")
        assert "Grow together" in answer
        assert "Trusted contact: Kim, room 3" in answer
        before = len(ana.posts)
        await company.until("2027-01-21", "09:30")
        assert "In 3 working days your programme sees the words 'not started'" in ana.messages()[-1]
        assert len(ana.posts) == before + 1
        await company.until("2027-01-26", "09:30")
        assert "not started: 1" in await ada.command("status")
        assert "changed the settings of a programme" in await ada.command("audit")


async def test_on_a_holiday_of_the_programme_nothing_is_written(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await begun(company, ("Ben", "Ana"))
        assert "From when to when?" in await ada.command("holiday")
        question = await ada.command("holiday from 18 January to 29 January")
        assert "From Mon, Jan 18, 2027 to Fri, Jan 29, 2027" in question
        await ada.press("Leave it as it is")
        assert "Everybody rests" not in await ada.command("programs")
        await ada.command("holiday from 18 January to 29 January")
        rest: Button = ada.button("Yes, let all rest")
        await ben.press_old(rest)
        assert "Only those who run the programme" in shown(ben)
        await ada.press("Yes, let all rest")
        assert "Everybody rests: Mon, Jan 18, 2027 – Fri, Jan 29, 2027" in await ada.command("programs")
        before = len(ana.posts) + len(ben.posts)
        await company.until("2027-01-29", "17:00")
        assert len(ana.posts) + len(ben.posts) == before
        await company.until("2027-02-03", "12:00")
        assert len(ana.posts) + len(ben.posts) > before
        await ada.command("holiday off")
        await ada.press("Yes, let it go on")
        assert "Everybody rests" not in await ada.command("programs")
        assert (await ada.command("audit")).count("changed the days on which a programme rests") == 2


async def test_others_are_refused_kindly_whether_they_type_or_forge_a_press(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        ada, ben, dan = company.hands("Ada"), company.hands("Ben"), company.hands("Dan")
        await begun(company, ("Ben", "Ana"))
        for command in ("nudge @Ana Sample", "programs", "admins", "audit", "holiday off"):
            assert "Only those who run the programme can do this" in await dan.command(command)
        await ada.command("status @Ana Sample")
        button = ada.button("What can be done")
        for action in ("pair", "sure", "on_it", "preview", "send"):
            forged = Button("", f"helping.{action}", button.subject, value="end")
            for hands in (dan, ben):
                await hands.press_old(forged)
                assert "Only those who run the programme" in shown(hands), action
        await dan.press_old(Button("", "status.page", "", value="1"))
        assert "Only those who run the programme" in shown(dan)
        assert "You are in no mentorship yet" in await dan.command("status")
        assert "With Ana" in await ben.command("status @Dan Sample"), "others see their own"


async def test_who_runs_the_programme_sees_her_own_mentorships_too(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await begun(company, ("Ben", "Ana"))
        assert "You are in no mentorship yet" in await ada.command("status me")
        assert "no state and no one person by the name of Zoe" in await ada.command("status Zoe")
        assert "no pair of Ada Sample" in await ada.command("status @Ada Sample")


async def test_help_lists_what_an_admin_can_type_under_a_heading_of_its_own(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        menu = await company.hands("Ada").command("help")
        assert "For those who run the programme" in menu
        for word in ("nudge", "programs", "holiday", "admins", "audit", "pair"):
            assert f"\n{word}" in menu
        assert "For those who run the programme" not in await company.hands("Ben").command("help")


async def test_a_page_in_a_direct_message_is_turned_too(database: sa.Engine) -> None:
    pairs = [(f"Mentor{number}", f"Mentee{number}") for number in range(11)]
    async with world(database, MONDAY, names=("Ada", *(name for pair in pairs for name in pair))) as company:
        ada = company.hands("Ada")
        await begun(company, *pairs)
        await company.until("2027-01-29", "09:30")
        await ada.type("status")
        assert "Page 1 of 2" in ada.messages()[-1]
        await company.jump(timedelta(minutes=1))
        await ada.press("Next")
        assert "Page 2 of 2" in shown(ada)


async def test_deeds_of_one_moment_are_told_in_the_order_in_which_they_were_done(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        for name in ("Ana", "Ben", "Ana", "Ben"):
            added = "add" if company.people[name].name not in await ada.command("admins") else "remove"
            await ada.command(f"admins {added} @{name} Sample")
            await ada.press("Yes, add" if added == "add" else "Yes, take off")
        assert (await ada.command("audit")).splitlines()[1:] == [
            "Mon, Jan 11: Ada Sample took Ben Sample off the programme.",
            "Mon, Jan 11: Ada Sample took Ana Sample off the programme.",
            "Mon, Jan 11: Ada Sample let Ben Sample run the programme.",
            "Mon, Jan 11: Ada Sample let Ana Sample run the programme.",
        ]


async def test_what_takes_long_to_draw_is_drawn_when_the_turn_is_over_and_nobody_waits_for_it(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await begun(company, ("Ben", "Ana"))
        reads: list[bool] = []
        here = get_ident()

        def begins(one: sa.Connection) -> None:
            if get_ident() == here:
                reads.append(one.get_execution_options().get("reading", False))

        sa.event.listen(database, "begin", begins)
        for text in ("status", "programs"):
            answer = company.app.engine.handle(Typed((text,), ada._sender, text, slash=True))
            assert answer.show is not None
            assert reads == [False, True], "one that writes, and then one that reads"
            reads.clear()
        company.app.engine.handle(Typed(("typed",), ada._sender, "status"))
        assert reads == [False], "what goes through the outbox is drawn in the turn"


# Several programmes


async def test_a_second_programme_is_added_asked_back_and_noted(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        assert "Shall I add the programme Grow together?" in await ada.command("programs add Grow  together")
        yes = ada.button("Yes, add it")
        await ben.press_old(yes)
        assert "Only those who run the programme" in shown(ben)
        await ada.press("Leave it as it is")
        assert "Grow together" not in await ada.command("programs")
        await ada.press_old(yes)
        assert "A pair is in Mentoring unless you name the programme" in shown(ada)
        await ada.press_old(yes)
        assert "Another programme has this name." in shown(ada), "pressed twice"
        assert "Another programme has this name." in await ada.command("programs add grow together")
        await ada.command("programs")
        await ada.press("Add a programme")
        assert await ada.fill({"Name": "MENTORING"}) == {"Name": "Another programme has this name."}
        assert await ada.fill({"Name": "Leadership"}) == {}
        await ada.press("Settings")
        assert ada.form is not None
        assert ada.form.fields[0].initial == "Leadership"
        listed = [line for line in (await ada.command("programs")).splitlines() if ":" not in line]
        assert listed == ["Mentoring", "Grow together", "Leadership"], "the main one first"
        assert (await ada.command("audit")).count("Ada Sample added a programme.") == 2
        assert "Only those who run the programme" in await ben.command("programs add Mine")
        await ben.press_old(Button("", "programs.add", ""))
        assert "Only those who run the programme" in shown(ben)


async def test_a_pair_is_in_the_programme_that_is_named_or_chosen_or_in_the_main_one(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=(*NAMES, "Eva", "Finn")) as company:
        ada = company.hands("Ada")
        await ada.command("pair")
        assert ada.form is not None
        assert "In which programme?" not in [field.label for field in ada.form.fields], "there is one only"
        await ada.command("programs add Grow together")
        await ada.press("Yes, add it")
        await ada.command("pair @Ben Sample, @Ana Sample")
        await ada.command("pair @Dan Sample, @Cleo Sample as peers in grow together")
        await ada.command("pair in Grow together")
        people = {"Mentor": company.people["Finn"].id, "Mentee": company.people["Eva"].id}
        assert ada.form.name == "matching.pair"
        assert await ada.fill(people) == {}
        answer = await ada.command("programs")
        assert [line for line in answer.splitlines() if line.startswith("Invited")] == ["Invited: 1", "Invited: 2"]
        assert "Programme: Grow together" in await ada.command("status @Dan Sample")
        assert "Programme: Grow together" in await ada.command("status @Eva Sample"), "preselected by its name"
        assert "Programme: Mentoring" in await ada.command("status @Ana Sample")


async def test_status_counts_each_programme_and_shows_the_pairs_of_one(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=NAMES) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await ada.command("programs add Grow together")
        await ada.press("Yes, add it")
        await begun(company, ("Ben", "Ana"), ("Dan", "Cleo"), last_in="Grow together")
        await company.until("2027-01-29", "09:30")
        everything = await ada.command("status")
        assert "Mentoring: not started: 1\nGrow together: not started: 1" in everything
        assert "Ben Sample – Ana Sample" in everything
        assert "Dan Sample – Cleo Sample" in everything
        await ada.press("Grow together")
        assert shown(ada).startswith("Grow together\nnot started: 1\n")
        assert "Dan Sample – Cleo Sample" in shown(ada)
        assert "Ben Sample" not in shown(ada)
        only = shown(ada)
        assert await ada.command("status in grow together") == only
        assert await ada.command("status not started in Grow together 1") == only
        assert "Dan Sample" not in await ada.command("status on track in Grow together")
        assert "Dan Sample" not in await ada.command("status in Mentoring")
        assert "With Ana" in await ben.command("status in Grow together"), "others see their own"


async def test_a_holiday_holds_for_all_programmes_and_for_those_added_later(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await ada.command("programs add Grow together")
        await ada.press("Yes, add it")
        assert "nobody in your programmes" in await ada.command("holiday from 18 January to 29 January")
        await ada.press("Yes, let all rest")
        assert "Noted, for all programmes." in shown(ada)
        await ada.command("programs add Leadership")
        await ada.press("Yes, add it")
        assert (await ada.command("programs")).count("Everybody rests: Mon, Jan 18, 2027 – Fri, Jan 29, 2027") == 3
