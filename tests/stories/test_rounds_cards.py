"""What a round leaves in a chat: one card of it that can be pressed, invitations that can be told from each other."""

from dataclasses import replace

import sqlalchemy as sa

from bot.domain.mentorship import Format
from bot.messages import Button
from tests.rounds import OFFERS, approved, carried_on, decided, found, gives_seats, offers, shown, takes_part, wants
from tests.stories.test_five_check_ins import MONDAY
from tests.world import Fingers, World, read, world

GONE_ON = "This round has gone on; a newer message of mine shows it."
FIT = "People with somebody"


def cards(hands: Fingers) -> list[tuple[str, list[str]]]:
    """Return what each card of a round in a chat says, and the labels of its buttons."""
    return [
        (read(post.card), [button.label for section in post.card.sections for button in section.buttons])
        for post in hands.posts
        if read(post.card).startswith("Matching in")
    ]


def invited(hands: Fingers) -> str:
    """Return what somebody reads on the last card that they have."""
    return hands.messages()[-1]


async def two_for_ben(company: World) -> Fingers:
    """Ben has two seats; Ana wants Python, and Dan two skills of his; a round is found."""
    await company.hands("Ada").command("skills add Python, Negotiating")
    await offers(company.hands("Ben"), "Python 5, Negotiating 5, Basket weaving 5")
    await gives_seats(company.hands("Ben"), 2)
    await wants(company.hands("Dan"), "Negotiating 3")
    await wants(company.hands("Ana"), "Python 3")
    return await found(company)


async def test_only_the_newest_card_of_a_round_can_be_pressed(database: sa.Engine) -> None:
    """Ada finds a round, runs it again, looks by 'match', approves, and hears how it ends: each in a new card."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        ada = await two_for_ben(company)
        _one_is_live(ada, FIT)
        await ada.press("Run again")
        assert "I am about to begin." in cards(ada)[-1][0]
        await carried_on(company.app)
        _one_is_live(ada, FIT)
        assert len(cards(ada)) == 3
        await ada.type("match")
        _one_is_live(ada, FIT)
        assert len(cards(ada)) == 4
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        for name, label in (("Ana", "Yes, gladly"), ("Dan", "Not this time")):
            await company.hands(name).press(label)
        await decided(company, "2027-01-15")
        _one_is_live(ada, "All have heard.")
        assert cards(ada)[-1][1] == ["Match those who are left"]


def _one_is_live(hands: Fingers, says: str) -> None:
    *earlier, (newest, buttons) = cards(hands)
    assert says in newest
    assert buttons
    assert earlier == [(f"Matching in Mentoring\n{GONE_ON}", [])] * len(earlier)


async def test_a_what_if_is_a_round_of_its_own_and_both_cards_can_be_pressed(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        ada = await two_for_ben(company)
        await ada.press("What if …")
        assert await ada.fill({"Help with goals": "not at all"}) == {}
        await carried_on(company.app)
        live = [buttons for said, buttons in cards(ada) if GONE_ON not in said]
        assert [("Approve" in buttons) for buttons in live] == [True, True]


async def test_the_pairs_stand_by_name_on_pages_and_one_leads_back_to_its_page(database: sa.Engine) -> None:
    names = ("Zoe", "Max", "Ida", "Lea", "Kim", "Ulf", "Eva", "Ron", "Amy")
    async with world(database, MONDAY, names=("Ada", "Ben", "Cem", *names)) as company:
        await company.hands("Ada").command("skills add Python")
        for mentor, seats in (("Cem", 1), ("Ben", 8)):
            await offers(company.hands(mentor), "Python 5")
            await gives_seats(company.hands(mentor), seats)
        for name in names:
            await wants(company.hands(name), "Python 1")
        ada = await found(company)
        await ada.press("The pairs")
        assert ada.shown
        titles = [section.title for section in ada.shown.sections]
        assert len(titles) == 8
        assert titles == sorted(titles)
        assert all(title.startswith("Ben Sample – ") for title in titles)
        assert "Page 1 of 2, in the order of their names." in shown(ada)
        await ada.press("Next")
        assert shown(ada).startswith("Cem Sample – ")
        await ada.press("Change")
        await ada.press("All pairs")
        assert "Page 2 of 2" in shown(ada)
        await ada.command("proposal Amy Sample")
        await ada.press("Change")
        await ada.press("All pairs")
        assert "Amy Sample" in shown(ada), "the page on which the pair stands"


async def test_a_round_that_finds_no_pair_says_so_and_cannot_be_approved(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = await found(company)
        await ada.press_old(Button("", "round_report.show", ada.button("Run again").subject))
        assert "Nobody is there yet who looks for somebody." in shown(ada)
        assert "Everybody has somebody" not in shown(ada)
        await wants(company.hands("Ana"), "Python 1")
        await ada.command("match")
        await ada.press("Run again")
        await carried_on(company.app)
        said, buttons = cards(ada)[-1]
        assert "I found nobody for anybody this time. The report says what was missing." in said
        assert "People with somebody: 0 of 1" in said
        assert buttons == ["Report", "What if …", "Run again", "Discard"]
        again = ada.button("Run again")
        for action, answer in (("rounds.sure", "This round has found no pair."), ("rounds.approve", FIT)):
            await ada.press_old(replace(again, action=action))
            assert answer in shown(ada)
        assert "Approved" not in " ".join(ada.messages())


async def test_each_invitation_says_who_it_is_about_and_which_skill_brings_them_together(database: sa.Engine) -> None:
    """Ben is asked for Ana and Dan on one card; what he has answered names nobody, and says what it was about."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        ada, ben = await two_for_ben(company), company.hands("Ben")
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        for name, skill in (("Ana", "Python"), ("Dan", "Negotiating")):
            assert f"Shall we try? You and {name}" in invited(ben)
            assert f"{name} wants to learn {skill}, and you offer it." in invited(ben)
            mine = invited(company.hands(name))
            assert "Shall we try? You and Ben" in mine
            assert f"Ben offers {skill}, which you want to learn." in mine
            assert "%" not in mine
        await ben.press("Yes, gladly")
        await ben.press("Not this time")
        assert invited(ben).count("Your invitation to be a mentor\nThank you, noted.") == 2
        assert "Ana" not in invited(ben)


