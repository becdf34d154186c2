"""The platform that the playground plays: everybody's direct conversation with the bot, kept in a file of its own.

Like any platform it keeps what people wrote as they wrote it. The file lies in the data folder, readable by its
owner alone.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock

from pydantic import TypeAdapter

from bot.messages import Card

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    who TEXT NOT NULL CHECK (who IN ('bot', 'person')),
    card TEXT NOT NULL,
    at TEXT NOT NULL,
    delivery_id TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS messages_in_order ON messages (address, id);
CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages,
    times INTEGER NOT NULL DEFAULT 1
) STRICT;
"""

_CARD = TypeAdapter(Card)

Heard = Callable[[str], None]
"""Is told the address of a conversation that changed, in the thread that changed it."""


class Who(StrEnum):
    """Whose words a message holds."""

    BOT = "bot"
    PERSON = "person"


class RoomsUnreadable(Exception):
    """The file of the conversations cannot be used; the message is one line that says the mend."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in somebody's conversation. `delivery_id` is the bot's delivery that drew it last."""

    id: str
    who: Who
    card: Card
    at: datetime
    delivery_id: str


class Rooms:
    """Everybody's conversations. May be used from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            RoomsUnreadable: the file is no such file, or may not be written.
        """
        self._lock = Lock()
        self._listeners: list[Heard] = []
        try:
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise RoomsUnreadable(f"Cannot use the conversations in {path}: {error}. Move the file away.") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def post(self, address: str, who: Who, card: Card, at: datetime, delivery_id: str = "") -> str:
        """Put a message at the end of a conversation and return its id."""
        row = (address, who, _CARD.dump_json(card).decode(), at.isoformat(), delivery_id)
        with self._lock, self._connection as connection:
            added = connection.execute(
                "INSERT INTO messages (address, who, card, at, delivery_id) VALUES (?, ?, ?, ?, ?)", row
            )
            message_id = str(added.lastrowid)
            self._note(delivery_id, message_id)
        self._tell(address)
        return message_id

    def replace(self, message_id: str, card: Card, delivery_id: str = "") -> bool:
        """Draw a message anew in its place, by a new delivery where one is given; False where there is none."""
        with self._lock, self._connection as connection:
            found = connection.execute("SELECT address FROM messages WHERE id = ?", (message_id,)).fetchone()
            if found is None:
                return False
            connection.execute(
                "UPDATE messages SET card = ?, delivery_id = coalesce(nullif(?, ''), delivery_id) WHERE id = ?",
                (_CARD.dump_json(card).decode(), delivery_id, message_id),
            )
            self._note(delivery_id, message_id)
        self._tell(found[0])
        return True

    def messages(self, address: str, last: int) -> list[Message]:
        """Return the last so many messages of a conversation, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT id, who, card, at, delivery_id FROM messages WHERE address = ? ORDER BY id DESC LIMIT ?",
                (address, last),
            ).fetchall()
        return [
            Message(str(number), Who(who), _CARD.validate_json(card), datetime.fromisoformat(at), delivery_id)
            for number, who, card, at, delivery_id in reversed(rows)
        ]

    def latest_first(self) -> list[str]:
        """Return the addresses of all conversations in which something was said, the latest first."""
        with self._lock:
            rows = self._connection.execute("SELECT address FROM messages GROUP BY address ORDER BY max(id) DESC")
            return [address for (address,) in rows]

    def delivered(self, delivery_id: str) -> str | None:
        """Return the id of the message that a delivery made or drew anew."""
        with self._lock:
            found = self._connection.execute(
                "SELECT message_id FROM deliveries WHERE id = ?", (delivery_id,)
            ).fetchone()
        return str(found[0]) if found else None

    def came_again(self, delivery_id: str) -> None:
        """Note that a delivery which is there already was sent once more."""
        with self._lock, self._connection as connection:
            connection.execute("UPDATE deliveries SET times = times + 1 WHERE id = ?", (delivery_id,))

    def doubled(self) -> list[str]:
        """Return the ids of the deliveries that were sent more than once."""
        with self._lock:
            rows = self._connection.execute("SELECT id FROM deliveries WHERE times > 1 ORDER BY id").fetchall()
        return [delivery_id for (delivery_id,) in rows]

    def listen(self, heard: Heard) -> Callable[[], None]:
        """Tell about every change from now on, until the function that this returns is called."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def _note(self, delivery_id: str, message_id: str) -> None:
        if delivery_id:
            self._connection.execute(
                "INSERT INTO deliveries (id, message_id) VALUES (?, ?)", (delivery_id, message_id)
            )

    def _tell(self, address: str) -> None:
        for heard in tuple(self._listeners):
            heard(address)
