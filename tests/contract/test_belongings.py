"""Everything stored on somebody comes out, opened, for that person: what they wrote and may read, and no more."""

import json
from html.parser import HTMLParser

import pytest
import sqlalchemy as sa

from bot.belongings import COLUMNS, TITLES, as_json, as_page
from bot.domain.mentorship import Consent, Format, Participant, Role, Status, Step
from bot.domain.people import Person
from bot.ports import Belongings
from bot.store import Sealer
from bot.store.belongings import LEFT_OUT, PARTS
from bot.store.tables import metadata
from tests.contract.company import NOW, Company
from tests.contract.lived import EMAIL, MARK, NAME, PLACE, SECRET, TEAM, live


@pytest.fixture
def lived(acme: Company, database: sa.Engine, sealer: Sealer) -> Company:
    live(acme, database, sealer)
    return acme


def of(acme: Company, person_id: str) -> Belongings:
    with acme.store.unit() as unit:
        person = unit.people.get("acme", person_id)
        assert person
        return unit.belongings(person)


def test_every_table_is_told_or_left_out_for_a_reason() -> None:
    """A new table fails here until somebody has decided."""
    told = {table.name for part in PARTS for table in part.tables}
    assert set(metadata.tables) - told - set(LEFT_OUT) == set()
    assert not told & set(LEFT_OUT)
    assert all(LEFT_OUT.values())


def test_every_subject_has_a_title_and_every_column_a_name_or_holds_an_id() -> None:
    assert {part.name for part in PARTS} | {"words"} == set(TITLES)
    columns = {str(column.key) for part in PARTS for column in part.rows.selected_columns}
    internal = {"about", "occasion", "ordinal", "sealed"}
    assert {name for name in columns - set(COLUMNS) if name != "id" and not name.endswith("_id")} <= internal


def test_of_each_part_there_is_something(lived: Company) -> None:
    found = of(lived, lived.ana)
    assert {name for name, rows in found.items() if not rows} == {"words"}
    assert found["person"][0]["email"] == EMAIL
    assert found["profile"][0]["team"] == TEAM
    assert found["profile"][0]["goal"] == f"{MARK} as a goal"
    assert found["abilities"] == [
        {"skill": "Design", "side": "want", "level": 2},
        {"skill": f"{MARK} making", "side": "want", "level": None},
        {"skill": "Juggling", "side": "want", "level": None},
    ]
    assert found["not_with"] == [{"not_with": "Ben Groß"}]
    assert found["accounts"][0]["account_id"] == "U-acme-ana"
    assert found["mentorships"][0]["with"] == ("Ben Groß",)
    assert found["meetings"][0]["place"] == PLACE
    assert found["answers"] == [
        {
            "with": ("Ben Groß",),
            "meeting_id": "acme-pair-0",
            "moves": 0,
            "met": True,
            "answered_at": found["answers"][0]["answered_at"],
            "starts_at": NOW,
            "mentorship_id": "acme-pair",
        }
    ]
    assert found["drafts"][0]["values"] == {"topics": MARK}
    assert [row["kind"] for row in found["said"]] == ["did_you_meet"]
    assert [row["action"] for row in found["audit"]] == ["pause"]


def test_own_words_and_the_shared_ones_are_opened_and_what_others_keep_to_themselves_is_not_there(
    lived: Company,
) -> None:
    found = of(lived, lived.ana)
    assert sorted(str(row["words"]) for row in found["notes"]) == [
        "by Ben for both",
        f"{MARK} for both",
        f"{MARK} for me",
    ]
    assert sorted((str(row["words"]), row["outcome"]) for row in found["actions"]) == [
        ("step, by Ben for both", ""),
        (f"step, {MARK} for both", ""),
        (f"step, {MARK} for me", ""),
        (f"{MARK} done", f"{MARK} as outcome"),
    ]
    everything = as_json(found, NOW).decode()
    assert SECRET not in everything
    assert "ben@acme.example" not in everything
    of_ben = as_json(of(lived, lived.ben), NOW).decode()
    for hers in (f"{MARK} for me", f"{MARK} as a goal", f"{MARK} making"):
        assert hers not in of_ben
    assert of(lived, lived.ben)["not_with"] == []


def test_who_has_left_a_mentorship_reads_only_their_own_of_it(lived: Company) -> None:
    with lived.store.unit() as unit:
        facts = unit.mentorships.facts("acme", lived.mentorship)
        assert facts
        facts.participants[0].left_at = NOW
        unit.commit()
    assert [row["words"] for row in of(lived, lived.ben)["notes"]] == ["by Ben for both", f"{SECRET} for Ben alone"]


def test_who_was_asked_into_a_group_and_did_not_come_is_not_named(lived: Company) -> None:
    def with_whom() -> object:
        rows = of(lived, lived.ana)["mentorships"]
        return next(row["with"] for row in rows if row["mentorship_id"] == "group")

    lived.pair("group", Status.PROPOSED, format=Format.GROUP, started_at=None)
    with lived.store.unit() as unit:
        unit.people.add(Person("carl", "acme", "Carl"), Person("dora", "acme", "Dora"))
        carl = Participant("group", "carl", "acme", Role.MENTEE, Consent.ACCEPTED)
        dora = Participant("group", "dora", "acme", Role.MENTEE, Consent.DECLINED)
        unit.mentorships.add(carl, dora)
        unit.commit()
    assert with_whom() == ("Ben Groß",)
    with lived.store.unit() as unit:
        facts = unit.mentorships.facts("acme", "group")
        assert facts
        facts.mentorship.step(Step.START, NOW)
        unit.commit()
    assert with_whom() == ("Ben Groß", "Carl")


def test_words_that_nothing_points_to_are_told_too(lived: Company, database: sa.Engine) -> None:
    with database.begin() as connection:
        connection.execute(sa.delete(metadata.tables["notes"]))
    assert {row["words"] for row in of(lived, lived.ana)["words"]} == {f"{MARK} for me", f"{MARK} for both"}


def test_no_key_and_nothing_sealed_comes_along(lived: Company, sealer: Sealer) -> None:
    everything = as_json(of(lived, lived.ana), NOW).decode()
    assert "sealed" not in everything
    assert sealer.key_id not in everything


def test_the_files_are_whole_and_hold_the_same_words(lived: Company) -> None:
    with lived.store.unit() as unit:
        ana = unit.people.get("acme", lived.ana)
        assert ana
        ana.name = f"<b>{NAME}</b>"
        unit.commit()
        ana.language = "de"
    found = of(lived, lived.ana)
    read = json.loads(as_json(found, NOW))
    assert read["made_at"] == "2026-11-02T09:00:00+00:00"
    assert read["meetings"][0]["starts_at"] == NOW.isoformat()
    page = as_page(found, ana, NOW).decode()
    text = Text()
    text.feed(page)
    shown = " ".join(text.parts)
    for word in (f"<b>{NAME}</b>", EMAIL, f"{MARK} as outcome", "by Ben for both", "2026-11-02 09:00", "Montag"):
        assert word in shown, word
    assert "<b>" not in page
    assert "acme-pair" not in page, "ids say nothing to people"


class Text(HTMLParser):
    """Gathers the text of a page, as a person sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
