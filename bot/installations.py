"""Where the app of a platform is installed: begun by whoever runs a workspace, ended by them too."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.engine.newcomers import workspace_of
from bot.ports import Clock
from bot.store import Sealer, SqlStore
from bot.store.sealing import Unsealable
from bot.store.tokens import Tokens
from scheduler.threads import Threads

INSTALL_WITHIN = timedelta(minutes=10)
"""How long somebody may take from our page to the platform's consent and back."""

PURPOSE = "installation"
"""What the state of an installation is sealed for, in place of a row's id."""


class Installations:
    """The installations of one platform's app, by the platform's own ids of workspaces."""

    def __init__(
        self, platform: str, database: sa.Engine, sealer: Sealer, store: SqlStore, clock: Clock, threads: Threads
    ) -> None:
        self._platform = platform
        self._tokens = Tokens(database, sealer)
        self._sealer = sealer
        self._store = store
        self._clock = clock
        self._threads = threads

    async def keep(self, workspace: str, name: str, token: str, within: str = "") -> None:
        """Keep the token of a workspace; a new one belongs to the company of the workspace `within`, if named."""
        await self._threads.run(self._keep, workspace, name, token, within)

    async def token(self, workspace: str) -> str | None:
        """Return the token of a workspace; None where the app is not installed, or no longer."""
        return await self._threads.run(self._tokens.token, self._platform, workspace)

    async def workspaces(self) -> Sequence[str]:
        """Return the workspaces in which the app is installed."""
        return await self._threads.run(self._tokens.workspaces, self._platform)

    async def ended(self) -> dict[str, str]:
        """Return the workspaces from which the app was removed, each with the platform's reason."""
        return await self._threads.run(self._tokens.ended, self._platform)

    async def end(self, workspace: str, reason: str, *, token_lives: bool = False) -> None:
        """Delete the token of a workspace, and unless it lives on, where other workspaces share it, theirs too."""
        await self._threads.run(self._end, workspace, reason, token_lives)

    def new_state(self) -> str:
        """Return what shows, when it comes back, that an installation began here a short while ago."""
        until = self._clock.now() + INSTALL_WITHIN
        sealed = self._sealer.seal(f"{until.timestamp():.0f} {new_id()}", PURPOSE)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def is_state(self, state: str) -> bool:
        """Tell whether this is a state of ours that has not expired."""
        try:
            sealed = base64.b64decode(state + "=" * (-len(state) % 4), altchars=b"-_", validate=True)
            until = float(self._sealer.open(sealed, PURPOSE).split()[0])
        except (ValueError, Unsealable):
            return False
        return self._clock.now() < datetime.fromtimestamp(until, UTC)

    def _keep(self, external_id: str, name: str, token: str, within: str) -> None:
        with self._store.unit() as unit:
            company = unit.people.workspace(self._platform, within) if within else None
            workspace = workspace_of(unit, self._platform, external_id, name, company)
            unit.commit()
        self._tokens.keep(workspace, token, self._clock.now())

    def _end(self, external_id: str, reason: str, token_lives: bool) -> None:
        now = self._clock.now()
        ids = [external_id] if token_lives else self._sharing(external_id)
        with self._store.unit() as unit:
            found = [unit.people.workspace(self._platform, one) for one in ids]
        for workspace in filter(None, found):
            self._tokens.end(workspace, reason, now)

    def _sharing(self, external_id: str) -> list[str]:
        tokens = {one: self._tokens.token(self._platform, one) for one in self._tokens.workspaces(self._platform)}
        token = tokens.get(external_id)
        return [one for one, its in tokens.items() if token and its == token]
