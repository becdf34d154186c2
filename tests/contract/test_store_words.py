"""What people write: read by its author and those it was written for, and by nobody who looks at the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, State
from bot.domain.people import Person
from bot.domain.records import ActionItem, AuditEntry, Goal, Note, NoteKind, Visibility
from bot.messages import Sender, Submitted, Typed
from bot.ports import Draft, Kept
from bot.store import Sealer, SqlStore, Unsealable
from bot.store.queues import Inbox
from bot.store.tables import audit, words
from tests.contract.company import NOW, Company

TOPIC = NoteKind.TOPIC


@pytest.fixture
def meeting(acme: Company) -> Meeting:
    (meeting_id,) = acme.meet(State.CONFIRMED)
    with acme.store.unit() as unit:
        facts = unit.mentorships.of_meeting("acme", meeting_id)
        assert facts is not None
        return facts.meetings[0]


def write(acme: Company, meeting: Meeting, text: str, visibility: Visibility, author: str = "") -> None:
    with acme.store.unit() as unit:
        note = Note(
            new_id(), "acme", meeting.mentorship_id, meeting.id, author or acme.ana, TOPIC, "topic", new_id(), NOW
        )
        unit.words.write(note, text, visibility)
        unit.commit()


def read(acme: Company, meeting: Meeting, reader: str, kind: NoteKind = TOPIC) -> list[str]:
    with acme.store.unit() as unit:
        return [text for _, text in unit.words.notes(meeting.id, kind, reader)]


def test_a_private_note_is_read_by_its_author_only(acme: Company, meeting: Meeting) -> None:
    write(acme, meeting, "for me", Visibility.ME)
    assert read(acme, meeting, acme.ana) == ["for me"]
    assert read(acme, meeting, acme.ben) == []


def test_a_shared_note_is_read_by_those_in_the_mentorship_and_nobody_else(acme: Company, meeting: Meeting) -> None:
    with acme.store.unit() as unit:
        unit.people.add(Person("admin", "acme", "Ada", is_admin=True))
        unit.commit()
    write(acme, meeting, "for us", Visibility.PAIR)
    write(acme, meeting, "for all", Visibility.GROUP, author=acme.ben)
    assert sorted(read(acme, meeting, acme.ana)) == sorted(read(acme, meeting, acme.ben)) == ["for all", "for us"]
    assert read(acme, meeting, "admin") == []


def test_who_left_reads_what_is_theirs_and_no_more(acme: Company, meeting: Meeting) -> None:
    write(acme, meeting, "by Ana", Visibility.PAIR)
    write(acme, meeting, "by Ben", Visibility.PAIR, author=acme.ben)
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        facts.participants[0].left_at = NOW
        unit.commit()
    assert read(acme, meeting, acme.ben) == ["by Ben"]
    assert sorted(read(acme, meeting, acme.ana)) == ["by Ana", "by Ben"]


def test_where_they_meet_is_words_that_all_in_it_read_and_nobody_else(
    acme: Company, meeting: Meeting, database: sa.Engine
) -> None:
    def told(reader: str) -> str:
        with acme.store.unit() as unit:
            (loaded,) = unit.mentorships.of_person(acme.ana, NOW)
            return unit.words.place(loaded.meetings[0], reader)

    def tell(place: str) -> None:
        with acme.store.unit() as unit:
            (loaded,) = unit.mentorships.of_person(acme.ana, NOW)
            unit.words.meet_at(loaded.meetings[0], acme.ana, place)
            unit.commit()

    assert told(acme.ben) == ""
    tell("Room Öresund")
    assert told(acme.ana) == told(acme.ben) == "Room Öresund"
    assert told("eve") == ""
    tell("By phone")
    assert told(acme.ben) == "By phone"
    with database.connect() as connection:
        (row,) = connection.execute(sa.select(words))
    assert b"phone" not in row.sealed
    tell("")
    assert told(acme.ana) == ""
    with database.connect() as connection:
        assert connection.execute(sa.select(words)).all() == []


def test_a_place_that_another_meeting_has_too_is_left_to_that_one(acme: Company) -> None:
    acme.meet(State.HELD, State.CONFIRMED)
    with acme.store.unit() as unit:
        (facts,) = unit.mentorships.of_person(acme.ana, NOW)
        before, after = facts.meetings
        unit.words.meet_at(before, acme.ana, "Room Öresund")
        after.place_id = before.place_id
        unit.commit()
    with acme.store.unit() as unit:
        (facts,) = unit.mentorships.of_person(acme.ana, NOW)
        unit.words.meet_at(facts.meetings[1], acme.ben, "By phone")
        unit.commit()
    with acme.store.unit() as unit:
        (facts,) = unit.mentorships.of_person(acme.ana, NOW)
        assert [unit.words.place(one, acme.ana) for one in facts.meetings] == ["Room Öresund", "By phone"]


def test_new_answers_replace_those_to_the_questions_shown_and_an_emptied_one_is_cleared(
    acme: Company, meeting: Meeting, database: sa.Engine
) -> None:
    def answer(answers: dict[str, str], kind: NoteKind = TOPIC, author: str = acme.ana) -> None:
        with acme.store.unit() as unit:
            unit.words.replace(meeting, author, kind, answers, Visibility.PAIR, NOW)
            unit.commit()

    answer({"first": "one", "second": "two", "third": ""})
    answer({"first": "by Ben"}, author=acme.ben)
    answer({"first": "afterwards"}, kind=NoteKind.REFLECTION)
    answer({"first": "", "third": "three"})
    assert sorted(read(acme, meeting, acme.ben)) == ["by Ben", "three", "two"]
    assert read(acme, meeting, acme.ben, NoteKind.REFLECTION) == ["afterwards"]
    with database.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(words)) == 4


def test_one_form_is_open_in_a_conversation_and_comes_back_as_it_was(acme: Company) -> None:
    first = Draft(
        "1", "acme", acme.ana, "agenda", "m1", 2, {"topic": "half a", "tags": ("x", "y"), "none": ()}, 1, NOW
    )
    second = Draft("2", "acme", acme.ana, "reflection", "m2", 0)
    second.kept = (Kept("1", "agenda", "m1", 2, {"topic": "half a", "tags": ("x", "y")}, 1),)
    with acme.store.unit() as unit:
        unit.drafts.put(first, NOW)
        unit.commit()
    with acme.store.unit() as unit:
        found = unit.drafts.get(acme.ana)
        assert found is not None
        assert vars(found) == vars(first)
        unit.drafts.put(second, NOW)
        unit.commit()
    with acme.store.unit() as unit:
        found = unit.drafts.get(acme.ana)
        assert found is not None
        assert vars(found) == vars(second)
        assert unit.drafts.get(acme.ben) is None
        unit.drafts.drop(acme.ana)
        assert unit.drafts.get(acme.ana) is None


def test_grave_deeds_are_noted_by_ids(acme: Company, database: sa.Engine) -> None:
    with acme.store.unit() as unit:
        unit.audit(AuditEntry("1", "acme", acme.ana, "mentorship.pair", acme.mentorship, NOW))
        unit.commit()
    with database.connect() as connection:
        (entry,) = connection.execute(sa.select(audit))
    assert tuple(entry) == ("1", "acme", acme.ana, "mentorship.pair", acme.mentorship, NOW)


def test_no_word_can_be_read_in_the_database_itself(
    acme: Company, meeting: Meeting, database: sa.Engine, sealer: Sealer
) -> None:
    """A marked word goes in through every door, and is looked for in all that the database holds."""
    word = "xylophone"
    write(acme, meeting, word, Visibility.PAIR)
    acme.post(word)
    sender = Sender("slack", "T1", "ana")
    Inbox(database, sealer).put_many([Typed(("k",), sender, word), Submitted((), sender, "f", "s", {"q": word})], NOW)
    with acme.store.unit() as unit:
        unit.words.replace(meeting, acme.ana, TOPIC, {"q": word}, Visibility.ME, NOW)
        action = ActionItem("a", "acme", acme.mentorship, meeting.id, acme.ana, "w", NOW)
        unit.words.write(action, word, Visibility.PAIR)
        unit.words.tell(action, word, Visibility.PAIR)
        unit.words.write(Goal("g", "acme", acme.mentorship, acme.ana, "of g", NOW), word, Visibility.PAIR)
        unit.drafts.put(Draft("d", "acme", acme.ana, "agenda", "m1", 0, {"topic": word}), NOW)
        unit.commit()
    assert read(acme, meeting, acme.ana) == [word, word]
    stored = b"".join(everything(database))
    assert b"acme-ana" in stored
    for form in (word.encode(), word.encode().hex().encode(), word.encode("utf-16-le")):
        assert form not in stored


def test_with_another_key_nothing_opens(acme: Company, meeting: Meeting, database: sa.Engine) -> None:
    write(acme, meeting, "for me", Visibility.ME)
    with SqlStore(database, Sealer([b"x" * 32])).unit() as unit, pytest.raises(Unsealable):
        unit.words.notes(meeting.id, TOPIC, acme.ana)


def everything(database: sa.Engine) -> Iterator[bytes]:
    """Yield what the database holds: the bytes of SQLite's files, every row of PostgreSQL as text."""
    if database.dialect.name == "sqlite":
        assert database.url.database is not None
        file = Path(database.url.database)
        yield from (path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        return
    with database.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            yield from (row[0].encode() for row in connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t'))
