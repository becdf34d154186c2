"""A roster of thousands of rows, read and brought in: everybody new, then everybody known and unchanged."""

import random
from pathlib import Path
from time import perf_counter

from benchmarks.company import START, open_company
from benchmarks.figures import Figure
from bot.store.importing import import_roster

HEADER = "name,email,team,level,manager,time zone,country,languages,offers,wants,mentor capacity,working days,hours"
SKILLS = ("Architecture", "Reviews", "Planning", "Speaking", "Research", "Negotiation", "Testing", "Writing")
TEAMS = ("Engineering", "Platform", "Design", "Sales", "Support", "Finance")
PLACES = (("Europe/Berlin", "DE"), ("America/New_York", "US"), ("Australia/Sydney", "AU"), ("Asia/Kolkata", "IN"))


async def measure(folder: Path, rows: int = 5_000, seed: int = 20) -> list[Figure]:
    """Import the same file twice; reading the file and giving everybody an account are a part of it."""
    data = _file(rows, random.Random(seed))
    figures = []
    with open_company(folder) as company:
        for name, added in (("first", rows), ("again", 0)):
            began = perf_counter()
            report = import_roster(company.database, company.organization.id, company.workspace, data, START)
            took = perf_counter() - began
            if (report.added, report.changed, len(report.problems)) != (added, 0, 0):
                raise AssertionError(str(report))
            figures.append(Figure(f"import.{name}", took, "s", f"{rows:,} rows; target ≤ 5 s"))
    return figures


def _file(rows: int, chance: random.Random) -> bytes:
    lines = [HEADER]
    for number in range(rows):
        zone, country = chance.choice(PLACES)
        offers, wants = ("; ".join(chance.sample(SKILLS, 3)) for _ in range(2))
        manager = f"p{number // 10}@sample.example" if number else ""
        lines.append(
            f"P{number} Sample,p{number}@sample.example,{chance.choice(TEAMS)},Senior,{manager},{zone},{country},"
            f"English,{offers},{wants},{number % 3},Mon-Fri,09:00-17:00"
        )
    return "\n".join(lines).encode()
