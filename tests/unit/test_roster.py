"""A roster is read as people write it: every dialect, every slip with its line and its mend."""

import csv
from datetime import time
from io import StringIO
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.roster import Problem, Report, Roster, Row, UnreadableRoster, read

ANA = Row(2, "Ana Lee", "ana@acme.example")


def lines(*text: str) -> bytes:
    return "\n".join(text).encode()


def reasons(roster: Roster) -> dict[int, str]:
    return {problem.line: problem.reason for problem in roster.problems}


def test_a_full_line_is_read_whole() -> None:
    roster = read(
        lines(
            "name,email,team,level,manager,time zone,country,languages,offers,wants,mentor capacity,"
            "working days,working hours",
            "Ana Lee,Ana@Acme.example,Core,Senior,Bo Ray,europe/berlin,Germany,German;English,"
            '"Go, SQL",Speaking|Go,2,"Mon, Tue, Thu",09:00-17:30',
        )
    )
    assert roster.problems == ()
    assert roster.rows == (
        Row(
            line=2,
            name="Ana Lee",
            email="ana@acme.example",
            team="Core",
            level="Senior",
            manager="Bo Ray",
            zone="Europe/Berlin",
            country="DE",
            languages=("de", "en"),
            offers=("Go", "SQL"),
            wants=("Speaking", "Go"),
            capacity=2,
            days=(0, 1, 3),
            hours=(time(9), time(17, 30)),
        ),
    )


@pytest.mark.parametrize(
    "header",
    [
        "name,email,time zone,mentor capacity",
        "  NAME , E-Mail ,Time_Zone,Mentor Capacity",
        "Full name,e-mail address,tz,capacity",
        "Name,E-Mail-Adresse,Zeitzone,Kapazität",
    ],
)
def test_headings_may_be_written_as_one_likes(header: str) -> None:
    (row,) = read(lines(header, "Ana Lee,ana@acme.example,Europe/Berlin,3")).rows
    assert (row.name, row.email, row.zone, row.capacity) == ("Ana Lee", "ana@acme.example", "Europe/Berlin", 3)


def test_columns_stand_in_any_order_and_unknown_ones_are_named() -> None:
    roster = read(lines("shoe size\temail\tname\tdesk", "43\tana@acme.example\tAna Lee\t7"))
    assert roster.rows == (ANA,)
    assert roster.ignored == ("shoe size", "desk")


def test_a_column_that_comes_twice_is_read_once_and_named() -> None:
    roster = read(lines("name,email,e-mail", "Ana Lee,ana@acme.example,other@acme.example"))
    assert roster.rows == (ANA,)
    assert roster.ignored == ("e-mail",)


def test_a_file_as_excel_writes_it_in_germany() -> None:
    header = "\ufeffsep=;\r\nName;E-Mail;Arbeitstage;Arbeitszeit\r\n"
    data = header + "Jörg Weiß;jw@acme.example;Mo – Do;8 bis 16.30 Uhr\r\n;;;\r\n"
    (row,) = read(data.encode()).rows
    assert row == Row(3, "Jörg Weiß", "jw@acme.example", days=(0, 1, 2, 3), hours=(time(8), time(16, 30)))


def test_formulas_are_plain_text() -> None:
    (row,) = read(lines("name,email,team", '"=HYPERLINK(""http://x"")",ana@acme.example,+1')).rows
    assert (row.name, row.team) == ('=HYPERLINK("http://x")', "+1")


