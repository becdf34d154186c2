"""How a mentorship is doing, from facts and dates alone: the words that admins see, and the pair before them."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.facts import Facts
from bot.domain.meeting import State
from bot.domain.mentorship import Status

SLIPPING_AFTER = 5
"""Working days without a new date after which a missed meeting makes a pair slip."""

NOT_STARTED_AFTER = 10
"""Working days without a first date after which a pair has not started."""

ENDING_WITHIN = timedelta(weeks=4)
"""How long before its last day a mentorship is shown as ending."""


class Health(StrEnum):
    """The states of a mentorship, the most pressing first."""

    NOT_STARTED = "not_started"
    STALLED = "stalled"
    SLIPPING = "slipping"
    UNSETTLED = "unsettled"
    ENDING = "ending"
    PAUSED = "paused"
    INVITED = "invited"
    ON_TRACK = "on_track"
    ENDED = "ended"


EXCEPTIONS = (Health.NOT_STARTED, Health.STALLED, Health.SLIPPING, Health.UNSETTLED, Health.ENDING)
"""What an admin is shown one by one, in this order; the rest is counted."""


def health(facts: Facts, now: datetime) -> Health:
    """Tell how a mentorship is doing at a moment."""
    mentorship = facts.mentorship
    match mentorship.status:
        case Status.PROPOSED:
            return Health.INVITED
        case Status.PAUSED:
            return Health.PAUSED
        case Status.ENDED:
            return Health.ENDED
    hours = facts.people[facts.lead_for(0)].working_time
    has_date = any(meeting.state is State.CONFIRMED for meeting in facts.meetings)
    held = facts.last_held
    begun = bool(has_date or facts.settled)
    if not begun and now >= hours.days_after(mentorship.started_at or now, NOT_STARTED_AFTER):
        return Health.NOT_STARTED
    since = (held.starts_at if held else None) or mentorship.started_at or now
    if begun and not has_date and now - since >= 2 * timedelta(weeks=mentorship.every_weeks):
        return Health.STALLED
    for meeting in facts.unsettled:
        missed = meeting.state is State.MISSED and meeting.settled_at
        if missed and now >= hours.days_after(missed, SLIPPING_AFTER):
            return Health.SLIPPING
    if facts.settled and facts.settled[-1].state is State.UNSETTLED:
        return Health.UNSETTLED
    return Health.ENDING if now >= mentorship.ends_at - ENDING_WITHIN else Health.ON_TRACK
