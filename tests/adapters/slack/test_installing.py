"""The app is installed by a browser, removed in Slack, and shared by the workspaces of an organization."""

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from bot.domain.people import Platform, Workspace
from bot.messages import card
from bot.ports import SendFailed
from bot.store.sealing import Unsealable
from bot.store.tables import installations, workspaces
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import CLIENT_ID, REDIRECT, TEAM, TOKEN, FakeSlack
from tests.adapters.slack.receiver import HandClock
from tests.adapters.slack.sample import parcel
from tests.adapters.slack.shop import OTHER, OTHER_TOKEN, Shop, granted, link
from tests.adapters.slack.things import Json

# Installing


async def test_somebody_installs_the_app_and_is_answered_in_their_workspace(shop: Shop, slack: FakeSlack) -> None:
    eve = SlackUser.joining(slack, "Eve Else", OTHER)
    found = await shop.install(granted(OTHER, OTHER_TOKEN))
    assert found.status_code == 200
    assert "Thank you" in found.text
    assert shop.grown == 1
    await eve.type("hello")
    await shop.app.tick()
    assert "I keep mentoring going" in "\n".join(eve.messages())


async def test_the_way_to_slack_names_the_scopes_and_where_to_come_back(shop: Shop, slack: FakeSlack) -> None:
    async with shop.browser() as browser:
        page = await browser.get("/slack/install")
    address = urlsplit(link(page))
    query = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{slack.url}/oauth/v2/authorize"
    assert query["client_id"] == [CLIENT_ID]
    assert query["redirect_uri"] == [REDIRECT]
    assert "chat:write" in query["scope"][0]
    assert "HttpOnly" in page.headers["set-cookie"]


@pytest.mark.parametrize("wrong", ["state", "browser", "code", "late", "refused"])
async def test_whoever_did_not_begin_here_ends_nowhere(
    shop: Shop, slack: FakeSlack, clock: HandClock, wrong: str
) -> None:
    slack.codes["code1"] = granted(OTHER, OTHER_TOKEN)
    async with shop.browser() as browser:
        page = await browser.get("/slack/install")
        state = parse_qs(urlsplit(link(page)).query)["state"][0]
        cookie = page.headers["set-cookie"].partition(";")[0]
        asked = {"code": "code1", "state": state}
        if wrong == "state":
            asked["state"] = "x" + state[1:]
            cookie = cookie.partition("=")[0] + "=" + asked["state"]
        elif wrong == "browser":
            cookie = "other=1"
        elif wrong == "code":
            asked["code"] = "other"
        elif wrong == "late":
            clock.move(minutes=11)
        else:
            asked = {"error": "access_denied", "state": state}
        found = await browser.get("/slack/oauth_redirect", params=asked, headers={"cookie": cookie})
    assert "Thank you" not in found.text
    assert await shop.vault.workspaces() == []


async def test_a_token_rests_sealed_in_its_own_row(shop: Shop, database: sa.Engine) -> None:
    await shop.install(granted(OTHER, OTHER_TOKEN))
    await shop.install(granted(TEAM, TOKEN))
    with database.begin() as connection:
        rows = {
            row.external_id: row
            for row in connection.execute(
                sa.select(installations, workspaces.c.external_id).join_from(
                    installations, workspaces, workspaces.c.id == installations.c.workspace_id
                )
            )
        }
        assert OTHER_TOKEN.encode() not in rows[OTHER].sealed
        connection.execute(
            sa.update(installations).where(installations.c.id == rows[TEAM].id).values(sealed=rows[OTHER].sealed)
        )
    assert await shop.vault.token(OTHER) == OTHER_TOKEN
    with pytest.raises(Unsealable):
        await shop.vault.token(TEAM)


async def test_installing_again_takes_the_new_token(shop: Shop, slack: FakeSlack) -> None:
    await shop.install(granted(OTHER, "xoxb-first"))
    await shop.install(granted(OTHER, OTHER_TOKEN))
    assert await shop.vault.workspaces() == [OTHER]
    client = await shop.installed.of(OTHER)
    assert client is not None
    assert client.token == OTHER_TOKEN


# Removing


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"], "oauth": []}}],
)
async def test_where_the_app_is_removed_nothing_more_is_sent(shop: Shop, slack: FakeSlack, event: Json) -> None:
    eve = SlackUser.joining(slack, "Eve Else", OTHER)
    await shop.install(granted(OTHER, OTHER_TOKEN))
    await eve.type("hello")
    await shop.app.tick()
    await slack.send_event(event, team=OTHER)
    assert await shop.vault.workspaces() == []
    assert await shop.vault.ended() == {OTHER: event["type"]}
    before = len(slack.calls)
    answer = await slack.send_form(
        {
            "command": "/mentoring",
            "text": "help",
            "team_id": OTHER,
            "user_id": eve.id,
            "user_name": "eve",
            "trigger_id": "1",
            "response_url": "https://x.example",
        }
    )
    assert answer.status_code == 404
    elsewhere = Workspace("w2", "o2", Platform.SLACK, OTHER, "Other")
    with pytest.raises(SendFailed) as failed:
        await shop.endpoint.messenger.send(parcel(eve.id, card("hello"), workspace=elsewhere))
    assert (failed.value.code, failed.value.retry_after) == ("not_installed", None)
    assert await shop.endpoint.messenger.find(parcel(eve.id, card("hello"), workspace=elsewhere)) is None
    assert len(slack.calls) == before


async def test_a_persons_own_token_that_goes_ends_nothing(shop: Shop, slack: FakeSlack) -> None:
    await shop.install(granted(OTHER, OTHER_TOKEN))
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}
    assert (await slack.send_event(revoked, team=OTHER)).status_code == 200
    assert await shop.vault.workspaces() == [OTHER]


# An organization of several workspaces


async def test_an_organization_installs_it_for_its_workspaces_and_adds_and_takes_some(
    shop: Shop, slack: FakeSlack
) -> None:
    slack.tokens["xoxb-org"] = OTHER
    slack.of_organization = ["T0ONE", OTHER]
    answer = granted("", "xoxb-org") | {
        "team": None,
        "enterprise": {"id": "E0ORG", "name": "The Org"},
        "is_enterprise_install": True,
    }
    assert (await shop.install(answer)).status_code == 200
    assert await shop.vault.workspaces() == ["E0ORG", "T0ONE", OTHER]
    with shop.app.store.unit() as unit:
        found = [unit.people.workspace("slack", team) for team in ("E0ORG", "T0ONE", OTHER)]
    assert len({one.organization_id for one in found if one}) == 1, "one company"

    added: Json = {"type": "team_access_granted", "team_ids": ["T0TWO"]}
    body = {"type": "event_callback", "enterprise_id": "E0ORG", "event_id": "Ev1"}
    await slack.send_interaction({**body, "event": added})
    assert await shop.vault.token("T0TWO") == "xoxb-org"
    await slack.send_interaction({**body, "event": {"type": "team_access_revoked", "team_ids": ["T0ONE"]}})
    assert await shop.vault.workspaces() == ["E0ORG", OTHER, "T0TWO"]
    await slack.send_interaction({**body, "team_id": None, "event": {"type": "app_uninstalled"}})
    assert await shop.vault.workspaces() == []
