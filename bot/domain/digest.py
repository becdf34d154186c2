"""When those who run a programme get their digest: on Monday at the start of work, or never for that week."""

from datetime import datetime

from bot.domain.cadence import local, week_start
from bot.domain.people import Person, PersonStatus


def begin_digests(person: Person, now: datetime) -> None:
    """Let somebody who runs a programme get digests from the next week on, if they did not before."""
    if person.is_admin and person.digested_on is None:
        person.digested_on = local(now, person.zone).date()


def digest_due(person: Person, now: datetime) -> datetime | None:
    """Return when somebody's next digest is due, which may have been already; None for who gets none.

    It is due when the first working day of a week begins that has no digest yet. One that could not arrive in time,
    for a pause or since nobody looked, is left out, and the next week's is due next.
    """
    wants_it = person.is_admin and person.wants_digest and person.status is not PersonStatus.LEFT
    if not wants_it or person.digested_on is None:
        return None
    hours = person.working_time
    moment = max(now, person.paused_until or now)
    monday = week_start(moment, person.zone)
    due = hours.next_open(monday)
    if person.digested_on >= local(monday, person.zone).date() or moment >= digest_over(person, due):
        return hours.next_week(moment)
    return max(due, person.paused_until or due)


def digest_over(person: Person, due: datetime) -> datetime:
    """Return when a digest comes too late: in the evening of the working day after the one on which it was due."""
    following = person.working_time.days_after(due, 1)
    return person.working_time.hours_on(local(following, person.zone).date())[1]
