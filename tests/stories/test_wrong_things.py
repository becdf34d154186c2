"""Pressed twice, too late, or by somebody else: one effect, or a kind word, never a surprise."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa

from bot.engine.tables import Tables
from bot.messages import Button, Card, Filled, Submitted, Typed
from bot.store.tables import metadata, seen
from tests.rounds import carried_on
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import read, world

REFUSED = "Only those who run the programme can do this."


async def test_a_button_pressed_twice_has_one_effect(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        button = ana.button("Yes, we met")
        await ana.press_old(button)
        before = ana.messages()
        await ana.press_old(button)
        assert ana.messages() == before


async def test_an_old_yes_cannot_confirm_a_new_hour(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.press("Yes, gladly")
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.press("Introduce myself")
        answers = {"What brought you to where you are?": "a", "What would make these months worth your time?": "b"}
        await ana.fill({**answers, "On which day?": "2027-01-19", "At what time?": "10:00"})
        await company.until("2027-01-15", "10:00")
        old = ben.button("Works for me")
        await ana.type("move")
        await ana.type("2027-01-20")
        await ana.type("11:00")
        await ana.type("send")
        await ben.press_old(old)
        assert ben.shown is not None
        assert "earlier hour" in read(ben.shown)
        assert "Jan 20, 11:00" in read(ben.shown)


async def test_an_hour_that_is_over_is_refused_on_its_field(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await ana.command("move")
        problems = await ana.fill({"On which day?": "2026-12-01", "At what time?": "10:00"})
        assert problems == {"On which day?": "This hour is over. Please choose one that lies ahead."}
        assert await ana.fill({"On which day?": "2027-01-21", "At what time?": "10:00"}) == {}


async def test_a_forged_id_finds_nothing(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Eve")) as company:
        ana, eve = company.hands("Ana"), company.hands("Eve")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        button = ana.button("Yes, we met")
        for forged in (button, replace(button, subject=uuid4().hex), replace(button, action="closing.end")):
            await eve.press_old(forged)
            assert eve.shown is not None
            assert "I do not find that" in read(eve.shown)
        assert "Did you and Ben get to talk?" in ana.messages()[-1]


async def test_nobody_else_reaches_what_is_for_those_who_run_the_programme(database: sa.Engine) -> None:
    """Eve presses each such button, opens and sends each such form, as she might who takes a window apart."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Eve")) as company:
        ada, eve = company.hands("Ada"), company.hands("Eve")
        ana, ben = company.people["Ana"].id, company.people["Ben"].id
        await paired(company)
        await ada.command("match")
        assert await ada.fill({}) == {}
        await carried_on(company.app)
        with company.app.store.unit() as unit:
            (facts,) = unit.mentorships.of_organization(company.organization_id, company.clock.now())
            (program,) = unit.programs.all(company.organization_id)
            (matching,) = unit.rounds.of_program(company.organization_id, program.id)
        pair = facts.mentorship
        subjects = {"": 0, program.id: 0, pair.id: pair.version, matching.id: matching.version, ben: 0}
        values = {"format": "one_on_one", "mentor": ben, "mentee": ana, "name": "Forged", "names": "Forged"}
        before, tables = kept(database), Tables()
        for subject, rev in subjects.items():
            for action in sorted(tables.admin_actions):
                for value in ("", ana):
                    await eve.press_old(Button("", action, subject, value=value, rev=rev))
                    assert eve.shown is not None and REFUSED in read(eve.shown), action
            for form in sorted(tables.admin_forms):
                for event in (Filled((), eve._sender, form, subject, values, begins=True),
                              Submitted((), eve._sender, form, subject, values, rev)):  # fmt: skip
                    answer = await company.app.answer(replace(event, keys=(uuid4().hex,)))
                    assert isinstance(answer.show, Card) and REFUSED in read(answer.show), form
        for command in (one for one in tables.commands if one.admin):
            assert REFUSED in await eve.command(f"{command.words[0]} Ben Sample"), command.words
        assert kept(database) == before


def kept(database: sa.Engine) -> dict[str, list[sa.Row[tuple[object, ...]]]]:
    """Return all that is kept but which events were seen."""
    with database.connect() as connection:
        rows = {one.name: list(connection.execute(sa.select(one))) for one in metadata.sorted_tables}
    return {name: sorted(found, key=repr) for name, found in rows.items() if name != seen.name}


async def test_the_same_event_twice_has_one_effect(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        event = Typed(("event-1", "message-1"), ana._sender, "status")
        await company.app.accept(event)
        await company.app.accept(replace(event, keys=("event-2", "message-1")))
        await company.app.tick()
        assert len(ana.messages()) == 1


async def test_a_stranger_is_greeted_and_told_what_is_kept(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        stranger = company.hands("Ana")
        stranger._sender = replace(stranger._sender, user="new", address="new", name="Noa Sample")
        await stranger.type("hello")
        assert "never your words" in stranger.messages()[0]


async def test_paused_pairs_hear_nothing_until_they_go_on(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await ana.type("pause")
        await ana.press("Pause")
        await company.until("2027-01-18", "12:00")
        assert "paused" in ben.messages()[-1]
        before = len(ana.messages()) + len(ben.messages())
        await company.until("2027-03-08")
        assert len(ana.messages()) + len(ben.messages()) == before
        await ben.press("Go on")
        assert "goes on" in "\n".join(ben.messages())
        await company.until("2027-03-30", "12:00")
        assert "Did you and Ben get to talk?" in "\n".join(ana.messages())


async def test_what_was_delayed_into_the_night_waits_for_the_morning(database: sa.Engine) -> None:
    """Monday 16:30: Ana's chat is unreachable for a while. Her invitation does not arrive at night, but at nine."""
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await company.until("2027-01-11", "16:59")
        company.chat.busy.add(company.people["Ana"].id)
        await ada.command("pair @Ben Sample, @Ana Sample")
        company.chat.busy.clear()
        await company.jump(timedelta(hours=3))
        assert ana.messages() == []
        await company.jump(timedelta(hours=14))
        assert "Ben could be your mentor" in ana.messages()[-1]


async def test_a_clock_that_runs_while_a_message_leaves_does_not_hold_it_back(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        company.clock.runs = timedelta(milliseconds=1)
        await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        assert len(company.hands("Ana").messages()) == 1


async def test_a_yes_and_then_a_no_of_the_same_person_change_nothing_more(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        no = ana.button("Not this time")
        await ana.press("Yes, we met")
        await ana.press_old(no)
        assert ana.shown is not None
        assert "noted already" in read(ana.shown)
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())


async def test_a_late_yes_is_still_welcome(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        yes = ana.button("Yes, we met")
        await company.until("2027-01-28", "11:00")
        await ana.press_old(yes)
        assert any("A minute to look back?" in text for text in ana.messages())
