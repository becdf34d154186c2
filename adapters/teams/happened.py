"""What Teams tells of the app itself: whom it was installed for, in which teams it is, and who has joined these.

That somebody has taken the app off is not acted on: whatever is sent to them next is refused, and that tells it.
Messages edited or deleted, reactions, channels and names that change are nothing to the bot either.
"""

from dataclasses import dataclass

from adapters.teams.activity import CHANNEL, Activity, address, is_personal, keys, listed_at, sender, text_at
from adapters.teams.address import Address
from bot.domain.people import Platform
from bot.messages import Sender
from bot.ports import Team


@dataclass(frozen=True, slots=True)
class Installed:
    """Somebody has the app now; `member` is Teams' own id of them. Teams tells it twice."""

    sender: Sender
    address: Address
    member: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamAdded:
    """The app is in a team; `channel` is where it may say hello, in `language`. Teams tells it twice."""

    team: Team
    channel: Address
    language: str


@dataclass(frozen=True, slots=True)
class TeamRemoved:
    """The app is not in a team any more, or the team is gone."""

    team: Team


@dataclass(frozen=True, slots=True)
class Joined:
    """People have come into a team that has the app, by Teams' own ids."""

    team: Team
    members: tuple[str, ...]


Happened = Installed | TeamAdded | TeamRemoved | Joined


def happened(activity: Activity) -> Happened | None:
    """Return what Teams tells of the app, or None where it is nothing to the bot, or misses what is needed."""
    where = address(activity)
    if where is None or text_at(activity, "channelId") != CHANNEL:
        return None
    match activity.get("type"):
        case "installationUpdate":
            return _installation(activity, where)
        case "conversationUpdate":
            return _update(activity, where)
    return None


def _installation(activity: Activity, where: Address) -> Happened | None:
    action, team = text_at(activity, "action"), _team(activity, where)
    if action == "add":
        return _added(activity, where)
    return TeamRemoved(team) if action == "remove" and team else None


def _update(activity: Activity, where: Address) -> Happened | None:
    bot, team = text_at(activity, "recipient", "id"), _team(activity, where)
    added = tuple(text_at(one, "id") for one in listed_at(activity, "membersAdded"))
    removed = [text_at(one, "id") for one in listed_at(activity, "membersRemoved")]
    if bot and bot in added:
        return _added(activity, where)
    if team and (bot in removed or text_at(activity, "channelData", "eventType") == "teamDeleted"):
        return TeamRemoved(team)
    people = tuple(filter(None, added))
    return Joined(team, people) if team and people else None


def _added(activity: Activity, where: Address) -> Happened | None:
    who = sender(activity, where.dump())
    if is_personal(activity):
        return Installed(who, where, text_at(activity, "from", "id"), keys(activity)) if who else None
    team = _team(activity, where)
    return TeamAdded(team, where, who.language if who else "") if team else None


def _team(activity: Activity, where: Address) -> Team | None:
    """Return the team that an activity is about; its people are read from its own conversation."""
    id_ = text_at(activity, "channelData", "team", "id")
    if not id_:
        return None
    return Team(Platform.TEAMS, where.tenant, id_, Address(id_, where.service_url, where.tenant).dump())
