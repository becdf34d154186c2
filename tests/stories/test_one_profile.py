"""Somebody with two accounts has said in one of them what they offer and want: as one person they still have."""

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.own import Tie
from bot.domain.profile import Profile
from bot.messages import Button
from tests.stories.test_five_check_ins import MONDAY
from tests.world import World, world

GOAL = "What do you want to reach, in your own words?"


async def made_one(company: World, known: str, new: str) -> None:
    """Two accounts with one e-mail address are asked whether they are one person's; both say yes."""
    tie = Tie(new_id(), company.organization_id, company.people[known].id, company.people[new].id, MONDAY)
    with company.app.store.unit() as unit:
        unit.ties.add(tie)
        unit.commit()
    for name in (new, known):
        await company.hands(name).press_old(Button("Yes, that is me", "tying.yes", tie.id))


async def told(company: World, name: str) -> str:
    return await company.hands(name).command("profile")


async def test_what_was_said_in_the_second_account_is_not_lost(database: sa.Engine) -> None:
    """The roster tells of Ana in Slack only; in Teams she has joined, said what she aims at, and paused."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Tea")) as company:
        with company.app.store.unit() as unit:
            unit.people.add(Profile(company.people["Ana"].id, company.organization_id, team="Bakery"))
            unit.commit()
        tea = company.hands("Tea")
        await tea.command("join")
        assert await tea.fill({"What do you want to learn, the most wanted first?": "Python 2"}) == {}
        await tea.press("Time and goals")
        assert await tea.fill({GOAL: "lead a team of my own"}) == {}
        await tea.command("pause matching")
        await made_one(company, "Ana", "Tea")
        said = await told(company, "Ana")
        assert "Python" in said
        assert "paused" in said
        ana = company.hands("Ana")
        await ana.command("profile")
        await ana.press("Time and goals")
        assert ana.form and {field.label: field.initial for field in ana.form.fields}[GOAL] == "lead a team of my own"
        with database.connect() as connection:
            goals = connection.scalar(sa.text("SELECT count(*) FROM words WHERE question = 'aim'"))
        assert goals == 1
