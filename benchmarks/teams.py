"""Messages on Teams until they are acknowledged, beside a bare bot on the same SDK."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.load import beside, load
from benchmarks.local_teams import LocalTeams
from benchmarks.service import DATABASES, databases, quiet, service, serving

PEOPLE = 100


async def measure(
    folder: Path, names: Sequence[str] = DATABASES, people: int = PEOPLE, count: int = 500, rounds: int = 3
) -> list[Figure]:
    """Measure messages; the bare bot and ours take turns, and ours finishes its work before the next turn.

    Both check tokens by the same verifier, since what the SDK has of its own would take tokens that it should not.
    """
    figures: list[Figure] = []
    users = [f"00000000-0000-4000-8000-{number % people:012}" for number in range(count)]
    teams = LocalTeams()
    async with teams.running() as settings, serving(folder, "benchmarks.bare", "teams", **settings) as bare:
        with databases(folder, names) as urls:
            for name, database in urls.items():
                async with service(folder, database, **settings) as our:
                    for url in (bare, our):
                        await load(url, [teams.message(user, "hello") for user in users[:people]])
                    await quiet(our)
                    ours, bares = [], []
                    for _ in range(rounds):
                        bares.append(await load(bare, [teams.message(user, "hello") for user in users]))
                        ours.append(await load(our, [teams.message(user, "hello") for user in users]))
                        await quiet(our)
                figures += beside(f"teams.{name}", ours, bares, "bare bot")
    return figures
