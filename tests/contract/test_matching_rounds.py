"""A matching round from profiles to mentorships, in either database, solved in a process of its own."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import psutil
import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status, Step
from bot.domain.people import Person, PersonStatus
from bot.domain.program import Program
from bot.domain.proposing import proposed
from bot.matching.order import Order
from bot.matching.people import Member
from bot.ports import UnitOfWork
from bot.rounds.round import RoundStatus, RoundStep, Word
from bot.store import Sealer, SqlStore
from bot.store.queues import Run, Runs
from bot.store.tables import mentorships, participants
from scheduler import rounds as running
from scheduler.rounds import RoundRunner
from scheduler.solving import Lost
from tests.contract.company import DAY, NOW
from tests.contract.seekers import ORG, Seekers
from tests.world import Chat, Dial

FRIDAY = NOW + 4 * DAY

GIVE_UP_AFTER = 20
"""Seconds after which a process that should be gone is said to live."""


@pytest.fixture
def company(store: SqlStore) -> Seekers:
    return Seekers.founded(store, 3, 7)


@pytest.fixture
def app(company: Seekers, database: sa.Engine, sealer: Sealer) -> App:
    clock = Dial(NOW)
    return App(database, sealer, clock, {"playground": Chat(clock)})


def turn_to(app: App, moment: datetime) -> None:
    assert isinstance(app.clock, Dial)
    app.clock.move_to(moment)


def person(unit: UnitOfWork, person_id: str) -> Person:
    found = unit.people.get(ORG, person_id)
    assert found
    return found


def seated(database: sa.Engine) -> dict[str, set[tuple[str, Role]]]:
    """Return who is in which mentorship."""
    found: dict[str, set[tuple[str, Role]]] = {}
    with database.connect() as connection:
        of = participants.c
        for mentorship_id, person_id, role in connection.execute(sa.select(of.mentorship_id, of.person_id, of.role)):
            found.setdefault(mentorship_id, set()).add((person_id, role))
    return found


async def test_a_round_is_found_approved_invited_and_over(company: Seekers, app: App, database: sa.Engine) -> None:
    company.begin()
    await app.run_rounds()
    of = company.round()
    assert (of.status, of.told) == (RoundStatus.READY, of.version)
    assert of.report
    assert (of.report.seekers, of.report.matched) == (7, 6)
    assert len(company.pairs()) == 6
    with company.store.unit() as unit:
        assert len(unit.rounds.unmatched("round")) == 1
    await app.run_rounds()
    assert seated(database) == {}, "nobody is asked before it is approved"

    company.step(RoundStep.APPROVE)
    await app.run_rounds()
    assert company.round().status is RoundStatus.INVITED
    pairs = company.pairs()
    assert seated(database) == {
        pair.mentorship_id: {(pair.mentor_id, Role.MENTOR), (pair.seeker_id, Role.MENTEE)} for pair in pairs
    }
    with database.connect() as connection:
        rows = set(connection.execute(sa.select(mentorships.c.status, mentorships.c.decides_at)))
    assert rows == {(Status.PROPOSED, FRIDAY)}, "all hear on the same day"
    turn_to(app, NOW + timedelta(hours=1))
    await app.tick()
    assert isinstance(chat := app.messengers["playground"], Chat)
    assert set(chat.rooms) >= {one for pair in pairs for one in (pair.mentor_id, pair.seeker_id)}
    await app.run_rounds()
    assert company.round().status is RoundStatus.INVITED, "somebody has still to answer"

    with database.begin() as connection:
        some = [pair.mentorship_id for pair in pairs[:4]]
        said = sa.update(participants).where(participants.c.mentorship_id.in_(some))
        connection.execute(said.values(consent=Consent.ACCEPTED))
    turn_to(app, FRIDAY + timedelta(hours=8))
    await app.tick()
    await app.run_rounds()
    assert company.round().status is RoundStatus.DONE
    assert company.round().told == company.round().version
    with company.store.unit() as unit:
        assert unit.rounds.decided("round") == (0, 4, 2)
        assert len(unit.rounds.freed("round")) == 3


async def test_a_fill_up_round_enters_those_alone_who_seek_still(company: Seekers, app: App) -> None:
    company.begin()
    await app.run_rounds()
    company.step(RoundStep.APPROVE)
    await app.run_rounds()
    pair = company.pairs()[0]
    with company.store.unit() as unit:
        facts = unit.mentorships.facts(ORG, pair.mentorship_id or "")
        assert facts
        facts.mentorship.step(Step.LAPSE, NOW, EndReason.NOT_MATCHED)
        unit.commit()
    with company.store.unit() as unit:
        (left_out,) = (one.person_id for one in unit.rounds.unmatched("round"))
    company.begin("again", fills="round")
    await app.run_rounds()
    with company.store.unit() as unit:
        entered = {pair.seeker_id for pair in unit.rounds.pairs("again", 0, 10)}
        entered |= {one.person_id for one in unit.rounds.unmatched("again")}
    assert entered == {pair.seeker_id, left_out}
    found = [(one.mentor_id, one.seeker_id) for one in company.pairs("again")]
    assert (pair.mentor_id, pair.seeker_id) not in found, "what did not come about is not proposed again"


async def test_pins_are_kept_and_forbidden_pairs_are_not_proposed(company: Seekers, app: App) -> None:
    company.begin()
    await app.run_rounds()
    first, *others = company.pairs()
    pinned = next(pair for pair in others if pair.mentor_id != first.mentor_id)
    with company.store.unit() as unit:
        of = unit.rounds.get(ORG, "round")
        assert of
        unit.rounds.say(of, Word.FORBID, first.mentor_id, first.seeker_id)
        unit.rounds.say(of, Word.PIN, pinned.mentor_id, pinned.seeker_id)
        unit.rounds.run_again(of, NOW)
        unit.commit()
    await app.run_rounds()
    found = {(pair.mentor_id, pair.seeker_id): pair.pinned for pair in company.pairs()}
    assert (first.mentor_id, first.seeker_id) not in found
    assert found[pinned.mentor_id, pinned.seeker_id]


async def test_the_same_people_and_seed_give_the_same_round(company: Seekers, app: App) -> None:
    for name in ("one", "two"):
        company.begin(name)
        await app.run_rounds()
    with company.store.unit() as unit:
        assert unit.rounds.differing("one", "two") == 0


async def test_a_group_is_one_mentorship_and_one_who_is_alone_with_a_mentor_is_no_group(
    company: Seekers, app: App, database: sa.Engine
) -> None:
    company.begin(format=Format.GROUP)
    await app.run_rounds()
    company.step(RoundStep.APPROVE)
    with company.store.unit() as unit:
        pairs = unit.rounds.pairs("round", 0, 10)
        unit.profiles.of(person(unit, pairs[0].seeker_id)).paused_at = NOW
        unit.commit()
    await app.run_rounds()
    by_mentor = {
        pair.mentor_id: {p.mentorship_id for p in company.pairs() if p.mentor_id == pair.mentor_id} for pair in pairs
    }
    lonely = by_mentor.pop(pairs[0].mentor_id)
    assert lonely == {None}
    assert all(len(ids) == 1 for ids in by_mentor.values())
    assert {len(people) for people in seated(database).values()} == {3}
    with company.store.unit() as unit:
        assert unit.rounds.decided("round") == (4, 0, 2)


async def test_peers_are_each_with_another(company: Seekers, app: App, database: sa.Engine) -> None:
    with company.store.unit() as unit:
        for one in unit.people.everybody(ORG):
            unit.profiles.of(one).formats = ("peer",)
        unit.commit()
    company.begin(format=Format.PEER)
    await app.run_rounds()
    company.step(RoundStep.APPROVE)
    await app.run_rounds()
    found = seated(database)
    assert found
    assert {role for people in found.values() for _, role in people} == {Role.PEER}
    everybody = [one for people in found.values() for one, _ in people]
    assert len(set(everybody)) == len(everybody)


def leave(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    person(unit, mentor).status = PersonStatus.LEFT


def pause(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    unit.profiles.of(person(unit, mentor)).paused_at = NOW


def manage(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    """The mentor becomes the manager of the seeker's manager."""
    unit.profiles.of(person(unit, seeker)).manager_email = "ADA@acme.example"
    unit.profiles.of(person(unit, "ada")).manager_email = f"{mentor}@acme.example"


