"""Who enters a round, and as what: from profiles, mentorships and earlier rounds to an order and its members.

People are read twice, a few at a time, so that a company of fifty thousand never lies in memory as a whole: once for
who takes which role, once for what the solver is sent.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain import program as terms
from bot.domain.mentorship import Format, Role
from bot.domain.profile import Ability, Entrant
from bot.domain.proposing import MOST_MENTEES
from bot.domain.skills import SkillList
from bot.matching.order import Order, Program, Tie
from bot.matching.people import Member, Want
from bot.rounds.aims import skills_in
from bot.rounds.hours import is_part_time, mask
from bot.rounds.round import Round, Word

WEIGHT = 60
"""How much the first wish weighs; the second half of it, the third a third, and so on."""

_GRADE = re.compile(r"[^\W\d]{0,3}[ -]?(\d{1,2})")
_WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Past:
    """What a company's rounds and mentorships say of its people, by their ids.

    `taken` are the seats that mentors have given, in proposals too, `busy` those who already have what the round
    would find for them, `unreachable` those whom nothing can be said. `earlier` are the partners of each, of whatever
    mentorship. `left_out` counts the last approved rounds in a row that had nobody for somebody. `apart` are those
    whom nothing may bring together. `seeking` are the only ones who seek in a fill-up round, None in any other one.
    """

    taken: Mapping[str, int] = field(default_factory=dict)
    busy: Collection[str] = frozenset()
    unreachable: Collection[str] = frozenset()
    earlier: Mapping[str, Collection[str]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    apart: Mapping[str, Collection[str]] = field(default_factory=dict)
    seeking: Collection[str] | None = None


Words = Sequence[tuple[Word, str, str]]
"""What was said of two people in a round, as (word, mentor, mentee)."""


def enter(
    of: Round,
    program: terms.Program,
    people: Callable[[], Iterable[Entrant]],
    past: Past,
    words: Words,
    skills: SkillList,
) -> tuple[Order, Iterator[Member]]:
    """Return what a round is asked to do, and everybody who is in it, to be read once.

    `people` reads all people of the company in the order of their ids, anew each time that it is called.
    """
    mentors: list[str] = []
    seekers: list[str] = []
    above = Hierarchy()
    for one in people():
        above.add(one)
        if may_guide(one, of.format, past):
            mentors.append(one.person_id)
        if may_seek(one, of.format, past):
            seekers.append(one.person_id)
    ours = Program(
        id=program.id,
        format=of.format,
        mentors=tuple(mentors),
        seekers=tuple(seekers),
        weights=of.weights,
        seats=MOST_MENTEES if of.format is Format.GROUP else None,
        hours_each=hours_each(program, of.format),
    )
    entered = frozenset((*mentors, *seekers))
    order = Order(
        programs=(ours,),
        seed=of.seed,
        pins=_ties(program.id, words, Word.PIN, entered),
        forbidden=_ties(program.id, words, Word.FORBID, entered),
    )
    crowd = Crowd(of.organization_id, past, _monday(of), ours.hours_each, above, skills.ids_by_key(), _pinned(words))
    return order, (crowd.member(one) for one in people() if one.person_id in entered)


def may_guide(one: Entrant, form: Format, past: Past) -> bool:
    """Tell whether somebody enters a round as a mentor: willing, reachable, and with a seat left; peers have none."""
    if form is Format.PEER or not _may_enter(one, form, past) or Role.MENTOR not in one.roles:
        return False
    return one.capacity > past.taken.get(one.person_id, 0)


def may_seek(one: Entrant, form: Format, past: Past) -> bool:
    """Tell whether somebody seeks in a round; who has found already what it would find does not."""
    if not _may_enter(one, form, past) or one.person_id in past.busy:
        return False
    if past.seeking is not None and one.person_id not in past.seeking:
        return False
    return form is Format.PEER or Role.MENTEE in one.roles


def _may_enter(one: Entrant, form: Format, past: Past) -> bool:
    """Who has named no format takes any but peers, which somebody has to have chosen."""
    chosen = form in one.formats if one.formats else form is not Format.PEER
    return chosen and not one.paused and one.person_id not in past.unreachable


def hours_each(program: terms.Program, form: Format) -> int:
    """Return how many hours a month one more mentee takes, at least one; in a group, whose hours are shared, none."""
    if form in (Format.GROUP, Format.PEER):
        return 0
    return max(int(program.minutes * _WEEKS_A_MONTH / program.every_weeks / 60), 1)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is needed to see people of one company as matching does.

    `monday` begins a typical week, `hours_each` is what one more mentee takes in a month, `skills` are ids by keys.
    `pinned` are those with whom somebody is to be together, by the word of whoever runs the programme. Whom somebody
    would rather not be matched with does not keep these apart in a round: a pin that is never kept would tell it to
    whoever set it. Such two are dropped when it comes to inviting, like any others between whom something has come.
    """

    organization_id: str
    past: Past
    monday: date
    hours_each: int
    above: "Hierarchy"
    skills: Mapping[str, str]
    pinned: Mapping[str, Collection[str]] = field(default_factory=dict)

    def member(self, one: Entrant) -> Member:
        """Return somebody as matching sees them.

        Hours a month count for those who have said them; whom the roster alone knows has seats.
        """
        past, taken = self.past, self.past.taken.get(one.person_id, 0)
        return Member(
            id=one.person_id,
            organization_id=self.organization_id,
            offers=tuple((ability.skill_id, ability.level or 0) for ability in _once(one.offers)),
            wants=tuple(
                Want(ability.skill_id, ability.level or 0, max(WEIGHT // place, 1))
                for place, ability in enumerate(_once(one.wants), start=1)
            ),
            goals=skills_in(one.goal, self.skills) if one.goal else frozenset(),
            languages=frozenset(one.languages),
            team=one.team,
            site=one.working_time.country,
            rank=rank(one.grade),
            chain=self.above.chain(one.person_id),
            capacity=max(one.capacity - taken, 0),
            hours_a_month=max(one.hours_a_month - taken * self.hours_each, 0) if one.joined_at else None,
            hours=mask(one.working_time, self.monday),
            not_with=one.not_with.difference(self.pinned.get(one.person_id, ())),
            conflicts=frozenset(past.apart.get(one.person_id, ())),
            earlier=frozenset(past.earlier.get(one.person_id, ())),
            left_out=past.left_out.get(one.person_id, 0),
            part_time=is_part_time(one.working_time, self.monday),
        )


def rank(grade: str) -> int:
    """Return the number in a level such as 'L5', 'IC 3' or '5'; 0 where there is no such thing."""
    found = _GRADE.fullmatch(grade.strip())
    return int(found[1]) if found else 0


class Hierarchy:
    """Who is above whom in a company, by the e-mail addresses of managers."""

    def __init__(self) -> None:
        self._by_address: dict[str, str] = {}
        self._manager: dict[str, str] = {}

    def add(self, one: Entrant) -> None:
        """Take note of somebody."""
        if one.email:
            self._by_address[one.email.casefold()] = one.person_id
        if one.manager_email:
            self._manager[one.person_id] = one.manager_email.casefold()

    def chain(self, person_id: str) -> tuple[str, ...]:
        """Return everybody above somebody, their own manager first; a circle is gone round once."""
        found: dict[str, None] = {}
        boss = self._above(person_id)
        while boss and boss != person_id and boss not in found:
            found[boss] = None
            boss = self._above(boss)
        return tuple(found)

    def _above(self, person_id: str) -> str | None:
        return self._by_address.get(self._manager.get(person_id, ""))


def _ties(program_id: str, words: Words, which: Word, entered: Collection[str]) -> tuple[Tie, ...]:
    return tuple(
        Tie(program_id, mentor, seeker)
        for word, mentor, seeker in sorted(words)
        if word is which and mentor in entered and seeker in entered
    )


def _pinned(words: Words) -> Mapping[str, Collection[str]]:
    found: dict[str, set[str]] = {}
    for word, mentor, seeker in words:
        if word is Word.PIN:
            found.setdefault(mentor, set()).add(seeker)
            found.setdefault(seeker, set()).add(mentor)
    return found


def _monday(of: Round) -> date:
    """Return the Monday after a round was started, whose clocks are those of the mentorships to come."""
    day = of.started_at.date()
    return day + timedelta(days=7 - day.weekday())


def _once(abilities: Iterable[Ability]) -> Iterable[Ability]:
    """Return each skill once, at its best place."""
    found: dict[str, Ability] = {}
    for ability in abilities:
        found.setdefault(ability.skill_id, ability)
    return found.values()
