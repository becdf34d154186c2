"""Monday at the start of work: one message for those who run the programme, or none where nothing is running."""

from datetime import timedelta

import sqlalchemy as sa

from bot.messages import Button
from tests.stories.test_admin import begun, booked, labels, shown
from tests.stories.test_five_check_ins import MONDAY
from tests.world import Fingers, read, world


def digests(hands: Fingers) -> list[str]:
    return [read(post.card) for post in hands.posts if "How your pairs are doing" in read(post.card)]


async def test_on_monday_ada_reads_counts_what_is_new_and_what_presses(database: sa.Engine) -> None:
    names = ("Ada", "Ana", "Ben", "Cleo", "Dan")
    async with world(database, MONDAY, names=names) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await begun(company, ("Ben", "Ana"), ("Dan", "Cleo"))
        await booked(company, "Ben", "Ana")
        await company.until("2027-01-18", "08:59")
        assert digests(ada) == [], "not on the Monday on which she began"
        await company.until("2027-01-18", "09:00")
        (first,) = digests(ada)
        assert (
            first == "How your pairs are doing\non track: 2\nNobody needs you now.\nNew since last week: on track: 2"
        )
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        await company.until("2027-02-01", "09:00")
        third = digests(ada)[2]
        assert "not started: 1, on track: 1" in third
        assert "New since last week: not started: 1" in third
        assert "Dan Sample – Cleo Sample\nNot started, day 4." in third
        assert "Ana" not in third
        assert digests(ana) == []
        await ada.press("What can be done")
        assert "Dan Sample – Cleo Sample" in shown(ada)
        await ada.press("Why this?")
        assert "you run a programme, and this comes once a week" in shown(ada)
        assert digests(ada)[2] == third, "a digest stays as it was"


async def test_the_first_five_are_shown_and_the_rest_is_for_status(database: sa.Engine) -> None:
    pairs = [(f"Mentor{number}", f"Mentee{number}") for number in range(6)]
    async with world(database, MONDAY, names=("Ada", *(name for pair in pairs for name in pair))) as company:
        await begun(company, *pairs)
        await company.until("2027-02-01", "09:00")
        last = digests(company.hands("Ada"))[-1]
        assert last.count("Not started, day 4.") == 5
        assert "These are the first; 'status' lists all." in last


async def test_nothing_running_means_no_digest(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await ada.command("status")
        await company.until("2027-01-25", "12:00")
        assert digests(ada) == []
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-25", "13:00")
        await ben.press("Not this time")
        await company.until("2027-02-01", "09:00")
        assert digests(ada) == [], "a pair that did not come about is not running"


async def test_every_admin_gets_it_at_their_own_start_of_work(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Noa")) as company:
        ada, noa = company.hands("Ada"), company.hands("Noa")
        with company.app.store.unit() as unit:
            person = unit.people.get(company.organization_id, company.people["Noa"].id)
            assert person is not None
            person.zone, person.away = "America/New_York", (("2027-01-25", "2027-01-29"),)
            unit.commit()
        await begun(company, ("Ben", "Ana"))
        await ada.command("admins add @Noa Sample")
        await ada.press("Yes, add")
        await company.until("2027-01-18", "14:59")
        assert (len(digests(ada)), len(digests(noa))) == (1, 0)
        await company.until("2027-01-18", "15:00")
        assert (len(digests(ada)), len(digests(noa))) == (1, 1)
        await company.until("2027-02-01", "14:00")
        assert (len(digests(ada)), len(digests(noa))) == (3, 1), "none while away"
        await company.until("2027-02-01", "15:00")
        assert len(digests(noa)) == 2
        await noa.command("admins remove @Ada Sample")
        await noa.press("Yes, take off")
        await company.until("2027-02-08", "16:00")
        assert (len(digests(ada)), len(digests(noa))) == (3, 3)


async def test_a_digest_that_would_come_too_late_is_left_out(database: sa.Engine) -> None:
    """The machine is down from Saturday to Wednesday; the next digest comes on the Monday after."""
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await begun(company, ("Ben", "Ana"))
        await company.until("2027-01-16")
        await company.jump(timedelta(days=4))
        assert digests(ada) == []
        await company.until("2027-01-25")
        assert len(digests(ada)) == 1


async def test_a_digest_that_does_not_arrive_until_tuesday_evening_is_dropped(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, chat = company.hands("Ada"), company.chat
        await begun(company, ("Ben", "Ana"))
        chat.busy.add(company.people["Ada"].id)
        await company.until("2027-01-18", "16:00")
        await company.jump(timedelta(hours=2))
        chat.busy.clear()
        await company.jump(timedelta(hours=12))
        assert digests(ada) == [], "not at night"
        await company.jump(timedelta(hours=4))
        assert len(digests(ada)) == 1, "on Tuesday it is still of use"
        chat.busy.add(company.people["Ada"].id)
        await company.until("2027-01-25", "09:00")
        await company.jump(timedelta(hours=32))
        chat.busy.clear()
        await company.jump(timedelta(hours=24))
        assert len(digests(ada)) == 1


async def test_ada_stops_the_digest_on_mondays_reads_it_when_she_likes_and_lets_it_come_again(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await begun(company, ("Ben", "Ana"))
        await company.until("2027-01-18")
        (post,) = [post for post in ada.posts if "How your pairs are doing" in read(post.card)]
        assert [button.label for button in post.card.footer] == ["Why this?", "Not on Mondays"]
        await ada.press("Why this?")
        assert "'digest off' ends it" in shown(ada)
        assert "snooze" not in shown(ada), "a digest cannot be put off"
        await ada.press_old(post.card.footer[1], post.delivery_id)
        assert "no longer comes on Mondays" in shown(ada)
        await company.until("2027-02-01", "12:00")
        assert len(digests(ada)) == 1
        assert "How your pairs are doing\nnot started: 1" in await ada.command("digest")
        assert labels(ada)[-1] == "On Mondays again"
        await ada.press("On Mondays again")
        assert "From the next Monday on" in shown(ada)
        await company.until("2027-02-01", "17:00")
        assert len(digests(ada)) == 1
        await company.until("2027-02-08")
        assert len(digests(ada)) == 2
        await ada.type("digest off")
        await company.until("2027-02-15")
        assert len(digests(ada)) == 2
        await ada.type("digest on")
        await company.until("2027-02-22")
        assert len(digests(ada)) == 3
        assert "Only those who run the programme" in await ben.command("digest")
        for action in ("digest.off", "digest.on"):
            await ben.press_old(Button("", action, ""))
            assert "Only those who run the programme" in shown(ben)


async def test_each_of_those_who_run_the_programme_decides_alone_about_mondays(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await begun(company, ("Ben", "Ana"))
        assert "No pair is running" not in await ada.command("digest")
        await ada.command("admins add @Ben Sample")
        await ada.press("Yes, add")
        await ben.command("digest off")
        await company.until("2027-01-25")
        assert (len(digests(ada)), len(digests(ben))) == (2, 0), "it is each one's own choice"


async def test_a_digest_counts_each_programme(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cleo", "Dan")) as company:
        ada = company.hands("Ada")
        await ada.command("programs add Grow together")
        await ada.press("Yes, add it")
        await begun(company, ("Ben", "Ana"), ("Dan", "Cleo"), last_in="Grow together")
        await company.until("2027-01-18")
        assert "Mentoring: on track: 1\nGrow together: on track: 1\n" in digests(ada)[0]
