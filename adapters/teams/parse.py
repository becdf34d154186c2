"""What people do on Teams, read into what happened. Nothing in here raises, whatever comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from adapters.teams import payload
from adapters.teams.activity import (
    CHANNEL,
    Activity,
    address,
    at,
    clean,
    entities,
    is_personal,
    keys,
    listed_at,
    sender,
    text_at,
)
from adapters.teams.address import Address
from adapters.teams.manifest import AGENDA, WIN
from adapters.teams.text import from_html
from bot.flow import RUN
from bot.messages import Event, Pressed, Sender, Typed


class Way(StrEnum):
    """How something reached the bot, and so what Teams wants in return: nothing, or the body of an invoke."""

    MESSAGE = "message"
    MENTION = "mention"
    ACTION = "adaptiveCard/action"
    FETCH = "task/fetch"
    SUBMIT = "task/submit"
    MENU = "composeExtension/fetchTask"
    MENU_SUBMIT = "composeExtension/submitAction"


OPENS = (Way.FETCH, Way.MENU)
"""Ways that only open something: asked again, as Teams does where an answer is late, it opens again."""

IN_DIALOG = (Way.FETCH, Way.SUBMIT, Way.MENU, Way.MENU_SUBMIT)
ELSEWHERE = (Way.MENTION, Way.MENU, Way.MENU_SUBMIT)
"""Ways that may begin in a channel, or in a chat of others, where nothing of a person's own may be shown."""

SAID = {AGENDA: "agenda", WIN: "win"}
"""What one would type for each entry in Teams' menus."""

_DATA = {
    Way.MESSAGE: ("value",),
    Way.ACTION: ("value", "action", "data"),
    Way.FETCH: ("value", "data"),
    Way.SUBMIT: ("value", "data"),
    Way.MENU_SUBMIT: ("value", "data"),
}
"""Where the data of a button or form stand."""

_QUOTED = re.compile(r"<quoted\b[^>]*/>")
"""Where a quotation stood in a text."""

_QUOTATION = re.compile(r'<blockquote\b(?=[^>]*schema\.skype\.com/Reply)[^>]*\bitemid="([^"]+)"')
"""Older clients' markup of a quotation, with the id of the message that it quotes."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What happened, where, with Teams' own ids of who spoke to which bot, and in which activity.

    `replies_to` is the message whose button was pressed, where it is known.
    """

    way: Way
    event: Event
    address: Address
    person: str
    bot: str
    id: str = ""
    replies_to: str = ""


def parse(activity: Activity) -> Inbound | None:
    """Return what happened, or None where it is nothing to the bot, or misses what is needed."""
    way, where = _way(activity), address(activity)
    if way is None or where is None or text_at(activity, "channelId") != CHANNEL:
        return None
    who = sender(activity, "" if way in ELSEWHERE else where.dump())
    event = _event(way, activity, who) if who else None
    if event is None:
        return None
    return Inbound(
        way,
        event,
        where,
        person=text_at(activity, "from", "id"),
        bot=text_at(activity, "recipient", "id"),
        id=text_at(activity, "id"),
        replies_to=text_at(activity, "replyToId"),
    )


def _way(activity: Activity) -> Way | None:
    if activity.get("type") == "message":
        if is_personal(activity):
            return Way.MESSAGE
        return Way.MENTION if _is_mentioned(activity) else None
    if activity.get("type") != "invoke":
        return None
    name = text_at(activity, "name")
    invokes = (Way.ACTION, Way.FETCH, Way.SUBMIT) if is_personal(activity) else ()
    return next((way for way in (*invokes, Way.MENU, Way.MENU_SUBMIT) if way == name), None)


def _event(way: Way, activity: Activity, who: Sender) -> Event | None:
    ids = () if way in OPENS else keys(activity)
    if way is Way.MENU:
        said = SAID.get(text_at(activity, "value", "commandId"))
        return Pressed(ids, who, RUN, "", said, quoted=_quoted(activity)) if said else None
    if way is Way.MENTION:
        team = text_at(activity, "channelData", "team", "id")
        places = (("", team),) if team else ()
        return Typed(keys(activity), who, _with_mentions(activity).strip() or "help", slash=True, places=places)
    data = at(activity, *_DATA[way])
    if isinstance(data, Mapping):
        return payload.event({clean(name): clean(value) for name, value in data.items()}, ids, who)
    text = _QUOTED.sub("", _with_mentions(activity)).strip() if way is Way.MESSAGE else ""
    return Typed(ids, who, text, about=_hangs_on(activity)) if text else None


def _hangs_on(activity: Activity) -> str:
    """Return Teams' id of the message that a typed one quotes or replies to, '' where it stands by itself.

    Newer clients tell a quotation by an entity, older ones by markup beside the text.
    """
    for entity in entities(activity, "quotedReply"):
        if quoted := text_at(entity, "quotedReply", "messageId"):
            return quoted
    for attachment in listed_at(activity, "attachments"):
        if found := _QUOTATION.search(text_at(attachment, "content")):
            return found[1]
    return text_at(activity, "replyToId")


def _is_mentioned(activity: Activity) -> bool:
    """Tell whether a message in a channel speaks to the bot. Where it may read all, others' words are none of its."""
    bot = text_at(activity, "recipient", "id")
    return bool(bot) and any(text_at(one, "mentioned", "id") == bot for one in entities(activity, "mention"))


def _with_mentions(activity: Activity) -> str:
    """Return the text with people as <@id> and without the bot's own name, which Teams puts before a command."""
    text, bot = text_at(activity, "text"), text_at(activity, "recipient", "id")
    named: dict[str, list[str]] = {}
    for entity in entities(activity, "mention"):
        shown, id_ = text_at(entity, "text"), text_at(entity, "mentioned", "id")
        person = text_at(entity, "mentioned", "aadObjectId") or id_
        if shown and id_:
            named.setdefault(shown, []).append("" if id_ == bot else f"<@{person}>")
    if not named:
        return text
    return re.sub("|".join(map(re.escape, named)), lambda found: _next(named[found[0]]), text)


def _next(mentions: list[str]) -> str:
    """Return who is meant by a name; of namesakes, mentioned in turn, the next."""
    return mentions.pop(0) if len(mentions) > 1 else mentions[0]


def _quoted(activity: Activity) -> str:
    body = at(activity, "value", "messagePayload", "body")
    text = text_at(body, "content")
    return (from_html(text) if text_at(body, "contentType") == "html" else text).strip()
