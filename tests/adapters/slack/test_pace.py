"""No faster than Slack allows, and nothing lost on the way; who is asked to wait holds no other workspace up."""

import pytest

from adapters.pace import Pace
from adapters.slack.send import SlackMessenger
from bot.domain.ids import new_id
from bot.domain.people import Platform
from bot.messages import Sender, card
from bot.ports import Letter, SendFailed
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM, TOKEN, FakeSlack
from tests.adapters.slack.receiver import HandClock
from tests.adapters.slack.sample import parcel
from tests.adapters.slack.shop import OTHER, OTHER_TOKEN, Shop, granted

SAID = [f"Message {number}" for number in range(8)]


def posts(slack: FakeSlack) -> int:
    return [method for method, _ in slack.calls].count("chat.postMessage")


def test_a_conversation_takes_three_at_once_and_then_one_a_second(pace: Pace, clock: HandClock) -> None:
    assert [pace.take("w", "ana") for _ in range(3)] == [0.0] * 3
    assert pace.take("w", "ana") == 3.0
    assert pace.take("w", "ben") == 0.0, "another conversation is another"
    taken = 0
    for _ in range(120):
        clock.move(seconds=0.5)
        taken += pace.take("w", "ana") == 0.0
    assert 57 <= taken <= 60


async def test_what_would_be_too_fast_is_not_tried_and_drawing_anew_waits_for_nothing(
    slack: FakeSlack, messenger: SlackMessenger, ana: SlackUser
) -> None:
    stands = [await messenger.send(parcel(ana.id, card(said), said)) for said in SAID[:3]]
    with pytest.raises(SendFailed) as failed:
        await messenger.send(parcel(ana.id, card("too fast"), "d9"))
    assert (failed.value.code, failed.value.retry_after, failed.value.busy) == ("paced", 3.0, True)
    assert posts(slack) == 3
    await messenger.send(parcel(ana.id, card("changed"), "d10", replaces=stands[0]))
    assert "changed" in ana.messages()[0]


async def welcome(shop: Shop, slack: FakeSlack, name: str, team: str) -> SlackUser:
    """Let somebody join and say hello; a minute later all is quiet."""
    person = SlackUser.joining(slack, name, team)
    await person.type("hello")
    await pass_(shop, 60)
    return person


async def pass_(shop: Shop, seconds: int) -> None:
    """Let time pass, half a second at a time."""
    clock = shop.app.clock
    assert isinstance(clock, HandClock)
    for _ in range(2 * seconds):
        await shop.app.tick()
        clock.move(seconds=0.5)


def write(shop: Shop, person: SlackUser) -> None:
    """Queue several messages to somebody."""
    with shop.app.store.unit() as unit:
        found = unit.people.by_account(Sender(Platform.SLACK, person.team, person.id))
        assert found is not None
        for text in SAID:
            account = found[1]
            unit.outbox.put(Letter(new_id(), account.organization_id, account.id, card(text), shop.app.clock.now()))
        unit.commit()


def heard(person: SlackUser) -> list[str]:
    """Return what somebody has read of the messages that were queued."""
    lines = (text.splitlines()[-1] for text in person.messages())
    return [line for line in lines if line in SAID]


async def test_many_messages_to_one_person_arrive_in_order_and_none_is_refused(shop: Shop, slack: FakeSlack) -> None:
    await shop.install(granted(TEAM, TOKEN))
    ana, ben = await welcome(shop, slack, "Ana Lima", TEAM), await welcome(shop, slack, "Ben Ode", TEAM)
    before = posts(slack)
    for person in (ana, ben):
        write(shop, person)
    await shop.app.tick()
    assert heard(ana) == heard(ben) == SAID[:3]
    await pass_(shop, 8)
    assert heard(ana) == heard(ben) == SAID
    assert posts(slack) - before == 2 * len(SAID), "each was tried once"


async def test_a_workspace_that_is_throttled_is_left_in_peace_and_holds_no_other_up(
    shop: Shop, slack: FakeSlack
) -> None:
    await shop.install(granted(TEAM, TOKEN))
    await shop.install(granted(OTHER, OTHER_TOKEN))
    ana, ben = await welcome(shop, slack, "Ana Lima", TEAM), await welcome(shop, slack, "Ben Ode", TEAM)
    eve = await welcome(shop, slack, "Eve Else", OTHER)
    slack.limited[TEAM] = 30
    write(shop, ana)
    await shop.app.tick()
    slack.limited.clear()
    for person in (ben, eve):
        write(shop, person)
    before = posts(slack)
    await pass_(shop, 29)
    assert heard(eve) == SAID
    assert posts(slack) - before == len(SAID), "no call for Ben either, who is in the same workspace"
    await pass_(shop, 11)
    assert heard(ana) == heard(ben) == SAID
    assert shop.app.deliveries.counts(shop.app.clock.now()) == {"waiting": 0, "due": 0, "dead": 0}
