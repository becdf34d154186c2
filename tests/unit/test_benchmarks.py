"""Each part of the benchmarks runs in a tiny size and finds what it is to find; how fast is not tested."""

import json
from pathlib import Path

import pytest

from benchmarks import outbox, roster, simulation, slack, start, status, teams, tick, turn, year
from benchmarks.__main__ import PARTS, main
from benchmarks.figures import Figure, table, write


async def test_turns_are_measured_beside_their_own_statements(tmp_path: Path) -> None:
    found = {figure.name: figure for figure in await turn.measure(tmp_path, pairs=2)}
    assert {name.split(".")[1] for name in found} == {"agenda", "press", "typed"}
    assert all(figure.value > 0 for figure in found.values())
    assert found["turn.press.statements"].value > 8
    assert "bare session" in found["turn.press.p50"].compared_with
    assert "bare SQL" in found["turn.press.p50.sql"].compared_with


async def test_ticks_are_measured_among_few_and_many(tmp_path: Path) -> None:
    found = await tick.measure(tmp_path, sizes=(5, 50), pairs=2, rounds=2)
    assert [figure.name for figure in found] == [
        "tick.empty.of_5",
        "tick.empty.of_50",
        "tick.4_due.of_5",
        "tick.4_due.of_50",
    ]


async def test_status_is_measured_over_pairs_of_which_some_slip(tmp_path: Path) -> None:
    found = await status.measure(tmp_path, pairs=8, rounds=1)
    assert [figure.name for figure in found] == ["status.first", "status.page", "status.person", "status.digest"]


async def test_a_few_weeks_of_two_pairs_hold_meetings(tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in await year.measure(tmp_path, pairs=2, weeks=9)}
    assert found["year.held"] >= 4
    assert found["year.turns"] >= 5 * found["year.held"]
    assert found["year.messages"] >= 6 * found["year.held"]


async def test_a_simulated_company_is_counted(tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in await simulation.measure(tmp_path, people=6, weeks=2)}
    assert 0 < found["simulate.unasked"] <= found["simulate.most"]
    assert found["simulate.breaches"] == 0


async def test_a_roster_is_imported_twice(tmp_path: Path) -> None:
    assert [figure.name for figure in await roster.measure(tmp_path, rows=20)] == ["import.first", "import.again"]


async def test_the_demo_starts_and_tells_its_memory(tmp_path: Path) -> None:
    found = {figure.name: figure for figure in await start.measure(tmp_path, starts=1)}
    assert found["start.memory"].value > 10


async def test_messages_of_slack_are_measured_beside_a_bare_app(tmp_path: Path) -> None:
    found = {
        figure.name: figure for figure in await slack.messages(tmp_path, ("sqlite",), pairs=2, count=4, rounds=1)
    }
    assert set(found) == {f"messages.sqlite.{what}" for what in ("p50", "p99", "rate", "handled")}
    assert "bare slack-bolt" in found["messages.sqlite.p99"].compared_with


@pytest.mark.postgres
async def test_commands_of_slack_are_measured_on_both_databases(tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in await slack.commands(tmp_path, pairs=2, count=4, rounds=1)}
    assert found["commands.sqlite.rate"] > 0
    assert found["commands.postgresql.p99"] >= found["commands.postgresql.p50"]


async def test_the_outbox_is_emptied_into_many_channels(tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in await outbox.measure(tmp_path, ("sqlite",), channels=3)}
    assert set(found) == {"outbox.sqlite", "outbox.sqlite.conversation", "outbox.sqlite.workspace"}
    assert found["outbox.sqlite"] > 0
    assert found["outbox.sqlite.conversation"] <= 3 < found["outbox.sqlite.workspace"]


async def test_messages_of_teams_are_measured_beside_a_bare_bot(tmp_path: Path) -> None:
    found = {
        figure.name: figure for figure in await teams.measure(tmp_path, ("sqlite",), people=2, count=4, rounds=1)
    }
    assert "bare bot" in found["teams.sqlite.p99"].compared_with


def test_an_unknown_part_is_named_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["turns"]) == 2
    told = capsys.readouterr().err
    assert "no benchmark turns" in told
    assert all(name in told for name in PARTS)


def test_figures_are_shown_and_written(tmp_path: Path) -> None:
    figures = [Figure("year.held", 4123, "meetings"), Figure("turn.press.p50", 3.14159, "ms", "bare 2 ms")]
    assert table(figures) == "| year.held | 4,123 meetings |  |\n| turn.press.p50 | 3.14 ms | bare 2 ms |"
    write(figures, tmp_path / "build" / "bench.json")
    assert json.loads((tmp_path / "build" / "bench.json").read_text())[1] == {
        "name": "turn.press.p50",
        "value": 3.14159,
        "unit": "ms",
        "compared_with": "bare 2 ms",
    }
