"""Adaptive Cards as a person reads them: what a Teams client makes of the JSON."""

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

UNSEEN = "\u200b"


def seen(text: str) -> str:
    """What a client shows of a text run: dates, mentions and tags are its own; nobody sees a zero width space."""
    text = re.sub(r"\{\{(DATE|TIME)\(.*?\)\}\}", "[a date]", text, flags=re.DOTALL)
    text = re.sub(r"<at>.*?</at>", "[a mention]", text, flags=re.DOTALL)
    text = re.sub(r"</?[A-Za-z][^<>]*>", "[a tag]", text)
    return text.replace(UNSEEN, "")


@dataclass
class Reading:
    """One card: its lines from top to bottom, what can be pressed and filled in, and what is wrong."""

    lines: list[str] = field(default_factory=list)
    actions: list[Json] = field(default_factory=list)
    inputs: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(seen(entry["label"]) for entry in self.inputs)


def read(card: Json) -> Reading:
    """Read a card, and what is hidden in it. Elements that turn words into something else are not known here."""
    reading = Reading()
    for element in card["body"]:
        _read(element, reading)
    reading.actions += card.get("actions", [])
    return reading


def on_screen(card: Json) -> Reading:
    """Read what of a card can be seen."""
    return read({**card, "body": [element for element in card["body"] if element.get("isVisible", True)]})


def turn(card: Json, action: Json) -> None:
    """Show and hide what an action says, as a client does by itself."""
    assert action["type"] == "Action.ToggleVisibility"
    visible = {target["elementId"]: target["isVisible"] for target in action["targetElements"]}
    for element in card["body"]:
        if element.get("id") in visible:
            element["isVisible"] = visible.pop(element["id"])
    assert not visible, "each of them is there"


def _read(element: Json, reading: Reading) -> None:
    kind = element["type"]
    if kind == "RichTextBlock":
        text = "".join(seen(run["text"]) for run in element["inlines"])
        if element["inlines"][0].get("color") == "Attention":
            reading.errors[reading.labels[-1] if reading.inputs else ""] = text
        else:
            reading.lines.append(text)
    elif kind == "Container":
        for item in element["items"]:
            _read(item, reading)
    elif kind == "ActionSet":
        reading.actions += element["actions"]
    elif kind.startswith("Input."):
        reading.inputs.append(element)
        reading.lines.append(seen(element["label"]))
    else:
        raise ValueError(f"a person's words are not safe in {kind}")
