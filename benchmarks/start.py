"""From the command to the first answer of the playground, and the memory that it then takes."""

import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import psutil

from benchmarks.figures import Figure
from benchmarks.service import free_port

GIVE_UP_AFTER = 60.0
"""Seconds."""


async def measure(folder: Path, starts: int = 5) -> list[Figure]:
    """Start the demo in a fresh folder, then again in the same one; some starts give a median."""
    first, _, _ = _start(folder)
    again = [_start(folder) for _ in range(starts)]
    return [
        Figure("start.first", first, "s", "with a new database and the sample company"),
        Figure("start.again", median(seconds for seconds, _, _ in again), "s", "target ≤ 3 s"),
        Figure("start.cpu", median(cpu for _, cpu, _ in again), "s", "processor time until then"),
        Figure("start.memory", median(rss for _, _, rss in again), "MB", "resident after the first answer; ≤ 150 MB"),
    ]


def _start(folder: Path) -> tuple[float, float, float]:
    """Return the seconds until `/livez` answers, those of the processor, and the resident memory in megabytes."""
    port = free_port()
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--data", str(folder), "--port", str(port)],
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            while not _lives(port):
                if process.poll() is not None or perf_counter() - began > GIVE_UP_AFTER:
                    raise AssertionError("the demo did not start")
                sleep(0.01)
            took = perf_counter() - began
            parent = psutil.Process(process.pid)
            cpu = sum(parent.cpu_times()[:2])
            rss = sum(each.memory_info().rss for each in (parent, *parent.children(recursive=True)))
        finally:
            process.terminate()
    return took, cpu, rss / 1_000_000


def _lives(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
