"""Matching rounds in either database: what was found comes back as it was, and nothing is seen while a round runs."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.mentorship import Consent, EndReason, Format, Status
from bot.domain.people import Person
from bot.domain.profile import Profile
from bot.domain.program import Program
from bot.matching.order import Weights
from bot.matching.outcome import (
    Alternative,
    Comparison,
    LeftOut,
    Outcome,
    Part,
    Progress,
    Proposal,
    Reason,
    Report,
    Share,
    Stage,
    Subject,
    Why,
)
from bot.rounds.round import Round, RoundStatus, RoundStep, Unmatched, Word
from bot.store import Sealer, SqlStore
from bot.store.queues import Run, Runs
from bot.store.tables import participants, round_pairs
from tests.contract.company import NOW, Company

LEASE = timedelta(minutes=2)
NONE = timedelta(seconds=-1)
"""A lease that is over."""
REPORT = Report(
    seekers=3,
    matched=2,
    pairs=2,
    mean=8_250,
    bins=(0, 0, 0, 0, 0, 0, 0, 1, 1, 0),
    first_wish=1,
    wishing=2,
    diverse=1,
    why=((Why.SKILL, 1),),
    comparisons=(Comparison("round", 2, 8_250), Comparison("greedy", 2, 8_000)),
    shares=(Share("team", "", 2, 3),),
)
WANTED, TEAM, HOURS = (
    Reason(Part.WANTED, "python", 2, "ben"),
    Reason(Part.DIVERSITY, Subject.TEAM),
    Reason(Part.HOURS),
)
CLEO = Alternative("cleo", 7_000, (HOURS,), free=True)


@pytest.fixture
def runs(database: sa.Engine, sealer: Sealer) -> Runs:
    return Runs(database, sealer)


@pytest.fixture
def company(acme: Company) -> Company:
    """Ana and Ben, who are a pair; Cleo, who could mentor as well; Dan and Eve, who seek."""
    with acme.store.unit() as unit:
        unit.people.add(*(Person(name, "acme", name.title()) for name in ("cleo", "dan", "eve")))
        unit.people.add(Profile(acme.ben, "acme", capacity=3), Profile("cleo", "acme", capacity=1))
        unit.programs.add(Program("program", "acme", "Mentoring", NOW))
        unit.commit()
    return acme


def begun(store: SqlStore, runs: Runs, round_id: str = "round", **values: object) -> Run:
    """Save a round, with what was said before, and claim it."""
    new = Round(round_id, "acme", "program", "acme-ben", NOW, seed=2**40)
    for name, value in values.items():
        setattr(new, name, value)
    with store.unit() as unit:
        unit.rounds.add(new)
        unit.commit()
    run = runs.claim(LEASE)
    assert run
    assert run.round.id == round_id
    return run


def found(store: SqlStore, runs: Runs, round_id: str = "round", *pairs: Proposal, **values: object) -> Round:
    """Save a round that has found pairs, by default Ben for Dan and for Eve, and nobody for Ana."""
    run = begun(store, runs, round_id, **values)
    both = pairs or (proposal("acme-ben", "dan"), proposal("acme-ben", "eve"))
    assert runs.keep(run, both, 0)
    assert runs.leave_out(run, [LeftOut("program", "acme-ana", Why.SKILL)])
    assert runs.found(run, Outcome(1, (), (), (), REPORT), NOW)
    return loaded(store, round_id)


def proposal(mentor: str, seeker: str, *alternatives: Alternative) -> Proposal:
    return Proposal("program", mentor, seeker, 8_250, (WANTED, TEAM), alternatives or (CLEO,))


def loaded(store: SqlStore, round_id: str = "round") -> Round:
    with store.unit() as unit:
        of = unit.rounds.get("acme", round_id)
    assert of
    return of


def together(store: SqlStore, round_id: str = "round") -> list[tuple[str, str]]:
    with store.unit() as unit:
        return [(pair.mentor_id, pair.seeker_id) for pair in unit.rounds.pairs(round_id, 0, 10)]


def test_what_a_round_finds_comes_back_as_it_was(company: Company, runs: Runs) -> None:
    weights = Weights(wanted=50, diversity=0)
    of = found(company.store, runs, weights=weights, format=Format.REVERSE)
    assert (of.status, of.status_at, of.version, of.seed) == (RoundStatus.READY, NOW, 1, 2**40)
    assert (of.weights, of.format, of.report, of.reason) == (weights, Format.REVERSE, REPORT, "")
    with company.store.unit() as unit:
        first, second = unit.rounds.pairs("round", 0, 10)
        assert [pair.seeker_id for pair in unit.rounds.pairs("round", 1, 1)] == ["eve"]
        assert unit.rounds.count("round") == 2
        assert unit.rounds.pair("acme", first.id) is first
        assert unit.rounds.pair("another", first.id) is None
        assert unit.rounds.unmatched("round") == [Unmatched("acme-ana", Why.SKILL)]
        assert [pair.place for pair in unit.rounds.of_people("round", "acme-ben")] == [0, 1]
        assert unit.rounds.of_people("round", "eve", "acme-ben") == [second]
        assert unit.rounds.of_people("round", "eve", "dan") == []
    assert (first.mentor_id, first.seeker_id, first.score, first.place) == ("acme-ben", "dan", 8_250, 0)
    assert (first.reasons, first.alternatives) == ((WANTED, TEAM), (CLEO,))
    assert isinstance(first.reasons[1].subject, Subject)
    assert isinstance(first.alternatives[0].reasons[0], Reason)


def test_what_a_goal_names_is_not_saved(company: Company, runs: Runs, database: sa.Engine) -> None:
    goal = Reason(Part.GOALS, "secret", 1, "acme-ben")
    told = replace(proposal("acme-ben", "dan", replace(CLEO, reasons=(goal,))), reasons=(goal,))
    found(company.store, runs, "round", told)
    with company.store.unit() as unit:
        (pair,) = unit.rounds.pairs("round", 0, 10)
    assert pair.reasons == pair.alternatives[0].reasons == (replace(goal, subject=""),)
    with database.connect() as connection:
        assert "secret" not in str(connection.execute(sa.select(round_pairs)).all())


def test_nothing_is_seen_of_a_round_before_all_of_it_is_there(company: Company, runs: Runs) -> None:
    run = begun(company.store, runs)
    assert runs.keep(run, [proposal("acme-ben", "dan")], 0)
    assert runs.leave_out(run, [LeftOut("program", "eve", Why.SKILL)])
    assert runs.beat(run, Progress(Stage.ASSIGNING, 3, 8), LEASE)
    with company.store.unit() as unit:
        assert unit.rounds.count("round") == 0
        assert unit.rounds.pairs("round", 0, 10) == []
        assert unit.rounds.unmatched("round") == []
        assert unit.rounds.of_people("round", "dan") == []
    of = loaded(company.store)
    assert (of.stage, of.done, of.of, of.report) == (Stage.ASSIGNING, 3, 8, None)


def test_a_round_whose_process_died_is_run_anew_and_the_old_one_has_no_say(company: Company, runs: Runs) -> None:
    dead = begun(company.store, runs)
    runs.keep(dead, [proposal("acme-ben", "dan")], 0)
    assert runs.claim(LEASE) is None, "one process at a time"
    assert runs.beat(dead, None, NONE), "its lease is over"
    alive = runs.claim(LEASE)
    assert alive
    assert (alive.round.id, alive.attempts) == ("round", 2)
    assert not runs.beat(dead, None, LEASE)
    assert not runs.keep(dead, [proposal("acme-ben", "eve")], 1)
    assert not runs.leave_out(dead, [LeftOut("program", "eve", Why.SKILL)])
    assert not runs.found(dead, Outcome(1, (), (), (), REPORT), NOW)
    assert not runs.failed(dead, "died", NOW)
    assert not runs.again(dead, NONE)
    assert runs.keep(alive, [proposal("acme-ben", "dan")], 0), "nothing of the first attempt is left"
    assert runs.found(alive, Outcome(1, (), (), (), REPORT), NOW)
    assert together(company.store) == [("acme-ben", "dan")]


def test_a_round_that_fails_says_why_and_can_be_run_again(company: Company, runs: Runs) -> None:
    run = begun(company.store, runs)
    runs.keep(run, [proposal("acme-ben", "dan")], 0)
    assert runs.again(run, NONE)
    again = runs.claim(LEASE)
    assert again
    assert runs.failed(again, "solver", NOW)
    assert (loaded(company.store).status, loaded(company.store).reason) == (RoundStatus.FAILED, "solver")
    assert together(company.store) == []
    with company.store.unit() as unit:
        of = unit.rounds.get("acme", "round")
        assert of
        unit.rounds.run_again(of, NOW)
        unit.commit()
    assert (loaded(company.store).status, loaded(company.store).reason) == (RoundStatus.RUNNING, "")
    third = runs.claim(LEASE)
    assert third
    assert third.attempts == 1


def test_a_round_that_is_discarded_while_it_runs_takes_nothing_more(company: Company, runs: Runs) -> None:
    run = begun(company.store, runs)
    with company.store.unit() as unit:
        of = unit.rounds.get("acme", "round")
        assert of
        of.step(RoundStep.DISCARD, NOW)
        unit.commit()
    assert not runs.beat(run, Progress(Stage.READING, 1, 2), LEASE)
    assert not runs.keep(run, [proposal("acme-ben", "dan")], 0)
    assert runs.claim(LEASE) is None
    with company.store.unit() as unit:
        assert unit.rounds.of_program("acme", "program") == []


def test_what_is_said_of_two_replaces_what_was_said_and_goes_along_into_a_what_if(
    company: Company, runs: Runs
) -> None:
    of = found(company.store, runs)
    with company.store.unit() as unit:
        unit.rounds.say(of, Word.PIN, "acme-ben", "dan")
        unit.rounds.say(of, Word.FORBID, "acme-ben", "dan")
        unit.rounds.say(of, Word.PIN, "cleo", "eve")
        unit.rounds.say(of, None, "cleo", "eve")
        unit.rounds.add(Round("if", "acme", "program", "acme-ben", NOW, 1, beside="round"))
        unit.commit()
    with company.store.unit() as unit:
        assert unit.rounds.words("round") == unit.rounds.words("if") == [(Word.FORBID, "acme-ben", "dan")]


def test_among_peers_it_does_not_matter_who_is_named_first(company: Company, runs: Runs) -> None:
    of = found(company.store, runs, format=Format.PEER)
    with company.store.unit() as unit:
        unit.rounds.say(of, Word.PIN, "eve", "dan")
        unit.rounds.say(of, Word.FORBID, "dan", "eve")
        assert unit.rounds.words("round") == [(Word.FORBID, "dan", "eve")]


def test_pairs_come_by_name_and_each_knows_its_number(company: Company, runs: Runs) -> None:
    found(
        company.store, runs, "round", proposal("cleo", "acme-ana"), *(proposal("acme-ben", x) for x in ("eve", "dan"))
    )
    assert together(company.store) == [("acme-ben", "dan"), ("acme-ben", "eve"), ("cleo", "acme-ana")]
    with company.store.unit() as unit:
        listed = unit.rounds.pairs("round", 0, 10)
        assert [unit.rounds.number(pair) for pair in listed] == [0, 1, 2]
        assert unit.rounds.pairs("round", 1, 1) == listed[1:2]
        assert [pair.place for pair in listed] == [2, 1, 0], "as they were found"


def test_who_was_invited_by_a_round_has_a_pair_of_it(company: Company, runs: Runs) -> None:
    found(company.store, runs)
    with company.store.unit() as unit:
        pair, _ = unit.rounds.pairs("round", 0, 10)
        pair.mentorship_id = company.mentorship
        unit.commit()
    with company.store.unit() as unit:
        for person_id in ("acme-ben", "dan"):
            asked = unit.rounds.asked("acme", company.mentorship, person_id)
            assert asked and asked.id == pair.id
        for organization_id, person_id in (("acme", "eve"), ("another", "dan")):
            assert unit.rounds.asked(organization_id, company.mentorship, person_id) is None


def test_who_takes_another_mentor_leaves_a_seat_and_all_alternatives_are_told(company: Company, runs: Runs) -> None:
    of = found(company.store, runs)
    with company.store.unit() as unit:
        unit.rounds.say(of, Word.PIN, "acme-ben", "dan")
        (pair,) = unit.rounds.of_people("round", "dan")
        assert not unit.rounds.take(pair, "eve"), "she is no alternative"
        assert unit.rounds.take(pair, "cleo")
        unit.commit()
    with company.store.unit() as unit:
        second, first = unit.rounds.pairs("round", 0, 10)
        assert (first.mentor_id, first.score, first.reasons, first.pinned) == ("cleo", 7_000, (HOURS,), False)
        assert first.alternatives == (Alternative("acme-ben", 8_250, (WANTED, TEAM), free=True),)
        assert second.alternatives == (replace(CLEO, free=False),), "her only seat is Dan's now"
        assert not unit.rounds.take(second, "cleo")
        assert unit.rounds.words("round") == []
        assert unit.rounds.take(first, "acme-ben")
        assert second.alternatives == (CLEO,)


def test_nobody_takes_a_seat_that_is_gone_meanwhile(company: Company, runs: Runs) -> None:
    found(company.store, runs)
    company.pair("another", Status.PROPOSED)
    with company.store.unit() as unit:
        facts = unit.mentorships.facts("acme", "another")
        assert facts
        for participant in facts.participants:
            if participant.person_id == company.ben:
                participant.left_at = NOW
        unit.commit()
    with company.store.unit() as unit:
        assert unit.rounds.seats(["cleo", company.ben]) == {"cleo": 1, company.ben: 2}
        cleo = unit.people.get("acme", "cleo")
        assert cleo
        unit.profiles.of(cleo).capacity = 0
        (pair,) = unit.rounds.of_people("round", "dan")
        assert not unit.rounds.take(pair, "cleo")


def test_a_peer_who_is_left_is_among_those_without_anybody(company: Company, runs: Runs) -> None:
    run = begun(company.store, runs, format=Format.PEER)
    assert runs.keep(run, [proposal("acme-ben", "dan")], 0)
    assert runs.leave_out(run, [LeftOut("program", "cleo", Why.SKILL)])
    assert runs.found(run, Outcome(1, (), (), (), REPORT), NOW)
    with company.store.unit() as unit:
        (pair,) = unit.rounds.pairs("round", 0, 10)
        assert unit.rounds.take(pair, "cleo")
        assert unit.rounds.unmatched("round") == [Unmatched("acme-ben", Why.NO_SEAT)]
        assert unit.rounds.take(pair, "acme-ben")
        assert unit.rounds.unmatched("round") == [Unmatched("cleo", Why.NO_SEAT)]


def test_two_rounds_are_compared_by_the_pairs_in_which_they_differ(company: Company, runs: Runs) -> None:
    found(company.store, runs)
    found(company.store, runs, "if", proposal("acme-ben", "dan"), proposal("cleo", "eve"), beside="round")
    with company.store.unit() as unit:
        assert unit.rounds.differing("round", "if") == 1
        assert unit.rounds.differing("round", "round") == 0
        assert [of.id for of in unit.rounds.of_program("acme", "program")] == ["round", "if"]


def test_what_came_of_a_round_is_counted_and_who_is_without_anybody_seeks_again(
    company: Company, runs: Runs, database: sa.Engine
) -> None:
    seekers = ("dan", "eve", "cleo", "acme-ana")
    found(company.store, runs, "round", *(proposal("acme-ben", seeker) for seeker in seekers))
    company.pair("lapsed", Status.ENDED, end_reason=EndReason.NOT_MATCHED, started_at=None)
    company.pair("open", Status.PROPOSED, started_at=None)
    with company.store.unit() as unit:
        for seeker, mentorship in zip(seekers, ("lapsed", "open", None, company.mentorship), strict=True):
            (pair,) = unit.rounds.of_people("round", seeker)
            pair.mentorship_id, pair.dropped = mentorship, mentorship is None
        unit.commit()
    with database.begin() as connection:
        connection.execute(sa.update(participants).values(consent=Consent.ACCEPTED))
    with company.store.unit() as unit:
        assert unit.rounds.decided("round") == (1, 1, 2)
        assert unit.rounds.freed("round") == {"dan", "cleo", "acme-ana"}


def test_what_everybody_had_accepted_and_yet_did_not_begin_did_not_come_about(
    company: Company, runs: Runs, database: sa.Engine
) -> None:
    """A group may lapse in which one mentee and the mentor have said yes."""
    found(company.store, runs, "round", proposal("acme-ben", "acme-ana"))
    company.pair("lapsed", Status.ENDED, end_reason=EndReason.NOT_MATCHED, started_at=None)
    with company.store.unit() as unit:
        (pair,) = unit.rounds.of_people("round", "acme-ana")
        pair.mentorship_id = "lapsed"
        unit.commit()
    with database.begin() as connection:
        connection.execute(sa.update(participants).values(consent=Consent.ACCEPTED))
    with company.store.unit() as unit:
        assert unit.rounds.decided("round") == (0, 0, 1)


def test_seats_are_free_again_when_a_mentorship_is_over(company: Company) -> None:
    company.pair("another", Status.PAUSED)
    company.pair("over", Status.ENDED, end_reason=EndReason.ENDED)
    with company.store.unit() as unit:
        assert unit.rounds.seats([company.ben]) == {company.ben: 1}


def test_pairs_are_invited_in_batches_and_no_mentor_is_in_two(company: Company, runs: Runs) -> None:
    proposals = [proposal("cleo", "dan"), proposal("acme-ben", "dan"), proposal("acme-ben", "eve")]
    found(company.store, runs, "round", *proposals)
    with company.store.unit() as unit:
        assert [pair.mentor_id for pair in unit.rounds.to_invite("round", 3)] == ["acme-ben", "acme-ben"]
        assert [pair.seeker_id for pair in unit.rounds.to_invite("round", 2)] == ["dan", "eve"]
        for pair in unit.rounds.to_invite("round", 3):
            pair.dropped = True
        assert [pair.mentor_id for pair in unit.rounds.to_invite("round", 3)] == ["cleo"]


def test_rounds_are_at_work_until_everybody_has_heard(company: Company, runs: Runs) -> None:
    found(company.store, runs)
    for step, inviting, decided in (
        (RoundStep.APPROVE, [("acme", "round")], []),
        (RoundStep.INVITE, [], [("acme", "round")]),
        (RoundStep.DECIDE, [], []),
    ):
        with company.store.unit() as unit:
            of = unit.rounds.get("acme", "round")
            assert of
            of.step(step, NOW)
            unit.commit()
        assert runs.inviting() == inviting
        assert runs.decided() == decided


def test_who_is_kept_apart_is_so_whoever_is_named_first(company: Company) -> None:
    with company.store.unit() as unit:
        unit.blocks.add("acme", "dan", "cleo")
        unit.blocks.add("acme", "cleo", "dan")
        unit.blocks.add("acme", "eve", "dan")
        assert unit.blocks.all("acme") == {frozenset(("cleo", "dan")), frozenset(("dan", "eve"))}
        unit.blocks.remove("another", "dan", "eve")
        unit.blocks.remove("acme", "dan", "eve")
        assert unit.blocks.all("acme") == {frozenset(("cleo", "dan"))}
        assert unit.blocks.all("another") == set()


@pytest.mark.parametrize(
    "values",
    [
        {"seeker_id": "acme-ben"},
        {"place": -1},
        {"dropped": True, "mentorship_id": "acme-pair"},
        {"seeker_id": "dan"},
        {"seeker_id": "nobody"},
        {"organization_id": "other"},
        {"mentorship_id": "none"},
    ],
)
def test_what_cannot_be_is_refused(
    company: Company, runs: Runs, database: sa.Engine, values: dict[str, object]
) -> None:
    found(company.store, runs)
    row = {
        "id": "new",
        "organization_id": "acme",
        "round_id": "round",
        "place": 2,
        "mentor_id": "acme-ben",
        "seeker_id": "cleo",
        "score": 1,
        "reasons": (),
        "alternatives": (),
        "pinned": False,
        "dropped": False,
    }
    with database.begin() as connection:
        connection.execute(sa.insert(round_pairs).values(row))
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(sa.insert(round_pairs).values(row | {"id": "another", "seeker_id": "acme-ana"} | values))
