"""Somebody who confides is heard; somebody who is only tired, or busy, or done with a form, is not."""

import pytest

from bot.confidences import sounds_like_one


@pytest.mark.parametrize(
    "said",
    [
        "I feel bullied by my lead",
        "this is harassment",
        "He keeps humiliating me in front of the team",
        "I am thinking of quitting",
        "I want to quit.",
        "I think I'm burned out",
        "I am scared of my manager",
        "I get panic attacks before work",
        "Ich werde gemobbt",
        "Mein Chef belästigt mich",
        "mein chef belaestigt mich",
        "Ich will kündigen",
        "Ich denke darüber nach zu kündigen",
        "Ich bin völlig ausgebrannt",
        "Ich habe Angst vor meinem Chef",
    ],
)
def test_a_confidence_is_heard(said: str) -> None:
    assert sounds_like_one(said)


@pytest.mark.parametrize(
    "said",
    [
        "quit",
        "cancel this",
        "That was a hard week",
        "we met",
        "move to Thursday 3pm",
        "How do I say no to my boss?",
        "I want to lead a project",
        "Wie kündige ich eine Besprechung an?",
        "bin müde",
        "the bull market",
        "",
    ],
)
def test_an_ordinary_line_is_not(said: str) -> None:
    assert not sounds_like_one(said)
