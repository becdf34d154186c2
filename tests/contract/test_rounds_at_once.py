"""Rounds, an admin's own word and people's answers at the same moment: no mentor ever has more mentees than seats."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.mentorship import Consent, Status
from bot.domain.program import Program
from bot.messages import Pressed, Sender, Typed
from bot.rounds.round import RoundStep
from bot.store import Sealer, SqlStore, connect
from bot.store.tables import mentorships, participants
from tests.contract.company import DAY, NOW
from tests.contract.seekers import ORG, Seekers
from tests.contract.test_store_locks import at_once
from tests.world import Chat, Dial

MENTORS, SEEKERS = 6, 12
SEATS = 2


@pytest.fixture
def company(store: SqlStore) -> Seekers:
    with_two = Seekers.founded(store, MENTORS, SEEKERS)
    with store.unit() as unit:
        unit.programs.add(Program("other", ORG, "Leadership", NOW))
        ada = unit.people.get(ORG, "ada")
        assert ada
        ada.is_admin = True
        unit.commit()
    return with_two


@pytest.fixture
def copies(company: Seekers, database: sa.Engine, sealer: Sealer) -> Iterator[tuple[App, App]]:
    """Two copies of the bot over one database."""
    clock = Dial(NOW)
    elsewhere = connect(database.url.render_as_string(hide_password=False))
    here, there = (App(engine, sealer, clock, {"playground": Chat(clock)}) for engine in (database, elsewhere))
    yield here, there
    elsewhere.dispose()


def mentees(database: sa.Engine) -> dict[str, int]:
    """Count the mentees of each mentor, those who were asked too."""
    mentor, mentee = participants.alias(), participants.alias()
    counted = (
        sa.select(mentor.c.person_id, sa.func.count())
        .join_from(mentor, mentorships, mentorships.c.id == mentor.c.mentorship_id)
        .join(mentee, mentee.c.mentorship_id == mentor.c.mentorship_id)
        .where(mentor.c.role == "mentor", mentee.c.role == "mentee", mentorships.c.status != Status.ENDED)
        .group_by(mentor.c.person_id)
    )
    with database.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(counted)}


async def found_twice(company: Seekers, here: App) -> None:
    """Rounds of two programmes are found while all seats are free, and both are approved."""
    company.begin("one")
    company.begin("two", program_id="other")
    await here.run_rounds()
    for name in ("one", "two"):
        company.step(RoundStep.APPROVE, name)


def invited(app: App, round_id: str) -> None:
    while app.engine.rounds.invite(ORG, round_id):
        pass


async def test_two_programmes_invite_at_once(company: Seekers, copies: tuple[App, App], database: sa.Engine) -> None:
    here, there = copies
    await found_twice(company, here)
    at_once(lambda: invited(here, "one"), lambda: invited(there, "two"))
    assert mentees(database) == {f"m{number}": SEATS for number in range(MENTORS)}
    with company.store.unit() as unit:
        one, two = (unit.rounds.decided(name) for name in ("one", "two"))
    assert one[0] + two[0] == MENTORS * SEATS
    assert one[2] + two[2] == MENTORS * SEATS, "the others were dropped, and are free for another round"


async def test_one_round_is_invited_by_two_copies_at_once(
    company: Seekers, copies: tuple[App, App], database: sa.Engine
) -> None:
    here, there = copies
    company.begin()
    await here.run_rounds()
    company.step(RoundStep.APPROVE)
    at_once(lambda: invited(here, "round"), lambda: invited(there, "round"))
    pairs = company.pairs()
    assert len({pair.mentorship_id for pair in pairs}) == len(pairs) == MENTORS * SEATS
    assert mentees(database) == {f"m{number}": SEATS for number in range(MENTORS)}


async def test_an_admin_pairs_by_hand_while_a_round_is_invited(
    company: Seekers, copies: tuple[App, App], database: sa.Engine
) -> None:
    """Whichever comes first counts against the seats; nobody is asked by both."""
    here, there = copies
    company.begin()
    await here.run_rounds()
    company.step(RoundStep.APPROVE)
    pair = company.pairs()[0]
    line = f"pair {pair.mentor_id}@acme.example {pair.seeker_id}@acme.example"
    by_hand = Typed(("by hand",), Sender("playground", "hall", "ada"), line, slash=True)
    at_once(lambda: invited(here, "round"), lambda: there.engine.handle(by_hand))
    assert mentees(database)[pair.mentor_id] == SEATS
    with database.connect() as connection:
        of = sa.select(sa.func.count()).where(participants.c.person_id == pair.seeker_id)
        assert connection.scalar(of) == 1, "the same two are proposed to each other once"


async def test_all_answer_at_once(company: Seekers, copies: tuple[App, App], database: sa.Engine) -> None:
    """Both sides of every pair say yes in the same moment, through two copies; all that were asked begin, no more."""
    here, there = copies
    await found_twice(company, here)
    await here.run_rounds()
    with database.connect() as connection:
        of = participants.c
        asked = [tuple(row) for row in connection.execute(sa.select(of.mentorship_id, of.person_id))]

    def accept(app: App, about: str, who: str) -> None:
        yes = Pressed((f"{about} {who}",), Sender("playground", "hall", who), "matching.accept", about, "", 0)
        app.engine.handle(yes)

    copies_in_turn = (here, there) * len(asked)
    at_once(*(partial(accept, app, *one) for app, one in zip(copies_in_turn, asked, strict=False)))
    with database.connect() as connection:
        said = list(connection.scalars(sa.select(participants.c.consent)))
    assert said == [Consent.ACCEPTED] * len(asked)
    assert isinstance(here.clock, Dial)
    here.clock.move_to(NOW + 4 * DAY + timedelta(hours=8))
    await here.tick()
    assert mentees(database) == {f"m{number}": SEATS for number in range(MENTORS)}
    with database.connect() as connection:
        assert set(connection.scalars(sa.select(mentorships.c.status))) == {Status.ACTIVE}
