"""Who is named in a typed line, however people type it."""

import pytest

from bot.mentions import listed, named


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        (" @ ", []),
        ("@Ben Sample, @Ana Sample", ["@Ben Sample", "@Ana Sample"]),
        ("@Ben Sample @Ana Sample", ["@Ben Sample", "@Ana Sample"]),
        ("Ben Sample and Ana Sample", ["Ben Sample", "Ana Sample"]),
        ("Ben Sample und Ana Sample", ["Ben Sample", "Ana Sample"]),
        ("<@U1> <@U2>", ["<@U1>", "<@U2>"]),
        ("<@U1><@U2>  <@U3>", ["<@U1>", "<@U2>", "<@U3>"]),
        ("<@U1>, Ana Sample; @Carl", ["<@U1>", "Ana Sample", "@Carl"]),
        ("<@U1> Ana Sample", ["<@U1>", "Ana Sample"]),
        ("ben@sample.example ana@sample.example", ["ben@sample.example", "ana@sample.example"]),
        ("ben@sample.example, ana@sample.example", ["ben@sample.example", "ana@sample.example"]),
        ("Ben Ana", ["Ben", "Ana"]),
        ("Andrea Sandford, Ben", ["Andrea Sandford", "Ben"]),
        ("@Ben", ["@Ben"]),
    ],
)
def test_names_are_found_however_they_are_typed(line: str, names: list[str]) -> None:
    assert named(line) == names


def test_a_single_full_name_stays_whole_where_a_list_is_asked_for() -> None:
    assert listed("Carl Sample") == ["Carl Sample"]
    assert listed("Carl Sample\nDora Sample, @Eva") == ["Carl Sample", "Dora Sample", "@Eva"]
