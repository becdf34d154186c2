"""Blocks as a person reads them, and every payload that was rendered, kept for a look at it by other rules."""

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Json = dict[str, Any]

RENDERED = Path(__file__).parents[3] / "build" / "rendered" / "slack"
_RANDOM = re.compile(r"[0-9a-f]{32}")


def read(blocks: list[Json]) -> str:
    """Return what stands in blocks, line by line, without buttons and fields."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "context":
            yield from (element["text"] for element in block["elements"])
        case "rich_text":
            yield from ("".join(span["text"] for span in part["elements"]) for part in block["elements"])


def buttons_of(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Return the buttons in blocks that do something, each behind its block."""
    return [(row, element) for row, element in _elements(blocks) if "url" not in element]


def links_of(blocks: list[Json]) -> list[tuple[str, str]]:
    """Return the labels and addresses of the buttons in blocks that open a page."""
    return [(element["text"]["text"], element["url"]) for _, element in _elements(blocks) if "url" in element]


def _elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    return [(block, element) for block in blocks if block["type"] == "actions" for element in block["elements"]]


def inputs_of(blocks: list[Json]) -> dict[str, Json]:
    """Return the input blocks by label."""
    return {block["label"]["text"]: block for block in blocks if block["type"] == "input"}


def problems_of(blocks: list[Json]) -> dict[str, str]:
    """Return the bold lines under input blocks, which say what is wrong with them, by label."""
    return {
        field["label"]["text"]: read([below])
        for field, below in pairwise(blocks)
        if field["type"] == "input"
        and below["type"] == "rich_text"
        and below["elements"][0]["elements"][0].get("style")
    }


def keep(payload: Json) -> None:
    """Write a payload to the build folder, once for all that differ in ids only."""
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    name = hashlib.sha256(_RANDOM.sub("id", text).encode()).hexdigest()[:16]
    RENDERED.mkdir(parents=True, exist_ok=True)
    (RENDERED / f"{name}.json").write_text(text, encoding="utf-8")
