"""A mentorship comes back with all that deciding about it needs, and nothing of another company."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.meeting import Answer, Meeting, MeetingKind, State
from bot.domain.mentorship import Consent, EndReason, Format, Mentorship, Participant, Role, Status
from bot.domain.people import Account, Organization, Person, PersonStatus, Platform, Workspace
from bot.domain.profile import Profile
from bot.domain.records import Note, NoteKind, Said, Touch, Visibility
from bot.messages import Sender
from bot.store import SqlStore
from tests.contract.company import DAY, NOW, Company

HELD, OPEN, SKIPPED, UNSETTLED = State.HELD, State.OPEN, State.SKIPPED, State.UNSETTLED


@contextmanager
def counted(database: sa.Engine) -> Iterator[list[str]]:
    """Collect the statements that are executed meanwhile."""
    statements: list[str] = []

    def note(*event: object) -> None:
        statements.append(str(event[2]))

    sa.event.listen(database, "before_cursor_execute", note)
    yield statements
    sa.event.remove(database, "before_cursor_execute", note)


def test_every_field_of_a_mentorship_and_its_people_comes_back(store: SqlStore) -> None:
    workspace = Workspace("w", "o", Platform.TEAMS, "tenant", "Acme")
    ana = Person(
        id="ana",
        organization_id="o",
        name="Ana",
        email="ana@acme.example",
        language="de",
        zone="Asia/Kathmandu",
        country="DE",
        region="BE",
        working_days=(6, 0),
        day_starts=time(7, 30),
        day_ends=time(12),
        is_admin=True,
        status=PersonStatus.LEFT,
        paused_until=NOW + DAY,
        account_id="a",
    )
    account = Account("a", "o", "w", "ana", Platform.TEAMS, "29:x", "a:1")
    mentorship = Mentorship(
        id="m",
        organization_id="o",
        format=Format.REVERSE,
        status=Status.ENDED,
        proposed_at=NOW,
        decides_at=NOW + DAY,
        zone="Pacific/Chatham",
        ends_on=date(2028, 2, 29),
        version=7,
        started_at=NOW + DAY,
        status_at=NOW + 2 * DAY,
        end_reason=EndReason.TERM,
        anchor=date(2026, 11, 3),
        at=time(14, 30),
        every_weeks=3,
        minutes=30,
    )
    participant = Participant("m", "ana", "o", Role.PEER, Consent.ACCEPTED, NOW, NOW + DAY)
    meeting = Meeting(
        id="x",
        organization_id="o",
        mentorship_id="m",
        kind=MeetingKind.KICKOFF,
        number=4,
        lead_id="ana",
        created_at=NOW,
        state=State.MISSED,
        minutes=25,
        moves=2,
        starts_at=NOW + DAY,
        timed_at=NOW,
        proposed_by="ana",
        settled_at=NOW + 2 * DAY,
    )
    answer = Answer("x", "ana", "o", 2, False, NOW + 3 * DAY)
    profile = Profile("ana", "o", "Sales", "Senior", "boss@acme.example", ("de", "en"), 2)
    saved: list[Any] = deepcopy([mentorship, participant, ana, meeting, answer, account, workspace])
    with store.unit() as unit:
        unit.people.add(Organization("o", "Acme"), workspace, ana, account, profile)
        unit.mentorships.add(mentorship, participant, meeting, answer)
        unit.commit()
    with store.unit() as unit:
        facts = unit.mentorships.facts("o", "m")
        assert facts is not None
        loaded: list[Any] = [
            facts.mentorship,
            *facts.participants,
            facts.people["ana"],
            *facts.meetings,
            *facts.answers,
        ]
        loaded += [unit.people.account("o", "a"), unit.people.workspace("teams", "tenant")]
    assert [asdict(row) for row in loaded] == [asdict(row) for row in saved]


def test_moments_given_in_another_zone_come_back_in_utc(acme: Company) -> None:
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        facts.mentorship.started_at = NOW.astimezone(ZoneInfo("Asia/Kathmandu"))
        unit.commit()
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert facts.mentorship.started_at == NOW
        assert facts.mentorship.started_at.utcoffset() == timedelta(0)


def test_participants_come_in_the_order_in_which_they_were_paired(acme: Company) -> None:
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert [participant.person_id for participant in facts.participants] == [acme.ben, acme.ana]


def test_unsettled_meetings_the_last_three_settled_and_the_last_held_are_loaded(acme: Company) -> None:
    acme.meet(HELD, HELD, SKIPPED, UNSETTLED, SKIPPED, UNSETTLED, OPEN, State.CONFIRMED)
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert [meeting.number for meeting in facts.meetings] == [1, 3, 4, 5, 6, 7]
        assert facts.last_held is facts.meetings[0]


def test_an_old_button_finds_its_meeting_among_the_others(acme: Company) -> None:
    oldest, *_ = acme.meet(HELD, HELD, HELD, HELD, HELD, OPEN)
    with acme.store.unit() as unit:
        facts = unit.mentorships.of_meeting("acme", oldest)
        assert facts is not None
        assert [meeting.number for meeting in facts.meetings] == [0, 2, 3, 4, 5]


def test_answers_notes_and_touches_of_the_loaded_meetings_come_along_and_those_of_older_ones_do_not(
    acme: Company,
) -> None:
    old, *_, last = acme.meet(HELD, HELD, HELD, HELD, OPEN)
    with acme.store.unit() as unit:
        for meeting_id in (old, last):
            unit.mentorships.add(Answer(meeting_id, acme.ana, "acme", 0, True, NOW))
            note = Note(
                f"n{meeting_id}", "acme", acme.mentorship, meeting_id, acme.ana, NoteKind.TOPIC, "q", meeting_id, NOW
            )
            unit.words.write(note, "topic", Visibility.PAIR)
        unit.commit()
    delivery = acme.post("hello")
    of_pair, of_old, of_last = (Touch(about, acme.ana, "brief", "1", 2) for about in (acme.mentorship, old, last))
    with acme.store.unit() as unit:
        said = dict.fromkeys((of_pair, of_old, of_last), Said(NOW, delivery))
        unit.touches.add("acme", acme.mentorship, said)
        unit.commit()
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert [answer.meeting_id for answer in facts.answers] == [last]
        assert facts.written == {(last, acme.ana, NoteKind.TOPIC)}
        assert facts.said == {of_pair: Said(NOW, delivery), of_last: Said(NOW, delivery)}


def test_a_person_has_all_mentorships_in_the_order_of_ids_but_those_long_over_or_long_left(acme: Company) -> None:
    acme.pair("c-over", Status.ENDED, NOW - 29 * DAY, end_reason=EndReason.TERM)
    acme.pair("b-long-over", Status.ENDED, NOW - 31 * DAY, end_reason=EndReason.TERM)
    for name, days in (("a-left", 5), ("z-leaving", 4)):
        acme.pair(name, Status.ACTIVE)
        with acme.store.unit() as unit:
            left = unit.mentorships.facts("acme", name)
            assert left is not None
            left.participants[1].left_at = NOW - days * DAY
            unit.commit()
    with acme.store.unit() as unit:
        mine = unit.mentorships.of_person(acme.ana, NOW)
        his = unit.mentorships.of_person(acme.ben, NOW)
        assert [facts.mentorship.id for facts in mine] == [acme.mentorship, "c-over", "z-leaving"]
        assert [facts.mentorship.id for facts in his] == ["a-left", acme.mentorship, "c-over", "z-leaving"]


def test_who_manages_whom_comes_along_where_it_is_known(acme: Company) -> None:
    with acme.store.unit() as unit:
        unit.people.add(Profile(acme.ana, "acme", manager_email="ben@acme.example"), Profile(acme.ben, "acme"))
        unit.commit()
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert facts.managers == {acme.ana: "ben@acme.example"}
        assert [participant.person_id for participant in facts.managed] == [acme.ana]


def test_who_was_guided_before_has_the_last_of_it_to_hand_over(acme: Company) -> None:
    acme.pair("first", Status.ENDED, NOW - 9 * DAY, end_reason=EndReason.LEFT)
    acme.pair("second", Status.ENDED, NOW - 5 * DAY, end_reason=EndReason.NEW_MATCH)
    acme.pair("term", Status.ENDED, NOW - 2 * DAY, end_reason=EndReason.TERM)
    with acme.store.unit() as unit:
        assert unit.mentorships.former(acme.ana, NOW) == "second"
        assert unit.mentorships.former(acme.ana, NOW - 6 * DAY) == "first"
        assert unit.mentorships.former(acme.ana, NOW - 10 * DAY) is None
        assert unit.mentorships.former(acme.ben, NOW) is None, "a mentor has nothing to hand over"


def test_managers_are_known_by_person(acme: Company) -> None:
    with acme.store.unit() as unit:
        unit.people.add(Profile(acme.ana, "acme", manager_email="gus@acme.example"), Profile(acme.ben, "acme"))
        unit.commit()
    with acme.store.unit() as unit:
        assert unit.people.managers([acme.ana, acme.ben]) == {acme.ana: "gus@acme.example"}
        assert unit.people.managers([]) == {}


def test_meetings_out_of_turn_push_no_regular_one_out(acme: Company) -> None:
    acme.meet(*[HELD] * 5, OPEN)
    with acme.store.unit() as unit:
        out_of_turn = [
            Meeting(
                f"extra{number}", "acme", acme.mentorship, MeetingKind.EXTRA, -number, acme.ana, NOW, HELD,
                settled_at=NOW,
            )
            for number in range(1, 6)
        ]  # fmt: skip
        unit.mentorships.add(*out_of_turn)
        unit.commit()
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert [meeting.number for meeting in facts.meetings] == [-5, -4, -3, 2, 3, 4, 5]
        assert [meeting.number for meeting in facts.series] == [2, 3, 4, 5]


def test_a_company_has_its_mentorships_oldest_first_each_with_its_own(acme: Company, store: SqlStore) -> None:
    Company.founded(store, "other")
    for number in range(3):
        acme.pair(f"pair-{number}", Status.ACTIVE, proposed_at=NOW - number * DAY)
        acme.meet(HELD, OPEN, mentorship_id=f"pair-{number}")
    acme.pair("long-over", Status.ENDED, NOW - 31 * DAY, end_reason=EndReason.TERM)
    with store.unit() as unit:
        loaded = unit.mentorships.of_organization("acme", NOW)
        assert [facts.mentorship.id for facts in loaded] == ["pair-2", "pair-1", acme.mentorship, "pair-0"][
            :2
        ] + sorted([acme.mentorship, "pair-0"])
        assert all(m.mentorship_id == facts.mentorship.id for facts in loaded for m in facts.meetings)
        assert [len(facts.meetings) for facts in loaded if facts.mentorship.id.startswith("pair")] == [2, 2, 2]


def test_many_mentorships_take_as_few_statements_as_one(acme: Company, database: sa.Engine) -> None:
    acme.meet(HELD, OPEN)
    with counted(database) as for_one, acme.store.unit() as unit:
        unit.mentorships.facts("acme", acme.mentorship)
    for number in range(20):
        acme.pair(f"pair-{number}", Status.ACTIVE)
        acme.meet(HELD, OPEN, mentorship_id=f"pair-{number}")
    with counted(database) as for_all, acme.store.unit() as unit:
        assert len(unit.mentorships.of_organization("acme", NOW)) == 21
    assert len(for_all) == len(for_one) <= 7  # BEGIN among them on SQLite


def test_another_company_finds_nothing(acme: Company, store: SqlStore) -> None:
    Company.founded(store, "other")
    (meeting_id,) = acme.meet(OPEN)
    delivery_id = acme.post("hello")
    with store.unit() as unit:
        assert unit.mentorships.facts("other", acme.mentorship) is None
        assert unit.mentorships.of_meeting("other", meeting_id) is None
        assert unit.people.get("other", acme.ana) is None
        assert unit.people.account("other", acme.ana) is None
        assert unit.outbox.earlier("other", [delivery_id]) == []
        assert unit.people.find("other", "ana@acme.example") == []
        assert [one.account_id for one in unit.outbox.earlier("acme", [delivery_id])] == [acme.ana]


def test_what_is_not_committed_never_happened(acme: Company) -> None:
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        facts.mentorship.minutes = 15
        unit.people.add(Person("guest", "acme", "Guest"))
        unit.touches.look_by("acme", acme.ana, NOW)
    with acme.store.unit() as unit:
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert facts is not None
        assert facts.mentorship.minutes == 45
        assert unit.people.get("acme", "guest") is None


def test_people_are_found_by_account_and_by_what_one_types(acme: Company, store: SqlStore) -> None:
    Company.founded(store, "other")
    with store.unit() as unit:
        known = unit.people.by_account(Sender("slack", "T-acme", f"U-{acme.ana}"))
        assert known is not None
        assert (known[0].id, known[1].address) == (acme.ana, "D1")
        assert unit.people.by_account(Sender("teams", "T-acme", f"U-{acme.ana}")) is None
        assert unit.people.by_account(Sender("slack", "T-other", f"U-{acme.ana}")) is None
        by_id = unit.people.by_external_id("acme-slack", f"U-{acme.ben}")
        assert by_id is not None
        assert by_id.id == acme.ben
        for text in ("ana öztürk", "ANA ÖZTÜRK", "Ana@ACME.example", "özt", " ana "):
            assert [person.id for person in unit.people.find("acme", text)] == [acme.ana], text
        assert [person.id for person in unit.people.find("acme", "BEN GROSS")] == [acme.ben]
        assert unit.people.find("acme", "") == []


def test_a_whole_name_is_meant_before_a_part_of_one_and_who_left_is_not_found(acme: Company) -> None:
    with acme.store.unit() as unit:
        unit.people.add(Person("1", "acme", "Kim"), Person("2", "acme", "Kimberly"), Person("3", "acme", "Joakim"))
        unit.commit()
    with acme.store.unit() as unit:
        assert [person.id for person in unit.people.find("acme", "kim")] == ["1"]
        assert [person.id for person in unit.people.find("acme", "ki")] == ["3", "1", "2"]
        kim = unit.people.get("acme", "1")
        assert kim is not None
        kim.status = PersonStatus.LEFT
        unit.commit()
    with acme.store.unit() as unit:
        assert [person.id for person in unit.people.find("acme", "kim")] == ["3", "2"]
