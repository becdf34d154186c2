"""Everything that is stored on one person, read for that person alone.

`PARTS` says where it stands. What every table holds of a person is in one of them, or the table is `LEFT_OUT` for a
reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.mentorship import Consent, Format, Role
from bot.ports import Belongings
from bot.store.codec import draft_from_json
from bot.store.queues.inbox import conversation
from bot.store.readable import may_read
from bot.store.sealing import Sealer
from bot.store.tables import (
    abilities,
    accounts,
    actions,
    answers,
    audit,
    deliveries,
    drafts,
    enrolments,
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
    round_left_out,
    round_pairs,
    rounds,
    skills,
    snoozes,
    ties,
    touchpoints,
    words,
    workspaces,
)

LEFT_OUT: Mapping[str, str] = {
    "blocks": "it holds whom those who run mentoring keep apart, which may protect one of the two from the other",
    "erased": "it holds ids that lead to nobody any more",
    "forgotten": "it holds marks of accounts that were erased, which nobody can read back",
    "installations": "it holds where the app is installed, and its keys",
    "meta": "it is about the database itself",
    "organizations": "it is about the company",
    "places": "it holds from where people were brought in, by no person",
    "programs": "it holds the settings of a programme",
    "round_words": "it holds what those who run a programme tried out before anybody was asked",
    "seen": "it holds the ids of events for two weeks, by no person",
    "skills_apart": "it holds which skills of a company are not the same, by no person",
    "teams": "it holds where the app may look for people, by no person",
}
"""Tables of which nothing is a person's own, each with the reason."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows about one subject: the query that finds them by `:person_id`, and the tables that they come from."""

    name: str
    tables: tuple[sa.Table, ...]
    rows: sa.Select[*tuple[Any, ...]]


_WORDS_IN = ("words_id", "outcome_id", "place_id", "goal_id")
"""Columns in whose place the words are told to which they point."""

_me = sa.bindparam("person_id", type_=sa.Text)
_my_accounts = sa.select(accounts.c.id).where(accounts.c.person_id == _me)
_my_mentorships = sa.select(participants.c.mentorship_id).where(participants.c.person_id == _me)
_readable = sa.and_(sa.or_(words.c.mentorship_id.is_(None), words.c.mentorship_id.in_(_my_mentorships)), may_read())


def _all_of(table: sa.Table, *but: str) -> list[sa.Column[Any]]:
    """Return the columns of a table but some; whose rows they are goes without saying."""
    return [column for column in table.c if column.name not in ("organization_id", "person_id", "seq", *but)]


def _written(table: sa.Table, author: sa.Column[str]) -> sa.Select[*tuple[Any, ...]]:
    """Return what this person wrote, or others for this person to read, with who wrote it."""
    return (
        sa.select(people.c.name.label("by"), words.c.visibility, *_all_of(table, "id", author.name))
        .join_from(table, words, words.c.id == table.c.words_id)
        .join(people, people.c.id == author)
        .where(_readable)
    )