async def test_an_invitation_in_german(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan")) as company:
        ada, dan = await two_for_ben(company), company.hands("Dan")
        await dan.type("language de")
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        assert "Wollen wir es versuchen? Du und Ben" in invited(dan)
        assert "Ben bietet Negotiating an, und du möchtest es lernen." in invited(dan)
        await dan.press("Ja, gern")
        assert "Deine Einladung, dich begleiten zu lassen\nDanke, notiert." in invited(dan)


async def test_a_skill_that_one_person_alone_has_named_is_no_reason_to_tell(database: sa.Engine) -> None:
    """Ben takes basket weaving, which is on no list, off his profile before he is invited: it is Ana's word now."""
    async with world(database, MONDAY) as company:
        await offers(company.hands("Ben"), "Basket weaving 5")
        await wants(company.hands("Ana"), "Basket weaving 1")
        ada = await found(company)
        ben = company.hands("Ben")
        await ben.command("profile")
        await ben.press("Change")
        assert await ben.fill({OFFERS: "Python 5"}) == {}
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        for name in ("Ana", "Ben"):
            assert "Shall we try?" in invited(company.hands(name))
            assert "asket weaving" not in invited(company.hands(name))


async def test_in_a_group_the_mentor_is_named_and_only_mentees_hear_a_reason(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Dan", "Eva")) as company:
        await company.hands("Ada").command("skills add Python")
        await takes_part(company.hands("Ben"), Format.GROUP, "mentor", offered="Python 5")
        await gives_seats(company.hands("Ben"), 5)
        for name in ("Ana", "Dan", "Eva"):
            await takes_part(company.hands(name), Format.GROUP, "mentee", wanted="Python 1")
        ada = await found(company, form="Groups: one mentor, up to ten mentees")
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        assert "Shall we try? You and a small group" in invited(company.hands("Ben"))
        assert "wants to learn" not in invited(company.hands("Ben"))
        for name in ("Ana", "Dan", "Eva"):
            assert "Shall we try? A small group with Ben" in invited(company.hands(name))
            assert "Ben offers Python, which you want to learn." in invited(company.hands(name))
