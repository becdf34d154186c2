"""Erasing a person: all that leads to them goes, and the dates of their meetings stay under nobody's name.

So a partner's history and a programme's counts hold. What others wrote is theirs and stays.
"""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import FORMER, Person, PersonStatus
from bot.store.queues.inbox import conversation
from bot.store.tables import (
    accounts,
    actions,
    answers,
    audit,
    deliveries,
    drafts,
    erased,
    goals,
    inbox,
    looks,
    meetings,
    mentorships,
    notes,
    participants,
    people,
    profiles,
    programs,
    snoozes,
    touchpoints,
    words,
    workspaces,
)
from bot.store.upserts import insert_new

Pointers = tuple[sa.Column[str], ...]

GO = (
    *(notes.c.author_id, actions.c.owner_id, goals.c.owner_id, answers.c.person_id),
    *(touchpoints.c.person_id, snoozes.c.person_id, looks.c.person_id, profiles.c.person_id),
)
"""What points to a person and is deleted with them. `words` and `accounts` go too, once nothing points to them."""

STAY = (
    *(participants.c.person_id, meetings.c.lead_id, meetings.c.proposed_by),
    *(mentorships.c.drafted_by, audit.c.actor_id),
)
"""What points to a person and stays: who met whom and when, and grave deeds, all by ids, under nobody's name."""

_me = sa.bindparam("person_id", type_=sa.Text)
_ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)

_PERSON = sa.select(people.c.organization_id, people.c.name, people.c.email).where(people.c.id == _me)
_WORDS = sa.union(
    sa.select(words.c.id).where(words.c.author_id == _me),
    sa.select(notes.c.words_id).where(notes.c.author_id == _me),
    sa.select(actions.c.words_id).where(actions.c.owner_id == _me),
    sa.select(actions.c.outcome_id).where(actions.c.owner_id == _me, actions.c.outcome_id.is_not(None)),
    sa.select(goals.c.words_id).where(goals.c.owner_id == _me),
)
_FORGET_WORDS = (
    sa.delete(notes).where(notes.c.words_id.in_(_ids)),
    sa.delete(actions).where(actions.c.words_id.in_(_ids)),
    sa.update(actions).where(actions.c.outcome_id.in_(_ids)).values(outcome_id=None),
    sa.delete(goals).where(goals.c.words_id.in_(_ids)),
)
_DELETE_WORDS = sa.delete(words).where(words.c.id.in_(_ids))

_ACCOUNTS = (
    sa.select(accounts.c.id, workspaces.c.platform, workspaces.c.external_id, accounts.c.external_id.label("user"))
    .join_from(accounts, workspaces, workspaces.c.id == accounts.c.workspace_id)
    .where(accounts.c.person_id == _me)
)
_DELETE_ACCOUNTS = (
    sa.delete(drafts).where(drafts.c.account_id.in_(_ids)),
    sa.delete(deliveries).where(deliveries.c.account_id.in_(_ids)),
    sa.delete(accounts).where(accounts.c.id.in_(_ids)),
)
_DELETE_EVENTS = sa.delete(inbox).where(inbox.c.conversation.in_(_ids))

_others = participants.alias("others")
_goes_on = sa.exists().where(
    mentorships.c.id == meetings.c.mentorship_id,
    mentorships.c.status != "ended",
    meetings.c.settled_at.is_(None),
)
_CLEAR_PLACES = (
    sa.update(meetings)
    .where(
        meetings.c.mentorship_id.in_(sa.select(participants.c.mentorship_id).where(participants.c.person_id == _me)),
        sa.not_(_goes_on),
    )
    .values(place="")
)
_here = sa.bindparam("organization_id", type_=sa.Text)
_CLEAR_MANAGER = (
    sa.update(profiles)
    .where(
        profiles.c.organization_id == _here,
        profiles.c.manager_email != "",
        sa.func.lower(profiles.c.manager_email) == sa.func.lower(sa.bindparam("email", type_=sa.Text)),
    )
    .values(manager_email="")
)
_NAMELESS = Person("", "", FORMER, status=PersonStatus.LEFT)
_ANONYMISE = (
    sa.update(people)
    .where(people.c.id == _me)
    .values({c: getattr(_NAMELESS, c.name) for c in people.c if c.name not in ("id", "organization_id", "left_at")})
)
_NOTE = insert_new(erased)
