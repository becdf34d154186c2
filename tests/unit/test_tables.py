"""Every button, form and section that the flows make leads to somebody who answers it."""

import pytest

from bot.domain.prompts import Prompt
from bot.engine.tables import Tables
from bot.flow import Command, Flow


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
