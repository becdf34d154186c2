"""Rounds in the other forms: a group is one mentorship, peers are both, and in a reverse one the junior teaches."""

import sqlalchemy as sa

from bot.domain.mentorship import Format, Role, Status
from tests.rounds import approved, decided, found, gives_seats, pairs, shown, takes_part
from tests.stories.test_five_check_ins import MONDAY
from tests.world import World, world


def mentorships(company: World) -> list[tuple[Format, Status, dict[str, Role]]]:
    """Return the form and state of each mentorship, and the role of each person in it by first name."""
    names = {person.id: name for name, person in company.people.items()}
    with company.app.store.unit() as unit:
        saved = unit.mentorships.of_organization(company.organization_id, company.clock.now())
        return [
            (
                facts.mentorship.format,
                facts.mentorship.status,
                {names[one.person_id]: one.role for one in facts.participants},
            )
            for facts in saved
        ]


async def test_a_group_is_proposed_approved_and_begins_as_one_mentorship(database: sa.Engine) -> None:
    """Ben guides three at most; Eva says no, and the group begins with the two others."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan", "Eva")) as company:
        await company.hands("Ada").command("skills add Python")
        await takes_part(company.hands("Ben"), Format.GROUP, "mentor", offered="Python 4")
        await gives_seats(company.hands("Ben"), 3)
        for name in ("Ana", "Dan", "Eva"):
            await takes_part(company.hands(name), Format.GROUP, "mentee", wanted="Python 2")
        ada = await found(company, form="Groups: one mentor, up to ten mentees")
        assert "Form: Groups: one mentor, up to ten mentees" in ada.messages()[-1]
        assert "People with somebody: 3 of 3" in ada.messages()[-1]
        assert await pairs(ada) == {("Ben", "Ana"), ("Ben", "Dan"), ("Ben", "Eva")}
        await approved(company, ada)
        everybody = {"Ben": Role.MENTOR, "Ana": Role.MENTEE, "Dan": Role.MENTEE, "Eva": Role.MENTEE}
        assert mentorships(company) == [(Format.GROUP, Status.PROPOSED, everybody)]

        await company.until("2027-01-11", "10:30")
        asked = company.hands("Ben").messages()[-1]
        assert "Would you be the mentor of a small group?" in asked
        assert all(name in asked for name in ("Ana", "Dan", "Eva"))
        assert "Ben could be your mentor, in a small group" in company.hands("Ana").messages()[-1]
        for name in ("Ben", "Ana", "Dan"):
            await company.hands(name).press("Yes, gladly")
        await company.hands("Eva").press("Not this time")
        await decided(company, "2027-01-15")
        assert [status for _, status, _ in mentorships(company)] == [Status.ACTIVE]
        assert "This mentorship did not come about." in company.hands("Eva").messages()[-1]
        assert "Eva" not in " ".join(company.hands("Ana").messages())
        assert "Pairs that begin: 2" in ada.messages()[-1]
        assert "People without anybody: 1" in ada.messages()[-1]


async def test_of_a_group_that_is_too_small_at_last_nobody_is_invited_and_who_waits_is_told(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        await company.hands("Ada").command("skills add Python")
        await takes_part(company.hands("Ben"), Format.GROUP, "mentor", offered="Python 4")
        await gives_seats(company.hands("Ben"), 3)
        for name in ("Ana", "Dan"):
            await takes_part(company.hands(name), Format.GROUP, "mentee", wanted="Python 2")
        ada = await found(company, form="Groups: one mentor, up to ten mentees")
        await company.hands("Dan").type("pause matching")
        await approved(company, ada)
        await company.until("2027-01-11", "12:00")
        assert mentorships(company) == []
        assert "Nobody for you yet" in company.hands("Ana").messages()[-1]
        assert not any("Nobody for you" in text for text in company.hands("Dan").messages())


async def test_peers_are_with_each_other_and_both_give_and_get(database: sa.Engine) -> None:
    """Ana and Ben teach each other; Dan is told that nobody else is there, for Eva has chosen no peers."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan", "Eva")) as company:
        await company.hands("Ada").command("skills add Python, SQL")
        await takes_part(company.hands("Ana"), Format.PEER, "both", offered="Python 4", wanted="SQL 2")
        await takes_part(company.hands("Ben"), Format.PEER, "both", offered="SQL 4", wanted="Python 2")
        await takes_part(company.hands("Dan"), Format.PEER, "mentee", wanted="Weaving 1")
        await takes_part(company.hands("Eva"), Format.ONE_ON_ONE, "both", offered="Weaving 5", wanted="SQL 1")
        ada = await found(company, form="Peers: both give and get, and lead in turns")
        assert "People with somebody: 2 of 3" in ada.messages()[-1]
        await ada.press("The pairs")
        assert {"Ana", "Ben"} <= set(shown(ada).replace("–", " ").split())
        assert ", which is wanted" in shown(ada)
        await approved(company, ada)
        assert mentorships(company) == [(Format.PEER, Status.PROPOSED, {"Ana": Role.PEER, "Ben": Role.PEER})]
        await company.until("2027-01-11", "10:30")
        assert "You and Ben could be each other's mentors" in company.hands("Ana").messages()[-1]
        assert "You and Ana could be each other's mentors" in company.hands("Ben").messages()[-1]
        assert "Nobody for you yet" in company.hands("Dan").messages()[-1]
        assert company.hands("Eva").messages()[1:] == []
        for name in ("Ana", "Ben"):
            await company.hands(name).press("Yes, gladly")
        await decided(company, "2027-01-15")
        assert "Pairs that begin: 1" in ada.messages()[-1]
        assert "People without anybody: 1" in ada.messages()[-1]


async def test_in_a_reverse_round_the_junior_teaches(database: sa.Engine) -> None:
    """Both Ben and Dan know Python, and Dan stands above Ana: Ben teaches her."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        await company.hands("Ada").command("skills add Python")
        await takes_part(company.hands("Dan"), Format.REVERSE, "mentor", offered="Python 4")
        await takes_part(company.hands("Ben"), Format.REVERSE, "mentor", offered="Python 3")
        await takes_part(company.hands("Ana"), Format.REVERSE, "mentee", wanted="Python 1")
        _let_stand(company, {"Dan": "L8", "Ana": "L6", "Ben": "L2"})
        ada = await found(company, form="Reverse: the more junior one teaches")
        assert await pairs(ada) == {("Ben", "Ana")}
        assert "Dan" not in shown(ada), "he is no alternative either"
        await approved(company, ada)
        roles = {"Ben": Role.MENTOR, "Ana": Role.MENTEE}
        assert mentorships(company) == [(Format.REVERSE, Status.PROPOSED, roles)]
        await company.until("2027-01-11", "10:30")
        assert "Would you show Ana something that you know well?" in company.hands("Ben").messages()[-1]
        assert "Ben could show you something that they know well." in company.hands("Ana").messages()[-1]


def _let_stand(company: World, levels: dict[str, str]) -> None:
    """Let the roster say who stands where."""
    with company.app.store.unit() as unit:
        for name, level in levels.items():
            person = unit.people.get(company.organization_id, company.people[name].id)
            assert person
            unit.profiles.of(person).level = level
        unit.commit()