def test_an_empty_cell_says_nothing_and_a_dash_says_none() -> None:
    (row,) = read(lines("name,email,team,offers,time zone", "Ana Lee,ana@acme.example,-,-,")).rows
    assert (row.team, row.offers, row.zone) == ("", (), None)


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("tz", "Europe/Berln", "did you mean 'Europe/Berlin'?"),
        ("tz", "Sydney", "did you mean 'Australia/Sydney'?"),
        ("tz", "qqqq", "did you mean a name such as 'Europe/Berlin'?"),
        ("country", "Germny", "did you mean 'Germany'?"),
        ("country", "QQ", "its code of two letters"),
        ("team", "x" * 201, "longer than 200 characters"),
        ("offers", "x" * 2001, "longer than 2000 characters"),
        ("capacity", "many", "no whole number from 0 to 20"),
        ("capacity", "-1", "no whole number from 0 to 20"),
        ("capacity", "21", "no whole number from 0 to 20"),
        ("capacity", "²", "no whole number from 0 to 20"),
        ("days", "Mon-Fry", "'Fry' is no day of the week"),
        ("days", "Mon-", "is no day of the week"),
        ("days", "|", "is no day of the week"),
        ("hours", "17:00-09:00", "end before they start"),
        ("hours", "09:00-09:00", "end before they start"),
        ("hours", "9", "not like '09:00-17:30'"),
        ("hours", "9-25", "not like '09:00-17:30'"),
        ("hours", "9-12-14", "not like '09:00-17:30'"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_mend_and_the_good_are_kept(heading: str, cell: str, told: str) -> None:
    slip = f"Ben Ray\tben@acme.example\t{cell}"
    roster = read(lines(f"name\temail\t{heading}", "Ana Lee\tana@acme.example", slip, "Cy Oh\tcy@acme.example"))
    assert [row.name for row in roster.rows] == ["Ana Lee", "Cy Oh"]
    assert [problem.line for problem in roster.problems] == [3]
    assert told in roster.problems[0].reason


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    roster = read(lines("name,email,tz,hours", ",ana at acme,Berlin,17-9"))
    assert roster.rows == ()
    for told in ("name is missing", "'ana at acme' is no e-mail address", "'Europe/Berlin'", "end before they start"):
        assert told in reasons(roster)[2]


def test_the_same_address_twice_is_told_and_the_first_is_kept() -> None:
    roster = read(lines("name,email", "Ana Lee,ana@acme.example", "", "Ana Li,ANA@acme.example", "Bo,"))
    assert roster.rows == (ANA,)
    assert reasons(roster) == {
        4: "the same e-mail address is on line 2",
        5: "the e-mail address is missing",
    }


def test_too_many_cells_are_told() -> None:
    roster = read(lines("name,email,offers", "Ana Lee,ana@acme.example,Go,SQL"))
    assert "more cells than the header" in reasons(roster)[2]


def test_lines_are_counted_over_cells_with_line_breaks() -> None:
    roster = read(lines("name,email", '"Ana', 'Lee",ana@acme.example', "Ben,nowhere"))
    assert roster.rows == (ANA,)
    assert list(reasons(roster)) == [4]


def test_a_quotation_mark_without_its_partner_spoils_what_it_swallows_only() -> None:
    roster = read(
        lines("name,email", '"Ana "Al" Lee",ana@acme.example', "Bo,bo@acme.example", '"Cy,cy@acme.example', "Di,")
    )
    assert [row.name for row in roster.rows] == ["Bo"]
    assert "quotation marks do not match" in reasons(roster)[2]
    assert "the lines up to 5" in reasons(roster)[4]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("name,email\nAna,ana@x.example\nJörg,j@x.example".encode("latin-1"), "not in UTF-8 (line 3"),
        ("name,email\nAna,ana@x.example".encode("utf-16"), "not in UTF-8"),
        ("name,email\nAna,ana@x.example".encode("utf-16-le"), "not in UTF-8 (it has zero bytes)"),
        (b"PK\x03\x04xl/workbook.xml", "This is a spreadsheet"),
        (b"", "no column 'name'"),
        (b"\n\n", "no column 'name'"),
        (b"name,team\nAna,Core", "no column 'email'"),
        (b"Ana,ana@x.example", "no column 'name'"),
    ],
)
def test_a_file_that_is_no_roster_gets_one_line_with_the_mend(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableRoster) as refusal:
        read(data)
    assert told in str(refusal.value)
    assert "Please" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_managers_are_found_by_address_and_by_name_here_and_among_the_known() -> None:
    roster = read(
        lines(
            "name,email,manager",
            "Ana Lee,ana@acme.example,BEN@acme.example",
            "Cy Oh,cy@acme.example,ana lee",
            "Di Fox,di@acme.example,Old Hand",
            "Ben,ben@acme,-",
            "Eve,eve@acme.example,Nobody",
        )
    ).with_managers({"old@acme.example": "Old Hand", "ben@acme.example": "Ben Ray"})
    assert [row.manager for row in roster.rows] == ["ben@acme.example", "ana@acme.example", "old@acme.example", None]
    assert [(problem.line, problem.kept) for problem in roster.problems] == [(5, False), (6, True)]
    assert "'Nobody' is nobody in this file, nor known" in reasons(roster)[6]


def test_a_manager_whose_own_line_has_a_slip_is_found_all_the_same() -> None:
    roster = read(lines("name,email,manager,tz", "Ana Lee,ana@x.example,bo@x.example,", "Bo,bo@x.example,,Berln"))
    assert [row.manager for row in roster.with_managers({}).rows] == ["bo@x.example"]


