"""Somebody whom the bot does not know yet writes to it."""

from zoneinfo import available_timezones

from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Sender
from bot.ports import UnitOfWork


def workspace_of(
    unit: UnitOfWork, platform: str, external_id: str, name: str = "", company: Workspace | None = None
) -> Workspace:
    """Return a workspace; one that was not known is saved, under its name if that is told.

    It is its own company until an operator ties it to another, unless it belongs to that of another workspace.
    """
    workspace = unit.people.workspace(platform, external_id)
    if workspace is None:
        organization_id = company.organization_id if company else new_id()
        workspace = Workspace(new_id(), organization_id, Platform(platform), external_id, name or external_id)
        if company is None:
            unit.people.add(Organization(organization_id, workspace.name))
        unit.people.add(workspace)
    return workspace


def introduce(unit: UnitOfWork, sender: Sender) -> tuple[Person, Account]:
    """Save an account that was not known, with a person, and with a company where the workspace is new too."""
    workspace = workspace_of(unit, sender.platform, sender.workspace)
    person = Person(
        new_id(),
        workspace.organization_id,
        sender.name or sender.user,
        language=sender.language or "en",
        zone=sender.zone if sender.zone in available_timezones() else "UTC",
    )
    account = Account(
        new_id(),
        person.organization_id,
        workspace.id,
        person.id,
        workspace.platform,
        sender.user,
        sender.address,
        greeted=False,
    )
    unit.people.add(person)
    unit.people.add(account)
    return person, account


def describe(person: Person, sender: Sender) -> None:
    """Take from somebody's first words what no directory told: their zone, and the language that they read."""
    if person.zone == "UTC" and sender.zone in available_timezones():
        person.zone = sender.zone
    if person.language == "en" and sender.language:
        person.language = sender.language
