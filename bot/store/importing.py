"""A roster file into a company: people, their accounts in the playground, an early look at whom it matters to."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.people import Platform, Workspace
from bot.roster import Report, read
from bot.store.engine import reading, writing
from bot.store.roster import bring_in
from bot.store.tables import accounts, looks, organizations, people, profiles, workspaces
from bot.store.touches import LOOK_BY

PLAYGROUND = "playground"
"""The playground's own id of its only workspace."""

_HOURS = (people.c.zone, people.c.country, people.c.working_days, people.c.day_starts, people.c.day_ends)
_PEOPLE = (
    sa.select(people.c.id, people.c.email, *_HOURS, profiles.c.manager_email)
    .outerjoin(profiles, profiles.c.person_id == people.c.id)
    .where(people.c.organization_id == sa.bindparam("organization_id"), people.c.email != "")
)
_REACHED = sa.select(accounts.c.person_id).where(accounts.c.workspace_id == sa.bindparam("workspace_id"))
_PREFER = (
    sa.update(people)
    .where(people.c.id == sa.bindparam("person_id"), people.c.account_id.is_(None))
    .values(account_id=sa.bindparam("account"))
)
_SPEAK = sa.update(people).where(people.c.id == sa.bindparam("person_id")).values(language=sa.bindparam("speaks"))
_APPOINT = sa.update(people).where(people.c.id == sa.bindparam("person_id")).values(is_admin=True)
_now = sa.bindparam("now", type_=looks.c.look_at.type)
_LOOK = (
    sa.update(looks)
    .where(looks.c.person_id == sa.bindparam("person"), sa.or_(looks.c.look_at.is_(None), looks.c.look_at > _now))
    .values(look_at=_now, changes=looks.c.changes + 1)
)
_WORKSPACE = sa.select(workspaces).where(
    workspaces.c.platform == Platform.PLAYGROUND, workspaces.c.external_id == PLAYGROUND
)

_Known = Mapping[str, sa.Row[*tuple[Any, ...]]]
"""People by e-mail address, with the hours that they work, and who manages them."""


def import_roster(
    engine: sa.Engine,
    organization_id: str,
    workspace: Workspace | None,
    data: bytes,
    now: datetime,
    admins: Collection[str] = (),
) -> Report:
    """Bring a CSV file into a company; the same file again changes nothing.

    In a `workspace` of the playground everybody gets an account, named by the person's id. A new person is written
    to in the first of the file's languages that the bot speaks. Whose hours or manager changed is looked at at `now`.
    `admins` are the addresses of those in the file who become admins, and are looked at for their digests.

    Raises:
        bot.roster.UnreadableRoster: nothing could be read, and nothing was changed.
    """
    roster = read(data)
    before = _people(engine, organization_id)
    report = bring_in(engine, organization_id, roster)
    after = _people(engine, organization_id)
    chosen = {email.lower() for email in admins}
    speaks = [
        {"person_id": after[row.email].id, "speaks": row.language} for row in roster.rows if row.email not in before
    ]
    appointed = [{"person_id": after[row.email].id} for row in roster.rows if row.email in chosen]
    seen = [{**one, "organization_id": organization_id, "look_at": now, "changes": 1} for one in appointed]
    moved = [
        {"person": person.id, "now": now}
        for email, person in sorted(after.items(), key=lambda item: item[1].id)
        if email in before and person != before[email]
    ]
    with writing(engine) as connection:
        look_by = LOOK_BY[engine.dialect.name]
        for statement, rows in ((_SPEAK, speaks), (_APPOINT, appointed), (look_by, seen), (_LOOK, moved)):
            if rows:
                connection.execute(statement, rows)
        if workspace and workspace.platform == Platform.PLAYGROUND:
            _open_accounts(connection, workspace, [after[row.email].id for row in roster.rows])
    return report


def playground(engine: sa.Engine, company: str) -> Workspace:
    """Return the workspace of the playground; where there is none, make it, with a company of that name."""
    with writing(engine) as connection:
        found = connection.execute(_WORKSPACE).mappings().one_or_none()
        if found:
            return Workspace(**found)
        made = Workspace(new_id(), new_id(), Platform.PLAYGROUND, PLAYGROUND, company)
        connection.execute(sa.insert(organizations).values(id=made.organization_id, name=company))
        connection.execute(sa.insert(workspaces).values({c.name: getattr(made, c.name) for c in workspaces.c}))
        return made


def _people(engine: sa.Engine, organization_id: str) -> _Known:
    with reading(engine) as connection:
        rows = connection.execute(_PEOPLE, {"organization_id": organization_id})
        return {row.email.lower(): row for row in rows}


def _open_accounts(connection: sa.Connection, workspace: Workspace, person_ids: list[str]) -> None:
    """Give those an account in the playground who have none."""
    reached = set(connection.scalars(_REACHED, {"workspace_id": workspace.id}))
    new = [
        {
            "id": new_id(),
            "organization_id": workspace.organization_id,
            "workspace_id": workspace.id,
            "person_id": person_id,
            "platform": workspace.platform,
            "external_id": person_id,
            "address": person_id,
        }
        for person_id in person_ids
        if person_id not in reached
    ]
    if new:
        connection.execute(sa.insert(accounts), new)
        connection.execute(_PREFER, [{"person_id": row["person_id"], "account": row["id"]} for row in new])
