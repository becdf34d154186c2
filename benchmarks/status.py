"""`status` over a company of a thousand pairs: the first page, one further on, the pairs of one, and the digest."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from benchmarks.company import START, Company, open_company
from benchmarks.figures import Figure, median_ms, p99_ms
from bot.domain.ids import new_id
from bot.domain.meeting import Answer, Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Consent, Format, Mentorship, Participant, Role, Status
from bot.domain.people import Person
from bot.domain.records import Said, Touch
from bot.messages import Card, Event, Pressed, Typed

MET = 7
"""Meetings that each pair has had, every two weeks."""

SLIPS = 4
"""One pair in so many has missed its last meeting and has no new date."""


async def measure(folder: Path, pairs: int = 1_000, rounds: int = 21) -> list[Figure]:
    """Ask as an admin, `rounds` times each."""
    with open_company(folder) as company:
        mentors, mentees = company.hire(pairs), company.hire(pairs)
        admin = company.hire(1, admin=True)[0]
        _live(company, mentors, mentees)
        events: dict[str, Callable[[], Event]] = {
            "first": lambda: _typed(company, admin, "status"),
            "page": lambda: _pressed(company, admin, str(pairs // SLIPS // 20 + 1)),
            "person": lambda: _typed(company, admin, f"status {mentees[0].name}"),
        }
        figures = []
        for name, event in events.items():
            seconds = [await _answered(company, event()) for _ in range(rounds)]
            compared = f"p99 {p99_ms(seconds):,.0f} ms, over {pairs:,} pairs"
            figures.append(Figure(f"status.{name}", median_ms(seconds), "ms", compared))
        return [*figures, await _digest(company, admin, pairs)]


async def _answered(company: Company, event: Event) -> float:
    began = perf_counter()
    answer = await company.handle(event)
    took = perf_counter() - began
    if not isinstance(answer.show, Card) or "Slipping" not in answer.show.sections[-1].text:
        raise AssertionError("no pair was shown")
    return took


async def _digest(company: Company, admin: Person, pairs: int) -> Figure:
    company.clock.moment = START + timedelta(weeks=1)
    began = perf_counter()
    said = await company.app.tick()
    took = perf_counter() - began
    if said != 1:
        raise AssertionError("no digest was said")
    return Figure("status.digest", took * 1000, "ms", f"a look, queueing and sending included, over {pairs:,} pairs")


def _typed(company: Company, admin: Person, text: str) -> Event:
    return Typed((uuid4().hex,), company.sender(admin.id), text, slash=True)


def _pressed(company: Company, admin: Person, page: str) -> Event:
    return Pressed((uuid4().hex,), company.sender(admin.id), "status.page", "", value=page)


def _live(company: Company, mentors: list[Person], mentees: list[Person]) -> None:
    """Give every pair half its life, with what was said and answered in it."""
    with company.app.store.unit() as unit:
        for number, (mentor, mentee) in enumerate(zip(mentors, mentees, strict=True)):
            began = START - timedelta(weeks=2 * MET)
            mentorship = Mentorship(
                new_id(), company.organization.id, Format.ONE_ON_ONE, Status.ACTIVE, began, began, mentee.zone,
                (START + timedelta(weeks=24)).date(), started_at=began, status_at=began,
            )  # fmt: skip
            mentorship.anchor_at(began)
            unit.mentorships.add(mentorship)
            for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
                unit.mentorships.add(
                    Participant(mentorship.id, person.id, person.organization_id, role, Consent.ACCEPTED, began)
                )
            meetings = _meetings(mentorship, mentee, slips=number % SLIPS == 0)
            unit.mentorships.add(*meetings)
            for meeting in meetings:
                if meeting.state is State.HELD:
                    unit.mentorships.add(Answer(meeting.id, mentee.id, mentee.organization_id, 0, True, began))
            unit.touches.add(company.organization.id, mentorship.id, _said(meetings, mentor, mentee))
        unit.commit()


def _meetings(mentorship: Mentorship, mentee: Person, *, slips: bool) -> list[Meeting]:
    """Return the meetings until now, the last of them missed if the pair `slips`, and else one to come."""
    meetings = []
    for number in range(MET if slips else MET + 1):
        starts_at = START - timedelta(weeks=2 * (MET - number)) + timedelta(hours=1)
        meeting = Meeting(
            new_id(), mentorship.organization_id, mentorship.id, MeetingKind.CHECK_IN, number, mentee.id, starts_at,
            State.CONFIRMED, starts_at=starts_at, timed_at=starts_at,
        )  # fmt: skip
        if number < MET:
            meeting.move(Move.MISS if slips and number == MET - 1 else Move.HOLD, starts_at + timedelta(hours=1))
        meetings.append(meeting)
    return meetings


def _said(meetings: list[Meeting], mentor: Person, mentee: Person) -> dict[Touch, Said]:
    kinds = (("agenda", mentee), ("brief", mentor), ("did_you_meet", mentee), ("reflection", mentee))
    return {
        Touch(meeting.id, person.id, kind, ""): Said(meeting.created_at, "", dropped="budget")
        for meeting in meetings
        for kind, person in kinds
    }
