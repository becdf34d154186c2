"""A CSV file to rows: its letters, its delimiter and its header are found out by looking."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from bot.roster import cells, names
from bot.roster.rows import Problem, Roster, Row

_DELIMITERS = (",", ";", "\t")
_NONE = "-"
"""What a cell says that is empty on purpose."""

_EXCEL = ("sep=", "SEP=")
"""How a first line begins that tells Excel the delimiter."""

_HEADINGS = {
    "name": "name fullname displayname vollername mitarbeiter",
    "email": "email mail emailaddress emailadresse mailadresse",
    "team": "team department abteilung bereich",
    "level": "level grade seniority stufe ebene karrierestufe",
    "manager": "manager manageremail reportsto vorgesetzter vorgesetzte vorgesetzter führungskraft",
    "zone": "timezone tz zone zeitzone",
    "country": "country land",
    "languages": "languages language sprachen sprache",
    "offers": "offers offer offering bietet angebot angebote",
    "wants": "wants want wanted sucht wünsche lernziele",
    "capacity": "mentorcapacity capacity mentees mentorkapazität mentorenkapazität kapazität",
    "days": "workingdays workdays days arbeitstage tage",
    "hours": "workinghours workhours hours arbeitszeit arbeitszeiten arbeitsstunden",
}
_COLUMNS = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}

_READERS: Mapping[str, Callable[[str], Any]] = {
    "team": cells.text,
    "level": cells.text,
    "manager": cells.text,
    "zone": names.zone,
    "country": names.country,
    "languages": cells.languages,
    "offers": cells.listing,
    "wants": cells.listing,
    "capacity": cells.capacity,
    "days": cells.days,
    "hours": cells.hours,
}
_EMPTY: Mapping[str, object] = {
    "team": "",
    "level": "",
    "manager": "",
    "country": "",
    "languages": (),
    "offers": (),
    "wants": (),
    "capacity": 0,
}


class UnreadableRoster(Exception):
    """Nothing could be read of a file; the text is one line with the mend."""


def read(data: bytes) -> Roster:
    """Read a roster; lines with a fault are left out, each with its reason.

    Raises:
        UnreadableRoster: it is no CSV file in UTF-8 with a column for the name and one for the e-mail address.
    """
    body = _text(data)
    delimiter = _delimiter(body)
    lines = _lines(body, delimiter)
    header = _header(lines)
    columns, ignored = _columns(header)
    for column in ("name", "email"):
        if column not in columns:
            raise UnreadableRoster(
                f"The first line has no column '{column}'. Please begin the file with the names of its columns; "
                "'name' and 'email' must be among them."
            )
    rows: list[Row] = []
    problems: list[Problem] = []
    emails: dict[str, str] = {}
    taken: dict[str, int] = {}
    for line, found in lines:
        if isinstance(found, str):
            problems.append(Problem(line, found))
            continue
        said = {column: found[place] for column, place in columns.items() if place < len(found)}
        address = said.get("email", "").lower()
        emails.setdefault(address, said.get("name", ""))
        values, reasons = _values(said)
        if len(found) > len(header):
            reasons.append("it has more cells than the header; a text with a delimiter in it needs quotation marks")
        if address in taken:
            reasons.append(f"the same e-mail address is on line {taken[address]}")
        if reasons:
            problems.append(Problem(line, "; ".join(reasons)))
        else:
            taken[address] = line
            rows.append(Row(line=line, **values))
    return Roster(tuple(rows), tuple(problems), emails, ignored)


def _text(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableRoster("This is a spreadsheet. Please save it as 'CSV UTF-8' and import that file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableRoster(_not_utf8(f"line {line} has other bytes")) from None
    if "\0" in text:
        raise UnreadableRoster(_not_utf8("it has zero bytes"))
    return text


def _not_utf8(sign: str) -> str:
    return f"This file is not in UTF-8 ({sign}). Please save it again as 'CSV UTF-8' and import that file."


def _delimiter(text: str) -> str:
    """Return the delimiter with which the header has the most columns that we know."""

    def known(delimiter: str) -> int:
        return len(_columns(_header(_lines(text, delimiter)))[0])

    return max(_DELIMITERS, key=known)


def _header(lines: Iterator[tuple[int, list[str] | str]]) -> list[str]:
    return next((found for _, found in lines if isinstance(found, list)), [])


def _columns(header: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return where each column stands, and the headings that we do not know or had already."""
    columns: dict[str, int] = {}
    ignored: list[str] = []
    for place, heading in enumerate(header):
        column = _COLUMNS.get(re.sub(r"[\W_]", "", heading.casefold()))
        if column and column not in columns:
            columns[column] = place
        elif heading:
            ignored.append(heading)
    return columns, tuple(ignored)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each line that is not empty with its number: its cells, or what is wrong with its quotation marks."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            found = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            upto = f", nor are the lines up to {reader.line_num}" if reader.line_num > line else ""
            yield line, f"its quotation marks do not match, so it is not read{upto}"
            continue
        if any(found) and not (line == 1 and text.startswith(_EXCEL)):
            yield line, found


def _values(said: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of one line by column, and all that is wrong with it."""
    values: dict[str, Any] = {}
    reasons: list[str] = []
    if not said.get("name"):
        reasons.append("the name is missing")
    for column, reader in {"name": cells.text, "email": cells.email, **_READERS}.items():
        cell = said.get(column, "")
        try:
            if column in ("name", "email"):
                values[column] = reader(cell)
            elif cell == _NONE:
                values[column] = _EMPTY.get(column)
            elif cell:
                values[column] = reader(cell)
        except ValueError as error:
            reasons.append(str(error))
    return values, reasons
