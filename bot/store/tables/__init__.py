"""The tables, by subject. What must always hold is a constraint here, not a hope elsewhere.

`organization_id` stands in every table that holds something of a company, and foreign keys take it along, so that
rows of two companies cannot be tied to each other.
"""

from bot.store.tables.base import metadata
from bot.store.tables.delivery import deliveries, inbox, looks, seen, snoozes, touchpoints
from bot.store.tables.mentorships import answers, meetings, mentorships, participants, programs
from bot.store.tables.own import enrolments, places, ties
from bot.store.tables.partings import partings
from bot.store.tables.people import (
    accounts,
    audit,
    erased,
    forgotten,
    installations,
    meta,
    organizations,
    people,
    profiles,
    teams,
    workspaces,
)
from bot.store.tables.rounds import blocks, round_left_out, round_pairs, round_words, rounds
from bot.store.tables.skills import abilities, not_with, skills, skills_apart
from bot.store.tables.words import actions, drafts, goals, notes, words

__all__ = [
    "abilities",
    "accounts",
    "actions",
    "answers",
    "audit",
    "blocks",
    "deliveries",
    "drafts",
    "enrolments",
    "erased",
    "forgotten",
    "goals",
    "inbox",
    "installations",
    "looks",
    "meetings",
    "mentorships",
    "meta",
    "metadata",
    "not_with",
    "notes",
    "organizations",
    "participants",
    "partings",
    "people",
    "places",
    "profiles",
    "programs",
    "round_left_out",
    "round_pairs",
    "round_words",
    "rounds",
    "seen",
    "skills",
    "skills_apart",
    "snoozes",
    "teams",
    "ties",
    "touchpoints",
    "words",
    "workspaces",
]
