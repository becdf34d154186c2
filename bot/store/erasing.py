"""Erasing a person: all that leads to them goes, and the dates of their meetings stay under nobody's name.

So a partner's history and a programme's counts hold. What others wrote is theirs and stays.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import FORMER, Person, PersonStatus
from bot.store.pointers import IDS, let_go, pointers
from bot.store.queues.inbox import conversation
from bot.store.sealing import Sealer
from bot.store.skills import FORGET_UNUSED
from bot.store.tables import (
    abilities,
    accounts,
    actions,
    answers,
    audit,
    blocks,
    enrolments,
    erased,
    forgotten,
    goals,
    inbox,
    looks,
    meetings,
    mentorships,
    not_with,
    notes,
    participants,
    partings,
    people,
    profiles,
    programs,
    round_left_out,
    round_pairs,
    round_words,
    rounds,
    snoozes,
    ties,
    touchpoints,
    words,
    workspaces,
)
from bot.store.upserts import insert_new

GO = (
    *(words.c.author_id, notes.c.author_id, actions.c.owner_id, goals.c.owner_id, answers.c.person_id),
    *(touchpoints.c.person_id, snoozes.c.person_id, looks.c.person_id, profiles.c.person_id, accounts.c.person_id),
    *(abilities.c.person_id, not_with.c.person_id, not_with.c.other_id),
    *(enrolments.c.person_id, ties.c.known_id, ties.c.new_id),
    *(round_left_out.c.person_id, partings.c.person_id),
    *(round_words.c.mentor_id, round_words.c.seeker_id, blocks.c.one_id, blocks.c.other_id),
)
"""What points to a person and is deleted with them."""

STAY = (
    *(participants.c.person_id, meetings.c.lead_id, meetings.c.proposed_by),
    *(mentorships.c.drafted_by, audit.c.actor_id, rounds.c.started_by),
    *(round_pairs.c.mentor_id, round_pairs.c.seeker_id),
)
"""What points to a person and stays: who met whom and when, who was proposed to whom, so that the other is looked
after in the next round, and grave deeds; all by ids, under nobody's name."""

_me = sa.bindparam("whom", type_=sa.Text)
_written = (notes.c.author_id, actions.c.owner_id, goals.c.owner_id)

_ORGANIZATION = sa.select(people.c.organization_id).where(people.c.id == _me)
_WORDS = sa.union(
    sa.select(words.c.id).where(words.c.author_id == _me),
    *(
        sa.select(pointer).where(whose == _me, pointer.is_not(None))
        for pointer in pointers(words.c.id)
        for whose in _written
        if whose.table is pointer.table
    ),
)
"""All words that somebody wrote, and all that were written down as theirs, by whomever."""

_ACCOUNTS = (
    sa.select(accounts.c.id, workspaces.c.platform, workspaces.c.external_id, accounts.c.external_id.label("user"))
    .join_from(accounts, workspaces, workspaces.c.id == accounts.c.workspace_id)
    .where(accounts.c.person_id == _me)
)

_FORGET_WORDS = (*map(let_go, pointers(words.c.id)), sa.delete(words).where(words.c.id.in_(IDS)))
_FORGET_EVENTS = sa.delete(inbox).where(inbox.c.conversation.in_(IDS))
_FORGET_ROWS = tuple(sa.delete(pointer.table).where(pointer == _me) for pointer in GO if pointer.table is not words)
_FORGET_ACCOUNTS = tuple(map(let_go, pointers(accounts.c.id)))

_here = sa.bindparam("where", type_=sa.Text)
_named = sa.func.lower(sa.bindparam("named", type_=sa.Text))
_NAMED_ELSEWHERE = (
    sa.update(profiles)
    .where(profiles.c.organization_id == _here, sa.func.lower(profiles.c.manager_email) == _named)
    .values(manager_email=""),
    sa.update(programs)
    .where(programs.c.organization_id == _here, sa.func.lower(programs.c.trusted_contact) == _named)
    .values(trusted_contact=""),
)
"""Columns of other rows that may hold somebody's name or e-mail address."""

_PROPOSED = (
    sa.update(round_pairs)
    .where(sa.or_(round_pairs.c.mentor_id == _me, round_pairs.c.seeker_id == _me))
    .values(score=0, reasons=(), alternatives=())
)
_PROPOSED_INSTEAD = sa.select(round_pairs.c.id, round_pairs.c.alternatives).where(
    round_pairs.c.alternatives.cast(sa.Text).contains(_me)
)
_INSTEAD = sa.update(round_pairs).where(round_pairs.c.id == sa.bindparam("pair"))
"""Why somebody fitted whom in a round, and for whom they would have been another choice."""

_nobody = Person("", "", FORMER, status=PersonStatus.LEFT)
_ANONYMISE = (
    sa.update(people)
    .where(people.c.id == _me)
    .values({c: getattr(_nobody, c.name) for c in people.c if c.name not in ("id", "organization_id")})
)
_REMEMBER = insert_new(erased)
_MARK = insert_new(forgotten)
_MARKED = sa.select(sa.exists().where(forgotten.c.mark.in_(IDS)))


def forget_words(connection: sa.Connection, person_id: str) -> None:
    """Delete all that somebody wrote, with the rows that say what it was written for."""
    written = list(connection.scalars(_WORDS, {"whom": person_id}))
    for statement in _FORGET_WORDS if written else ():
        connection.execute(statement, {"ids": written})


def forget_person(
    connection: sa.Connection, sealer: Sealer, person_id: str, names: Collection[str], now: datetime
) -> None:
    """Delete everything else that leads to somebody; `names` are the name and the e-mail address that they had.

    Of their accounts marks stay that nobody can read back. Mentorships stay as they are: who is erased has left them
    before. Doing it twice changes nothing more.
    """
    keys = {"whom": person_id}
    reached = connection.execute(_ACCOUNTS, keys).all()
    if reached:
        events = [conversation(row.platform, row.external_id, row.user) for row in reached]
        connection.execute(_FORGET_EVENTS, {"ids": events})
        for event in events:
            connection.execute(_MARK[connection.dialect.name], {"mark": sealer.marks(event)[0]})
        for statement in _FORGET_ACCOUNTS:
            connection.execute(statement, {"ids": [row.id for row in reached]})
    for statement in (*_FORGET_ROWS, _PROPOSED, _ANONYMISE):
        connection.execute(statement, keys)
    for pair_id, others in connection.execute(_PROPOSED_INSTEAD, keys).all():
        left = tuple(other for other in others if other.mentor != person_id)
        connection.execute(_INSTEAD.values(alternatives=left), {"pair": pair_id})
    organization_id = connection.scalar(_ORGANIZATION, keys)
    for statement in FORGET_UNUSED:
        connection.execute(statement, {"organization_id": organization_id})
    for name in filter(None, names):
        for statement in _NAMED_ELSEWHERE:
            connection.execute(statement, {"where": organization_id, "named": name})
    note = {"person_id": person_id, "organization_id": organization_id, "at": now}
    connection.execute(_REMEMBER[connection.dialect.name], note)


def was_forgotten(connection: sa.Connection, sealer: Sealer, platform: str, workspace: str, user: str) -> bool:
    """Tell whether an account, by its names on the platform, was one of somebody whose data were erased."""
    marks = sealer.marks(conversation(platform, workspace, user))
    return bool(connection.scalar(_MARKED, {"ids": list(marks)}))
