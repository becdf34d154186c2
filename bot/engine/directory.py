"""What a platform's directory says of its people: who is new becomes known, who is gone leaves their mentorships."""

from datetime import datetime
from zoneinfo import available_timezones

from bot.domain.ids import new_id
from bot.domain.people import Account, Person, PersonStatus, Workspace
from bot.engine.leaving import let_go
from bot.engine.speaking import Speaker
from bot.ports import Member, UnitOfWork


def take_note(unit: UnitOfWork, speaker: Speaker, workspace: Workspace, member: Member, now: datetime) -> None:
    """Take note of one person of a workspace. Doing it twice changes nothing.

    What people have set themselves, such as their zone, stays as it is, and nobody who has left comes back by it, nor
    anybody who was forgotten.
    """
    person = unit.people.by_external_id(workspace.id, member.user)
    if not member.belongs:
        if person is not None and person.status is PersonStatus.ACTIVE:
            let_go(unit, speaker, person, now, erase=False)
    elif person is None:
        if not unit.was_forgotten(workspace, member.user):
            _welcome(unit, workspace, member, now)
    elif member.email and not person.email and not unit.people.by_email(person.organization_id, member.email):
        person.email = member.email


def _welcome(unit: UnitOfWork, workspace: Workspace, member: Member, now: datetime) -> None:
    """Give somebody an account. Who is known under the same address, by a roster or elsewhere, is the same person."""
    organization_id = workspace.organization_id
    known = unit.people.by_email(organization_id, member.email) if member.email else None
    if known is not None and not unit.people.is_in(workspace.id, known.id):
        person = known
        unit.touches.look_by(organization_id, person.id, now)
    else:
        person = Person(
            new_id(),
            organization_id,
            member.name or member.user,
            email="" if known else member.email,
            language=member.language or "en",
            zone=member.zone if member.zone in available_timezones() else "UTC",
        )
        unit.people.add(person)
    account = Account(
        new_id(),
        organization_id,
        workspace.id,
        person.id,
        workspace.platform,
        member.user,
        member.address,
        greeted=False,
    )
    unit.people.add(account)
    if person.account_id is None:
        person.account_id = account.id
