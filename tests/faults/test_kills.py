"""Kill -9 at any moment: nothing acknowledged is lost, nothing is said twice, and the order holds.

KILLS says how many: 10 unless the environment says otherwise.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.domain.mentorship import Consent, Role
from bot.messages import Pressed, Typed
from bot.store import Sealer, connect
from bot.store.queues import Deliveries, Inbox
from bot.store.tables import accounts, deliveries, participants, touchpoints
from tests.databases import sqlite_file
from tests.faults.company import ZONE, found_company
from tests.faults.lives import Lives
from tests.faults.post_office import Post, post_office
from tests.faults.victim import Accept, Handle
from tests.world import KEY, read

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("KILLS", "10"))
NAMES = ("Ada", "Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus")
MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo(ZONE))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lives]:
    """The application after all its deaths, when everything that was left to do is done."""
    folder = tmp_path_factory.mktemp("kills")
    url = sqlite_file(folder)
    database = connect(url)
    people = found_company(database, NAMES)
    database.dispose()
    with post_office() as office:
        lives = Lives(url, folder / "log", office, people, MONDAY, random.Random(KILLS))
        for _ in range(KILLS):
            lives.live_and_die()
        lives.settle()
        yield lives


@pytest.fixture(scope="module")
def database(lived: Lives) -> Iterator[sa.Engine]:
    engine = connect(lived.database)
    yield engine
    engine.dispose()


def said(posts: list[Post]) -> list[Post]:
    """Return the messages that are new, without those that draw an earlier one anew."""
    return [post for post in posts if post.redraws is None]


def test_typed_words_are_answered_once_and_in_their_order(lived: Lives) -> None:
    assert sum(len(orders) for orders in lived.taken.values()) >= KILLS, "the people had their say"
    for name in NAMES:
        typed = [order.event for order in lived.taken[name] if isinstance(order, Accept)]
        spoken = [event.text for event in typed if isinstance(event, Typed)]
        answered = "\n".join(read(post.card) for post in lived.office.at(name))
        assert re.findall(r"Nobody\d+", answered) == re.findall(r"Nobody\d+", "\n".join(spoken))


def test_every_command_and_press_has_had_its_effect_once(lived: Lives, database: sa.Engine) -> None:
    handled = [order.event for orders in lived.taken.values() for order in orders if isinstance(order, Handle)]
    commands = [event.text for event in handled if isinstance(event, Typed)]
    query = sa.select(
        participants.c.mentorship_id, participants.c.role, participants.c.consent, accounts.c.address
    ).join_from(participants, accounts, accounts.c.person_id == participants.c.person_id)
    with database.connect() as connection:
        rows = connection.execute(query).all()
    mentors = {row.mentorship_id: row.address for row in rows if row.role is Role.MENTOR}
    pairs = [f"pair {mentors[r.mentorship_id]} Sample, {r.address} Sample" for r in rows if r.role is Role.MENTEE]
    assert sorted(pairs) == sorted(commands)
    told = [read(post.card) for post in said(lived.office.arrived)]
    assert sum(text.startswith("I ask ") for text in told) == len(commands), "each who paired is told once"

    presses = {(event.subject, event.sender.user) for event in handled if isinstance(event, Pressed)}
    accepted = {(row.mentorship_id, row.address) for row in rows if row.consent is Consent.ACCEPTED}
    assert accepted == presses


def test_each_delivery_arrived_once_and_in_its_conversations_order(lived: Lives, database: sa.Engine) -> None:
    """Prompts wait for working hours and hold up no answer meanwhile, so that each sort has an order of its own."""
    with database.connect() as connection:
        rows = connection.execute(sa.select(deliveries).order_by(deliveries.c.seq)).all()
    came = Counter(post.delivery_id for post in lived.office.arrived)
    assert [row.id for row in rows if row.state == "sent" and came[row.id] != 1] == [], "lost, or doubled"
    assert [row.id for row in rows if row.state not in ("sent", "expired")] == []
    assert [delivery_id for delivery_id, times in came.items() if times > 1] == []
    dropped = [row for row in rows if row.state == "expired"]
    assert all(row.valid_until is None or row.valid_until <= row.finished_at for row in dropped)
    answers = {row.id: row.seq for row in rows if row.valid_until is None}
    prompts = {row.id: row.seq for row in rows if row.valid_until is not None}
    for name in NAMES:
        for kind in (answers, prompts):
            numbers = [kind[post.delivery_id] for post in lived.office.at(name) if post.delivery_id in kind]
            assert numbers == sorted(numbers), f"{name} reads things in another order than they were said"


def test_no_touch_is_said_twice(lived: Lives, database: sa.Engine) -> None:
    query = (
        sa.select(touchpoints.c.kind, touchpoints.c.about, deliveries.c.id, accounts.c.address)
        .join_from(touchpoints, deliveries, deliveries.c.id == touchpoints.c.delivery_id)
        .join(accounts, accounts.c.id == deliveries.c.account_id)
        .where(deliveries.c.state == "sent")
    )
    with database.connect() as connection:
        noted = Counter((row.address, row.kind, row.about) for row in connection.execute(query))
    arrived = Counter(
        (post.address, section.kind, section.about)
        for post in said(lived.office.arrived)
        for section in post.card.sections
        if section.kind
    )
    assert noted, "something came due"
    assert arrived == noted


def test_the_file_is_whole_and_nothing_was_given_up(lived: Lives, database: sa.Engine) -> None:
    sealer = Sealer([KEY])
    with database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert Deliveries(database, sealer).counts(lived.now) == {"waiting": 0, "due": 0, "dead": 0}
    assert Inbox(database, sealer).counts() == {"waiting": 0, "given_up": 0}
    assert Path(lived.log).read_text() == "", "no life logged a warning or an error"