def test_a_manager_whose_name_two_people_bear_is_not_guessed() -> None:
    roster = read(lines("name,email,manager", "Al,al@x.example,", "Al,al2@x.example,", "Bo,bo@x.example,Al"))
    (problem,) = roster.with_managers({}).problems
    assert "more than one person; write the e-mail address (Bo was taken in without)" in problem.reason


def test_the_report_is_short_and_says_what_to_do() -> None:
    report = Report(
        added=1,
        changed=2,
        unchanged=3,
        missing=("Zoe",),
        problems=(Problem(4, "bad"), Problem(6, "odd", kept=True), *(Problem(n, "bad") for n in range(10, 40))),
        ignored=("shoe size",),
    )
    told = str(report).splitlines()
    assert told[:3] == [
        "1 person added, 2 changed, 3 unchanged.",
        "31 lines were left out. Please mend and import the file again; the rest stays as it is.",
        "  line 4: bad",
    ]
    assert told[22:] == [
        "  … and 11 more",
        "Taken in, but please look at:",
        "  line 6: odd",
        "Ignored, since I do not know these columns: shoe size.",
        "Known, but not in this file (nobody was removed): Zoe.",
    ]
    assert str(Report(0, 0, 5)) == "0 people added, 0 changed, 5 unchanged."


# Whatever a spreadsheet writes, we read

WORDS = (
    st.text(max_size=30).map(lambda text: " ".join(text.replace("\0", "").split())).filter(lambda text: text != "-")
)
ITEMS = st.lists(
    WORDS.map(lambda text: "".join(letter for letter in text if letter not in ";,|").strip()).filter(
        lambda text: text not in ("", "-")
    ),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)
TIMES = st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=2, max_size=2, unique=True)
WRITTEN_DAYS = ("Mon", "Di", "wednesday", "Thu", "Fr.", "Sat", "Sonntag")


@st.composite
def people(draw: st.DrawFn) -> list[Row]:
    """People on the lines from 2, with every column."""
    emails = draw(st.lists(st.from_regex(r"[a-z0-9.+_-]{1,9}@[a-z]{1,5}\.example", fullmatch=True), unique=True))
    return [
        Row(
            line=line,
            name=draw(WORDS.filter(bool)),
            email=email,
            team=draw(WORDS),
            level=draw(WORDS),
            manager=draw(WORDS),
            zone=draw(st.sampled_from(sorted(available_timezones()))),
            country=draw(st.sampled_from(["DE", "US", "AU", ""])),
            languages=draw(st.lists(st.sampled_from(["en", "de", "es"]), unique=True).map(tuple)),
            offers=draw(ITEMS),
            wants=draw(ITEMS),
            capacity=draw(st.integers(0, 20)),
            days=draw(st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))),
            hours=draw(TIMES.map(sorted).map(lambda pair: (pair[0], pair[1]))),
        )
        for line, email in enumerate(emails, 2)
    ]


def written(row: Row, divider: str) -> list[str]:
    """The cells of a row as somebody would write them who marks what is empty with a dash."""
    assert row.languages is not None and row.offers is not None and row.wants is not None
    assert row.days is not None and row.hours is not None
    cells = [row.team, row.level, row.manager, row.zone, row.country]
    lists = [f"{divider} ".join(items) for items in (row.languages, row.offers, row.wants)]
    days = f"{divider} ".join(WRITTEN_DAYS[day] for day in row.days)
    hours = f"{row.hours[0]:%H:%M}-{row.hours[1]:%H:%M}"
    return [row.name, row.email, *(cell or "-" for cell in (*cells, *lists)), str(row.capacity), days, hours]


HEADER = (
    "name",
    "email",
    "team",
    "level",
    "manager",
    "tz",
    "country",
    "languages",
    "offers",
    "wants",
    "capacity",
    "days",
    "hours",
)


@given(
    rows=people(),
    delimiter_and_divider=st.sampled_from([(",", ";"), (",", "|"), (";", ","), (";", "|"), ("\t", ","), ("\t", ";")]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_was_written_in_any_dialect_reads_back_equal(
    rows: list[Row], delimiter_and_divider: tuple[str, str], encoding: str, end: str, quoting: int
) -> None:
    delimiter, divider = delimiter_and_divider
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(HEADER)
    writer.writerows(written(row, divider) for row in rows)
    roster = read(file.getvalue().encode(encoding))
    assert roster.problems == ()
    assert list(roster.rows) == rows


@given(st.one_of(st.binary(), st.text().map(lambda text: ("name,email\n" + text).encode())))
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data: bytes) -> None:
    try:
        roster = read(data)
    except UnreadableRoster:
        return
    assert all(row.name and "@" in row.email for row in roster.rows)
