"""The programmes of a company, and their settings."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import next_id
from bot.domain.program import Program
from bot.store.tables import programs

_ALL = (
    sa.select(Program)
    .where(programs.c.organization_id == sa.bindparam("organization_id"))
    .order_by(programs.c.created_at, programs.c.id)
)

USUAL_NAME = "Mentoring"
"""What a company's first programme is called until somebody renames it."""


class SqlPrograms:
    """`bot.ports.Programs` by queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, organization_id: str) -> Sequence[Program]:
        """Return the programmes of a company, the oldest first."""
        return self._session.scalars(_ALL, {"organization_id": organization_id}).all()

    def main(self, organization_id: str, now: datetime) -> Program:
        """Return the oldest programme of a company; one with the usual settings is made where there is none."""
        known = self.all(organization_id)
        if known:
            return known[0]
        program = Program(next_id(), organization_id, USUAL_NAME, now)
        self.add(program)
        return program

    def add(self, program: Program) -> None:
        """Save a new programme."""
        self._session.add(program)
