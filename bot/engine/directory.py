"""What a platform's directory says of its people: who is new becomes known, who is gone leaves their mentorships."""

from datetime import datetime
from zoneinfo import available_timezones

from bot.domain.ids import new_id
from bot.domain.own import Tie
from bot.domain.people import Account, Person, PersonStatus, Workspace
from bot.engine.leaving import let_go
from bot.engine.speaking import Speaker
from bot.messages import Sender
from bot.ports import Member, UnitOfWork


def take_note(unit: UnitOfWork, speaker: Speaker, workspace: Workspace, member: Member, now: datetime) -> None:
    """Take note of one person of a workspace. Doing it twice changes nothing.

    What people have set themselves, such as their zone, stays as it is, and nobody who was forgotten comes back by
    it. Who had left is back when they arrive anew, or when their account was closed and is open again; their
    mentorships have ended, and nobody runs a programme again by it.
    """
    known = unit.people.by_account(Sender(workspace.platform, workspace.external_id, member.user))
    if known is None:
        if member.belongs and not unit.was_forgotten(workspace, member.user):
            _welcome(unit, workspace, member, now)
        return
    person, account = known
    was_open, account.belongs = account.belongs, member.belongs
    if not member.belongs:
        if person.status is PersonStatus.ACTIVE:
            let_go(unit, speaker, person, now, erase=False)
    elif person.status is PersonStatus.LEFT and (member.arrives or not was_open):
        person.status, person.left_at, person.is_admin = PersonStatus.ACTIVE, None, False
        unit.touches.look_by(person.organization_id, person.id, now)
    if member.belongs and member.email and not person.email:
        _note_address(unit, workspace, person, member.email, now)


def _welcome(unit: UnitOfWork, workspace: Workspace, member: Member, now: datetime) -> None:
    """Give somebody an account. Whom a roster alone knows under the same address is the same person."""
    organization_id = workspace.organization_id
    known = unit.people.by_email(organization_id, member.email) if member.email else None
    if known is not None and not unit.people.accounts(known.id):
        person = known
        unit.touches.look_by(organization_id, person.id, now)
    else:
        person = Person(
            new_id(),
            organization_id,
            member.name or member.user,
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
    if member.email and person is not known:
        _note_address(unit, workspace, person, member.email, now)


def _note_address(unit: UnitOfWork, workspace: Workspace, person: Person, email: str, now: datetime) -> None:
    """Note somebody's address, or where somebody of another platform has it, that the two may be one person."""
    known = unit.people.by_email(person.organization_id, email)
    if known is None:
        person.email = email
    elif (
        known.status is PersonStatus.ACTIVE
        and unit.people.accounts(known.id)
        and not unit.people.is_in(workspace.id, known.id)
        and not any(tie.is_between(known.id, person.id) for tie in unit.ties.of_person(person.id))
    ):
        unit.ties.add(Tie(new_id(), person.organization_id, known.id, person.id, now))
