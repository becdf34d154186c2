"""A round runs beside the bot: the same outcome, nothing heavy loaded here, and no child left behind."""

import random
import subprocess
import sys
import threading
from dataclasses import replace

import psutil
import pytest

from bot.domain.mentorship import Format
from bot.matching.order import Order, Program
from bot.matching.outcome import Progress, Proposal, Stage
from bot.matching.people import Member
from bot.matching.process import Failed, solve
from bot.matching.round import run
from tests.unit.crowds import single

GIVE_UP_AFTER = 30
"""Seconds."""


def test_another_process_comes_to_the_same_outcome_and_tells_how_far_it_is() -> None:
    order, members = single(random.Random(5), 250, Format.ONE_ON_ONE)
    told: list[Progress] = []
    assert solve(order, iter(members), told.append) == run(order, members)
    assert {one.stage for one in told} == set(Stage)


def test_proposals_can_be_taken_as_they_come() -> None:
    order, members = single(random.Random(6), 400, Format.ONE_ON_ONE)
    batches: list[tuple[Proposal, ...]] = []
    outcome = solve(order, members, on_proposals=batches.append)
    assert outcome.proposals == ()
    whole = tuple(one for batch in batches for one in batch)
    assert replace(outcome, proposals=whole) == run(order, members)
    assert len(batches) > 1


def test_a_round_that_is_not_possible_says_so_without_data() -> None:
    order = Order((Program("p", mentors=("somebody",), seekers=("nobody",)),), 1)
    with pytest.raises(Failed, match=r"^KeyError$"):
        solve(order, [Member("somebody", "acme")])


def test_whoever_stops_listening_ends_the_round() -> None:
    order, members = single(random.Random(5), 250, Format.ONE_ON_ONE)

    def interrupted(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(order, members, interrupted)
    assert not [child for child in psutil.Process().children() if "bot.matching" in child.cmdline()]


def test_the_bot_itself_never_loads_what_reckons() -> None:
    code = "import sys, bot.app, bot.matching.process; print({'numpy', 'scipy'} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_the_round_dies_with_who_asked_for_it() -> None:
    code = (
        "import os, random\n"
        "from bot.domain.mentorship import Format\n"
        "from bot.matching.outcome import Stage\n"
        "from bot.matching.process import solve\n"
        "from tests.unit.crowds import single\n"
        "order, members = single(random.Random(1), 1_500, Format.PEER)\n"
        "def told(progress):\n"
        "    if progress.stage is Stage.ASSIGNING:\n"
        "        print('busy', flush=True)\n"
        "solve(order, members, told)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        giving_up = threading.Timer(GIVE_UP_AFTER, parent.kill)
        giving_up.start()
        assert parent.stdout is not None
        assert parent.stdout.readline() == "busy\n"
        children = psutil.Process(parent.pid).children()
        parent.kill()
        giving_up.cancel()
    assert len(children) == 1
    assert psutil.wait_procs(children, timeout=GIVE_UP_AFTER)[1] == []
