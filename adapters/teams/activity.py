"""Looking into activities as Teams sends them: any field may be missing or of any type, and nothing raises."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from adapters.teams.address import Address
from bot.domain.people import Platform
from bot.messages import Sender

CHANNEL = "msteams"
BOT = "28:"
"""How Teams' ids of bots begin; those of people begin with '29:'."""

Activity = Mapping[str, object]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def at(activity: object, *path: str) -> object:
    """Return what stands at a path into an activity, or None where nothing does."""
    for step in path:
        activity = activity.get(step) if isinstance(activity, Mapping) else None
    return activity


def text_at(activity: object, *path: str) -> str:
    """Return the text at a path into an activity, or '' where there is none; no NUL, no half characters."""
    found = at(activity, *path)
    return storable(found) if isinstance(found, str) else ""


def listed_at(activity: object, *path: str) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a list at a path into an activity; what is no object is left out."""
    found = at(activity, *path)
    return (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else iter(())


def entities(activity: Activity, kind: str) -> Iterator[Mapping[str, object]]:
    """Yield the entities of one kind."""
    return (entity for entity in listed_at(activity, "entities") if entity.get("type") == kind)


def tenant(activity: Activity) -> str:
    """Return the tenant that an activity is from."""
    return text_at(activity, "conversation", "tenantId") or text_at(activity, "channelData", "tenant", "id")


def address(activity: Activity) -> Address | None:
    """Return the conversation that an activity belongs to, whatever its sort."""
    found = Address(text_at(activity, "conversation", "id"), text_at(activity, "serviceUrl"), tenant(activity))
    return found if found.conversation and found.service_url and found.tenant else None


def is_personal(activity: Activity) -> bool:
    """Tell whether an activity is from a chat of one person with the bot."""
    return text_at(activity, "conversation", "conversationType") == "personal"


def sender(activity: Activity, written_to: str) -> Sender | None:
    """Return who did it, by the directory's id, which person fields and rosters know too; None for another bot.

    `written_to` is the address of their chat with the bot, '' where it is not known.
    """
    teams_id = text_at(activity, "from", "id")
    if not teams_id or teams_id.startswith(BOT):
        return None
    locale = text_at(activity, "locale") or next(_client(activity, "locale"), "")
    return Sender(
        platform=Platform.TEAMS,
        workspace=tenant(activity),
        user=text_at(activity, "from", "aadObjectId") or teams_id,
        address=written_to,
        name=text_at(activity, "from", "name"),
        zone=_zone(activity),
        language=locale if _LANGUAGE.fullmatch(locale) else "",
    )


def keys(activity: Activity) -> tuple[str, ...]:
    """Return under which id the same activity would come again; as a digest, since Teams' own are very long."""
    conversation, id_ = text_at(activity, "conversation", "id"), text_at(activity, "id")
    digest = hashlib.sha256(f"{conversation} {id_}".encode()).hexdigest()
    return (f"teams:{digest}",) if id_ else ()


def storable(text: str) -> str:
    """Return a text without what no database could hold."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean(value: object) -> object:
    """Return a value, and if it is a text, one that can be stored."""
    return storable(value) if isinstance(value, str) else value


def _zone(activity: Activity) -> str:
    given = (text_at(activity, "localTimezone"), *_client(activity, "timezone"))
    return next((zone for zone in given if zone in _zones()), "")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _client(activity: Activity, name: str) -> Iterator[str]:
    return (text_at(entity, name) for entity in entities(activity, "clientInfo"))
