"""A person at a Teams client: types, presses what the cards show, and fills in what they ask."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import unquote

import httpx
from starlette.types import ASGIApp

from tests.adapters.teams.microsoft import APP_ID, TENANT, Json, Microsoft, Posted
from tests.adapters.teams.reading import Reading, on_screen, read, seen, turn
from tests.adapters.teams.rendered import keep

CARD = "application/vnd.microsoft.card.adaptive"
ELSEWHERE = {"conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "19:ana_ben@unq.gbl.spaces"}}
"""A chat of two people, which the bot is not in."""


class OpenForm(NamedTuple):
    """A form as it lies before a person."""

    title: str
    labels: tuple[str, ...]


class Dialog(NamedTuple):
    """An open dialog."""

    title: str
    card: Json


async def nothing() -> None:
    """Wait for nothing."""


class TeamsUser:
    """One person in the personal chat with the bot.

    `settle` lets the bot finish what it does after its answer. `people` are those whom Teams' people picker finds, by
    name. A client that is not `modern` knows no Action.Execute and takes its fallback.
    """

    def __init__(
        self,
        app: ASGIApp,
        microsoft: Microsoft,
        name: str,
        *,
        user_id: str = "",
        zone: str = "Europe/Berlin",
        language: str = "en-US",
        people: Mapping[str, str] | None = None,
        modern: bool = True,
        settle: Callable[[], Awaitable[None]] = nothing,
    ) -> None:
        self.user_id = user_id or f"aad-{name.lower().replace(' ', '-')}"
        self.chat = f"a:{self.user_id}"
        self.notices: list[str] = []
        self.microsoft = microsoft
        self.name, self._zone, self._language = name, zone, language
        self._people = people or {}
        self._modern = modern
        self._settle = settle
        self._dialog: Dialog | None = None
        self._menu: Json = {}
        self._sent = 0
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")

    async def __aenter__(self) -> "TeamsUser":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    # What a person does

    async def type(self, text: str) -> None:
        """Type a message to the bot."""
        await self.post(self.activity(type="message", text=text, textFormat="plain"))

    async def reply(self, to: str, text: str) -> None:
        """Type a message that quotes the newest one that reads `to`."""
        quoted = next(posted for posted in reversed(self._posted) if to in read(posted.card).text)
        activity = self.activity(type="message", text=f'<quoted messageId="{quoted.id}"/> {text}', textFormat="plain")
        activity["entities"].append({"type": "quotedReply", "quotedReply": {"messageId": quoted.id}})
        await self.post(activity)

    async def command(self, text: str) -> str:
        """Type a command, and return what is newly said."""
        known = {posted.id for posted in self._posted}
        await self.type(text)
        return "\n".join(read(posted.card).text for posted in self._posted if posted.id not in known)

    async def press(self, label: str) -> None:
        """Press a button, in the open dialog if there is one, else on the newest message that has it.

        A dialog that asks nothing and has no such button was read, and is closed first.
        """
        if self._dialog and not self._asks(label):
            self.close()
        if self._dialog:
            pressed = _named(label, on_screen(self._dialog.card).actions)
            if pressed["type"] == "Action.ToggleVisibility":
                turn(self._dialog.card, pressed)
            else:
                await self._submit(pressed, {})
            return
        posted, action = self._find(label)
        if "msteams" in action.get("data", {}):
            body = await self._invoke("task/fetch", {"data": action["data"], "context": {"theme": "default"}})
            self._in_dialog(body)
        else:
            await self._act(posted, action, {})

    async def fill(self, values: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
        """Fill in all parts of the open form by its labels and send it; return what is said to be wrong, by label."""
        reading, posted = self._open()
        unknown = set(values) - set(reading.labels)
        assert not unknown, f"no field is called {unknown}, but {reading.labels}"
        data = {entry["id"]: self._filled(entry, values) for entry in reading.inputs}
        missing = [entry for entry in reading.inputs if entry["isRequired"] and not data[entry["id"]]]
        if missing:
            return {seen(entry["label"]): entry["errorMessage"] for entry in missing}
        action = reading.actions[-1]
        if posted is None:
            await self._submit(action, data)
            return read(self._dialog.card).errors if self._dialog else {}
        await self._act(posted, action, data)
        return read(posted.card).errors

    async def open_menu(self, command: str, markup: str = "") -> None:
        """Call the bot from the menu of a message, or of the box that one writes in."""
        message = (
            {"messagePayload": {"id": "1", "body": {"contentType": "html", "content": markup}}} if markup else {}
        )
        value = {"commandId": command, "commandContext": "message" if markup else "compose", **message}
        self._menu = value
        self._in_dialog(await self._invoke("composeExtension/fetchTask", value, **ELSEWHERE))

    def close(self) -> None:
        """Close the dialog without sending it."""
        self._dialog, self._menu = None, {}

    def _asks(self, label: str) -> bool:
        """Tell whether the open dialog has a button of this label, or something to fill in."""
        reading = read(self._dialog.card) if self._dialog else None
        return bool(reading and (reading.inputs or any(action["title"] == label for action in reading.actions)))

    # What a person sees

    @property
    def form(self) -> OpenForm | None:
        """The form that is open: a dialog, or one in the newest message."""
        if self._dialog and read(self._dialog.card).inputs:
            return OpenForm(self._dialog.title, read(self._dialog.card).labels)
        if not self._dialog and self._posted and read(self._posted[-1].card).inputs:
            reading = read(self._posted[-1].card)
            return OpenForm(reading.lines[0], reading.labels)
        return None

    @property
    def part(self) -> tuple[str, ...]:
        """The labels of what can be filled in at once in the open dialog."""
        return on_screen(self._dialog.card).labels if self._dialog else ()

    @property
    def dialog_text(self) -> str:
        """What stands in the open dialog."""
        return read(self._dialog.card).text if self._dialog else ""

    def messages(self) -> list[str]:
        """The bot's messages as they stand now, the oldest first."""
        return [read(posted.card).text for posted in self._posted]

    def buttons(self) -> list[str]:
        """What can be pressed on the messages as they stand now."""
        return [action["title"] for action in self._actions() if "url" not in action]

    def links(self) -> dict[str, str]:
        """The addresses on the messages as they stand now by label, the newest of each."""
        return {action["title"]: action["url"] for action in self._actions() if "url" in action}

    # How a client does it

    def activity(self, **fields: Any) -> Json:
        """Return an activity of this person, as Teams sends it."""
        self._sent += 1
        return {
            "id": f"{self.user_id}-{self._sent}",
            "channelId": "msteams",
            "serviceUrl": self.microsoft.service_url,
            "timestamp": "2027-03-15T08:00:00.123Z",
            "from": {"id": f"29:{self.user_id}", "name": self.name, "aadObjectId": self.user_id},
            "recipient": {"id": f"28:{APP_ID}", "name": "Mentronome"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": self.chat},
            "entities": [{"type": "clientInfo", "locale": self._language, "timezone": self._zone, "platform": "Web"}],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": self._language,
            "localTimezone": self._zone,
            **fields,
        }

    async def post(self, activity: Json, authorization: str | None = None) -> httpx.Response:
        """Let the Bot Connector bring an activity to the bot."""
        headers = {"Authorization": authorization or self.microsoft.bearer()}
        response = await self._http.post("/api/messages", json=activity, headers=headers)
        assert response.status_code == 200, response.status_code
        await self._settle()
        return response

    async def _invoke(self, name: str, value: Json, **fields: Any) -> Json | None:
        response = await self.post(self.activity(type="invoke", name=name, value=value, **fields))
        body: Json | None = response.json() if response.content else None
        if body is not None:
            keep(name.replace("/", "-"), body)
        return body

    async def _act(self, posted: Posted, action: Json, data: Json) -> None:
        if action["type"] == "Action.Execute" and not self._modern:
            action = action["fallback"]
        given = {**action["data"], **data}
        if action["type"] == "Action.Submit":
            await self.post(self.activity(type="message", value=given, replyToId=posted.id))
            return
        pressed = {"type": "Action.Execute", "verb": action["verb"], "data": given}
        body = await self._invoke(
            "adaptiveCard/action", {"action": pressed, "trigger": "manual"}, replyToId=posted.id
        )
        assert body is not None
        assert body["statusCode"] == 200
        if body["type"] == CARD:
            posted.card = body["value"]
        else:
            self.notices.append(body["value"])

    async def _submit(self, action: Json, data: Json) -> None:
        assert action["type"] == "Action.Submit", "a dialog takes nothing else"
        given = {"data": {**action["data"], **data}, "context": {"theme": "default"}}
        if self._menu:
            body = await self._invoke("composeExtension/submitAction", {**self._menu, **given}, **ELSEWHERE)
        else:
            body = await self._invoke("task/submit", given)
        self._in_dialog(body)

    def _in_dialog(self, body: Json | None) -> None:
        """Show a dialog, go on in it, or close it."""
        self._dialog = None
        self._menu = self._menu if body and body["task"]["type"] == "continue" else {}
        if body and body["task"]["type"] == "continue":
            value = body["task"]["value"]
            assert value["card"]["contentType"] == CARD
            self._dialog = Dialog(value["title"], value["card"]["content"])
        elif body:
            self.notices.append(body["task"]["value"])

    def _actions(self) -> list[Json]:
        return [action for posted in self._posted for action in read(posted.card).actions]

    @property
    def _posted(self) -> list[Posted]:
        return self.microsoft.chats.get(self.chat, [])

    def _find(self, label: str) -> tuple[Posted, Json]:
        for posted in reversed(self._posted):
            actions = read(posted.card).actions
            if label in [action["title"] for action in actions]:
                return posted, _named(label, actions)
        raise AssertionError(f"no button is called {label!r}, but {self.buttons()}")

    def _open(self) -> tuple[Reading, Posted | None]:
        if self._dialog:
            return read(self._dialog.card), None
        for posted in reversed(self._posted):
            reading = read(posted.card)
            if reading.inputs:
                return reading, posted
        raise AssertionError("no form is open")

    def _filled(self, entry: Json, values: Mapping[str, str | Sequence[str]]) -> str:
        """Return what a client sends for an input: what a person chose by name, or what stood there already."""
        label = seen(entry["label"])
        if label not in values:
            return str(entry.get("value", ""))
        given = values[label]
        wanted = [given] if isinstance(given, str) else list(given)
        return ",".join(self._chosen(entry, one) for one in wanted if one)

    def _chosen(self, entry: Json, wanted: str) -> str:
        if "choices.data" in entry:
            return self._people.get(wanted, wanted)
        if entry["type"] != "Input.ChoiceSet":
            return wanted
        for choice in entry["choices"]:
            if wanted in (seen(choice["title"]), unquote(choice["value"])):
                return str(choice["value"])
        raise AssertionError(f"{wanted!r} is not to be chosen in {entry['label']!r}")


def _named(label: str, actions: Sequence[Json]) -> Json:
    return next(action for action in actions if action["title"] == label)
