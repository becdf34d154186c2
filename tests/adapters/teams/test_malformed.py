"""Whatever comes, the bot stays calm: 200, 400 or 401, and never 500."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.messages import Answer, Button, card
from tests.adapters.teams.fakes import Script
from tests.adapters.teams.microsoft import APP_ID, TENANT, Microsoft
from tests.adapters.teams.user import TeamsUser

Json = dict[str, Any]

WRONG: tuple[object, ...] = (None, 7, True, "", "\ud800\0", [None], {"id": 7}, 10**30)
CALM = {200, 400, 401}
DATA = {"action": "held", "subject": "m1", "value": "", "rev": 0, "card": "d1"}
FILLED = {"form": "reflection", "subject": "m1", "rev": 0, "shown": ["one.topic", "many.who"], "one.topic": "x"}
KINDS: dict[str, Json] = {
    "words": {
        "type": "message",
        "text": "<at>Mentronome</at> hello",
        "entities": [
            {"type": "mention", "text": "<at>Mentronome</at>", "mentioned": {"id": "28:bot", "name": "Mentronome"}},
            {"type": "clientInfo", "locale": "en-US", "timezone": "Europe/Berlin"},
        ],
    },
    "a press by message": {"type": "message", "value": DATA, "replyToId": "1:1"},
    "a press": {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "value": {"action": {"type": "Action.Execute", "verb": "held", "data": DATA}, "trigger": "manual"},
    },
    "a dialog": {"type": "invoke", "name": "task/fetch", "value": {"data": DATA, "context": {"theme": "dark"}}},
    "an installation": {"type": "installationUpdate", "action": "add"},
    "an installation in a team": {
        "type": "conversationUpdate",
        "membersAdded": [{"id": f"28:{APP_ID}"}, {"id": "29:aad-ben"}],
        "conversation": {
            "conversationType": "channel",
            "tenantId": TENANT,
            "id": "19:x@thread.tacv2",
            "isGroup": True,
        },
        "channelData": {"team": {"id": "19:team@thread.tacv2"}, "tenant": {"id": TENANT}, "eventType": "x"},
    },
    "a mention": {
        "type": "message",
        "text": "<at>Mentronome</at> status",
        "conversation": {"conversationType": "channel", "tenantId": TENANT, "id": "19:x@thread.tacv2;messageid=1"},
        "entities": [{"type": "mention", "text": "<at>Mentronome</at>", "mentioned": {"id": f"28:{APP_ID}"}}],
    },
    "a menu": {
        "type": "invoke",
        "name": "composeExtension/fetchTask",
        "value": {
            "commandId": "add_to_agenda",
            "messagePayload": {"body": {"contentType": "html", "content": "<p>It slips.</p>"}},
        },
    },
    "a form from a menu": {
        "type": "invoke",
        "name": "composeExtension/submitAction",
        "value": {"commandId": "add_to_agenda", "data": FILLED, "context": {"theme": "dark"}},
    },
    "a form": {"type": "invoke", "name": "task/submit", "value": {"data": FILLED, "context": {"theme": "dark"}}},
}


def paths(node: object, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    """Every place in an activity."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, part in inner:
        yield (*above, step)
        yield from paths(part, *above, step)


def spoilt(activity: Json) -> Iterator[Json]:
    """The activity with each of its parts missing, and with each of them of every wrong type."""
    for *above, last in paths(activity):
        for wrong in ("left out", *WRONG):
            spoilt = copy.deepcopy(activity)
            place: Any = spoilt
            for step in above:
                place = place[step]
            if wrong == "left out":
                del place[last]
            else:
                place[last] = wrong
            yield spoilt


@pytest.mark.parametrize("kind", KINDS)
async def test_an_activity_with_any_part_missing_or_wrong(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, script: Script, kind: str
) -> None:
    script.on["held"] = Answer(redrawn=card("You met.", Button("Undo", "undo", "m1")))
    headers = {"Authorization": microsoft.bearer()}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:

        async def status(activity: Json) -> int:
            response = await client.post("/api/messages", content=json.dumps(activity), headers=headers)
            return response.status_code

        whole = ana.activity(**KINDS[kind])
        assert await status(whole) == 200
        answers = [await status(activity) for activity in spoilt(whole)]
        assert set(answers) <= CALM
        assert set(answers) == (CALM if whole["type"] == "invoke" else CALM - {400})


async def test_an_activity_with_any_part_missing_or_wrong_and_no_token(app: Starlette, ana: TeamsUser) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        for activity in spoilt(ana.activity(**KINDS["a form"])):
            response = await client.post("/api/messages", content=json.dumps(activity))
            assert response.status_code in CALM


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_other_methods_are_not_for_the_bot(app: Starlette, method: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        assert (await client.request(method, "/api/messages")).status_code == 405
