"""A person in front of Slack: types, presses what is on the screen, fills windows, and reads."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.filling import Given, element_id, filled, state, told
from tests.adapters.slack.reading import buttons_of, inputs_of, links_of, problems_of, read
from tests.adapters.slack.things import Json, Message, View

MISSING = "Please complete this required field."
"""What Slack itself says, and sends nothing."""


class OpenForm(NamedTuple):
    """The form on the screen, as its reader sees it."""

    title: str
    labels: tuple[str, ...]


@dataclass
class SlackUser:
    """One person of the fake workspace; `id` is Slack's."""

    slack: FakeSlack
    name: str
    id: str
    team: str = TEAM

    @classmethod
    def joining(cls, slack: FakeSlack, name: str, team: str = TEAM, **flags: object) -> "SlackUser":
        """Let a person join a workspace; `flags` are what Slack tells of them besides."""
        return cls(slack, name, slack.join(name, team, **flags), team)

    @property
    def channel(self) -> str:
        """The id of the conversation with the bot."""
        return self.slack.conversation(self.id)

    # What the person reads

    def messages(self) -> list[str]:
        """Return the bot's messages as they stand now, the oldest first."""
        return [read(message.blocks) for message in self._messages()]

    def buttons(self) -> list[str]:
        """Return the labels of all buttons on the messages as they stand now."""
        return [button["text"]["text"] for message in self._messages() for _, button in buttons_of(message.blocks)]

    def links(self) -> dict[str, str]:
        """Return the addresses on the messages as they stand now by label, the newest of each."""
        return dict(link for message in self._messages() for link in links_of(message.blocks))

    def whispers(self) -> list[str]:
        """Return what only this person was shown, outside windows."""
        return [read(message["blocks"]) for message in self.slack.whispers[self.id]]

    @property
    def window(self) -> str | None:
        """What stands in the window on top, without its fields; None where none is open."""
        view = self._view()
        return read(view.content["blocks"]) if view else None

    @property
    def form(self) -> OpenForm | None:
        """The form in the window on top; a title that was too long for its place stands in the first line."""
        view = self._view()
        if view is None or "submit" not in view.content:
            return None
        title = view.content["title"]["text"]
        if title.endswith("…"):
            title = read(view.content["blocks"]).partition("\n")[0]
        return OpenForm(title, tuple(inputs_of(view.content["blocks"])))

    @property
    def home(self) -> str | None:
        """What stands in the home tab; None where nothing was ever put there."""
        view = self.slack.homes.get(self.id)
        return read(view.content["blocks"]) if view else None

    # What the person does

    async def type(self, text: str, **thread: str) -> None:
        """Send a message to the bot; '@Name' of somebody in the workspace becomes a mention."""
        stamp = self.slack.stamp()
        event = {
            "client_msg_id": f"c{stamp}",
            "type": "message",
            "text": self._sent(text, "<@{id}>"),
            "user": self.id,
            "ts": stamp,
            "team": self.team,
            "channel": self.channel,
            "event_ts": stamp,
            "channel_type": "im",
            **thread,
        }
        response = await self.slack.send_event(event, team=self.team)
        assert response.status_code == 200, response.text

    async def reply(self, to: str, text: str) -> None:
        """Send a message in the thread of the newest one that reads `to`."""
        began = next(message for message in reversed(self._messages()) if to in read(message.blocks))
        await self.type(text, thread_ts=began.ts, parent_user_id="U0BOT")

    async def command(self, text: str) -> str:
        """Type the slash command in some channel; return what is shown to this person alone, '' where nothing is."""
        before = len(self.whispers())
        response = await self.slack.send_form(
            {
                "token": "legacy",
                "team_id": self.team,
                "team_domain": "company",
                "channel_id": "C0GENERAL",
                "channel_name": "general",
                "user_id": self.id,
                "user_name": self.name.split()[0].lower(),
                "command": "/mentoring",
                "text": self._sent(text, "<@{id}|{handle}>"),
                "api_app_id": "A0APP",
                "is_enterprise_install": "false",
                "response_url": self.slack.response_url(self.id),
                "trigger_id": self.slack.trigger(self.id),
            }
        )
        assert response.status_code == 200, response.text
        if response.text:
            shown = response.json() if response.text.startswith("{") else {"text": response.text}
            shown.setdefault("blocks", [{"type": "context", "elements": [{"type": "plain_text", **shown}]}])
            self.slack.whisper(self.id, shown)
        return "\n".join(self.whispers()[before:])

    async def press(self, label: str) -> None:
        """Press the button of that label: in the window on top, else on the newest message that has one."""
        view = self._view()
        if view is not None:
            for row, button in buttons_of(view.content["blocks"]):
                if button["text"]["text"] == label:
                    return await self._press(row, button, self.in_window(view))
        for message in reversed(self._messages()):
            for row, button in buttons_of(message.blocks):
                if button["text"]["text"] == label:
                    return await self._press(row, button, self._on_message(message))
        for whisper in reversed(self.slack.whispers[self.id]):
            for row, button in buttons_of(whisper["blocks"]):
                if button["text"]["text"] == label:
                    return await self._press(row, button, self._on_whisper())
        raise AssertionError(f"no button {label!r} among {self.buttons()}")

    async def go_home(self, tab: str = "home") -> None:
        """Open the app at one of its tabs."""
        event = {"type": "app_home_opened", "user": self.id, "channel": self.channel, "tab": tab}
        response = await self.slack.send_event(event | {"event_ts": self.slack.stamp()}, team=self.team)
        assert response.status_code == 200, response.text

    async def press_at_home(self, label: str) -> None:
        """Press the button of that label in the home tab."""
        view = self.slack.homes[self.id]
        for row, button in buttons_of(view.content["blocks"]):
            if button["text"]["text"] == label:
                return await self._press(row, button, self.in_window(view))
        raise AssertionError(f"no button {label!r} in the home tab")

    async def shortcut(self, name: str, message: str | None = None) -> None:
        """Choose a shortcut, where `message` is given in the menu of a message of that text."""
        payload = {**self.interaction("shortcut"), "callback_id": name, "action_ts": self.slack.stamp()}
        if message is not None:
            payload |= {
                "type": "message_action",
                "message_ts": self.slack.stamp(),
                "channel": {"id": "C0GENERAL", "name": "general"},
                "message": {"type": "message", "user": self.id, "text": html.escape(message, quote=False)},
                "response_url": self.slack.response_url(self.id),
            }
        response = await self.slack.send_interaction(payload)
        assert response.status_code == 200, response.text

    async def follow(self, label: str) -> str:
        """Press the newest button of that label that opens a page; return its address. Slack tells the app of it."""
        for message in reversed(self._messages()):
            for block in message.blocks:
                for element in block["elements"] if block["type"] == "actions" else ():
                    if element["text"]["text"] == label and "url" in element:
                        await self._press(block, element, self._on_message(message))
                        return str(element["url"])
        raise AssertionError(f"no link {label!r} among {self.links()}")

    async def fill(self, values: Mapping[str, Given]) -> dict[str, str]:
        """Fill fields of the form on the screen by label and send it; return errors by label, {} where it was taken.

        Fields that are not named keep what is in them. Options and people are named as they are read. A form in parts
        is gone through from its first one; where something is wrong, the part that has it is left on the screen.
        """
        left = dict(values)
        while self.is_behind_another_part and not set(left) <= set(self._inputs()):
            await self.go_back()
        while True:
            self.write({label: left.pop(label) for label in self._inputs() if label in left})
            problems = await self.send()
            if problems or not self.is_behind_another_part:
                break
        assert problems or not left, f"no fields {set(left)}"
        return problems

    def write(self, values: Mapping[str, Given]) -> None:
        """Put something into fields of the window on top, by label, without sending it."""
        view, inputs = self._view(), self._inputs()
        assert view is not None
        view.written |= {inputs[label]["block_id"]: given for label, given in values.items()}

    async def go_back(self) -> None:
        """Press the button that leads to the part before, whichever language it is in."""
        view = self._view()
        assert view is not None
        row, button = next(one for one in buttons_of(view.content["blocks"]) if one[1]["action_id"] == "back")
        before = view.hash
        await self._press(row, button, self.in_window(view))
        assert view.hash != before, "nothing has come of it"

    async def send(self) -> dict[str, str]:
        """Press the button that sends the window on top, or leads to its next part; return errors by label."""
        view, inputs = self._view(), self._inputs()
        assert view is not None, "no window is open"
        states = self._states(view)
        empty = [name for name, (one,) in ((name, states[name].values()) for name in states) if not filled(one)]
        missing = [label for label, block in inputs.items() if not block["optional"] and block["block_id"] in empty]
        return dict.fromkeys(missing, MISSING) or await self._submit(view, states)

    def close(self) -> None:
        """Close the window on top, and with it those beneath where it says so."""
        view = self.slack.windows[self.id].pop()
        if view.content.get("clear_on_close"):
            self.slack.windows[self.id].clear()

    # How Slack does it

    def interaction(self, kind: str) -> Json:
        """Return what is the same in everything that this person does on the screen."""
        handle = self.name.split()[0].lower()
        return {
            "type": kind,
            "user": {"id": self.id, "username": handle, "name": handle, "team_id": self.team},
            "api_app_id": "A0APP",
            "token": "legacy",
            "trigger_id": self.slack.trigger(self.id),
            "team": {"id": self.team, "domain": "company"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _messages(self) -> list[Message]:
        return [message for message in self.slack.messages if message.channel == self.channel]

    def _view(self) -> View | None:
        stack = self.slack.windows[self.id]
        return stack[-1] if stack else None

    def _inputs(self) -> dict[str, Json]:
        view = self._view()
        return inputs_of(view.content["blocks"]) if view else {}

    @property
    def is_behind_another_part(self) -> bool:
        """Whether the window on top shows a part of a form that is not the first."""
        view = self._view()
        buttons = buttons_of(view.content["blocks"]) if view else []
        return any(button["action_id"] == "back" for _, button in buttons)

    def _states(self, view: View) -> Json:
        """Return what stands in the fields of a window."""
        return {
            block["block_id"]: {
                element_id(block): state(block, view.written.get(block["block_id"]), self.slack.people)
            }
            for block in inputs_of(view.content["blocks"]).values()
        }

    def _sent(self, text: str, mention: str) -> str:
        text = html.escape(text, quote=False)
        for name in sorted(self.slack.people, key=len, reverse=True):
            handle = name.split()[0].lower()
            text = text.replace(f"@{name}", mention.format(id=self.slack.people[name], handle=handle))
        for channel in self.slack.channels.values():
            text = text.replace(f"#{channel.name}", f"<#{channel.id}|{channel.name}>")
        for group in self.slack.groups:
            text = text.replace(f"@{group}", f"<!subteam^{group}|@{group}>")
        return text

    def _on_message(self, message: Message) -> Json:
        return {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": False,
            },
            "channel": {"id": message.channel, "name": "directmessage"},
            "message": {"bot_id": "B0APP", "type": "message", "text": message.text, "ts": message.ts},
            "state": {"values": {}},
            "response_url": self.slack.response_url(self.id),
        }

    def _on_whisper(self) -> Json:
        return {
            "container": {
                "type": "message",
                "message_ts": self.slack.stamp(),
                "channel_id": "C0GENERAL",
                "is_ephemeral": True,
            },
            "channel": {"id": "C0GENERAL", "name": "general"},
            "state": {"values": {}},
            "response_url": self.slack.response_url(self.id),
        }

    def in_window(self, view: View) -> Json:
        return {"container": {"type": "view", "view_id": view.id}, "view": told(view, self._states(view))}

    async def _press(self, row: Json, button: Json, place: Json) -> None:
        action = button | {"block_id": row.get("block_id", "b1"), "action_ts": self.slack.stamp()}
        payload = {**self.interaction("block_actions"), **place, "actions": [action]}
        response = await self.slack.send_interaction(payload)
        assert response.status_code == 200, response.text

    async def _submit(self, view: View, values: Json) -> dict[str, str]:
        payload = {**self.interaction("view_submission"), "view": told(view, values), "response_urls": []}
        response = await self.slack.send_interaction(payload)
        assert response.status_code == 200, response.text
        answer = response.json() if response.text else {}
        match answer.get("response_action"):
            case "errors":
                labels = {block["block_id"]: label for label, block in inputs_of(view.content["blocks"]).items()}
                assert answer["errors"], "Slack shows nothing, and the window stays"
                assert set(answer["errors"]) <= set(labels), "Slack shows errors only on fields of the window"
                return {labels[name]: problem for name, problem in answer["errors"].items()}
            case "update":
                self.slack.redraw(view, answer["view"])
                return problems_of(view.content["blocks"])
            case "push":
                self.slack.show(self.id, answer["view"], push=True)
            case "clear":
                self.slack.windows[self.id].clear()
            case None:
                assert not answer, "Slack knows no such answer"
                self.slack.windows[self.id].remove(view)
            case other:
                raise AssertionError(f"Slack knows no answer {other!r}")
        return {}
