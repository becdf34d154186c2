"""The service as an operator starts it, in a process of its own, over either database; and a bare bot beside it."""

import asyncio
import base64
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter

import aiohttp
import sqlalchemy as sa

from benchmarks.company import KEY
from tests.databases import copy_of, postgres_server, sqlite_file

DATABASES = ("sqlite", "postgresql")
ROOT = Path(__file__).parent.parent
GIVE_UP_AFTER = 600.0
"""Seconds."""

WAITING = ("mentronome_inbox_waiting", "mentronome_deliveries_due", "mentronome_looks_overdue")


@contextmanager
def databases(folder: Path, names: Sequence[str]) -> Iterator[dict[str, str]]:
    """Make a migrated database of each name and yield their addresses; both wait for the disk at each commit."""
    found = {"sqlite": sqlite_file(folder)} if "sqlite" in names else {}
    if "postgresql" not in names:
        yield found
        return
    with postgres_server() as template, copy_of(template) as url:
        administrator = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with administrator.connect() as connection:
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = on")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        administrator.dispose()
        yield found | {"postgresql": url}


@asynccontextmanager
async def serving(folder: Path, module: str, *arguments: str, **settings: str) -> AsyncIterator[str]:
    """Run a module that serves HTTP, until the block is left; yield its address once it answers."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    own = {name: value for name, value in os.environ.items() if not name.startswith("MENTRONOME_")}
    own |= {f"MENTRONOME_{name}": value for name, value in settings.items()}
    log = folder / f"{module}-{port}.log"
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments, "--port", str(port), cwd=ROOT, env=own, stderr=written
        )
    try:
        while not await _answers(url):
            if process.returncode is not None:
                raise AssertionError(f"it did not start:\n{log.read_text()}")
            await asyncio.sleep(0.05)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def service(folder: Path, database: str, **settings: str) -> AsyncIterator[str]:
    """Run `mentronome run` over a database."""
    own = {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database,
        "SECRET_KEY": base64.b64encode(KEY).decode(),
        "TOMBSTONES": str(folder / "tombstones"),
    }
    async with serving(folder, "bot", "run", **own, **settings) as url:
        yield url


async def quiet(url: str) -> float:
    """Wait until nothing waits in the service, and return how many seconds that took."""
    began = perf_counter()
    async with aiohttp.ClientSession(url) as http:
        while perf_counter() - began < GIVE_UP_AFTER:
            async with http.get("/metrics") as answer:
                told = dict(line.rsplit(" ", 1) for line in (await answer.text()).splitlines() if line[0] != "#")
            if not any(float(told[name]) for name in WAITING):
                return perf_counter() - began
            await asyncio.sleep(0.1)
    raise AssertionError("the service was not done in time")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def _answers(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{url}/livez"):
            return True
    except aiohttp.ClientError:
        return False
