"""Matching rounds that are at work: claimed by one process at a time, and run from the beginning where it dies.

What a round finds is saved a little at a time, so that nobody waits for the database, and is seen by nobody before
all of it is there.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import new_id
from bot.domain.mentorship import Status
from bot.matching.order import Order
from bot.matching.outcome import LeftOut, Outcome, Part, Progress, Proposal, Reason
from bot.matching.people import Member
from bot.rounds.round import Round, RoundStatus, RoundStep
from bot.store.engine import reading, turnstile, writing
from bot.store.entering import entered
from bot.store.queues.lease import LEASE_END, is_free
from bot.store.sealing import Sealer
from bot.store.tables import mentorships, round_left_out, round_pairs, rounds

_row = rounds.c
_WAITING = (
    sa.select(Round, _row.attempts)
    .where(_row.status == RoundStatus.RUNNING, is_free(_row.leased_until))
    .order_by(_row.started_at, _row.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    sa.update(rounds)
    .where(_row.id == sa.bindparam("round_id"))
    .values(token=sa.bindparam("claim"), attempts=_row.attempts + 1, leased_until=LEASE_END, stage=None, done=0, of=0)
)
_mine = sa.and_(
    *(_row.id == sa.bindparam("round_id"), _row.token == sa.bindparam("claim"), _row.status == RoundStatus.RUNNING)
)
_MINE = sa.select(Round).where(_mine).with_for_update()
_BEAT = sa.update(rounds).where(_mine).values(leased_until=LEASE_END)
_AGAIN = sa.update(rounds).where(_mine).values(leased_until=LEASE_END, token=None)
_FREE = sa.update(rounds).where(_row.id == sa.bindparam("round_id")).values(leased_until=None, token=None)
_FORGET = tuple(
    sa.delete(table).where(table.c.round_id == sa.bindparam("round_id")) for table in (round_pairs, round_left_out)
)
_KEEP = sa.insert(round_pairs)
_LEAVE_OUT = sa.insert(round_left_out)
_IN_STATUS = (
    sa.select(_row.organization_id, _row.id)
    .where(_row.status == sa.bindparam("status", type_=_row.status.type))
    .order_by(_row.started_at, _row.id)
)
_still_open = sa.exists().where(
    *(round_pairs.c.round_id == _row.id, mentorships.c.id == round_pairs.c.mentorship_id),
    mentorships.c.status == Status.PROPOSED,
)
_DECIDED = (
    sa.select(_row.organization_id, _row.id)
    .where(_row.status == RoundStatus.INVITED, ~_still_open)
    .order_by(_row.started_at, _row.id)
)

_UNTOLD = (
    sa.select(_row.organization_id, _row.id)
    .where(_row.status.in_((RoundStatus.READY, RoundStatus.FAILED, RoundStatus.DONE)), _row.told < _row.version)
    .order_by(_row.status_at, _row.id)
)


@dataclass(frozen=True, slots=True)
class Run:
    """A round that is this process's to run until the lease ends; `attempts` counts this one too."""

    round: Round
    token: str
    attempts: int


