"""Somebody whom the bot does not know yet writes to it."""

from zoneinfo import available_timezones

from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Sender
from bot.ports import UnitOfWork


def introduce(unit: UnitOfWork, sender: Sender) -> tuple[Person, Account]:
    """Save an account that was not known, with a person, and with a company where the workspace is new too.

    A workspace is its own company until an operator ties it to another.
    """
    workspace = unit.people.workspace(sender.platform, sender.workspace)
    if workspace is None:
        organization = Organization(new_id(), sender.workspace)
        workspace = Workspace(
            new_id(), organization.id, Platform(sender.platform), sender.workspace, sender.workspace
        )
        unit.people.add(organization)
        unit.people.add(workspace)
    person = Person(
        new_id(),
        workspace.organization_id,
        sender.name or sender.user,
        language=sender.language or "en",
        zone=sender.zone if sender.zone in available_timezones() else "UTC",
    )
    account = Account(
        new_id(), person.organization_id, workspace.id, person.id, workspace.platform, sender.user, sender.address
    )
    unit.people.add(person)
    unit.people.add(account)
    return person, account