PARTS = (
    Part("person", (people,), sa.select(*_all_of(people, "account_id")).where(people.c.id == _me)),
    Part(
        "accounts",
        (accounts, workspaces),
        sa.select(
            workspaces.c.name.label("workspace"),
            workspaces.c.external_id.label("workspace_id"),
            accounts.c.external_id.label("account_id"),
            *_all_of(accounts, "id", "workspace_id", "external_id"),
        )
        .join_from(accounts, workspaces, workspaces.c.id == accounts.c.workspace_id)
        .where(accounts.c.person_id == _me),
    ),
    Part("profile", (profiles,), sa.select(*_all_of(profiles)).where(profiles.c.person_id == _me)),
    Part(
        "abilities",
        (abilities, skills),
        sa.select(skills.c.id, skills.c.name.label("skill"), skills.c.sealed, *_all_of(abilities, "skill_id", "rank"))
        .join_from(abilities, skills, skills.c.id == abilities.c.skill_id)
        .where(abilities.c.person_id == _me)
        .order_by(abilities.c.side, abilities.c.rank),
    ),
    Part(
        "not_with",
        (not_with,),
        sa.select(people.c.name.label("not_with"))
        .join_from(not_with, people, people.c.id == not_with.c.other_id)
        .where(not_with.c.person_id == _me)
        .order_by(people.c.name),
    ),
    Part(
        "mentorships",
        (mentorships, participants),
        sa.select(
            mentorships.c.id.label("mentorship_id"),
            *_all_of(participants, "mentorship_id"),
            *_all_of(mentorships, "id", "version", "program_id", "end_reason", "drafted_by", "decides_at"),
        )
        .join_from(participants, mentorships, participants.c.mentorship_id == mentorships.c.id)
        .where(participants.c.person_id == _me)
        .order_by(mentorships.c.proposed_at),
    ),
    Part(
        "rounds",
        (rounds, round_pairs),
        sa.select(rounds.c.started_at, round_pairs.c.score)
        .join_from(round_pairs, rounds, rounds.c.id == round_pairs.c.round_id)
        .where(sa.or_(round_pairs.c.mentor_id == _me, round_pairs.c.seeker_id == _me))
        .order_by(rounds.c.started_at, round_pairs.c.score),
    ),
    Part(
        "left_out",
        (round_left_out,),
        sa.select(rounds.c.started_at, round_left_out.c.why)
        .join_from(round_left_out, rounds, rounds.c.id == round_left_out.c.round_id)
        .where(round_left_out.c.person_id == _me)
        .order_by(rounds.c.started_at),
    ),
    Part(
        "meetings",
        (meetings,),
        sa.select(
            meetings.c.id.label("meeting_id"),
            *_all_of(meetings, "id", "lead_id", "proposed_by"),
            (meetings.c.lead_id == _me).label("led_by_you"),
        )
        .join_from(participants, meetings, participants.c.mentorship_id == meetings.c.mentorship_id)
        .where(
            participants.c.person_id == _me,
            sa.or_(participants.c.left_at.is_(None), meetings.c.created_at < participants.c.left_at),
        )
        .order_by(meetings.c.mentorship_id, meetings.c.created_at),
    ),
    Part(
        "answers",
        (answers,),
        sa.select(*_all_of(answers), meetings.c.starts_at, meetings.c.mentorship_id)
        .join_from(answers, meetings, meetings.c.id == answers.c.meeting_id)
        .where(answers.c.person_id == _me)
        .order_by(answers.c.answered_at),
    ),
    Part("notes", (notes, words), _written(notes, notes.c.author_id).order_by(notes.c.written_at)),
    Part("actions", (actions, words), _written(actions, actions.c.owner_id).order_by(actions.c.created_at)),
    Part("goals", (goals, words), _written(goals, goals.c.owner_id).order_by(goals.c.created_at)),
    Part(
        "drafts",
        (drafts,),
        sa.select(drafts.c.form, drafts.c.touched_at, drafts.c.id, drafts.c.sealed).where(
            drafts.c.account_id.in_(_my_accounts)
        ),
    ),
    Part(
        "said",
        (touchpoints,),
        sa.select(*_all_of(touchpoints, "delivery_id"))
        .where(touchpoints.c.person_id == _me)
        .order_by(touchpoints.c.said_at),
    ),
    Part(
        "partings",
        (partings,),
        sa.select(partings.c.misfit, partings.c.said_at)
        .where(partings.c.person_id == _me)
        .order_by(partings.c.said_at),
    ),
    Part("enrolment", (enrolments,), sa.select(*_all_of(enrolments)).where(enrolments.c.person_id == _me)),
    Part(
        "ties",
        (ties,),
        sa.select(
            ties.c.opened_at,
            sa.case((ties.c.known_id == _me, ties.c.known_yes_at), else_=ties.c.new_yes_at).label("yes_at"),
            ties.c.ended_at,
        )
        .where(sa.or_(ties.c.known_id == _me, ties.c.new_id == _me))
        .order_by(ties.c.opened_at),
    ),
    Part("put_off", (snoozes,), sa.select(*_all_of(snoozes)).where(snoozes.c.person_id == _me)),
    Part("next_look", (looks,), sa.select(looks.c.look_at).where(looks.c.person_id == _me)),
    Part(
        "messages",
        (deliveries,),
        sa.select(
            *(deliveries.c.due_at, deliveries.c.valid_until, deliveries.c.state, deliveries.c.attempts),
            *(deliveries.c.reason, deliveries.c.finished_at, deliveries.c.external_id.label("message_id")),
        )
        .where(deliveries.c.account_id.in_(_my_accounts))
        .order_by(deliveries.c.seq),
    ),
    Part(
        "events",
        (inbox,),
        sa.select(inbox.c.received_at, inbox.c.attempts, inbox.c.reason, inbox.c.given_up_at)
        .where(inbox.c.conversation.in_(sa.bindparam("conversations", expanding=True)))
        .order_by(inbox.c.seq),
    ),
    Part(
        "audit",
        (audit,),
        sa.select(audit.c.at, audit.c.action, audit.c.subject_id)
        .where(audit.c.actor_id == _me)
        .order_by(audit.c.at, audit.c.id),
    ),
)

