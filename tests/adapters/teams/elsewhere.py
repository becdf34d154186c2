"""What people do outside their chat with the bot: install it, take it off, speak to it in channels, use its menus."""

from dataclasses import dataclass
from typing import Any

from tests.adapters.teams.directory import Entry
from tests.adapters.teams.microsoft import APP_ID, TENANT, Microsoft
from tests.adapters.teams.user import TeamsUser

Json = dict[str, Any]

TEAM = "19:team-of-mentors@thread.tacv2"
CHANNEL = "19:general@thread.tacv2"
BOT = {"id": f"28:{APP_ID}"}


def employ(microsoft: Microsoft, *users: TeamsUser) -> None:
    """Put people into the company's directory."""
    for user in users:
        email = f"{user.user_id.removeprefix('aad-')}@sample.example"
        microsoft.directory.add(Entry(user.user_id, user.name, email))


@dataclass
class Hall:
    """A place at Microsoft from which activities come that are about the app itself, or from a channel."""

    microsoft: Microsoft
    user: TeamsUser

    async def install(self) -> None:
        """Install the app for oneself; Teams tells it twice."""
        self.microsoft.directory.installed.add(f"29:{self.user.user_id}")
        self.microsoft.blocked.discard(self.user.chat)
        for activity in (self.update(membersAdded=[BOT]), self.installation("add")):
            await self.user.post(activity)

    async def take_off(self) -> None:
        """Take the app off; whatever the bot writes is refused from now on."""
        self.microsoft.directory.installed.discard(f"29:{self.user.user_id}")
        self.microsoft.blocked.add(self.user.chat)
        for activity in (self.update(membersRemoved=[BOT]), self.installation("remove")):
            await self.user.post(activity)

    async def add_to_team(self, *members: str) -> None:
        """Add the app to a team with these members, by Teams' own ids."""
        self.microsoft.directory.teams[TEAM] = list(members)
        for activity in (
            self.in_team(type="conversationUpdate", membersAdded=[BOT], eventType="teamMemberAdded"),
            self.in_team(type="installationUpdate", action="add"),
        ):
            await self.user.post(activity)

    async def take_out_of_team(self) -> None:
        self.microsoft.directory.teams.pop(TEAM, None)
        await self.user.post(self.in_team(type="installationUpdate", action="remove"))

    async def joins(self, id_: str) -> None:
        """Let somebody come into the team."""
        self.microsoft.directory.teams[TEAM].append(id_)
        told = self.in_team(type="conversationUpdate", membersAdded=[{"id": id_}], eventType="teamMemberAdded")
        await self.user.post(told)

    async def say(self, text: str, *, mentions: bool = True) -> list[str]:
        """Say something in the channel, to the bot or not; return what it replies there."""
        thread = f"{CHANNEL};messageid=1771290107407"
        before = len(self.microsoft.chats.get(thread, []))
        mention = {"type": "mention", "text": "<at>Mentronome</at>", "mentioned": {**BOT, "name": "Mentronome"}}
        said = self.in_team(
            type="message",
            text=f"<at>Mentronome</at> {text}" if mentions else text,
            entities=[mention] if mentions else [],
        )
        said["conversation"]["id"] = thread
        await self.user.post(said)
        replies = self.microsoft.chats.get(thread, [])[before:]
        return [str(posted.activity["attachments"][0]["content"]["fallbackText"]) for posted in replies]

    def update(self, **fields: Any) -> Json:
        return self._without_zone(self.user.activity(type="conversationUpdate", **fields))

    def installation(self, action: str) -> Json:
        return self._without_zone(self.user.activity(type="installationUpdate", action=action))

    def _without_zone(self, activity: Json) -> Json:
        """Installing tells no zone."""
        return {name: value for name, value in activity.items() if name not in ("localTimezone", "entities")}

    def in_team(self, *, eventType: str = "", **fields: Any) -> Json:
        team: Json = {"team": {"id": TEAM, "name": "Mentors"}, "tenant": {"id": TENANT}, "eventType": eventType}
        where = {"isGroup": True, "conversationType": "channel", "tenantId": TENANT, "id": CHANNEL}
        return self.user.activity(conversation=where, channelData=team, **fields)