def avoid(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    unit.profiles.avoid(person(unit, seeker), [mentor])


def block(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    unit.blocks.add(ORG, seeker, mentor)


def take_the_seats(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    """Two others become mentees of the mentor, in no programme."""
    for other in [one for one in unit.people.everybody(ORG) if one.id not in (mentor, seeker)][:2]:
        facts = proposed(Format.ONE_ON_ONE, [person(unit, mentor), other], None, NOW)
        unit.mentorships.add(facts.mentorship, *facts.participants)


def be_asked(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    """The seeker is asked into a mentorship of the programme by somebody else."""
    people = [person(unit, "ada"), person(unit, seeker)]
    facts = proposed(Format.ONE_ON_ONE, people, unit.programs.main(ORG, NOW), NOW)
    unit.mentorships.add(facts.mentorship, *facts.participants)


def find_each_other(unit: UnitOfWork, mentor: str, seeker: str) -> None:
    """The two become partners without any programme."""
    facts = proposed(Format.ONE_ON_ONE, [person(unit, mentor), person(unit, seeker)], None, NOW)
    unit.mentorships.add(facts.mentorship, *facts.participants)


@pytest.mark.parametrize("happens", [leave, pause, manage, avoid, block, take_the_seats, be_asked, find_each_other])
async def test_two_between_whom_something_has_come_are_not_invited(
    company: Seekers, app: App, happens: Callable[[UnitOfWork, str, str], None]
) -> None:
    company.begin()
    await app.run_rounds()
    pair = company.pairs()[0]
    company.step(RoundStep.APPROVE)
    with company.store.unit() as unit:
        happens(unit, pair.mentor_id, pair.seeker_id)
        unit.commit()
    await app.run_rounds()
    found = {one.id: one for one in company.pairs()}
    assert (found[pair.id].dropped, found[pair.id].mentorship_id) == (True, None)
    invited = [one for one in found.values() if one.mentorship_id]
    assert invited
    assert all(one.dropped for one in found.values() if one not in invited)
    with company.store.unit() as unit:
        assert pair.seeker_id in unit.rounds.freed("round")


async def test_a_pin_tells_nobody_whom_somebody_would_rather_not_meet(company: Seekers, app: App) -> None:
    """Whoever runs the programme pins two of whom one would rather not: proposed like others, and never invited."""
    with company.store.unit() as unit:
        avoid(unit, "m0", "s0")
        unit.commit()
    company.begin()
    with company.store.unit() as unit:
        of = unit.rounds.get(ORG, "round")
        assert of
        unit.rounds.say(of, Word.PIN, "m0", "s0")
        unit.commit()
    await app.run_rounds()
    [pair] = [one for one in company.pairs() if one.seeker_id == "s0"]
    assert (pair.mentor_id, pair.pinned) == ("m0", True)
    company.step(RoundStep.APPROVE)
    await app.run_rounds()
    [pair] = [one for one in company.pairs() if one.seeker_id == "s0"]
    assert (pair.dropped, pair.mentorship_id) == (True, None)


async def test_no_seat_is_given_twice_by_two_programmes(company: Seekers, app: App) -> None:
    """Two rounds are found while all seats are free, and approved one after the other."""
    with company.store.unit() as unit:
        unit.programs.add(Program("other", ORG, "Leadership", NOW))
        unit.commit()
    company.begin("one")
    company.begin("two", program_id="other")
    await app.run_rounds()
    for name in ("one", "two"):
        company.step(RoundStep.APPROVE, name)
    await app.run_rounds()
    with company.store.unit() as unit:
        assert set(unit.rounds.seats(["m0", "m1", "m2"]).values()) == {0}
        assert unit.rounds.decided("one") == (6, 0, 0)
        assert unit.rounds.decided("two") == (0, 0, 6)


async def test_who_is_left_out_again_and_again_comes_first(company: Seekers, app: App) -> None:
    company.begin()
    await app.run_rounds()
    with company.store.unit() as unit:
        (before,) = (one.person_id for one in unit.rounds.unmatched("round"))
        of = unit.rounds.get(ORG, "round")
        assert of
        for step in (RoundStep.APPROVE, RoundStep.INVITE, RoundStep.DECIDE):
            of.step(step, NOW)
        for pair in unit.rounds.pairs("round", 0, 10):
            pair.dropped = True
        unit.commit()
    company.begin("next", started_at=NOW + DAY)
    await app.run_rounds()
    assert before in {pair.seeker_id for pair in company.pairs("next")}


async def test_a_round_that_cannot_be_solved_is_given_up_after_some_attempts(
    company: Seekers, app: App, database: sa.Engine, sealer: Sealer
) -> None:
    company.begin(program_id="program")
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE profiles SET languages = 'no JSON' WHERE person_id = 's0'"))
        connection.execute(sa.text("UPDATE rounds SET attempts = 2"))
    await app.run_rounds()
    of = company.round()
    assert of.status is RoundStatus.FAILED
    assert of.reason
    assert of.told == of.version


async def test_a_round_of_nobody_ends_well(company: Seekers, app: App) -> None:
    with company.store.unit() as unit:
        for one in unit.people.everybody(ORG):
            unit.profiles.of(one).paused_at = NOW
        unit.commit()
    company.begin()
    await app.run_rounds()
    assert company.round().status is RoundStatus.READY
    assert company.pairs() == []
    company.step(RoundStep.APPROVE)
    await app.run_rounds()
    assert company.round().status is RoundStatus.DONE


async def test_a_round_that_is_stopped_is_run_by_the_next_process(
    company: Seekers, app: App, database: sa.Engine, sealer: Sealer
) -> None:
    over = threading.Event()

    class Stopped(Runs):
        """Reading takes long, and meanwhile the process is asked to end."""

        def entered(self, run: Run) -> AbstractContextManager[tuple[Order, Iterator[Member]]]:
            asyncio.run_coroutine_threadsafe(runner.stop(), loop)
            over.wait()
            raise Lost

    loop = asyncio.get_running_loop()
    runner = RoundRunner[Run](Stopped(database, sealer), app.engine.rounds, app.clock, app.threads)
    company.begin()
    await runner.run_due()
    over.set()
    assert company.round().status is RoundStatus.RUNNING
    await app.run_rounds()
    assert company.round().status is RoundStatus.READY


async def test_the_process_of_a_round_that_is_discarded_is_killed_while_it_says_nothing(
    company: Seekers, app: App, database: sa.Engine, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over = threading.Event(), threading.Event()

    class Endless(Runs):
        """People are read and read, so that the process waits for more of them."""

        @contextmanager
        def entered(self, run: Run) -> Iterator[tuple[Order, Iterator[Member]]]:
            def members(some: Iterator[Member]) -> Iterator[Member]:
                begun.set()
                over.wait()
                yield from some

            with super().entered(run) as (order, some):
                yield order, members(some)

    monkeypatch.setattr(running, "BEAT", 0.05)
    runner = RoundRunner[Run](Endless(database, sealer), app.engine.rounds, app.clock, app.threads)
    company.begin()
    round_runs = asyncio.create_task(runner.run_due())
    await asyncio.to_thread(begun.wait)
    children = [one for one in psutil.Process().children() if "bot.matching" in one.cmdline()]
    company.step(RoundStep.DISCARD)
    try:
        await round_runs
        assert len(children) == 1
        assert psutil.wait_procs(children, timeout=GIVE_UP_AFTER)[1] == []
    finally:
        over.set()
    assert company.round().status is RoundStatus.DISCARDED
