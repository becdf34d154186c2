"""Slack as it is on a bad day, with the real house behind the adapter: whatever comes again has one effect."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from tests.adapters.slack.company import SlackCompany, slack_company
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM
from tests.adapters.slack.things import Json
from tests.stories.test_five_check_ins import MONDAY

NOT_SAVED = "was not saved"


def said(ana: SlackUser, text: str, ts: str = "1804000000.000100") -> Json:
    return {"type": "message", "channel_type": "im", "channel": ana.channel, "user": ana.id, "text": text, "ts": ts}


@contextmanager
def away(database: sa.Engine) -> Iterator[None]:
    """Let every turn and every storing of an event fail, as when the database is away."""
    renamed = (("seen", "seen_away"), ("inbox", "inbox_away"))
    for table, other in renamed:
        _rename(database, table, other)
    try:
        yield
    finally:
        for table, other in renamed:
            _rename(database, other, table)


def _rename(database: sa.Engine, table: str, other: str) -> None:
    with database.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {table} RENAME TO {other}"))


async def opened(company: SlackCompany) -> tuple[SlackUser, SlackUser, SlackUser]:
    """Ada runs the programme; Ana and Ben have an invitation."""
    ada, ana, ben = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben"))
    await company.read_directory(admin=ada)
    await ada.command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    return ada, ana, ben


async def test_the_same_message_under_two_event_ids_and_by_retries_is_answered_once(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = company.joining("Ana Sample")
        for event_id, retry in (("Ev1", 0), ("Ev1", 1), ("Ev2", 0), ("Ev1", 2)):
            assert (await company.slack.send_event(said(ana, "help"), event_id, retry)).status_code == 200
        await company.settle()
        assert len(ana.messages()) == 2, "a greeting, and one answer"
        assert (await company.slack.send_event(said(ana, "help"), "Ev3")).status_code == 200
        await company.settle()
        assert len(ana.messages()) == 2


async def test_a_signed_request_replayed_within_five_minutes_has_one_effect(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        _, ana, ben = await opened(company)
        await ana.press("Yes, gladly")
        await company.settle()
        recorded = company.slack.requests[-1]
        before = (ana.messages(), ben.messages())
        for _ in range(3):
            assert (await company.slack.replay(recorded)).status_code == 200
        await company.settle()
        assert (ana.messages(), ben.messages()) == before
        assert (await company.slack.replay(recorded, later=301)).status_code == 401


async def test_a_form_that_is_sent_twice_is_taken_once(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        _, ana, ben = await opened(company)
        for person in (ana, ben):
            await person.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.press("Introduce myself")
        assert ana.form is not None
        answers = {
            "What brought you to where you are?": "Support",
            "What would make these months worth your time?": "Leading a project",
            "On which day?": "2027-01-19",
            "At what time?": "10:00",
        }
        assert await ana.fill(answers) == {}
        await company.settle()
        before = (ana.messages(), ben.messages())
        await company.slack.replay(company.slack.requests[-1])
        await company.settle()
        assert (ana.messages(), ben.messages()) == before


async def test_with_the_database_away_events_get_503_and_come_again(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = company.joining("Ana Sample")
        with away(database):
            assert (await company.slack.send_event(said(ana, "help"), "Ev1")).status_code == 503
        assert (await company.slack.send_event(said(ana, "help"), "Ev1", retry=1)).status_code == 200
        await company.settle()
        assert ana.messages() != []


async def test_with_the_database_away_people_are_told_that_nothing_was_saved(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        _, ana, ben = await opened(company)
        with away(database):
            assert NOT_SAVED in await ana.command("status")
            await ana.press("Yes, gladly")
            assert NOT_SAVED in ana.whispers()[-1]
            await ana.shortcut("send_a_win")
            assert NOT_SAVED in str(ana.window)
            ana.close()
        await ana.press("Yes, gladly")
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.press("Introduce myself")
        with away(database):
            answers = {
                "What brought you to where you are?": "Support",
                "What would make these months worth your time?": "Leading a project",
            }
            problems = await ana.fill(answers)
            assert NOT_SAVED in "".join(problems.values()), "the form stays as it was filled"
        assert await ana.fill(answers) == {}


async def test_a_poison_event_does_not_block_the_rest(database: sa.Engine) -> None:
    """What cannot be handled is somebody's message; others, and this person's next, are answered all the same."""
    async with slack_company(database, MONDAY) as company:
        ana, ben = company.joining("Ana Sample"), company.joining("Ben Sample")
        await company.slack.send_event(said(ana, "x" * 3_000_000), "Ev1")
        await company.slack.send_event(said(ana, "\ud800"), "Ev2")
        await ben.type("help")
        await company.settle()
        assert ben.messages() != []
        assert company.app.inbox.counts()["given_up"] == 0


async def test_people_of_a_shared_channels_other_company_reach_nothing(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        await company.read_directory(admin=ada)
        stranger = company.joining("Sam Stranger", team_id="T0PARTNER", is_stranger=True)
        assert "for the people of this company" in await stranger.command("status")
        await stranger.type("hello")
        await company.settle()
        assert stranger.messages() == []


async def test_an_app_that_is_removed_stops_and_tells(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        await company.read_directory(admin=ada)
        company.slack.tokens.clear()
        await company.slack.send_event({"type": "app_uninstalled"})
        await ada.type("help")
        await company.settle()
        assert company.endpoint.messenger.refused == {TEAM: "invalid_auth"}
        assert ada.messages() == []


async def test_slack_holds_events_back_and_says_so(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        limited = '{"type": "app_rate_limited", "team_id": "T0COMPANY", "minute_rate_limited": 1518467820}'
        answer = await company.slack.send(limited, {"content-type": "application/json"})
        assert answer.status_code == 200
