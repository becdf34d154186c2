"""Storage on SQLite or PostgreSQL: tables, sealing, the unit of work, and the queues of the scheduler."""

from bot.store import mapping as mapping
from bot.store.engine import connect
from bot.store.sealing import Sealer, Unsealable
from bot.store.unit import SqlStore

__all__ = ["Sealer", "SqlStore", "Unsealable", "connect"]
