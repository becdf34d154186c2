"""Every button, form and section that the flows make leads to somebody who answers it."""

import pytest

from bot.domain.people import Person
from bot.domain.prompts import Prompt
from bot.engine.tables import Tables
from bot.flow import Command, Flow
from bot.scene import AdminsOnly, NotThere

PEOPLE = (Person("ada", "o", "Ada Sample", is_admin=True), Person("ben", "o", "Ben Sample"))

ACTIONS = [
    "admins.add",
    "admins.remove",
    "apart.undo",
    "digest.off",
    "digest.on",
    "enrolling.sure",
    "helping.on_it",
    "helping.pair",
    "helping.preview",
    "helping.send",
    "helping.sure",
    "holiday.rest",
    "leaving.sure",
    "programs.add",
    "programs.added",
    "programs.calendar",
    "programs.settings",
    "proposed.bring",
    "proposed.forbid",
    "proposed.open",
    "proposed.page",
    "proposed.pin",
    "proposed.show",
    "proposed.take",
    "round_report.left",
    "round_report.show",
    "rounds.again",
    "rounds.approve",
    "rounds.discard",
    "rounds.fill",
    "rounds.match",
    "rounds.sure",
    "rounds.what_if",
    "skills.add",
    "skills.different",
    "skills.page",
    "skills.same",
    "status.page",
]
"""The buttons that are for those who run the programme alone."""

FORMS = [
    "matching.pair",
    "programs.add",
    "programs.calendar",
    "programs.settings",
    "rounds.begin",
    "rounds.what_if",
    "skills.add",
]
"""The forms that are."""


def test_every_prompt_of_the_plan_can_be_drawn_and_says_why_it_came() -> None:
    tables = Tables()
    drawn = tables.sections | tables.alone
    assert set(drawn) >= set(Prompt)
    assert all(one.why for one in drawn.values())


def test_two_flows_cannot_answer_the_same_button() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Tables((Flow(actions={"a.b": lambda turn, press: ()}), Flow(actions={"a.b": lambda turn, press: ()})))


def test_two_flows_cannot_listen_to_the_same_words() -> None:
    says = Command(("hello",), "hello: says hello", lambda turn, text: ())
    with pytest.raises(ValueError, match="hello"):
        Tables((Flow(commands=(says,)), Flow(commands=(says,))))


def test_what_is_for_those_who_run_the_programme_alone() -> None:
    """Whatever comes to these lists is reached by nobody else; whatever goes from them is open to everybody."""
    tables = Tables()
    assert sorted(tables.admin_actions) == ACTIONS
    assert sorted(tables.admin_forms) == FORMS


def test_the_tables_give_it_to_nobody_else() -> None:
    tables, (ada, ben) = Tables(), PEOPLE
    for name in ACTIONS:
        assert tables.action(name, ada) is tables.actions[name]
        with pytest.raises(AdminsOnly):
            tables.action(name, ben)
    for name in FORMS:
        assert tables.form(name, ada) is tables.forms[name]
        with pytest.raises(AdminsOnly):
            tables.form(name, ben)
    assert tables.action("closing.keep", ben) is tables.actions["closing.keep"]


def test_what_no_flow_has_is_not_there() -> None:
    ada, _ = PEOPLE
    for find in (Tables().action, Tables().form):
        with pytest.raises(NotThere):
            find("no.such", ada)
