"""Activities as Teams sends them, read into what happened. Nothing in here raises, whatever comes."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from adapters.teams import payload
from adapters.teams.address import Address
from bot.messages import Event, Sender, Typed

CHANNEL = "msteams"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

Activity = Mapping[str, object]


class Way(StrEnum):
    """How something reached the bot, and so what Teams wants in return: nothing, or the body of an invoke."""

    MESSAGE = "message"
    ACTION = "adaptiveCard/action"
    FETCH = "task/fetch"
    SUBMIT = "task/submit"


@dataclass(frozen=True, slots=True)
class Inbound:
    """What happened in a personal chat, with Teams' own ids of who spoke to which bot, and in which activity.

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
    way, address = _way(activity), _address(activity)
    sender = _sender(activity, address) if address else None
    if way is None or address is None or sender is None or text_at(activity, "channelId") != CHANNEL:
        return None
    event = _event(way, activity, _keys(address, activity), sender)
    if event is None:
        return None
    return Inbound(
        way,
        event,
        address,
        person=text_at(activity, "from", "id"),
        bot=text_at(activity, "recipient", "id"),
        id=text_at(activity, "id"),
        replies_to=text_at(activity, "replyToId"),
    )


def text_at(activity: object, *path: str) -> str:
    """Return the text at a path into an activity, or '' where there is none; no NUL, no half characters."""
    found = _at(activity, *path)
    return _storable(found) if isinstance(found, str) else ""


def _at(activity: object, *path: str) -> object:
    for step in path:
        activity = activity.get(step) if isinstance(activity, Mapping) else None
    return activity


def _way(activity: Activity) -> Way | None:
    if activity.get("type") == "message":
        return Way.MESSAGE
    invokes = (Way.ACTION, Way.FETCH, Way.SUBMIT) if activity.get("type") == "invoke" else ()
    return next((way for way in invokes if way == text_at(activity, "name")), None)


def _address(activity: Activity) -> Address | None:
    conversation, service = text_at(activity, "conversation", "id"), text_at(activity, "serviceUrl")
    personal = text_at(activity, "conversation", "conversationType") == "personal"
    tenant = _tenant(activity)
    return Address(conversation, service, tenant) if conversation and service and tenant and personal else None


def _tenant(activity: Activity) -> str:
    return text_at(activity, "conversation", "tenantId") or text_at(activity, "channelData", "tenant", "id")


def _sender(activity: Activity, address: Address) -> Sender | None:
    """Return who did it, by the directory's id, which person fields and rosters know too; None for another bot."""
    teams_id = text_at(activity, "from", "id")
    if not teams_id or teams_id.startswith("28:"):
        return None
    locale = text_at(activity, "locale") or next(_client(activity, "locale"), "")
    return Sender(
        platform="teams",
        workspace=address.tenant,
        user=text_at(activity, "from", "aadObjectId") or teams_id,
        address=address.dump(),
        name=text_at(activity, "from", "name"),
        zone=_zone(activity),
        language=locale if _LANGUAGE.fullmatch(locale) else "",
    )


def _zone(activity: Activity) -> str:
    given = (text_at(activity, "localTimezone"), *_client(activity, "timezone"))
    return next((zone for zone in given if zone in _zones()), "")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _client(activity: Activity, name: str) -> Iterator[str]:
    return (text_at(entity, name) for entity in _entities(activity, "clientInfo"))


def _entities(activity: Activity, kind: str) -> Iterator[Mapping[str, object]]:
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        if isinstance(entity, Mapping) and entity.get("type") == kind:
            yield entity


def _keys(address: Address, activity: Activity) -> tuple[str, ...]:
    """Return under which id the same activity would come again; as a digest, since Teams' own are very long."""
    id_ = text_at(activity, "id")
    digest = hashlib.sha256(f"{address.conversation} {id_}".encode()).hexdigest()
    return (f"teams:{digest}",) if id_ else ()


def _event(way: Way, activity: Activity, keys: tuple[str, ...], sender: Sender) -> Event | None:
    paths = {Way.MESSAGE: ("value",), Way.ACTION: ("value", "action", "data")}
    data = _at(activity, *paths.get(way, ("value", "data")))
    if isinstance(data, Mapping):
        return payload.event({_clean(name): _clean(value) for name, value in data.items()}, keys, sender)
    text = _with_mentions(activity).strip() if way is Way.MESSAGE else ""
    return Typed(keys, sender, text) if text else None


def _with_mentions(activity: Activity) -> str:
    """Return the text with people as <@id> and without the bot's own name, which Teams puts before a command."""
    text, bot = text_at(activity, "text"), text_at(activity, "recipient", "id")
    named: dict[str, list[str]] = {}
    for entity in _entities(activity, "mention"):
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


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _clean(value: object) -> object:
    return _storable(value) if isinstance(value, str) else value
