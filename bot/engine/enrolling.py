"""The people of a channel, a user group or a team are brought in: each is asked once whether to take part."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.own import Enrolment
from bot.domain.people import PersonStatus, Workspace
from bot.engine.directory import take_note
from bot.engine.speaking import Speaker
from bot.messages import Sender
from bot.ports import Member, UnitOfWork


def bring_in(
    unit: UnitOfWork, speaker: Speaker, workspace: Workspace, members: Iterable[Member], now: datetime
) -> int:
    """Let everybody be asked who belongs, was not asked before and takes no part yet; return how many these are.

    Doing it twice changes nothing. The asking itself is up to each person's hours and budget.
    """
    count = 0
    for member in members:
        take_note(unit, speaker, workspace, member, now)
        known = unit.people.by_account(Sender(workspace.platform, workspace.external_id, member.user))
        if known is None or not member.belongs or known[0].status is not PersonStatus.ACTIVE:
            continue
        person = known[0]
        if unit.enrolments.get(person.id) is None and not unit.enrolments.takes_part(person.id):
            unit.enrolments.add(Enrolment(person.id, person.organization_id, now))
            unit.touches.look_by(person.organization_id, person.id, now)
            count += 1
    return count
