"""Keeps each distinct payload that a test has rendered, so that a checker can read them all afterwards."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "build" / "rendered" / "teams"
IDS = ("data", "id", "from", "recipient", "conversation", "channelData", "replyToId")


def keep(kind: str, payload: Any, number: int | None = None) -> None:
    """Write a payload to a file. Payloads that differ in their ids only are one; numbered ones replace their like."""
    name = f"{number:03}" if number is not None else _digest(payload)
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    unfinished = FOLDER / f"{kind}-{name}.{os.getpid()}"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(FOLDER / f"{kind}-{name}.json")


def _digest(payload: Any) -> str:
    return hashlib.sha256(json.dumps(_without_ids(payload)).encode()).hexdigest()[:16]


def _without_ids(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_ids(value) for name, value in part.items() if name not in IDS}
    return [_without_ids(value) for value in part] if isinstance(part, list) else part