class Runs:
    """The queue of rounds. What is said with a token that is no longer the round's changes nothing, and is False."""

    def __init__(self, engine: sa.Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def claim(self, lease: timedelta) -> Run | None:
        """Claim the round that has waited longest, and forget what an attempt that died had found of it."""
        token = new_id()
        with turnstile(self._engine), Session(self._engine, expire_on_commit=False) as session:
            found = session.execute(_WAITING).one_or_none()
            if found is None:
                return None
            of, attempts = found
            keys = {"round_id": of.id, "claim": token, "lease": lease.total_seconds()}
            for statement in (_CLAIM, *_FORGET):
                session.connection().execute(statement, keys)
            session.commit()
        return Run(of, token, attempts + 1)

    def entered(self, run: Run) -> AbstractContextManager[tuple[Order, Iterator[Member]]]:
        """Open what the round is asked to do and who is in it, to be read once and within the block."""
        return entered(self._engine, self._sealer, run.round)

    def beat(self, run: Run, progress: Progress | None, lease: timedelta) -> bool:
        """Save how far a round is, and keep it for another lease; False where it is not this process's any more."""
        values = {"stage": progress.stage, "done": progress.done, "of": progress.of} if progress else {}
        keys = {"round_id": run.round.id, "claim": run.token, "lease": lease.total_seconds()}
        with writing(self._engine) as connection:
            return connection.execute(_BEAT.values(values), keys).rowcount == 1

    def keep(self, run: Run, proposals: Sequence[Proposal], place: int) -> bool:
        """Save some of the pairs that were found, the first of them at a place of the list."""
        rows = [_kept(run.round, one, place + number) for number, one in enumerate(proposals)]
        return self._save(run, _KEEP, rows)

    def leave_out(self, run: Run, people: Sequence[LeftOut]) -> bool:
        """Save some of those for whom nobody was found."""
        keys = {"organization_id": run.round.organization_id, "round_id": run.round.id}
        return self._save(run, _LEAVE_OUT, [{**keys, "person_id": one.seeker, "why": one.why} for one in people])

    def found(self, run: Run, outcome: Outcome, now: datetime) -> bool:
        """Let a round be seen of which everything was saved."""
        return self._end(run, RoundStep.FIND, now, outcome)

    def failed(self, run: Run, reason: str, now: datetime) -> bool:
        """Give a round up, for a short code as the reason."""
        return self._end(run, RoundStep.FAIL, now, reason=reason)

    def again(self, run: Run, again_in: timedelta) -> bool:
        """Let a round be tried again after a while of real time."""
        keys = {"round_id": run.round.id, "claim": run.token, "lease": again_in.total_seconds()}
        with writing(self._engine) as connection:
            return connection.execute(_AGAIN, keys).rowcount == 1

    def inviting(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the rounds whose people are being invited, the oldest first."""
        with reading(self._engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(_IN_STATUS, {"status": RoundStatus.INVITING})]

    def decided(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the invited rounds of which no proposal is open any more."""
        with reading(self._engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(_DECIDED)]

    def untold(self) -> Sequence[tuple[str, str]]:
        """Return (organization id, round id) of the rounds of whose end nobody was told yet."""
        with reading(self._engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(_UNTOLD)]

    def _save(self, run: Run, statement: sa.Insert, rows: Sequence[dict[str, object]]) -> bool:
        keys = {"round_id": run.round.id, "claim": run.token}
        with writing(self._engine) as connection:
            mine = connection.execute(_MINE, keys).first() is not None
            if mine and rows:
                connection.execute(statement, rows)
        return mine

    def _end(
        self, run: Run, step: RoundStep, now: datetime, outcome: Outcome | None = None, reason: str = ""
    ) -> bool:
        keys = {"round_id": run.round.id, "claim": run.token}
        with turnstile(self._engine), Session(self._engine) as session:
            mine = session.scalar(_MINE, keys)
            if mine is None:
                return False
            mine.step(step, now)
            mine.report, mine.reason = outcome.report if outcome else None, reason
            session.flush()
            for statement in (_FREE, *(() if outcome else _FORGET)):
                session.connection().execute(statement, keys)
            session.commit()
        return True


def _kept(of: Round, one: Proposal, place: int) -> dict[str, object]:
    alternatives = (replace(other, reasons=_told(other.reasons)) for other in one.alternatives)
    return {
        "id": new_id(),
        "organization_id": of.organization_id,
        "round_id": of.id,
        "place": place,
        "mentor_id": one.mentor,
        "seeker_id": one.seeker,
        "score": one.score,
        "reasons": _told(one.reasons),
        "alternatives": tuple(alternatives),
        "pinned": one.pinned,
        "dropped": False,
        "mentorship_id": None,
    }


def _told(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return reasons without what somebody's own words of their goals name, which only matching compares."""
    return tuple(replace(one, subject="") if one.part is Part.GOALS else one for one in reasons)