_WORDS = sa.select(words.c.id, words.c.sealed, words.c.author_id, words.c.question, words.c.visibility).where(
    _readable
)
_CONVERSATIONS = (
    sa.select(workspaces.c.platform, workspaces.c.external_id, accounts.c.external_id)
    .join_from(accounts, workspaces, workspaces.c.id == accounts.c.workspace_id)
    .where(accounts.c.person_id == _me)
)
_PARTNERS = (
    sa.select(participants.c.mentorship_id, people.c.name)
    .join_from(participants, people, people.c.id == participants.c.person_id)
    .join(mentorships, mentorships.c.id == participants.c.mentorship_id)
    .where(
        participants.c.mentorship_id.in_(_my_mentorships),
        participants.c.person_id != _me,
        sa.or_(
            mentorships.c.format != Format.GROUP,
            participants.c.role == Role.MENTOR,
            sa.and_(mentorships.c.started_at.is_not(None), participants.c.consent == Consent.ACCEPTED),
        ),
    )
    .order_by(participants.c.seq)
)
"""Who was asked into a group and did not come is nobody's to know."""


def belongings(connection: sa.Connection, sealer: Sealer, person_id: str) -> Belongings:
    """Return everything that is stored on a person and that this person may read, by the names of `PARTS`.

    Rows about a mentorship say with whom it is. Words to which no row points come last, as 'words'.
    """
    keys: dict[str, object] = {"person_id": person_id, "reader_id": person_id}
    keys["conversations"] = [conversation(*names) for names in connection.execute(_CONVERSATIONS, keys)]
    partners: dict[str, tuple[str, ...]] = {}
    for mentorship_id, name in connection.execute(_PARTNERS, keys):
        partners[mentorship_id] = (*partners.get(mentorship_id, ()), name)
    written = connection.execute(_WORDS, keys).all()
    texts = {row.id: sealer.open(row.sealed, row.id) for row in written}
    found: dict[str, list[dict[str, object]]] = {}
    pointed_to: set[object] = set()
    for part in PARTS:
        rows = connection.execute(part.rows, keys).mappings().all()
        pointed_to |= {row[name] for row in rows for name in _WORDS_IN if name in row}
        found[part.name] = [_told(row, texts, partners, sealer) for row in rows]
    found["words"] = [
        {"question": row.question, "visibility": row.visibility, "words": texts[row.id]}
        for row in written
        if row.author_id == person_id and row.id not in pointed_to
    ]
    return found


def _told(
    row: sa.RowMapping, texts: Mapping[str, str], partners: Mapping[str, tuple[str, ...]], sealer: Sealer
) -> dict[str, object]:
    told: dict[str, object] = dict(row)
    for name in _WORDS_IN:
        if name in told:
            told[name.removesuffix("_id")] = texts.get(row[name], "")
            del told[name]
    if "skill" in told:
        told["skill"] = told["skill"] or sealer.open(row["sealed"], row["id"])
        del told["sealed"], told["id"]
    if "sealed" in told:
        told["values"], choice, kept, quoted = draft_from_json(sealer.open(row["sealed"], row["id"]))
        told["kept"] = tuple(one.values for one in kept)
        told["quoted"] = quoted.words if quoted else ""
        told["offered"] = tuple(button.label for button in choice.buttons) if choice else ()
        del told["sealed"], told["id"]
    return {"with": partners.get(row["mentorship_id"], ()), **told} if "mentorship_id" in row else told
