"""What must arrive: kept in order, claimed by one sender, settled by nobody else, erased when done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Card, Section
from bot.ports import Earlier, Letter
from bot.store import Sealer, SqlStore, connect
from bot.store.queues import Claimed, Deliveries
from bot.store.queues.counting import MOST
from bot.store.tables import deliveries
from tests.contract.company import DAY, NOW, Company
from tests.contract.test_store_locks import at_once
from tests.databases import copy_of

MINUTE = timedelta(minutes=1)
LAPSED = timedelta(seconds=-1)


@pytest.fixture
def queue(database: sa.Engine, sealer: Sealer) -> Deliveries:
    return Deliveries(database, sealer)


def texts(claimed: list[Claimed]) -> list[str]:
    return [one.parcel.card.sections[0].text for one in claimed]


def row(database: sa.Engine, delivery_id: str) -> sa.Row[tuple[object, ...]]:
    with database.connect() as connection:
        return connection.execute(sa.select(deliveries).where(deliveries.c.id == delivery_id)).one()


def test_a_message_is_claimed_with_all_that_sending_needs(acme: Company, queue: Deliveries) -> None:
    delivery_id = acme.post("hello", valid_until=NOW + DAY)
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    parcel = claimed.parcel
    assert (parcel.delivery_id, parcel.card, parcel.replaces) == (delivery_id, Card((Section("hello"),)), None)
    assert (parcel.account.id, parcel.account.address, parcel.workspace.external_id) == (acme.ana, "D1", "T-acme")
    assert (claimed.attempts, claimed.in_doubt, claimed.valid_until) == (1, False, NOW + DAY)
    assert claimed.sections == (("agenda", "about"),)


def test_a_conversation_is_sent_in_order_and_others_beside_it(acme: Company, queue: Deliveries) -> None:
    acme.post("first")
    acme.post("second", NOW - DAY)
    acme.post("to Ben", to=acme.ben)
    first, to_ben = queue.claim(NOW, 9, MINUTE)
    assert texts([first, to_ben]) == ["first", "to Ben"]
    assert queue.claim(NOW, 9, MINUTE) == []
    assert queue.sent(first.parcel.delivery_id, first.token, "1.1", NOW)
    assert texts(queue.claim(NOW, 9, MINUTE)) == ["second"]


def test_nothing_overtakes_a_message_that_backs_off(acme: Company, queue: Deliveries) -> None:
    acme.post("first")
    acme.post("second")
    (first,) = queue.claim(NOW, 9, MINUTE)
    assert queue.retry(first.parcel.delivery_id, first.token, NOW + MINUTE, "rate_limited")
    assert queue.claim(NOW, 9, MINUTE) == []
    assert queue.earliest() == NOW
    (again,) = queue.claim(NOW + MINUTE, 9, MINUTE)
    assert (texts([again]), again.attempts, again.in_doubt) == (["first"], 2, False)


def test_an_answer_does_not_wait_for_what_is_put_off_to_the_morning(acme: Company, queue: Deliveries) -> None:
    acme.post("prompt")
    (prompt,) = queue.claim(NOW, 9, MINUTE)
    assert queue.postpone(prompt.parcel.delivery_id, prompt.token, NOW + DAY)
    acme.post("answer")
    (answer,) = queue.claim(NOW, 9, MINUTE)
    assert texts([answer]) == ["answer"]
    queue.sent(answer.parcel.delivery_id, answer.token, "1.1", NOW)
    (prompt,) = queue.claim(NOW + DAY, 9, MINUTE)
    assert (texts([prompt]), prompt.attempts) == (["prompt"], 1)


def test_a_message_not_yet_due_waits_and_holds_nobody_up(acme: Company, queue: Deliveries) -> None:
    acme.post("tomorrow", NOW + DAY)
    acme.post("now")
    assert texts(queue.claim(NOW, 9, MINUTE)) == ["now"]


def test_what_becomes_due_next_is_told_and_not_what_is_due_already(acme: Company, queue: Deliveries) -> None:
    assert queue.next_due(NOW) is None
    acme.post("due")
    acme.post("behind it")
    acme.post("tomorrow", NOW + DAY, to=acme.ben)
    assert queue.next_due(NOW) == NOW + DAY
    (first,) = queue.claim(NOW, 9, MINUTE)
    assert queue.retry(first.parcel.delivery_id, first.token, NOW + MINUTE, "paced")
    assert queue.next_due(NOW) == NOW + MINUTE, "the one behind it is due, but waits for it"
    (first,) = queue.claim(NOW + MINUTE, 9, MINUTE)
    assert queue.sent(first.parcel.delivery_id, first.token, "1.1", NOW + MINUTE)
    assert queue.next_due(NOW + MINUTE) == NOW + DAY


def test_what_a_dead_sender_held_is_taken_up_in_doubt(acme: Company, queue: Deliveries) -> None:
    acme.post("hello")
    (lost,) = queue.claim(NOW, 9, LAPSED)
    (found,) = queue.claim(NOW, 9, MINUTE)
    assert (found.attempts, found.in_doubt) == (2, True)
    assert not queue.sent(lost.parcel.delivery_id, lost.token, "1.1", NOW)
    assert not queue.retry(lost.parcel.delivery_id, lost.token, NOW, "late")
    assert not queue.dead(lost.parcel.delivery_id, lost.token, "late", NOW)
    assert queue.sent(found.parcel.delivery_id, found.token, "1.2", NOW)
    assert not queue.sent(found.parcel.delivery_id, found.token, "1.3", NOW)


def test_an_attempt_without_an_answer_stays_in_doubt(acme: Company, queue: Deliveries) -> None:
    acme.post("hello")
    acme.post("second")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    assert queue.doubt(claimed.parcel.delivery_id, claimed.token, NOW + MINUTE, "timeout")
    assert queue.claim(NOW, 9, MINUTE) == []
    (again,) = queue.claim(NOW + MINUTE, 9, MINUTE)
    assert (texts([again]), again.in_doubt) == (["hello"], True)


def test_a_message_that_cannot_be_sent_is_shown_to_the_operator_and_frees_its_conversation(
    acme: Company, queue: Deliveries
) -> None:
    acme.post("a marked word")
    acme.post("second")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    assert queue.counts(NOW) == {"waiting": 2, "due": 2, "dead": 0}
    assert queue.dead(claimed.parcel.delivery_id, claimed.token, "account_inactive", NOW + MINUTE)
    (letter,) = queue.dead_letters()
    assert (letter.id, letter.account_id, letter.organization_id) == (claimed.parcel.delivery_id, acme.ana, "acme")
    assert (letter.reason, letter.attempts, letter.due_at, letter.finished_at) == (
        "account_inactive",
        1,
        NOW,
        NOW + MINUTE,
    )
    assert "marked" not in repr(letter)
    assert queue.counts(NOW) == {"waiting": 1, "due": 1, "dead": 1}
    assert texts(queue.claim(NOW, 9, MINUTE)) == ["second"]


def test_what_comes_too_late_is_dropped_and_frees_its_conversation(acme: Company, queue: Deliveries) -> None:
    acme.post("too late", valid_until=NOW)
    acme.post("second")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    assert queue.expired(claimed.parcel.delivery_id, claimed.token, NOW)
    assert queue.dead_letters() == []
    assert texts(queue.claim(NOW, 9, MINUTE)) == ["second"]


@pytest.mark.parametrize("end", ["sent", "dead", "expired"])
def test_a_finished_message_is_erased_and_its_sections_are_kept(
    acme: Company, queue: Deliveries, database: sa.Engine, end: str
) -> None:
    delivery_id = acme.post("hello")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    match end:
        case "sent":
            queue.sent(delivery_id, claimed.token, "1.1", NOW)
        case "dead":
            queue.dead(delivery_id, claimed.token, "gone", NOW)
        case _:
            queue.expired(delivery_id, claimed.token, NOW)
    finished = row(database, delivery_id)
    assert (finished.state, finished.sealed, finished.finished_at) == (end, None, NOW)
    with acme.store.unit() as unit:
        assert unit.outbox.earlier("acme", [delivery_id]) == [
            Earlier(delivery_id, acme.ana, (("agenda", "about"),), has_left=True)
        ]


def test_a_redrawn_card_replaces_the_message_that_arrived(acme: Company, queue: Deliveries) -> None:
    delivery_id = acme.post("question")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    acme.redraw("answered", delivery_id)
    assert queue.claim(NOW, 9, MINUTE) == []
    queue.sent(delivery_id, claimed.token, "1.1", NOW)
    (redrawn,) = queue.claim(NOW, 9, MINUTE)
    assert (texts([redrawn]), redrawn.parcel.replaces) == (["answered"], "1.1")


def test_of_a_redrawn_card_one_knows_what_it_was_made_of(acme: Company, queue: Deliveries) -> None:
    """Its buttons carry the id of the delivery that drew it last."""
    delivery_id = acme.post("question")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    queue.sent(delivery_id, claimed.token, "1.1", NOW)
    redraw_id = acme.redraw("answered", delivery_id)
    with acme.store.unit() as unit:
        for asked in ([redraw_id], [redraw_id, delivery_id]):
            (found,) = unit.outbox.earlier("acme", asked)
            assert (found.id, found.sections) == (delivery_id, (("agenda", "about"),))


def test_redrawing_what_never_arrived_is_moot(acme: Company, queue: Deliveries, database: sa.Engine) -> None:
    delivery_id = acme.post("question")
    (claimed,) = queue.claim(NOW, 9, MINUTE)
    redraw_id = acme.redraw("answered", delivery_id)
    queue.dead(delivery_id, claimed.token, "gone", NOW)
    acme.post("second")
    assert queue.claim(NOW, 9, MINUTE) == []
    moot = row(database, redraw_id)
    assert (moot.state, moot.reason, moot.sealed) == ("expired", "original_not_sent", None)
    assert texts(queue.claim(NOW, 9, MINUTE)) == ["second"]


def test_redrawing_what_has_not_left_yet_changes_what_leaves(acme: Company, queue: Deliveries) -> None:
    delivery_id = acme.post("question", NOW + DAY)
    acme.redraw("answered already", delivery_id)
    (claimed,) = queue.claim(NOW + DAY, 9, MINUTE)
    assert (texts([claimed]), claimed.parcel.delivery_id) == (["answered already"], delivery_id)
    assert claimed.sections == (("agenda", "about"),)
    queue.sent(delivery_id, claimed.token, "1.1", NOW + DAY)
    assert queue.claim(NOW + 9 * DAY, 9, MINUTE) == []


def test_two_senders_never_claim_the_same_message(acme: Company, queue: Deliveries) -> None:
    posted = [acme.post(f"{number}", to=(acme.ana, acme.ben)[number % 2]) for number in range(40)]

    def send_all() -> list[str]:
        done: list[str] = []
        while batch := queue.claim(NOW, 9, MINUTE):
            for one in batch:
                assert queue.sent(one.parcel.delivery_id, one.token, "1.1", NOW)
                done.append(one.parcel.delivery_id)
        return done

    one, other = at_once(send_all, send_all)
    assert isinstance(one, list)
    assert isinstance(other, list)
    assert sorted(one + other + send_all()) == sorted(posted)


@pytest.mark.postgres
def test_a_sender_passes_over_what_another_is_just_claiming(postgres: str, sealer: Sealer) -> None:
    with copy_of(postgres) as url:
        engine = connect(f"{url}&options=-clock_timeout%3D5s")  # an error, rather than a wait without end
        acme = Company.founded(SqlStore(engine, sealer), "acme")
        held, _ = acme.post("held"), acme.post("free", to=acme.ben)
        with engine.connect() as other:
            other.execute(sa.select(deliveries).where(deliveries.c.id == held).with_for_update())
            assert texts(Deliveries(engine, sealer).claim(NOW, 9, MINUTE)) == ["free"]
        engine.dispose()


def test_how_late_the_sender_is_is_told_by_what_it_could_send(acme: Company, queue: Deliveries) -> None:
    assert queue.late_since(NOW) is None
    acme.post("first")
    acme.post("second", NOW + MINUTE)
    acme.post("to Ben", NOW + 2 * MINUTE, to=acme.ben)
    acme.post("tomorrow", NOW + DAY, to=acme.ben)
    assert queue.late_since(NOW - MINUTE) is None
    assert queue.late_since(NOW + 9 * MINUTE) == NOW
    (first,) = queue.claim(NOW, 9, MINUTE)
    assert queue.late_since(NOW + 9 * MINUTE) == NOW, "it is not sent yet"
    assert queue.retry(first.parcel.delivery_id, first.token, NOW + DAY, "rate_limited")
    assert queue.late_since(NOW + 9 * MINUTE) == NOW + 2 * MINUTE, "the second waits for the first, not for a sender"
    assert queue.counts(NOW + 9 * MINUTE) == {"waiting": 4, "due": 2, "dead": 0}


def test_very_many_are_not_counted_to_the_end(acme: Company, queue: Deliveries, database: sa.Engine) -> None:
    delivery_id = acme.post("hello")
    model = deliveries.alias()
    number = sa.select(sa.literal(1).label("n")).cte("number", recursive=True)
    number = number.union_all(sa.select(number.c.n + 1).where(number.c.n < MOST))
    key = sa.literal("copy-").concat(sa.cast(number.c.n, sa.Text))
    columns = [column for column in model.c if column.name != "seq"]
    copies = sa.select(*(key if column.name == "id" else column for column in columns))
    copies = copies.join_from(model, number, sa.true()).where(model.c.id == delivery_id)
    with database.begin() as connection:
        connection.execute(sa.insert(deliveries).from_select([column.name for column in columns], copies))
    assert queue.counts(NOW) == {"waiting": MOST, "due": MOST, "dead": 0}
    assert queue.counts(NOW - DAY) == {"waiting": MOST, "due": 0, "dead": 0}


def test_what_a_turn_undid_is_not_sent(acme: Company, queue: Deliveries) -> None:
    with acme.store.unit() as unit:
        unit.outbox.put(Letter("undone", "acme", acme.ana, Card((Section("hello"),)), NOW))
    assert queue.claim(NOW, 9, MINUTE) == []
    assert queue.earliest() is None


def test_a_delivery_is_found_by_any_of_its_messages_as_long_as_it_was_sent_to_that_account(
    acme: Company, store: SqlStore, queue: Deliveries
) -> None:
    posted = {acme.post("long"): "D1:11.1+22.2", acme.post("to Ben", to=acme.ben): "D2:33.3"}
    for claimed in queue.claim(NOW, 9, MINUTE):
        queue.sent(claimed.parcel.delivery_id, claimed.token, posted[claimed.parcel.delivery_id], NOW)
    acme.post("waits")
    with store.unit() as unit:
        found = [unit.outbox.standing(acme.ana, message_id) for message_id in ("11.1", "22.2", "33.3", "44.4", "")]
    (long, _) = posted
    earlier = Earlier(long, acme.ana, (("agenda", "about"),), has_left=True)
    assert found == [earlier, earlier, None, None, None]
