"""The home tab: everything that is going on for one person, kept current for those who have opened theirs."""

import pytest

from adapters.slack.app import SlackEndpoint
from bot.messages import Answer, Button, Card, Event, Pressed, Section, card
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver
from tests.adapters.slack.sample import BRIEF, EVERYTHING, parcel
from tests.adapters.slack.things import Fault


@pytest.fixture
def receiver() -> ScriptedReceiver:
    receiver = ScriptedReceiver()
    receiver.at_home = BRIEF
    return receiver


async def test_ana_opens_her_home_tab(ana: SlackUser, endpoint: SlackEndpoint) -> None:
    await ana.go_home()
    await endpoint.close()
    assert ana.home is not None
    assert "You meet Ben tomorrow at 14:00." in ana.home


async def test_somebody_whom_the_bot_does_not_know_is_told_how_to_begin(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.at_home = None
    await ana.go_home()
    await endpoint.close()
    assert "Say hello to me" in (ana.home or "")


async def test_the_messages_tab_is_no_home_tab(ana: SlackUser, endpoint: SlackEndpoint) -> None:
    await ana.go_home(tab="messages")
    await endpoint.close()
    assert ana.home is None


async def test_it_follows_what_she_does_and_what_is_sent_to_her(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    await ana.go_home()
    receiver.at_home = card("One step is open.")
    await ana.command("done")
    await endpoint.close()
    assert ana.home == "One step is open."
    receiver.at_home = card("You meet on Friday.")
    await endpoint.messenger.send(parcel(ana.id, card("Ben proposes Friday.")))
    await endpoint.close()
    assert ana.home == "You meet on Friday."


async def test_nothing_is_published_for_those_who_never_opened_it(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint
) -> None:
    ben = SlackUser.joining(slack, "Ben Ode")
    await ana.go_home()
    await ben.command("done")
    await endpoint.messenger.send(parcel(ben.id, BRIEF))
    await endpoint.close()
    assert ben.home is None


async def test_many_changes_at_once_end_with_the_last(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    await ana.go_home()
    for number in range(20):
        receiver.at_home = card(f"Change {number}.")
        await ana.command("done")
    await endpoint.close()
    assert ana.home == "Change 19."


async def test_a_button_of_the_home_tab_opens_a_window_over_it(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    await ana.go_home()
    await endpoint.close()
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.press_at_home("Add a topic")
    assert ana.form is not None
    event = receiver.answered[-1]
    assert isinstance(event, Pressed)
    assert (event.action, event.subject, event.rev, event.sender.address) == ("agenda.topic", "m1", 3, "")


async def test_a_button_of_the_home_tab_with_a_plain_answer_shows_it_in_a_window(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    await ana.go_home()
    await endpoint.close()
    receiver.script = lambda event: Answer(card("Noted."))
    await ana.press_at_home("Done")
    assert ana.window == "Noted."
    ana.close()
    receiver.script = lambda event: Answer()
    await ana.press_at_home("Done")
    assert ana.window is None, "nothing to say, and the tab shows what has changed"


async def test_what_opens_no_window_from_the_home_tab_comes_to_the_conversation(
    ana: SlackUser, slack: FakeSlack, clock: HandClock, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    await ana.go_home()
    await endpoint.close()
    slack.faults["views.open"] = [Fault("internal_error")]

    def late(event: Event) -> Answer:
        clock.move(seconds=4)
        return Answer(EVERYTHING)

    receiver.script = late
    await ana.press_at_home("Add a topic")
    assert "Please try again" in ana.whispers()[-1]
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.press("Add a topic")
    assert ana.form is not None


async def test_a_view_that_is_too_long_says_that_there_is_more(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.at_home = Card(
        tuple(Section(f"Pair {n}.", buttons=(Button("Open", "x.y", f"m{n}"),)) for n in range(90))
    )
    await ana.go_home()
    await endpoint.close()
    assert len(slack.homes[ana.id].content["blocks"]) == 100
    assert (ana.home or "").endswith("…")


async def test_a_tab_that_slack_does_not_take_is_let_be_and_published_with_the_next_change(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.faults["views.publish"] = [Fault("internal_error")]
    await ana.go_home()
    await endpoint.close()
    assert ana.home is None
    receiver.failure = RuntimeError("the database is away")
    await ana.go_home()
    await endpoint.close()
    assert ana.home is None
    await ana.command("done")
    await endpoint.close()
    assert "You meet Ben" in str(ana.home)
