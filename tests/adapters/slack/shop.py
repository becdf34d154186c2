"""The bot as several workspaces have it."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.installed import Installed, oauth_flow
from bot.app import App
from bot.domain.people import Platform
from bot.installations import Installations
from bot.ports import Messenger
from bot.store import Sealer
from tests.adapters.slack.fake import CLIENT_ID, CLIENT_SECRET, SECRET, FakeSlack
from tests.adapters.slack.receiver import HandClock
from tests.adapters.slack.things import Json
from tests.world import KEY

OTHER = "T0OTHER"
OTHER_TOKEN = "xoxb-of-the-other"
BASE = "https://bot.example"


class Shop:
    """The bot as several workspaces have it, and a browser that somebody installs it with."""

    def __init__(self, slack: FakeSlack, bare: AsyncWebClient, database: sa.Engine, clock: HandClock) -> None:
        self.messengers: dict[str, Messenger] = {}
        self.app = App(database, Sealer([KEY]), clock, self.messengers, BASE)
        self.vault = Installations(Platform.SLACK, database, Sealer([KEY]), self.app.store, clock, self.app.threads)
        self.grown = 0
        self.installed = Installed(self.vault, bare, self._grow)
        pages = oauth_flow(CLIENT_ID, CLIENT_SECRET, BASE, bare, self.vault, self.installed)
        self.endpoint = slack.app = SlackEndpoint(
            self.installed,
            SECRET,
            self.app,
            self.installed,
            clock,
            oauth=pages,
        )
        self.messengers[Platform.SLACK] = self.endpoint.messenger
        self.slack = slack

    def _grow(self) -> None:
        self.grown += 1

    def browser(self) -> httpx.AsyncClient:
        """Return somebody's browser."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.endpoint), base_url=BASE)

    async def install(self, answer: Json) -> httpx.Response:
        """Visit the page, consent at Slack, and come back."""
        self.slack.codes["code1"] = answer
        async with self.browser() as browser:
            page = await browser.get("/slack/install")
            state = parse_qs(urlsplit(link(page)).query)["state"][0]
            cookie = page.headers["set-cookie"].partition(";")[0]
            return await browser.get(
                "/slack/oauth_redirect", params={"code": "code1", "state": state}, headers={"cookie": cookie}
            )


def link(page: httpx.Response) -> str:
    found = re.search(r'href="([^"]*/oauth/v2/authorize[^"]*)"', page.text)
    assert found, page.text
    return html.unescape(found[1])


def granted(team: str, token: str) -> Json:
    return {
        "app_id": "A0APP",
        "access_token": token,
        "token_type": "bot",
        "scope": "chat:write",
        "bot_user_id": "U0BOT",
        "team": {"id": team, "name": f"Team {team}"},
        "enterprise": None,
        "authed_user": {"id": "U0ADMIN"},
        "is_enterprise_install": False,
    }
