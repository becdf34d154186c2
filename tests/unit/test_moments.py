"""Days, hours and stretches of days in words, English and German, read on the clocks of whoever types them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import at_local, local
from bot.language import translator
from bot.moments import day, hour, moment, read
from bot.spans import span

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
NOW = datetime(2027, 3, 15, 8, 30, tzinfo=UTC)
"""Monday, half past nine in Berlin."""

TEN = time(10)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Thursday 3pm", "2027-03-18 15:00"),
        ("to Thursday 3 p.m.", "2027-03-18 15:00"),
        ("Thursday at 3", "2027-03-18 15:00"),
        ("Thu 15:30", "2027-03-18 15:30"),
        ("Thursday 15.30", "2027-03-18 15:30"),
        ("Thursday noon", "2027-03-18 12:00"),
        ("Thursday", "2027-03-18 10:00"),
        ("next Monday", "2027-03-22 10:00"),
        ("Monday", "2027-03-22 10:00"),
        ("tomorrow 10", "2027-03-16 10:00"),
        ("tomorrow", "2027-03-16 10:00"),
        ("today 14:00", "2027-03-15 14:00"),
        ("3pm", "2027-03-15 15:00"),
        ("8:00", "2027-03-16 08:00"),
        ("in two weeks", "2027-03-29 10:00"),
        ("in 2 hours", "2027-03-15 11:30"),
        ("Friday", "2027-03-19 10:00"),
        ("16.3.", "2027-03-16 10:00"),
        ("16.3. 15:00", "2027-03-16 15:00"),
        ("16.3.2027", "2027-03-16 10:00"),
        ("10.10.", "2027-10-10 10:00"),
        ("3 March", "2028-03-03 10:00"),
        ("Tue, Mar 16, 15:00", "2027-03-16 15:00"),
        ("2027-03-16T15:00", "2027-03-16 15:00"),
        ("Donnerstag 15 Uhr", "2027-03-18 15:00"),
        ("auf Donnerstag um 15 Uhr", "2027-03-18 15:00"),
        ("Donnerstag, 15 Uhr 30", "2027-03-18 15:30"),
        ("bis Freitag", "2027-03-19 10:00"),
        ("nächsten Montag", "2027-03-22 10:00"),
        ("kommenden Freitag um 9", "2027-03-19 09:00"),
        ("morgen 10 Uhr", "2027-03-16 10:00"),
        ("übermorgen", "2027-03-17 10:00"),
        ("in zwei Wochen", "2027-03-29 10:00"),
        ("nächste Woche", "2027-03-22 10:00"),
        ("Dienstag, 16. März, 15 Uhr", "2027-03-16 15:00"),
        ("Mittwoch mittags", "2027-03-17 12:00"),
        ("Thrusday 3pm", "2027-03-18 15:00"),
        ("tommorow 10", "2027-03-16 10:00"),
        ("Donerstag 15 Uhr", "2027-03-18 15:00"),
    ],
)
def test_a_moment_in_words(said: str, meant: str) -> None:
    found = moment(said, NOW, BERLIN, TEN)
    assert found is not None
    assert f"{local(found, BERLIN):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    "said",
    ["yesterday", "last Monday", "10.3.2027", "today 8:00", "31.2.", "March", "2027", "10", "a", "", "whenever",
     "the sofa", "3pm EST", "Fri 25:00", "Fri 99pm", "Thursday 3pm " + "please " * 20, "3.3.3027"],
)  # fmt: skip
def test_what_is_over_or_names_no_moment_is_not_guessed(said: str) -> None:
    assert moment(said, NOW, BERLIN, TEN) is None


@pytest.mark.parametrize("said", ["until Monday", "bis Montag", "until Mon", "until this Monday"])
def test_until_the_weekday_that_today_is_means_today(said: str) -> None:
    assert span(said, NOW, BERLIN) == (date(2027, 3, 15), date(2027, 3, 15))
    assert span("until next Monday", NOW, BERLIN) == (date(2027, 3, 15), date(2027, 3, 22))
    assert span("until in a week", NOW, BERLIN) == (date(2027, 3, 15), date(2027, 3, 22))


def test_the_same_words_are_another_moment_on_other_clocks() -> None:
    in_berlin, in_new_york = (moment("Thursday 3pm", NOW, zone, TEN) for zone in (BERLIN, NEW_YORK))
    assert in_berlin is not None
    assert in_new_york is not None
    assert in_new_york - in_berlin == timedelta(hours=5), "the clocks of New York have changed already"
    assert moment("today 8:00", NOW, NEW_YORK, TEN) is not None, "there it is half past four in the morning"


def test_an_hour_that_the_clocks_skip_is_a_moment_nevertheless() -> None:
    skipped = moment("28.3. 2:30", NOW, BERLIN, TEN)
    assert skipped == at_local(date(2027, 3, 28), time(2, 30), BERLIN)


def test_a_day_named_today_is_today() -> None:
    assert day("15.3.", NOW, BERLIN) == day("today", NOW, BERLIN) == date(2027, 3, 15)
    assert day("15 March 2028", NOW, BERLIN) == date(2028, 3, 15)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("10", "10:00"), ("3", "15:00"), ("3 Uhr", "03:00"), ("10am", "10:00"), ("12am", "00:00"), ("12pm", "12:00"),
     ("14:30", "14:30"), ("um 14", "14:00"), ("noon", "12:00")],
)  # fmt: skip
def test_an_hour_in_words(said: str, meant: str) -> None:
    found = hour(said)
    assert found is not None
    assert f"{found:%H:%M}" == meant


@pytest.mark.parametrize("said", ["Thursday", "25", "-1", "ten or so", "", "²"])
def test_what_is_no_hour_is_not_guessed(said: str) -> None:
    assert hour(said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("until Friday", ("2027-03-15", "2027-03-19")),
        ("bis Freitag", ("2027-03-15", "2027-03-19")),
        ("from 3 to 10 April", ("2027-04-03", "2027-04-10")),
        ("vom 3. bis 10. April", ("2027-04-03", "2027-04-10")),
        ("3.4.–10.4.", ("2027-04-03", "2027-04-10")),
        ("3.-10.4.", ("2027-04-03", "2027-04-10")),
        ("March 16 to 20", ("2027-03-16", "2027-03-20")),
        ("from 3 to 20 March", ("2027-03-15", "2027-03-20")),
        ("from 30 to 2 April", ("2027-03-30", "2027-04-02")),
        ("28. Dezember bis 3. Januar", ("2027-12-28", "2028-01-03")),
        ("from Friday to Tuesday", ("2027-03-19", "2027-03-23")),
        ("from tomorrow until Friday", ("2027-03-16", "2027-03-19")),
        ("tomorrow", ("2027-03-16", "2027-03-16")),
        ("next week", ("2027-03-22", "2027-03-28")),
        ("nächste Woche", ("2027-03-22", "2027-03-28")),
        ("for two weeks", ("2027-03-15", "2027-03-28")),
        ("zwei Wochen lang", ("2027-03-15", "2027-03-28")),
        ("until Friday because of my knee", ("2027-03-15", "2027-03-19")),
    ],
)
def test_days_on_end_in_words(said: str, meant: tuple[str, str]) -> None:
    assert span(said, NOW, BERLIN) == tuple(map(date.fromisoformat, meant))


@pytest.mark.parametrize(
    "said", ["", "from", "to", "from 16 to 20", "from 31.4. to 3.5.", "until yesterday", "a while"]
)
def test_days_that_make_no_sense_are_not_guessed(said: str) -> None:
    assert span(said, NOW, BERLIN) is None


@pytest.mark.parametrize("language", ["en", "de"])
@given(ahead=st.integers(1, 60), clock=st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_what_is_said_back_is_understood_as_what_it_says(language: str, ahead: int, clock: time) -> None:
    there = at_local(local(NOW, BERLIN).date() + timedelta(days=ahead), clock, BERLIN)
    said = translator(language).when(there, BERLIN)
    found = moment(said, NOW, BERLIN, TEN)
    assert found is not None
    assert translator(language).when(found, BERLIN) == said


hostile = st.one_of(
    st.text(max_size=90),
    st.lists(
        st.sampled_from(
            ["Thursday", "Freitag", "3pm", "25:99", "31.2.", "0.0.", "99", "in", "until", "bis", "-", "–", "next",
             "10", "now", "ago", "lang", "for", "weeks", "0000-00-00", "9999-12-31", "١٢", "²", "\x00", "{", "%"]
        ),
        max_size=8,
    ).map(" ".join),
)  # fmt: skip


@given(hostile, st.sampled_from([BERLIN, NEW_YORK, "Pacific/Kiritimati", "UTC"]))
def test_no_text_is_too_strange_and_nothing_behind_us_is_read(text: str, zone: str) -> None:
    today = local(NOW, zone).date()
    named, found, days = read(text, NOW, zone), moment(text, NOW, zone, TEN), span(text, NOW, zone)
    assert named is None or named.day is None or named.day >= today
    assert found is None or found > NOW
    assert days is None or today <= days[0] <= days[1]
    hour(text)
