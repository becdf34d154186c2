"""The domain's own dataclasses, mapped to the tables; there is no second set of models.

Nothing is loaded by itself: the mapping holds columns only, and the repositories bring rows together by queries.
"""

from sqlalchemy.orm import registry

from bot.domain.meeting import Answer, Meeting
from bot.domain.mentorship import Mentorship, Participant
from bot.domain.own import Enrolment, Tie
from bot.domain.parting import Parting
from bot.domain.people import Account, Organization, Person, Workspace
from bot.domain.profile import Profile
from bot.domain.program import Program
from bot.domain.records import ActionItem, AuditEntry, Goal, Note
from bot.rounds.round import ProposedPair, Round
from bot.store import tables

_mapper = registry(metadata=tables.metadata)
_mapper.map_imperatively(Organization, tables.organizations)
_mapper.map_imperatively(Workspace, tables.workspaces)
_mapper.map_imperatively(Person, tables.people)
_mapper.map_imperatively(Account, tables.accounts)
_mapper.map_imperatively(Profile, tables.profiles)
_mapper.map_imperatively(Enrolment, tables.enrolments)
_mapper.map_imperatively(Tie, tables.ties)
_mapper.map_imperatively(Program, tables.programs)
_mapper.map_imperatively(Mentorship, tables.mentorships)
_mapper.map_imperatively(
    Participant,
    tables.participants,
    primary_key=[tables.participants.c.mentorship_id, tables.participants.c.person_id],
    exclude_properties={"seq"},
)
_mapper.map_imperatively(Meeting, tables.meetings)
_mapper.map_imperatively(Answer, tables.answers)
_mapper.map_imperatively(Parting, tables.partings)
_mapper.map_imperatively(Round, tables.rounds, exclude_properties={"attempts", "token", "leased_until"})
_mapper.map_imperatively(ProposedPair, tables.round_pairs)
_mapper.map_imperatively(Note, tables.notes)
_mapper.map_imperatively(ActionItem, tables.actions)
_mapper.map_imperatively(Goal, tables.goals)
_mapper.map_imperatively(AuditEntry, tables.audit)
