"""The tokens by which the bot acts in workspaces, sealed: each opens in its own row only."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.people import Workspace
from bot.store.engine import reading, writing
from bot.store.sealing import Sealer
from bot.store.tables import installations, workspaces

_of_workspace = installations.c.workspace_id == sa.bindparam("workspace")
_ID = sa.select(installations.c.id).where(_of_workspace)
_NEW = sa.insert(installations)
_AGAIN = sa.update(installations).where(_of_workspace)
_IN_USE = (
    sa.select(installations.c.id, installations.c.sealed, workspaces.c.external_id)
    .join_from(installations, workspaces, workspaces.c.id == installations.c.workspace_id)
    .where(workspaces.c.platform == sa.bindparam("platform"), installations.c.sealed.is_not(None))
    .order_by(workspaces.c.external_id)
)
_ENDED = (
    sa.select(workspaces.c.external_id, installations.c.reason)
    .join_from(installations, workspaces, workspaces.c.id == installations.c.workspace_id)
    .where(workspaces.c.platform == sa.bindparam("platform"), installations.c.sealed.is_(None))
)


class Tokens:
    """Keeps one token for each workspace. Each call is a transaction of its own."""

    def __init__(self, engine: sa.Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def keep(self, workspace: Workspace, token: str, now: datetime) -> None:
        """Keep the token of a workspace, in place of an earlier one."""
        with writing(self._engine) as connection:
            known = connection.scalar(_ID, {"workspace": workspace.id})
            row_id = known or new_id()
            values = {"sealed": self._sealer.seal(token, row_id), "installed_at": now, "ended_at": None, "reason": ""}
            if known:
                connection.execute(_AGAIN, {"workspace": workspace.id, **values})
            else:
                ids = {"id": row_id, "organization_id": workspace.organization_id, "workspace_id": workspace.id}
                connection.execute(_NEW, {**ids, **values})

    def token(self, platform: str, external_id: str) -> str | None:
        """Return the token of a workspace, by the platform's own id; None where there is none, or no longer."""
        statement = _IN_USE.where(workspaces.c.external_id == external_id)
        with reading(self._engine) as connection:
            row = connection.execute(statement, {"platform": platform}).one_or_none()
        return None if row is None else self._sealer.open(row.sealed, row.id)

    def workspaces(self, platform: str) -> Sequence[str]:
        """Return the workspaces that there are tokens for, by the platform's own ids."""
        with reading(self._engine) as connection:
            return [row.external_id for row in connection.execute(_IN_USE, {"platform": platform})]

    def ended(self, platform: str) -> dict[str, str]:
        """Return the workspaces in which the bot may do nothing any more, each with the platform's reason."""
        with reading(self._engine) as connection:
            return {row.external_id: row.reason for row in connection.execute(_ENDED, {"platform": platform})}

    def end(self, workspace: Workspace, reason: str, now: datetime) -> None:
        """Delete the token of a workspace, and note when and why."""
        values = {"sealed": None, "ended_at": now, "reason": reason}
        with writing(self._engine) as connection:
            connection.execute(_AGAIN, {"workspace": workspace.id, **values})
