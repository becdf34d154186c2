"""Times that are offered for a meeting: in everybody's working hours, or where there are none, early and late."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.cadence import at_local, bearable_times, common_times, local
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting

OFFERED = 3
"""How many times are offered at once."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Some times, each on a day of its own; where they are not `shared`, outside somebody's working hours."""

    times: tuple[datetime, ...]
    shared: bool


def offers(facts: Facts, meeting: Meeting, now: datetime, count: int = OFFERED) -> Offers:
    """Return up to `count` times for a meeting, from the day after `now` on, near the hour at which its people meet.

    People who share no working hour bear an early or a late one in turns, by the number of the meeting.
    """
    hours = [facts.hours(participant.person_id) for participant in facts.present]
    zone = facts.mentorship.zone
    usual = local(meeting.starts_at, zone).time() if meeting.starts_at else facts.mentorship.at or time(10)
    like = at_local(local(now, zone).date(), usual, zone)
    if found := common_times(hours, now, meeting.minutes, count, like, zone):
        return Offers(found, shared=True)
    return Offers(bearable_times(hours, now, meeting.minutes, count, meeting.number, zone), shared=False)
