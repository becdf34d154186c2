"""The two entries in Teams' menus: a message goes to the agenda, a win into the record, from wherever one is."""

import pytest
from starlette.applications import Starlette

from bot.messages import Answer, Button, Field, FieldKind, Form, Pressed, Submitted, card
from tests.adapters.teams.elsewhere import employ
from tests.adapters.teams.fakes import Script
from tests.adapters.teams.microsoft import Microsoft
from tests.adapters.teams.user import TeamsUser

AGENDA = Form("agenda.write", "m1", "Your agenda", (Field("topics", "Topics", FieldKind.LONG, initial="Saying no"),))
WIN = Form("wins.send", "", "A win", (Field("win", "What went well?", FieldKind.LONG), Field("audience", "Who?")))
MESSAGE = "<div><p>Can we talk about <b>the launch</b>?</p><p>It slips&nbsp;&amp; slips.</p></div>"


@pytest.fixture
def ana_there(microsoft: Microsoft, ana: TeamsUser, script: Script) -> TeamsUser:
    employ(microsoft, ana)
    script.on["agenda"] = Answer(show=AGENDA)
    script.on["win"] = Answer(show=WIN)
    return ana


async def test_a_message_goes_along_as_it_is_read(ana_there: TeamsUser, script: Script) -> None:
    await ana_there.open_menu("add_to_agenda", MESSAGE)
    assert ana_there.form == ("Your agenda", ("Topics",))
    assert await ana_there.fill({}) == {}
    asked, sent = script.answered
    assert isinstance(asked, Pressed)
    assert isinstance(sent, Submitted)
    assert (asked.action, asked.value) == ("typed.run", "agenda")
    assert asked.quoted == "Can we talk about the launch?\nIt slips & slips."
    assert ana_there.form is None


async def test_a_win_is_written_where_one_is(ana_there: TeamsUser, script: Script) -> None:
    await ana_there.open_menu("send_a_win")
    assert await ana_there.fill({"What went well?": "It went live", "Who?": "Ben"}) == {}
    last = script.answered[-1]
    assert isinstance(last, Submitted)
    assert last.values == {"win": "It went live", "audience": "Ben"}


async def test_of_several_meetings_one_is_chosen(ana_there: TeamsUser, script: Script) -> None:
    script.on["agenda"] = Answer(show=card("For which meeting?", Button("Ben", "agenda.open", "m1", opens=True)))
    script.on["agenda.open"] = Answer(show=AGENDA)
    await ana_there.open_menu("add_to_agenda", MESSAGE)
    assert ana_there.dialog_text == "For which meeting?"
    await ana_there.press("Ben")
    assert ana_there.form == ("Your agenda", ("Topics",))


async def test_what_is_wrong_stands_on_the_field_and_what_was_written_is_kept(
    ana_there: TeamsUser, script: Script
) -> None:
    script.on["agenda.write"] = Answer(show=AGENDA, errors={"topics": "Shorter, please."})
    await ana_there.open_menu("add_to_agenda", MESSAGE)
    assert await ana_there.fill({"Topics": "My own words"}) == {"Topics": "Shorter, please."}
    assert await ana_there.fill({}) == {"Topics": "Shorter, please."}
    last = script.answered[-1]
    assert isinstance(last, Submitted)
    assert last.values == {"topics": "My own words"}


async def test_who_is_not_in_a_mentorship_reads_that_there(ana_there: TeamsUser, script: Script) -> None:
    script.on["agenda"] = Answer(show=card("You have no meeting to come."))
    await ana_there.open_menu("add_to_agenda", MESSAGE)
    assert ana_there.dialog_text == "You have no meeting to come."


async def test_nothing_of_it_is_posted_into_the_chat_of_others(
    ana_there: TeamsUser, script: Script, microsoft: Microsoft
) -> None:
    await ana_there.open_menu("add_to_agenda", MESSAGE)
    await ana_there.fill({})
    assert not microsoft.chats


async def test_somebody_who_cannot_be_written_to_may_use_it_all_the_same(
    app: Starlette, microsoft: Microsoft, script: Script
) -> None:
    script.on["win"] = Answer(show=WIN)
    async with TeamsUser(app, microsoft, "Eva Roth") as eva:
        await eva.open_menu("send_a_win")
        assert eva.form == ("A win", ("What went well?", "Who?"))
    assert script.answered[-1].sender.address == ""


async def test_an_unknown_entry_is_refused(ana_there: TeamsUser, script: Script) -> None:
    with pytest.raises(AssertionError, match="400"):
        await ana_there.open_menu("of_another_app")
    assert not script.answered
