"""The conversation engine: one turn for each event, one look at each person whose time has come."""

from bot.engine.engine import Engine

__all__ = ["Engine"]
