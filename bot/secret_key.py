"""The key that seals what people write: its form in the settings, and the file that keeps it on SQLite."""

import base64
import binascii
import os
from pathlib import Path

NEW_KEY = "make one with `openssl rand -base64 32`"


def decoded(text: str) -> tuple[bytes, ...]:
    """The keys in a text of base64 parts separated by commas. Raises ValueError unless each is 32 bytes."""
    try:
        keys = tuple(base64.b64decode(part.strip(), validate=True) for part in text.split(","))
    except (binascii.Error, ValueError):
        keys = ()
    if not keys or any(len(key) != 32 for key in keys):
        raise ValueError(f"each key is 32 bytes in base64; {NEW_KEY}")
    return keys


def kept(path: Path, database: Path) -> str:
    """The key kept in the file `path`, made now, readable by its owner only, where there is none.

    Raises ValueError, with the mend, where the file holds no key, or is missing beside a database that was
    used: a new key could not open what the lost one sealed. Raises OSError where the file cannot be used.
    """
    if not path.exists():
        if database.exists() and database.stat().st_size:
            raise ValueError(f"{path} is missing, but {database} was sealed with it; bring it back from a backup")
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(base64.b64encode(os.urandom(32)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        decoded(text)
    except ValueError:
        raise ValueError(f"{path} holds no key; bring it back from a backup") from None
    return text
