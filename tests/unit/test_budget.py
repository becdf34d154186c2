"""The week's budget: what of all that is due is said, waits or is dropped, held against a naive count."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import Dropped, Told, Verdict, limits, weigh
from bot.domain.people import Person
from bot.domain.plan import Limits, Look, Plan
from bot.domain.prompts import ANSWERABLE, WAITED_FOR, Prompt, Rank, rank
from bot.domain.records import Touch
from bot.domain.windows import Window
from tests.unit.histories import STEADY
from tests.unit.scenes import at

MONDAY = at("2027-03-15 09:00")
USUAL = Limits()
ANA = Person("ana", "o", "Ana Sample", zone="Europe/Berlin")


def window(kind: Prompt, opens: datetime = MONDAY, lasts: timedelta = timedelta(days=20), **rest: object) -> Window:
    """Return a window of a kind, about a meeting of its own."""
    touch = Touch(f"{kind} {opens}", ANA.id, kind, "")
    return Window(touch, "m", opens, opens + lasts, **rest)  # type: ignore[arg-type]


def told(*kinds: Prompt) -> list[Told]:
    """Return one message of each kind, said this week."""
    return [Told(MONDAY, kind, f"delivery {number}") for number, kind in enumerate(kinds)]


def weighed(
    *due: Window,
    before: list[Told] | None = None,
    ahead: tuple[tuple[datetime, Window], ...] = (),
    riders: tuple[Window, ...] = (),
    a_week: Limits = USUAL,
) -> Verdict:
    return weigh(ANA, Look(due, None, riders, ahead), before or [], a_week, MONDAY)


def test_all_that_is_due_goes_on_one_message() -> None:
    agenda, confirm = window(Prompt.AGENDA), window(Prompt.CONFIRM)
    assert weighed(agenda, confirm).say == (agenda, confirm)


def test_a_third_message_of_a_week_is_dropped_with_its_reason() -> None:
    agenda = window(Prompt.AGENDA)
    verdict = weighed(agenda, before=told(Prompt.CONFIRM, Prompt.MEND))
    assert (verdict.say, verdict.drop) == ((), ((agenda, Dropped.BUDGET),))
    assert verdict.again_at is None, "what was dropped is not looked at again"


def test_two_sections_of_one_message_count_once() -> None:
    agenda = window(Prompt.AGENDA)
    one_message = [Told(MONDAY, kind, "the same") for kind in (Prompt.CONFIRM, Prompt.MEND, Prompt.GOAL)]
    assert weighed(agenda, before=one_message).say == (agenda,)


def test_what_somebody_waits_for_is_put_off_to_the_next_week_and_never_beyond_its_use() -> None:
    before = told(Prompt.AGENDA, Prompt.DID_YOU_MEET)
    confirm = window(Prompt.CONFIRM)
    verdict = weighed(confirm, before=before)
    assert (verdict.say, verdict.drop, verdict.again_at) == ((), (), at("2027-03-22 09:00"))
    urgent = window(Prompt.CONFIRM, lasts=timedelta(days=3))
    verdict = weighed(urgent, before=before)
    assert verdict.add == ((urgent, "delivery 1"),), "it stands on the last card, without a new message"
    assert (verdict.say, verdict.drop, verdict.again_at) == ((), (), None)


def test_a_change_on_short_notice_is_said_whatever_the_budget_and_takes_the_rest_along() -> None:
    cancelled, goal = window(Prompt.NEWS, free=True), window(Prompt.GOAL)
    verdict = weighed(cancelled, goal, before=told(Prompt.AGENDA, Prompt.DID_YOU_MEET))
    assert verdict.say == (cancelled, goal)


def test_the_last_message_is_kept_for_the_agenda_that_is_to_come() -> None:
    tuesday, goal = at("2027-03-16 09:00"), window(Prompt.GOAL)
    ahead = ((tuesday, window(Prompt.AGENDA, tuesday)),)
    verdict = weighed(goal, before=told(Prompt.CONFIRM), ahead=ahead)
    assert (verdict.say, verdict.drop, verdict.again_at) == ((), (), tuesday), "it comes along on Tuesday"
    assert weighed(goal, ahead=ahead).say == (goal,), "with two messages left it need not wait"
    next_week = at("2027-03-23 09:00")
    assert weighed(goal, before=told(Prompt.CONFIRM), ahead=((next_week, window(Prompt.AGENDA, next_week)),)).say


def test_what_somebody_waits_for_is_said_now_where_the_message_that_comes_would_be_too_late() -> None:
    tuesday, soon = at("2027-03-16 09:00"), window(Prompt.CONFIRM, lasts=timedelta(hours=20))
    ahead = ((tuesday, window(Prompt.AGENDA, tuesday)),)
    assert weighed(soon, before=told(Prompt.GOAL), ahead=ahead).say == (soon,)


def test_what_is_to_come_of_less_weight_takes_nothing_away() -> None:
    agenda, tuesday = window(Prompt.AGENDA), at("2027-03-16 09:00")
    assert weighed(agenda, before=told(Prompt.CONFIRM), ahead=((tuesday, window(Prompt.GOAL, tuesday)),)).say


def test_one_brief_a_week_holds_all_meetings_of_the_week() -> None:
    today, friday = window(Prompt.BRIEF), at("2027-03-19 09:00")
    later = window(Prompt.BRIEF, friday, early=MONDAY)
    verdict = weighed(today, ahead=((friday, later),), riders=(later,))
    assert verdict.say == (today, later)
    second = weighed(later, before=told(Prompt.BRIEF))
    assert (second.say, second.drop) == ((), ())
    assert second.add == ((later, "delivery 0"),), "a meeting that comes later is put on the brief of the week"


def test_a_second_wrap_waits_for_the_next_week() -> None:
    wrap = window(Prompt.WRAP)
    assert weighed(wrap, before=told(Prompt.WRAP)).again_at == at("2027-03-22 09:00")


def test_what_rides_makes_no_message_of_its_own_and_comes_along_with_any() -> None:
    reflection = window(Prompt.REFLECTION, rides=True)
    assert weighed(riders=(reflection,)) == Verdict()
    agenda = window(Prompt.AGENDA)
    assert weighed(agenda, riders=(reflection,)).say == (agenda, reflection)


def test_a_card_that_turns_costs_nothing() -> None:
    turning = window(Prompt.AGENDA_TURNS, turns=Touch("m", ANA.id, Prompt.AGENDA, ""))
    verdict = weighed(turning, before=told(Prompt.AGENDA, Prompt.MEND))
    assert (verdict.say, verdict.turn, verdict.drop) == ((), (turning,), ())


def test_fewer_is_the_persons_own_limit_and_else_the_strictest_programme_counts() -> None:
    plans = [Plan((), (), {}, limits=Limits(3, 1, 2)), Plan((), (), {}, limits=Limits(2, 2, 2))]
    assert limits(ANA, plans) == Limits(2, 1, 2)
    assert limits(Person("ben", "o", "Ben Sample", unasked_a_week=1), plans) == Limits(1, 1, 2)
    assert limits(ANA, []) == Limits(2, 1, 1), "who has no mentorship gets as many as is usual"


def test_how_many_briefs_and_wraps_a_week_is_a_setting() -> None:
    brief, wrap = window(Prompt.BRIEF), window(Prompt.WRAP)
    more = Limits(messages=3, briefs=2, wraps=2)
    assert weighed(brief, before=told(Prompt.BRIEF), a_week=more).say == (brief,)
    assert weighed(wrap, before=told(Prompt.WRAP), a_week=more).say == (wrap,)
    assert weighed(brief, before=told(Prompt.BRIEF, Prompt.BRIEF), a_week=more).add == ((brief, "delivery 1"),)
    three_in_one = [Told(MONDAY, Prompt.BRIEF, "the same")] * 3
    assert weighed(brief, before=three_in_one, a_week=more).say == (brief,), "messages count, not meetings"


def test_did_you_meet_stands_on_the_last_card_of_a_full_week() -> None:
    did_you_meet, one = window(Prompt.DID_YOU_MEET), Limits(messages=1)
    verdict = weighed(did_you_meet, before=told(Prompt.AGENDA), a_week=one)
    assert (verdict.say, verdict.drop, verdict.again_at) == ((), (), None)
    assert verdict.add == ((did_you_meet, "delivery 0"),), "it can be answered there, without a new message"
    tuesday = at("2027-03-16 09:00")
    waiting = weighed(did_you_meet, ahead=((tuesday, window(Prompt.AGENDA, tuesday)),), a_week=one)
    assert waiting.again_at == tuesday, "where the week's one message is to come, it comes along"


KINDS = st.sampled_from([kind for kind in Prompt if kind not in (Prompt.AGENDA_TURNS, Prompt.WERE_YOU_THERE)])
DUE = st.lists(st.builds(window, KINDS, free=st.booleans()), max_size=5, unique_by=lambda one: one.touch)
HOURS = st.integers(1, 24 * 10).map(lambda hours: MONDAY + timedelta(hours=hours))
AHEAD = st.lists(HOURS.flatmap(lambda at: st.tuples(st.just(at), st.builds(window, KINDS, st.just(at)))), max_size=4)


@STEADY
@given(DUE, st.lists(KINDS, max_size=4), AHEAD, st.builds(Limits, *[st.integers(1, 3)] * 3))
def test_whatever_is_due_the_budget_holds_and_nothing_is_lost_without_a_word(
    due: list[Window], before: list[Prompt], ahead: list[tuple[datetime, Window]], a_week: Limits
) -> None:
    verdict = weighed(*due, before=told(*before), ahead=tuple(ahead), a_week=a_week)
    if verdict.say:
        assert len(before) < a_week.messages or any(one.free for one in verdict.say), "above the budget"
        kinds = {one.touch.kind for one in verdict.say}
        assert not (Prompt.BRIEF in kinds and before.count(Prompt.BRIEF) >= a_week.briefs), "too many briefs"
        assert not (Prompt.WRAP in kinds and before.count(Prompt.WRAP) >= a_week.wraps), "too many wraps"
    dropped = {one for one, _ in verdict.drop}
    added = {one for one, _ in verdict.add}
    rest = [one for one in due if one not in verdict.say and one not in dropped and one not in added]
    assert not rest or (verdict.again_at and all(verdict.again_at < one.moot_after for one in rest)), "forgotten"
    for one in dropped:
        assert one.touch.kind not in WAITED_FOR, "somebody waits for it, and it would still be of use next week"
        assert one.touch.kind not in ANSWERABLE, "it can be answered on a card of this week"
    for one in rest:
        assert one.touch.kind in WAITED_FOR or any(
            rank(other.touch.kind) < rank(one.touch.kind) for _, other in ahead
        ), "a heap"


def test_the_weights_are_those_of_the_calendar() -> None:
    assert rank(Prompt.BRIEF) == rank(Prompt.AGENDA) == Rank.MEETING
    assert Rank.MEETING < rank(Prompt.DID_YOU_MEET) < rank(Prompt.MEND) < rank(Prompt.INVITATION)
