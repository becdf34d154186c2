"""What earlier rounds leave behind: who was left out comes first, and the same two do not meet again by a round."""

from datetime import time

import sqlalchemy as sa

from tests.rounds import approved, carried_on, decided, found, offers, pairs, shown, wants
from tests.stories.test_five_check_ins import MONDAY
from tests.world import World, world


def works_little(company: World, name: str) -> None:
    """Somebody works in nine hours of a week, which fits all others a little less than a whole week would."""
    with company.app.store.unit() as unit:
        person = unit.people.get(company.organization_id, company.people[name].id)
        assert person
        person.working_days, person.day_starts, person.day_ends = (0, 1, 2), time(14), time(17)
        unit.commit()


async def test_who_was_left_out_comes_before_who_would_fit_a_little_better(database: sa.Engine) -> None:
    """January: Ben's one seat goes to Ana, who fits a little better than Dan. Then Cem joins, and Eva, as Ana was."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cem", "Dan", "Eva")) as company:
        await company.hands("Ada").command("skills add Python")
        await offers(company.hands("Ben"), "Python 3")
        works_little(company, "Dan")
        for name in ("Ana", "Dan"):
            await wants(company.hands(name), "Python 1")
        ada = await found(company)
        assert await pairs(ada) == {("Ben", "Ana")}, "without a history the better fit is taken"
        await approved(company, ada)
        await company.until("2027-01-11", "15:00")
        assert "You come before others next time" in company.hands("Dan").messages()[-1]
        for name in ("Ana", "Ben"):
            await company.hands(name).press("Yes, gladly")
        await decided(company, "2027-01-15")

        await offers(company.hands("Cem"), "Python 3")
        await wants(company.hands("Eva"), "Python 1")
        await found(company)
        assert await pairs(ada) == {("Cem", "Dan")}
        assert "left out" not in shown(ada), "priority is nobody's merit, and is no reason"


async def test_two_who_parted_are_not_proposed_again_unless_ada_says_so(database: sa.Engine) -> None:
    """Ana and Ben were no match. Nobody else offers what she wants, and the next round says so."""
    async with world(database, MONDAY) as company:
        await company.hands("Ada").command("skills add Python")
        await offers(company.hands("Ben"), "Python 3")
        await wants(company.hands("Ana"), "Python 1")
        ada = await found(company)
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        for name in ("Ana", "Ben"):
            await company.hands(name).press("Yes, gladly")
        await decided(company, "2027-01-15")
        ana = company.hands("Ana")
        await ana.command("new match")
        await ana.press("Yes, a new match")

        await company.until("2027-01-18", "10:00")
        await found(company)
        assert "People with somebody: 0 of 1" in ada.messages()[-1]
        await ada.press("Report")
        assert "who fits was their partner before: 1" in shown(ada)
        await ada.command("proposal @Ben Sample @Ana Sample")
        assert "Ben and Ana are not proposed to each other" in shown(ada)
        await ada.press("Bring them together")
        await ada.press("Run again")
        await carried_on(company.app)
        assert await pairs(ada) == {("Ben", "Ana")}
        assert "these two stay together" in shown(ada)


async def test_what_was_declined_is_not_proposed_again(database: sa.Engine) -> None:
    """Ana says no to Ben; Cem suits her less, and is the one whom the next round proposes."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cem")) as company:
        await company.hands("Ada").command("skills add Python")
        await offers(company.hands("Ben"), "Python 3")
        await offers(company.hands("Cem"), "Python 5")
        await wants(company.hands("Ana"), "Python 1")
        ada = await found(company)
        assert await pairs(ada) == {("Ben", "Ana")}
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        await company.hands("Ana").press("Not this time")
        await decided(company, "2027-01-15")
        await found(company)
        assert await pairs(ada) == {("Cem", "Ana")}
