"""Two people begin without any programme: one asks, the other answers, and both hear on the same day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.profile import Profile
from tests.world import World, read, world

MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


async def test_ana_asks_ben_and_both_hear_on_friday(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.type("pair me with @Ben Sample")
        assert "I ask Ben whether they would be your mentor" in ana.messages()[-1]
        assert "You hear on Fri, Jan 15 whatever happens" in ana.messages()[-1]
        await company.until("2027-01-11", "10:00")
        assert "Would you be a mentor to Ana?" in ben.messages()[-1]
        assert len(ana.messages()) == 1, "who asks has agreed, and is not asked"
        await ben.press("Yes, gladly")
        await company.until("2027-01-14", "17:00")
        assert len(ana.messages()) == 1, "a quick yes tells nothing before Friday"
        await company.until("2027-01-15", "09:30")
        assert "You and Ben are a pair" in ana.messages()[-1]
        assert "You and Ana are a pair" in ben.messages()[-1]


async def test_a_no_and_no_answer_sound_the_same_to_who_asked(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, ben, carl = (company.hands(name) for name in ("Ana", "Ben", "Carl"))
        await ana.type("pair me with @Ben Sample")
        await carl.type("pair me with @Ben Sample")
        await company.until("2027-01-11", "10:00")
        await ben.press("Not this time")
        await company.until("2027-01-15", "09:30")
        assert "did not come about" in ana.messages()[-1]
        assert ana.messages()[-1] == carl.messages()[-1]
        answer = await ana.command("pair me with @Ben Sample")
        assert "Give it a month" in answer, "nobody is asked again and again"


async def test_one_may_ask_as_mentor_or_as_peer(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, ben, carl = (company.hands(name) for name in ("Ana", "Ben", "Carl"))
        await ben.type("pair me with @Ana Sample as mentor")
        await ben.type("pair me with @Carl Sample as peer")
        await company.until("2027-01-11", "10:00")
        assert "Ben could be your mentor." in ana.messages()[-1]
        assert "You and Ben could be each other's mentors" in carl.messages()[-1]


async def test_without_a_name_a_form_asks_whom(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.command("pair me")
        wrong = await ana.fill({"Whom?": company.people["Ana"].id})
        assert "two people" in wrong["Whom?"]
        values = {"Whom?": company.people["Ben"].id, "Who would give?": "We would be peers and lead in turns"}
        assert await ana.fill(values) == {}
        await company.until("2027-01-11", "10:00")
        assert "You and Ana could be each other's mentors" in ben.messages()[-1]


async def test_who_asked_may_take_it_back_and_the_other_hears_nothing_of_it_before_friday(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.type("pair me with @Ben Sample")
        await company.until("2027-01-11", "10:00")
        await ben.press("Yes, gladly")
        await ana.command("end")
        await ana.press("End it: Ben")
        assert ana.shown is not None
        assert "You will hear on Fri, Jan 15" in read(ana.shown)
        await company.until("2027-01-14", "17:00")
        assert len(ben.messages()) == 1
        await company.until("2027-01-15", "09:30")
        assert ana.messages()[-1] == ben.messages()[-1]
        assert "did not come about" in ben.messages()[-1]


async def test_nobody_is_mentored_by_their_own_manager(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        manages(company, "Ben", "Ana")
        ada, ana = company.hands("Ada"), company.hands("Ana")
        assert "outside one's own reporting line" in await ana.command("pair me with @Ben Sample")
        assert "outside one's own reporting line" in await ada.command("pair @Ben Sample, @Ana Sample")
        await ana.type("pair me with @Ben Sample as mentor")
        assert "I ask Ben" in ana.messages()[-1], "a junior may well guide their own manager"


async def test_a_programmes_terms_are_not_those_of_two_who_found_each_other(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        with company.app.store.unit() as unit:
            program = unit.programs.main(company.organization_id, company.clock.now())
            program.term_weeks, program.every_weeks, program.minutes = 12, 3, 30
            unit.commit()
        ada, ana, ben, carl = (company.hands(name) for name in ("Ada", "Ana", "Ben", "Carl"))
        await ada.command("pair @Ben Sample, @Ana Sample")
        await carl.type("pair me with @Ada Sample")
        await company.until("2027-01-11", "10:00")
        assert "About 30 minutes every 3 weeks until Mon, Apr 5" in ana.messages()[-1]
        assert "About 45 minutes every 2 weeks until Mon, Jul 12" in "\n".join(ada.messages())
        assert ben.messages()


def manages(company: World, manager: str, mentee: str) -> None:
    """Let the roster say who manages whom."""
    with company.app.store.unit() as unit:
        boss = unit.people.get(company.organization_id, company.people[manager].id)
        assert boss is not None
        boss.email = f"{manager.lower()}@sample.example"
        profile = Profile(company.people[mentee].id, company.organization_id, manager_email=boss.email)
        unit.people.add(profile)
        unit.commit()
