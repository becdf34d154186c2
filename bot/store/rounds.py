"""Matching rounds by queries: what they propose is read a page at a time, and never while they run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.mentorship import Consent, Format, Role, Status
from bot.matching.outcome import Alternative, Why
from bot.rounds.round import ProposedPair, Round, RoundStatus, RoundStep, Unmatched, Word
from bot.store.seats import BUSY, LEFT, SEATS
from bot.store.tables import mentorships, participants, people, round_left_out, round_pairs, round_words, rounds

_SHOWN = 20

_pair, _out, _word = round_pairs.c, round_left_out.c, round_words.c
_here = sa.bindparam("organization_id", type_=sa.Text)
_round_id = sa.bindparam("round", type_=sa.Text)
_one, _other = sa.bindparam("one", type_=sa.Text), sa.bindparam("other", type_=sa.Text)
_seen = sa.exists().where(rounds.c.id == _round_id, rounds.c.status != RoundStatus.RUNNING)

_ROUND = (
    sa.select(Round).where(rounds.c.organization_id == _here, rounds.c.id == sa.bindparam("id")).with_for_update()
)
_OF_PROGRAM = (
    sa.select(Round)
    .where(
        rounds.c.organization_id == _here,
        rounds.c.program_id == sa.bindparam("program_id"),
        rounds.c.status != RoundStatus.DISCARDED,
    )
    .order_by(rounds.c.started_at.desc(), rounds.c.id.desc())
    .limit(_SHOWN)
)
_COUNT = sa.select(sa.func.count()).select_from(round_pairs).where(_pair.round_id == _round_id, _seen)
_mentor, _seeker = people.alias("mentor"), people.alias("seeker")
_by_name = (sa.func.lower(_mentor.c.name), _pair.mentor_id, sa.func.lower(_seeker.c.name), _pair.id)
_named = round_pairs.join(_mentor, _mentor.c.id == _pair.mentor_id).join(_seeker, _seeker.c.id == _pair.seeker_id)
_PAIRS = (
    sa.select(ProposedPair)
    .select_from(_named)
    .where(_pair.round_id == _round_id, _seen)
    .order_by(*_by_name)
    .offset(sa.bindparam("first"))
    .limit(sa.bindparam("count"))
)
_numbered = (
    sa.select(_pair.id, (sa.func.row_number().over(order_by=_by_name) - 1).label("number"))
    .select_from(_named)
    .where(_pair.round_id == _round_id)
    .subquery()
)
_NUMBER = sa.select(_numbered.c.number).where(_numbered.c.id == sa.bindparam("id"))
_ASKED = (
    sa.select(ProposedPair)
    .where(
        _pair.organization_id == _here,
        _pair.mentorship_id == sa.bindparam("mentorship_id"),
        _one.in_((_pair.mentor_id, _pair.seeker_id)),
    )
    .order_by(_pair.place)
    .limit(1)
)
_ROUND_OF_PAIR = sa.select(_pair.round_id).where(_pair.organization_id == _here, _pair.id == sa.bindparam("id"))
_PAIR = sa.select(ProposedPair).where(_pair.organization_id == _here, _pair.id == sa.bindparam("id"))
_OF_PEOPLE = (
    sa.select(ProposedPair)
    .where(
        *(_pair.round_id == _round_id, _seen, _one.in_((_pair.mentor_id, _pair.seeker_id))),
        sa.or_(_other == "", _other.in_((_pair.mentor_id, _pair.seeker_id))),
    )
    .order_by(_pair.place, _pair.id)
)
_theirs = round_pairs.alias()
_DIFFERING = (
    sa.select(sa.func.count())
    .select_from(round_pairs)
    .where(
        _pair.round_id == _round_id,
        ~sa.exists().where(
            _theirs.c.round_id == _other,
            _theirs.c.mentor_id == _pair.mentor_id,
            _theirs.c.seeker_id == _pair.seeker_id,
        ),
    )
)
_UNMATCHED = (
    sa.select(_out.person_id, _out.why).where(_out.round_id == _round_id, _seen).order_by(_out.why, _out.person_id)
)
_UNTOLD = (
    sa.select(_out.person_id, _out.why)
    .where(_out.round_id == _round_id, sa.not_(_out.told))
    .order_by(_out.person_id)
    .limit(sa.bindparam("count"))
)
_TELL = (
    sa.update(round_left_out)
    .where(_out.round_id == _round_id, _out.person_id.in_(sa.bindparam("ids", expanding=True)))
    .values(told=True)
)
_WORDS = sa.select(_word.word, _word.mentor_id, _word.seeker_id).where(_word.round_id == _round_id)
_UNSAY = sa.delete(round_words).where(_word.round_id == _round_id, _word.mentor_id == _one, _word.seeker_id == _other)
_SAY = sa.insert(round_words)
_MENTIONING = (
    sa.select(ProposedPair)
    .where(_pair.round_id == _round_id, _pair.alternatives.cast(sa.Text).contains(_one))
    .order_by(_pair.place)
)
_NOBODY_FOR = sa.insert(round_left_out)
_SOMEBODY_FOR = sa.delete(round_left_out).where(_out.round_id == _round_id, _out.person_id == _one)
_FORGET = tuple(sa.delete(table).where(table.c.round_id == _round_id) for table in (round_pairs, round_left_out))

_TO_INVITE = (
    sa.select(ProposedPair)
    .where(_pair.round_id == _round_id, _pair.mentorship_id.is_(None), sa.not_(_pair.dropped))
    .order_by(_pair.mentor_id, _pair.place, _pair.id)
    .limit(sa.bindparam("count"))
)

_BUSY = BUSY.where(participants.c.person_id.in_(sa.bindparam("ids", expanding=True)))

_partner = participants.alias()
_TOGETHER = (
    sa.select(participants.c.person_id, _partner.c.person_id)
    .join_from(participants, mentorships, mentorships.c.id == participants.c.mentorship_id)
    .join(_partner, _partner.c.mentorship_id == participants.c.mentorship_id)
    .where(
        *(mentorships.c.status != Status.ENDED, participants.c.person_id < _partner.c.person_id),
        *(participants.c.left_at.is_(None), _partner.c.left_at.is_(None)),
        sa.or_(participants.c.role != Role.MENTEE, _partner.c.role != Role.MENTEE),
        participants.c.person_id.in_(sa.bindparam("ids", expanding=True)),
        _partner.c.person_id.in_(sa.bindparam("ids", expanding=True)),
    )
)

_began = sa.and_(mentorships.c.started_at.is_not(None), participants.c.consent == Consent.ACCEPTED)
_outcome = sa.case(
    (_pair.dropped, "not"),
    (mentorships.c.id.is_(None), "open"),
    (mentorships.c.status == Status.PROPOSED, "open"),
    (_began, "began"),
    else_="not",
)
_invited = round_pairs.outerjoin(mentorships, mentorships.c.id == _pair.mentorship_id).outerjoin(
    participants,
    sa.and_(participants.c.mentorship_id == _pair.mentorship_id, participants.c.person_id == _pair.seeker_id),
)
_DECIDED = (
    sa.select(_outcome, sa.func.count()).select_from(_invited).where(_pair.round_id == _round_id).group_by(_outcome)
)
_NOT_BEGUN = (
    sa.select(_pair.mentor_id, _pair.seeker_id)
    .select_from(_invited)
    .where(_pair.round_id == _round_id, _outcome == "not")
)


class SqlRounds:
    """`bot.ports.Rounds` over one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, new: Round) -> None:
        """Save a new round; a what-if takes over what was said in the round beside it."""
        self._session.add(new)
        self._session.flush()
        for word, mentor_id, seeker_id in self.words(new.beside) if new.beside else ():
            self.say(new, word, mentor_id, seeker_id)

    def get(self, organization_id: str, round_id: str) -> Round | None:
        """Load and lock one round of a company."""
        keys = {"organization_id": organization_id, "id": round_id}
        return self._session.scalar(_ROUND, keys, execution_options={"populate_existing": True})

    def of_program(self, organization_id: str, program_id: str) -> Sequence[Round]:
        """Return the rounds of a programme that were not discarded, the newest first, without locks; 20 at most."""
        keys = {"organization_id": organization_id, "program_id": program_id}
        return self._session.scalars(_OF_PROGRAM, keys).all()

    def count(self, round_id: str) -> int:
        """Return how many pairs a round proposes; while it runs, none are there to be seen."""
        return self._session.scalar(_COUNT, {"round": round_id}) or 0

    def pairs(self, round_id: str, first: int, count: int) -> Sequence[ProposedPair]:
        """Return some of the pairs that a round proposes, from the number `first` on, by the mentors' names."""
        return self._session.scalars(_PAIRS, {"round": round_id, "first": first, "count": count}).all()

    def number(self, pair: ProposedPair) -> int:
        """Return which one a pair is among all of its round, from 0."""
        return self._session.scalar(_NUMBER, {"round": pair.round_id, "id": pair.id}) or 0

    def asked(self, organization_id: str, mentorship_id: str, person_id: str) -> ProposedPair | None:
        """Return the first pair of somebody who was invited to a mentorship by a round."""
        keys = {"organization_id": organization_id, "mentorship_id": mentorship_id, "one": person_id}
        return self._session.scalar(_ASKED, keys)

    def pair(self, organization_id: str, pair_id: str) -> ProposedPair | None:
        """Return one proposed pair of a company, as it stands while its round is locked."""
        keys = {"organization_id": organization_id, "id": pair_id}
        if (round_id := self._session.scalar(_ROUND_OF_PAIR, keys)) is None:
            return None
        self.get(organization_id, round_id)
        return self._session.scalar(_PAIR, keys, execution_options={"populate_existing": True})

    def of_people(self, round_id: str, one_id: str, other_id: str = "") -> Sequence[ProposedPair]:
        """Return the pairs in which somebody is, or in which two people are together."""
        return self._session.scalars(_OF_PEOPLE, {"round": round_id, "one": one_id, "other": other_id}).all()

    def differing(self, round_id: str, other_id: str) -> int:
        """Return how many pairs of a round are not in another one."""
        return self._session.scalar(_DIFFERING, {"round": round_id, "other": other_id}) or 0

    def unmatched(self, round_id: str) -> Sequence[Unmatched]:
        """Return for whom a round has nobody, by the reason."""
        return [Unmatched(*row) for row in self._session.execute(_UNMATCHED, {"round": round_id})]

    def to_tell(self, round_id: str, count: int) -> Sequence[Unmatched]:
        """Return some of those for whom a round has nobody and who were not told yet; they count as told."""
        found = [Unmatched(*row) for row in self._session.execute(_UNTOLD, {"round": round_id, "count": count})]
        if found:
            self._session.execute(_TELL, {"round": round_id, "ids": [one.person_id for one in found]})
        return found

    def words(self, round_id: str) -> Sequence[tuple[Word, str, str]]:
        """Return what was said of two people in a round, as (word, mentor, mentee), in no certain order."""
        return [(row[0], row[1], row[2]) for row in self._session.execute(_WORDS, {"round": round_id})]

    def say(self, of: Round, word: Word | None, mentor_id: str, seeker_id: str) -> None:
        """Note that two people are to be together or apart, in place of what was said; None takes that back."""
        first, second = _in_order(of, mentor_id, seeker_id)
        self._session.execute(_UNSAY, {"round": of.id, "one": first, "other": second})
        if word:
            keys = {"round_id": of.id, "organization_id": of.organization_id}
            self._session.execute(_SAY, {**keys, "mentor_id": first, "seeker_id": second, "word": word})

    def take(self, pair: ProposedPair, mentor_id: str) -> bool:
        """Give the seeker of a pair one of the alternatives with a free seat; tell whether it is so."""
        of = self.get(pair.organization_id, pair.round_id)
        taken = next((one for one in pair.alternatives if one.mentor == mentor_id and one.free), None)
        if of is None or taken is None or not self._has_seat(of, mentor_id):
            return False
        self.say(of, None, pair.mentor_id, pair.seeker_id)
        left = Alternative(pair.mentor_id, pair.score, pair.reasons, free=True)
        others = [left if one is taken else one for one in pair.alternatives]
        pair.mentor_id, pair.score, pair.reasons = taken.mentor, taken.score, taken.reasons
        pair.alternatives, pair.pinned = tuple(others), False
        self._session.flush()
        if of.format is Format.PEER:
            self._swap_left_out(of, taken.mentor, left.mentor)
        self._mark(of, left.mentor, free=True)
        self._mark(of, taken.mentor, free=self._has_seat(of, taken.mentor))
        return True

    def decided(self, round_id: str) -> tuple[int, int, int]:
        """Return how many pairs have not heard yet, how many began, and how many did not come about."""
        counts = {row[0]: row[1] for row in self._session.execute(_DECIDED, {"round": round_id})}
        return counts.get("open", 0), counts.get("began", 0), counts.get("not", 0)

    def freed(self, round_id: str) -> Collection[str]:
        """Return who was left out by a round, or whose pair did not come about; mentors are not among them."""
        form = self._session.scalar(sa.select(rounds.c.format).where(rounds.c.id == _round_id), {"round": round_id})
        rows = self._session.execute(_NOT_BEGUN, {"round": round_id}).all()
        freed = {person_id for row in rows for person_id in (row if form is Format.PEER else row[1:])}
        return freed | {one.person_id for one in self.unmatched(round_id)}

    def leave_out(self, of: Round, person_ids: Collection[str]) -> None:
        """Note that a round has nobody for some people after all."""
        for person_id in sorted(person_ids):
            self._note_left_out(of, person_id)

    def to_invite(self, round_id: str, count: int) -> Sequence[ProposedPair]:
        """Return some pairs who were not invited yet, `count` at most: those of one mentor together, all of them."""
        found = self._session.scalars(_TO_INVITE, {"round": round_id, "count": count}).all()
        if len(found) < count or found[0].mentor_id == found[-1].mentor_id:
            return found
        return [pair for pair in found if pair.mentor_id != found[-1].mentor_id]

    def busy(self, program_id: str, person_ids: Collection[str]) -> Collection[str]:
        """Return which of some people are guided in an open mentorship of a programme, or were asked."""
        return set(self._session.scalars(_BUSY, {"program_id": program_id, "ids": list(person_ids)}))

    def together(self, person_ids: Collection[str]) -> Collection[frozenset[str]]:
        """Return who of some people are in an open mentorship with each other, or were asked, two by two."""
        return {frozenset(row) for row in self._session.execute(_TOGETHER, {"ids": list(person_ids)})}

    def seats(self, mentor_ids: Collection[str]) -> Mapping[str, int]:
        """Return how many more mentees some people can take, over all programmes."""
        return {row[0]: row[1] for row in self._session.execute(LEFT, {"ids": list(mentor_ids)})}

    def run_again(self, of: Round, now: datetime) -> None:
        """Let a round find its pairs anew, with what was said of its people; what it had proposed is forgotten."""
        of.step(RoundStep.RUN_AGAIN, now)
        of.stage, of.done, of.of, of.report = None, 0, 0, None
        self._session.flush()
        for statement in _FORGET:
            self._session.execute(statement, {"round": of.id})
        self._session.execute(sa.update(rounds).where(rounds.c.id == of.id).values(attempts=0))

    def _has_seat(self, of: Round, person_id: str) -> bool:
        """Tell whether somebody can take one more in a round; a peer has one seat."""
        if of.format is Format.PEER:
            return not self.of_people(of.id, person_id)
        keys = {"round": of.id, "person_id": person_id}
        return (self._session.scalar(SEATS, keys) or 0) > 0

    def _swap_left_out(self, of: Round, found_id: str, left_id: str) -> None:
        self._session.execute(_SOMEBODY_FOR, {"round": of.id, "one": found_id})
        self._note_left_out(of, left_id)

    def _note_left_out(self, of: Round, person_id: str) -> None:
        row = {"round_id": of.id, "organization_id": of.organization_id, "person_id": person_id, "why": Why.NO_SEAT}
        self._session.execute(_NOBODY_FOR, row)

    def _mark(self, of: Round, mentor_id: str, *, free: bool) -> None:
        """Note in all alternatives of a round whether somebody has a seat left."""
        rows = self._session.scalars(_MENTIONING, {"round": of.id, "one": mentor_id}).all()
        for row in rows:
            row.alternatives = tuple(
                replace(one, free=free) if one.mentor == mentor_id else one for one in row.alternatives
            )
        self._session.flush()


def _in_order(of: Round, mentor_id: str, seeker_id: str) -> tuple[str, str]:
    """Return two people as a round knows them; among peers it does not matter who is called the mentor."""
    if of.format is Format.PEER:
        return min(mentor_id, seeker_id), max(mentor_id, seeker_id)
    return mentor_id, seeker_id
