"""A company's list of people, as a CSV file that a human resources system or a spreadsheet wrote.

Reading is pure: bytes go in, rows and problems come out. `bot.store.importing` brings them into the database.
"""

from bot.roster.reading import UnreadableRoster, read
from bot.roster.report import Report
from bot.roster.rows import Problem, Roster, Row

__all__ = ["Problem", "Report", "Roster", "Row", "UnreadableRoster", "read"]
