"""Several workspaces: each with its own token and its own pace."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import OneWorkspace, connected
from adapters.slack.workspaces import Workspaces
from bot.domain.people import Platform, Workspace
from bot.messages import card
from bot.ports import InDoubt, SendFailed
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM, TOKEN, FakeSlack
from tests.adapters.slack.receiver import HandClock
from tests.adapters.slack.sample import parcel
from tests.adapters.slack.shop import OTHER, OTHER_TOKEN, Shop, granted
from tests.adapters.slack.things import Fault


async def test_a_limit_holds_for_its_workspace_until_it_is_over_and_for_no_other(
    slack: FakeSlack, client: AsyncWebClient, clock: HandClock
) -> None:
    ana, eve = SlackUser.joining(slack, "Ana Lima"), SlackUser.joining(slack, "Eve Else", OTHER)
    slack.tokens[OTHER_TOKEN] = OTHER
    slack.limited[TEAM] = 17
    async with connected(OTHER_TOKEN, slack.api_url) as other:

        class Both:
            async def of(self, team: str) -> AsyncWebClient | None:
                return client if team == TEAM else other

        messenger = Workspaces(Both(), clock)
        with pytest.raises(SendFailed) as failed:
            await messenger.send(parcel(ana.id, card("hello")))
        assert (failed.value.code, failed.value.retry_after) == ("ratelimited", 17)
        calls = len(slack.calls)
        clock.move(seconds=10)
        with pytest.raises(SendFailed) as failed:
            await messenger.send(parcel(ana.id, card("hello")))
        assert (failed.value.code, failed.value.retry_after) == ("ratelimited", 7)
        with pytest.raises(InDoubt):
            await messenger.find(parcel(ana.id, card("hello")))
        assert len(slack.calls) == calls, "Slack is left in peace"
        elsewhere = Workspace("w2", "o2", Platform.SLACK, OTHER, "Other")
        await messenger.send(parcel(eve.id, card("hello"), workspace=elsewhere))
        assert eve.messages() == ["About your mentoring\nhello"]
        clock.move(seconds=7)
        slack.limited.clear()
        await messenger.send(parcel(ana.id, card("hello")))
        assert ana.messages() == ["About your mentoring\nhello"]


async def test_a_token_that_is_refused_is_told_until_it_works_again(
    slack: FakeSlack, client: AsyncWebClient, clock: HandClock
) -> None:
    ana = SlackUser.joining(slack, "Ana Lima")
    messenger = Workspaces(OneWorkspace(client), clock)
    slack.faults["chat.postMessage"] = [Fault("token_revoked")]
    with pytest.raises(SendFailed, match="token_revoked") as failed:
        await messenger.send(parcel(ana.id, card("hello")))
    assert failed.value.retry_after is not None, "what waits may leave once the operator has mended it"
    assert messenger.refused == {TEAM: "token_revoked"}
    await messenger.send(parcel(ana.id, card("hello")))
    assert messenger.refused == {}


async def test_a_day_of_limits_loses_nothing_and_keeps_the_order(
    shop: Shop, slack: FakeSlack, clock: HandClock
) -> None:
    ana, eve = SlackUser.joining(slack, "Ana Lima"), SlackUser.joining(slack, "Eve Else", OTHER)
    await shop.install(granted(TEAM, TOKEN))
    await shop.install(granted(OTHER, OTHER_TOKEN))
    slack.limited[TEAM] = 60
    for person in (ana, eve):
        await person.type("hello")
        await person.type("help")
    for _ in range(20):
        await shop.app.tick()
        clock.move(hours=2.5)
    assert ana.messages() == []
    assert "I keep mentoring going" in eve.messages()[0], "the other workspace is not held up"
    slack.limited.clear()
    for _ in eve.messages():
        clock.move(hours=2.5)
        await shop.app.tick()
    assert ana.messages() == eve.messages()
    assert shop.app.ready()["dead_letters"] == "ok"
