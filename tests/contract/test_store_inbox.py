"""What was acknowledged is handled: stored before, in order within a conversation, whatever process dies."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Event, Pressed, Sender, Submitted, Typed
from bot.store import Sealer
from bot.store.queues import Inbox
from bot.store.tables import inbox
from tests.contract.company import NOW

ANA, BEN = Sender("slack", "T1", "ana", "D1"), Sender("slack", "T1", "ben", "D2")
MINUTE = timedelta(minutes=1)
LAPSED = timedelta(seconds=-1)


@pytest.fixture
def queue(database: sa.Engine, sealer: Sealer) -> Inbox:
    return Inbox(database, sealer)


def typed(text: str, sender: Sender = ANA) -> Typed:
    return Typed((text,), sender, text)


def test_events_come_out_as_they_went_in_one_at_a_time_within_a_conversation(queue: Inbox) -> None:
    events: list[Event] = [
        typed("first"),
        Pressed(("p",), ANA, "meeting.met", "m1", "yes", 3, "d1"),
        Submitted(("s",), BEN, "agenda", "m1", {"topic": "x", "tags": ("a", "b")}, 2),
    ]
    queue.put_many(events, NOW)
    assert queue.counts() == {"waiting": 3, "given_up": 0}
    first, by_ben = queue.claim(9, MINUTE)
    assert [first.event, by_ben.event] == [events[0], events[2]]
    assert queue.claim(9, MINUTE) == []
    assert queue.done(first.id, first.token)
    (second,) = queue.claim(9, MINUTE)
    assert second.event == events[1]
    assert queue.done(second.id, second.token)
    assert queue.done(by_ben.id, by_ben.token)
    assert queue.counts() == {"waiting": 0, "given_up": 0}


def test_what_a_dead_process_held_is_taken_up_again_and_its_token_settles_nothing(queue: Inbox) -> None:
    queue.put_many([typed("hello")], NOW)
    (lost,) = queue.claim(9, LAPSED)
    (found,) = queue.claim(9, MINUTE)
    assert (found.id, found.attempts) == (lost.id, 2)
    assert not queue.done(lost.id, lost.token)
    assert not queue.failed(lost.id, lost.token, "late", MINUTE)
    assert not queue.give_up(lost.id, lost.token, "late", NOW)
    assert queue.done(found.id, found.token)


def test_an_event_that_fails_is_tried_again_later_and_its_conversation_waits(queue: Inbox) -> None:
    queue.put_many([typed("first"), typed("second")], NOW)
    (first,) = queue.claim(9, MINUTE)
    assert queue.failed(first.id, first.token, "OperationalError", MINUTE)
    assert queue.claim(9, MINUTE) == []
    queue.put_many([typed("by Ben", BEN)], NOW)
    (by_ben,) = queue.claim(9, MINUTE)
    assert queue.failed(by_ben.id, by_ben.token, "OperationalError", LAPSED)
    (again,) = queue.claim(9, MINUTE)
    assert (again.id, again.attempts) == (by_ben.id, 2)


def test_an_event_that_was_given_up_is_erased_and_frees_its_conversation(queue: Inbox, database: sa.Engine) -> None:
    queue.put_many([typed("first"), typed("second")], NOW)
    (first,) = queue.claim(9, MINUTE)
    assert queue.give_up(first.id, first.token, "ValueError", NOW)
    (second,) = queue.claim(9, MINUTE)
    assert second.event == typed("second")
    assert queue.counts() == {"waiting": 1, "given_up": 1}
    with database.connect() as connection:
        kept = connection.execute(sa.select(inbox).where(inbox.c.id == first.id)).one()
    assert (kept.sealed, kept.reason, kept.given_up_at) == (None, "ValueError", NOW)
