"""Somebody goes, or two people are to be parted: what becomes of the mentorship and of its meetings to come."""

from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.meeting import Move
from bot.domain.mentorship import EndReason, Format, Status, Step


def leave(facts: Facts, person_id: str, now: datetime) -> None:
    """Take somebody out of a mentorship. It goes on while a pair or a group is left of it, else it ends.

    The meetings that this person was to lead get another lead. A proposal lapses on its day, as it would without.
    """
    for participant in facts.present:
        if participant.person_id == person_id:
            participant.left_at = now
    if facts.mentorship.status not in (Status.ACTIVE, Status.PAUSED):
        return
    if not facts.is_whole:
        stop(facts, Step.END, now, EndReason.LEFT)
    for meeting in facts.unsettled:
        if meeting.lead_id == person_id:
            meeting.lead_id = facts.lead_for(meeting.number)


def part(facts: Facts, now: datetime) -> None:
    """Part those whose mentor has become their manager: a group goes on without them, a pair pauses."""
    if facts.mentorship.format is not Format.GROUP:
        stop(facts, Step.PAUSE, now)
        return
    for participant in facts.managed:
        leave(facts, participant.person_id, now)


def stop(facts: Facts, step: Step, now: datetime, reason: EndReason | None = None) -> None:
    """Pause or end a mentorship and let its meetings to come go.

    Raises:
        NotPossible: it cannot be paused or ended as it stands; nothing was changed.
    """
    facts.mentorship.step(step, now, reason)
    for meeting in facts.unsettled:
        meeting.move(Move.SKIP, now)
