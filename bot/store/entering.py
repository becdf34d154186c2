"""What a matching round is told of a company: read in one snapshot, by few statements, while others write."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.mentorship import Role
from bot.domain.program import Program
from bot.matching.criteria import ENOUGH_ROUNDS
from bot.matching.order import Order
from bot.matching.people import Member
from bot.rounds.entering import Past, enter
from bot.rounds.round import Round, RoundStatus
from bot.store.blocks import SqlBlocks
from bot.store.engine import reading
from bot.store.outbox import SqlOutbox
from bot.store.profiles import SqlProfiles
from bot.store.rounds import SqlRounds
from bot.store.sealing import Sealer
from bot.store.seats import BUSY, TAKEN
from bot.store.skills import SqlSkills
from bot.store.tables import mentorships, participants, people, round_left_out, round_pairs, rounds

_here = sa.bindparam("organization_id", type_=sa.Text)
_program_id = sa.bindparam("program_id", type_=sa.Text)
_part, _other = participants.c, participants.alias("other").c

_WITHOUT_ACCOUNT = sa.select(people.c.id).where(people.c.organization_id == _here, people.c.account_id.is_(None))
_TAKEN = TAKEN.where(mentorships.c.organization_id == _here)
_TO_BE_INVITED = (
    sa.select(round_pairs.c.mentor_id, round_pairs.c.seeker_id, rounds.c.program_id)
    .join_from(round_pairs, rounds, rounds.c.id == round_pairs.c.round_id)
    .where(
        *(rounds.c.organization_id == _here, rounds.c.status == RoundStatus.INVITING),
        *(round_pairs.c.mentorship_id.is_(None), sa.not_(round_pairs.c.dropped)),
    )
)
"""Pairs of a round that is being invited just now: as good as asked."""

_EARLIER = (
    sa.select(_part.person_id, _other.person_id)
    .where(
        *(_part.organization_id == _here, _other.mentorship_id == _part.mentorship_id),
        _other.person_id != _part.person_id,
        sa.or_(_part.role != Role.MENTEE, _other.role != Role.MENTEE),
    )
    .distinct()
)
"""Who was paired with whom; mentees of one group were not."""

APPROVED = (RoundStatus.INVITING, RoundStatus.INVITED, RoundStatus.DONE)
"""Rounds in these states count when somebody is given priority for having been left out."""

_LAST = (
    sa.select(rounds.c.id)
    .where(
        *(rounds.c.organization_id == _here, rounds.c.program_id == _program_id),
        rounds.c.status.in_(APPROVED),
    )
    .order_by(rounds.c.started_at.desc(), rounds.c.id.desc())
    .limit(ENOUGH_ROUNDS)
)
_LEFT_OUT = sa.select(round_left_out.c.person_id).where(round_left_out.c.round_id == sa.bindparam("round_id"))


@contextmanager
def entered(engine: sa.Engine, sealer: Sealer, of: Round) -> Iterator[tuple[Order, Iterator[Member]]]:
    """Yield what a round is asked to do and everybody in it, to be read once and within the block.

    It holds a snapshot and no lock.
    """
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with Session(connection) as session:
            profiles = SqlProfiles(session, connection, sealer)
            program = session.get_one(Program, of.program_id)
            yield enter(
                of,
                program,
                lambda: profiles.everyone(of.organization_id),
                _past(connection, session, sealer, of),
                SqlRounds(session).words(of.id),
                SqlSkills(connection, sealer).all(of.organization_id),
            )


def _past(connection: sa.Connection, session: Session, sealer: Sealer, of: Round) -> Past:
    keys = {"organization_id": of.organization_id, "program_id": of.program_id}
    taken = Counter({row[0]: row[1] for row in connection.execute(_TAKEN, keys)})
    busy = set(connection.scalars(BUSY, keys))
    for mentor_id, seeker_id, program_id in connection.execute(_TO_BE_INVITED, keys):
        taken[mentor_id] += 1
        if program_id == of.program_id:
            busy.add(seeker_id)
    unreachable = set(connection.scalars(_WITHOUT_ACCOUNT, keys))
    unreachable.update(SqlOutbox(connection, sealer).unreachable(of.organization_id))
    earlier: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in connection.execute(_EARLIER, keys):
        earlier[one].add(other)
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for pair in SqlBlocks(connection).all(of.organization_id):
        for one in pair:
            apart[one] |= pair - {one}
    return Past(
        taken=taken,
        busy=busy,
        unreachable=unreachable,
        earlier=earlier,
        left_out=_left_out(connection, keys),
        apart=apart,
        seeking=SqlRounds(session).freed(of.fills) if of.fills else None,
    )


def _left_out(connection: sa.Connection, keys: Mapping[str, str]) -> Mapping[str, int]:
    """Count for everybody the last approved rounds in a row that had nobody for them."""
    counts: Counter[str] = Counter()
    for number, round_id in enumerate(connection.scalars(_LAST, keys).all()):
        for person_id in connection.scalars(_LEFT_OUT, {"round_id": round_id}):
            if counts[person_id] == number:
                counts[person_id] = number + 1
    return counts
