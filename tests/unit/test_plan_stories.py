"""The plan told with dates: what Ana and her mentor Ben hear when; both work in Berlin from nine to five."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.meeting import MeetingKind, Move, State
from bot.domain.mentorship import Consent, Status, Step
from bot.domain.people import PersonStatus
from bot.domain.plan import look, plan
from bot.domain.progress import advance
from bot.domain.records import NoteKind
from bot.domain.windows import windows
from tests.unit.scenes import ana_and_ben, answer, at, group, hear, looks_at, meeting, person


def test_an_invitation_is_repeated_once_three_working_days_after_it_was_really_said() -> None:
    facts = ana_and_ben(Status.PROPOSED)
    assert hear(facts, "ana", "2027-03-01 08:00") == []
    gathered = facts.mentorship.proposed_at + timedelta(minutes=20)
    assert looks_at(facts, "ana", "2027-03-01 08:00") == max(at("2027-03-01 09:00"), gathered)
    assert hear(facts, "ana", "2027-03-01 09:30") == ["invitation"]
    assert hear(facts, "ben", "2027-03-02 11:00") == ["invitation"]
    facts.participants[1].consent = Consent.ACCEPTED
    assert hear(facts, "ana", "2027-03-04 09:00") == []
    assert hear(facts, "ben", "2027-03-04 16:00") == []
    assert looks_at(facts, "ben", "2027-03-04 16:00") == at("2027-03-05 09:00")  # the decision comes first


def test_a_check_in_has_its_agenda_two_days_before_and_its_brief_on_the_day_before() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00")  # a Tuesday
    assert looks_at(facts, "ana", "2027-03-11 12:00") == at("2027-03-12 09:00")
    assert hear(facts, "ana", "2027-03-12 09:00") == ["agenda"]
    assert hear(facts, "ben", "2027-03-12 09:00") == []
    assert hear(facts, "ben", "2027-03-15 09:00") == ["brief"]
    assert hear(facts, "ana", "2027-03-16 10:44") == []
    assert hear(facts, "ana", "2027-03-16 10:45") == ["did_you_meet"]
    assert hear(facts, "ben", "2027-03-16 16:00") == []
    assert hear(facts, "ben", "2027-03-17 09:00") == ["wrap"]


def test_who_has_brought_a_topic_is_not_asked_for_one() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    facts.written.add((made.id, "ana", NoteKind.TOPIC))
    assert hear(facts, "ana", "2027-03-15 09:00") == []


def test_a_kickoff_needs_no_agenda() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00", kind=MeetingKind.KICKOFF)
    assert hear(facts, "ana", "2027-03-15 09:00") == []


def test_a_mentor_hears_of_a_friday_evening_only_after_the_mentee_had_a_day_to_answer() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-19 16:30")  # ends at a quarter past five, when both have gone home
    assert hear(facts, "ana", "2027-03-19 17:15") == []
    assert looks_at(facts, "ana", "2027-03-19 17:15") == at("2027-03-22 09:00")
    assert hear(facts, "ben", "2027-03-22 09:00") == []
    assert hear(facts, "ana", "2027-03-22 09:00") == ["did_you_meet"]
    assert hear(facts, "ben", "2027-03-23 09:00") == ["wrap"]


def test_a_mentor_waits_a_day_longer_where_the_mentee_was_asked_late() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00")
    facts.people["ana"].paused_until = at("2027-03-17 08:00")
    assert hear(facts, "ana", "2027-03-17 08:59") == []
    assert hear(facts, "ana", "2027-03-17 09:00") == ["did_you_meet"]
    assert hear(facts, "ben", "2027-03-17 09:00") == []
    assert hear(facts, "ben", "2027-03-18 09:00") == ["wrap"]


def test_a_mentor_is_asked_although_the_mentee_is_away() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00")
    facts.people["ana"].paused_until = at("2027-04-01 00:00")
    assert hear(facts, "ana", "2027-03-16 11:00") == []
    assert hear(facts, "ben", "2027-03-17 09:00") == ["wrap"]


def test_a_brief_follows_its_meeting_to_another_day_and_is_not_repeated_for_another_hour() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    assert hear(facts, "ben", "2027-03-15 09:00") == ["brief"]
    made.propose(at("2027-03-16 15:00"), "ana", at("2027-03-15 10:00"))
    assert hear(facts, "ben", "2027-03-15 10:00") == ["confirm"]
    made.confirm(at("2027-03-15 11:00"))
    assert hear(facts, "ben", "2027-03-15 11:00") == []
    made.propose(at("2027-03-19 10:00"), "ben", at("2027-03-15 12:00"))
    made.confirm(at("2027-03-15 13:00"))
    assert hear(facts, "ben", "2027-03-15 13:00") == ["booked"]
    assert hear(facts, "ben", "2027-03-18 09:00") == ["brief"]


def test_each_hour_that_was_agreed_is_asked_about() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    assert hear(facts, "ana", "2027-03-16 10:45") == ["did_you_meet"]
    made.propose(at("2027-03-18 10:00"), "ben", at("2027-03-16 12:00"))
    assert hear(facts, "ana", "2027-03-16 12:00") == ["confirm"]
    made.confirm(at("2027-03-16 12:00"))
    assert hear(facts, "ana", "2027-03-17 09:00") == ["agenda"]
    assert hear(facts, "ana", "2027-03-18 10:45") == ["did_you_meet"]


def test_after_a_slip_the_mentee_is_asked_twice_and_then_both_are_offered_something_easier() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    answer(facts, made, "ana", False)
    made.move(Move.MISS, at("2027-03-16 11:00"))
    assert hear(facts, "ana", "2027-03-16 11:00") == ["mend"]
    assert hear(facts, "ben", "2027-03-19 09:00") == []
    assert hear(facts, "ana", "2027-03-19 09:00") == ["mend_reminder"]
    assert hear(facts, "ana", "2027-03-22 16:59") == []
    assert hear(facts, "ana", "2027-03-23 09:00") == ["stuck"]
    assert hear(facts, "ben", "2027-03-23 09:00") == ["stuck"]
    assert looks_at(facts, "ana", "2027-03-23 09:00") == at("2027-04-02 09:00")


def test_a_pair_that_fell_silent_is_asked_once_and_then_left_alone() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-09 10:00")
    advance(facts, at("2027-03-16 09:00"))
    advance(facts, at("2027-03-30 09:00"))
    assert hear(facts, "ana", "2027-03-30 09:00") == ["stuck"]
    assert hear(facts, "ben", "2027-03-30 10:00") == ["stuck"]
    assert looks_at(facts, "ana", "2027-03-30 10:00") == at("2027-08-04 09:00"), "four weeks before the end"


def test_a_group_is_asked_on_although_one_of_it_was_not_there() -> None:
    facts = group("ana", "carl", "dora")
    made = meeting(facts, "2027-03-16 10:00", kind=MeetingKind.KICKOFF)
    answer(facts, made, "dora", False)
    assert hear(facts, "ana", "2027-03-16 10:45") == ["did_you_meet"]
    assert hear(facts, "ben", "2027-03-17 09:00") == ["wrap"]
    assert hear(facts, "carl", "2027-03-17 09:00") == []


def test_a_lead_who_was_not_there_is_not_asked_what_they_took_home() -> None:
    facts = group("ana", "carl", "dora")
    made = meeting(facts, "2027-03-16 10:00")
    answer(facts, made, "ana", False)
    answer(facts, made, "carl", True)
    answer(facts, made, "ben", True)
    made.move(Move.HOLD, at("2027-03-16 10:45"))
    asked = {name for name in facts.people if hear(facts, name, "2027-03-16 11:00") == ["reflection"]}
    assert asked == {"carl", "ben"}


def test_news_is_told_for_five_days_once_for_each_change() -> None:
    facts = ana_and_ben()
    facts.mentorship.step(Step.PAUSE, at("2027-03-19 18:00"))
    assert hear(facts, "ana", "2027-03-22 09:00") == ["news"]
    assert hear(facts, "ben", "2027-03-24 18:00") == []
    assert looks_at(facts, "ben", "2027-03-24 18:00") == facts.mentorship.ends_at
    facts.mentorship.step(Step.END, at("2027-03-25 10:00"))
    assert hear(facts, "ana", "2027-03-25 10:00") == ["news"]
    assert hear(facts, "ben", "2027-03-25 10:00") == ["news"]
    assert looks_at(facts, "ana", "2027-03-25 10:00") is None


def test_who_has_left_the_company_hears_nothing_more() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00")
    facts.people["ana"].status = PersonStatus.LEFT
    assert hear(facts, "ana", "2027-03-15 09:00") == []


def test_all_mentorships_of_a_person_are_looked_at_together() -> None:
    one, other = ana_and_ben(), ana_and_ben()
    other.mentorship.id = "other"
    meeting(one, "2027-03-16 10:00")
    later = meeting(other, "2027-03-17 14:00")
    later.id, later.mentorship_id = "later", "other"
    ben = one.people["ben"]
    on_monday = look(ben, [plan(one), plan(other)], at("2027-03-15 09:00"))
    assert [window.mentorship_id for window in on_monday.due] == ["m"]
    assert on_monday.next_at == at("2027-03-16 09:00")
    on_tuesday = look(ben, [plan(one), plan(other)], at("2027-03-16 09:30"))
    assert [window.mentorship_id for window in on_tuesday.due] == ["m", "other"]
    assert look(ben, [], at("2027-03-16 09:30")) == look(ben, iter([]), at("2027-03-17 09:30"))


def test_each_hears_it_in_the_morning_of_their_own_zone() -> None:
    facts = ana_and_ben()
    facts.people = {"ana": person("ana", "Pacific/Auckland"), "ben": person("ben", "America/New_York")}
    meeting(facts, "2027-07-13 10:00")  # 20:00 in Auckland, 04:00 in New York
    assert looks_at(facts, "ana", "2027-07-08 12:00") == at("2027-07-09 09:00", "Pacific/Auckland")
    assert looks_at(facts, "ben", "2027-07-08 12:00") == at("2027-07-12 09:00", "America/New_York")


def test_a_window_is_open_from_its_first_moment_to_the_one_before_it_is_moot() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00")
    (agenda,) = [window for window in windows(facts) if window.touch.kind == "agenda"]
    assert (agenda.opens, agenda.moot_after) == (at("2027-03-12 09:00"), made.starts_at)
    tick = timedelta.resolution
    assert [
        agenda.is_open(t) for t in (agenda.opens - tick, agenda.opens, agenda.moot_after - tick, agenda.moot_after)
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_the_week_after_the_first_talk_one_writes_the_agreement_and_the_other_is_asked_at_each_change() -> None:
    facts = ana_and_ben()
    meeting(facts, "2027-03-16 10:00", State.HELD, MeetingKind.KICKOFF)
    assert hear(facts, "ana", "2027-03-19 16:00") == []
    assert hear(facts, "ana", "2027-03-22 09:00") == ["agreement"]
    assert hear(facts, "ben", "2027-03-22 09:00") == []
    assert hear(facts, "ana", "2027-03-25 09:00") == ["agreement_reminder"]
    facts.draft("ana", at("2027-03-25 10:00"))
    assert hear(facts, "ben", "2027-03-25 10:19") == [], "it waits for those of other pairs"
    assert hear(facts, "ben", "2027-03-25 10:20") == ["agree"]
    facts.draft("ben", at("2027-03-25 11:00"))
    assert hear(facts, "ben", "2027-03-30 09:00") == []
    assert hear(facts, "ana", "2027-03-25 11:20") == ["agree"]
    facts.accept("ana", at("2027-03-25 12:00"))
    assert facts.agreement_stands
    assert hear(facts, "ana", "2027-03-30 09:00") == []


def test_a_group_needs_three_who_agree_and_asks_the_others_no_more() -> None:
    facts = group("ana", "carl", "dora", "eva")
    meeting(facts, "2027-03-16 10:00", State.HELD, MeetingKind.KICKOFF)
    assert hear(facts, "ben", "2027-03-22 09:00") == ["agreement"]
    facts.draft("ben", at("2027-03-22 10:00"))
    assert hear(facts, "carl", "2027-03-22 10:20") == ["agree"]
    stands = []
    for name in ("carl", "dora"):
        facts.accept(name, at("2027-03-22 11:00"))
        stands.append(facts.agreement_stands)
    assert stands == [False, True]
    assert hear(facts, "eva", "2027-03-22 13:00") == []


def test_after_two_talks_who_learns_is_asked_once_for_a_goal() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00", State.HELD, MeetingKind.KICKOFF)
    facts.draft("ana", made.created_at)
    facts.accept("ben", made.created_at)
    assert hear(facts, "ana", "2027-03-29 15:00") == []
    meeting(facts, "2027-03-30 10:00", State.HELD)
    facts.written.add(("meeting1", "ana", NoteKind.REFLECTION))
    assert hear(facts, "ana", "2027-04-01 16:00") == []
    assert hear(facts, "ana", "2027-04-05 09:00") == ["goal"]
    assert hear(facts, "ben", "2027-04-05 09:00") == [], "it comes along with something else"
    facts.with_goal.add("ana")
    assert not [window for window in windows(facts) if window.touch.kind == "goal"]


def test_what_was_said_is_no_more_to_come_and_what_is_past_is_still_unsaid() -> None:
    facts = ana_and_ben()
    made = meeting(facts, "2027-03-16 10:00", State.HELD)
    facts.draft("ana", made.created_at)
    facts.accept("ben", made.created_at)
    assert unsaid(facts) == ["reflection", "ending"]
    assert hear(facts, "ana", "2027-03-22 09:00") == []
    assert unsaid(facts) == ["reflection", "ending"]
    assert hear(facts, "ana", "2027-03-18 09:00") == ["reflection"]
    assert unsaid(facts) == ["ending"]


def unsaid(facts: Facts) -> list[str]:
    return [window.touch.kind for window in plan(facts).unsaid("ana")]
