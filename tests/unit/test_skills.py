"""Skills by their names: what is one skill, what level stands behind it, and who may see it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.profile import Ability
from bot.domain.skills import Skill, SkillList, SkillStatus, key, with_level
from bot.language import translator
from bot.near import alike, alike_pairs
from bot.skill_words import MOST, Wording, like_pairs, problem, wordings, written

ENGLISH, GERMAN = translator("en"), translator("de")


def listed(name: str, into: str | None = None) -> Skill:
    return Skill(name, "acme", name, SkillStatus.LISTED, into)


def added(name: str, people: int = 1) -> Skill:
    return Skill(name, "acme", name, SkillStatus.ADDED, people=people)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Javascript", "java script"),
        ("JS", "JavaScript"),
        ("Node.js", "NodeJS"),
        ("K8s", "kubernetes"),
        ("ＳＱＬ", "sql"),
    ],
)
def test_names_that_differ_in_case_spaces_and_signs_or_are_short_for_one_thing_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), ("Java", "JavaScript"), ("Go", "Golf")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_signs_alone_are_no_name() -> None:
    assert [key(text) for text in ("", " ", "++", "–")] == [""] * 4


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Python 4", "Python", 4),
        ("Python:4", "Python", 4),
        ("Python (4)", "Python", 4),
        ("Python - expert", "Python", 5),
        ("Python (Can Do It)", "Python", 3),
        ("C++ 2", "C++", 2),
        ("Windows 11", "Windows 11", None),
        ("ISO 9001", "ISO 9001", None),
        ("Python 6", "Python 6", None),
        ("Web2", "Web2", None),
        ("expert", "expert", None),
    ],
)
def test_a_level_may_stand_behind_a_skill_as_a_number_or_a_word(text: str, name: str, level: int | None) -> None:
    assert wordings(text, ENGLISH) == [Wording(name, level)]


def test_levels_have_words_in_each_language_and_english_ones_work_in_all() -> None:
    said = wordings("Verhandeln (kann ich gut), Reden: expert\nPython Anfänger; python 3 | ++", GERMAN)
    assert said == [Wording("Verhandeln", 4), Wording("Reden", 5), Wording("Python", 1)]


@given(st.text(max_size=80))
def test_any_text_is_a_skill_with_or_without_a_level(text: str) -> None:
    name, level = with_level(text, {"expert": 5})
    assert level is None or level in range(1, 6)
    assert name in text
    assert with_level(name, {}) == (name, None) or level is not None or with_level(text, {})[1] is not None


@given(
    st.lists(
        st.tuples(st.sampled_from(["SQL", "C++", "Public speaking", "Go"]), st.integers(1, 5)),
        unique_by=lambda o: o[0],
    )
)
def test_what_is_filled_into_a_form_is_read_back_as_it_was(said: list[tuple[str, int]]) -> None:
    skills = SkillList(listed(name) for name, _ in said)
    text = written([Ability(name, level) for name, level in said], skills)
    assert wordings(text, ENGLISH) == [Wording(name, level) for name, level in said]


def test_too_many_or_too_long_is_said_with_the_mend() -> None:
    many = [Wording(str(number), None) for number in range(MOST + 1)]
    assert "keep the 20" in problem(many, ENGLISH)
    assert "A few words" in problem([Wording("x" * 61, None)], ENGLISH)
    assert problem(many[1:], ENGLISH) == ""


def test_another_name_leads_to_the_skill_and_one_on_the_list_comes_before_others() -> None:
    skills = SkillList(
        [listed("ECMA", "JavaScript"), listed("JavaScript"), added("java script"), listed("Live", "ECMA")]
    )
    for name in ("ecma", "JS", "LIVE"):
        found = skills.find(name)
        assert found and found.id == "JavaScript"
    assert skills.find("Java") is None
    assert [skill.id for skill in skills.own] == ["JavaScript", "java script"]
    twin = skills.twin(added("java script"))
    assert twin and twin.id == "JavaScript"


def test_what_one_person_has_added_is_theirs() -> None:
    skills = SkillList([listed("SQL"), added("Grief"), added("Sailing", 2)])
    assert [skill.id for skill in skills.public] == ["Sailing", "SQL"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Python", "Pyhton"), ("Public speaking", "speaking, public"), ("Presentations", "presentation")],
)
def test_names_that_are_nearly_the_same_are_asked_about(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


def test_all_names_are_compared_with_all() -> None:
    names = sorted(
        [
            "Data science",
            "Science of data",
            "Science, data",
            "Sailing",
            "Sailng",
            "Sialng",
            "Singing",
            "C",
            "C++",
            "Python",
            "Python 3",
            "Python 2",
            "Pyhton",
            "Public speaking",
            "Pblic speakng",
            "Go",
            "Goo",
            "Ökonomie",
            "Okonomie",
            "Coaching",
            "Coachnig",
            "Caochnig",
            "Design at large",
            "Large design",
            "",
            "",
        ]
    )
    places = combinations(range(len(names)), 2)
    assert list(alike_pairs(names)) == [(one, other) for one, other in places if alike(names[one], names[other])]


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("Level 1", "Level 2"), ("Java", "JavaScript"), ("Go", "Do")]
)
def test_names_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_pairs_are_asked_about_where_one_of_them_is_public_and_once() -> None:
    skills = SkillList([listed("Python"), added("Pyhton"), added("Grief"), added("Griefs"), listed("Grafs")])
    assert [(one.id, other.id) for one, other in like_pairs(skills, ())] == [("Pyhton", "Python")]
    assert list(like_pairs(skills, {frozenset(("Python", "Pyhton"))})) == []


def test_the_one_to_keep_is_on_the_list_or_has_more_people() -> None:
    skills = SkillList([added("Sailng", 2), added("Sailing", 5)])
    assert [(one.id, other.id) for one, other in like_pairs(skills, ())] == [("Sailng", "Sailing")]
