"""What Slack refuses of blocks and windows, as far as its documentation says; written apart from what it checks."""

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

IN_MESSAGES = {"actions", "context", "divider", "header", "rich_text", "section"}
IN_WINDOWS = IN_MESSAGES | {"input"}
WINDOW_PARTS = {
    *("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id"),
    *("clear_on_close", "notify_on_close", "external_id", "submit_disabled"),
}
LONGEST = {
    "button": 75,
    "option": 75,
    "label": 2000,
    "hint": 2000,
    "title": 24,
    "submit": 24,
    "close": 24,
    "context": 3000,
}


def faults_of_message(message: Json) -> list[str]:
    """Return why Slack would refuse a message with `text` and `blocks`; nothing where it takes it."""
    blocks = message.get("blocks") or []
    faults = [fault for block in blocks for fault in _block(block, IN_MESSAGES)]
    if not message.get("text"):
        faults.append("no_text")
    if len(blocks) > 50:
        faults.append("more than 50 blocks")
    if len(json.dumps(blocks, ensure_ascii=False)) > 13_000:
        faults.append("msg_blocks_too_long")
    return faults


def faults_of_window(view: Json) -> list[str]:
    """Return why Slack would refuse a modal view."""
    blocks = view["blocks"]
    faults = [fault for block in blocks for fault in _block(block, IN_WINDOWS)]
    faults += [fault for key in ("title", "submit", "close") if key in view for fault in _plain(view[key], key)]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(names) != len(set(names)):
        faults.append("a block_id twice")
    if view["type"] != "modal" or set(view) - WINDOW_PARTS:
        faults.append("no modal, or one with what Slack does not know")
    if any(block["type"] == "input" for block in blocks) and "submit" not in view:
        faults.append("inputs and no submit")
    if not 1 <= len(blocks) <= 100:
        faults.append("not 1 to 100 blocks")
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        faults.append("metadata too long")
    if len(json.dumps(view, ensure_ascii=False).encode()) >= 250_000:
        faults.append("view_too_large")
    return faults


def faults_of_home(view: Json) -> list[str]:
    """Return why Slack would refuse a home view."""
    faults = [fault for block in view["blocks"] for fault in _block(block, IN_MESSAGES)]
    if not 1 <= len(view["blocks"]) <= 100:
        faults.append("not 1 to 100 blocks")
    if view["type"] != "home" or set(view) - {"type", "blocks", "private_metadata", "callback_id", "external_id"}:
        faults.append("no home view, or one with what only windows have")
    if len(json.dumps(view, ensure_ascii=False).encode()) >= 250_000:
        faults.append("view_too_large")
    return faults


def _block(block: Json, allowed: set[str]) -> Iterator[str]:
    if block["type"] not in allowed:
        yield f"no {block['type']} here"
    match block["type"]:
        case "actions":
            yield from _actions(block["elements"])
        case "context":
            for element in block["elements"]:
                yield from _plain(element, "context")
        case "rich_text":
            yield from _rich(block["elements"])
        case "input":
            yield from _input(block)


def _actions(elements: list[Json]) -> Iterator[str]:
    ids = [element["action_id"] for element in elements]
    if not 1 <= len(elements) <= 25 or len(set(ids)) != len(ids):
        yield "not 1 to 25 elements, or an action_id twice"
    for button in elements:
        yield from _plain(button["text"], "button")
        if not 1 <= len(button["action_id"]) <= 255 or len(button.get("value", "")) > 2000:
            yield "action_id or value too long"
        if not 1 <= len(button.get("url", "https://x")) <= 3000:
            yield "no url, or one too long"
        if button.get("style", "primary") not in ("primary", "danger"):
            yield "no such style"


def _rich(elements: list[Json]) -> Iterator[str]:
    if not elements:
        yield "rich text without elements"
    for element in elements:
        spans = element["elements"]
        if element["type"] not in ("rich_text_section", "rich_text_quote") or not spans:
            yield "an empty or unknown part of rich text"
        if any(span["type"] != "text" or not span["text"] for span in spans):
            yield "an empty or unknown span of rich text"


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], "label")
    if "hint" in block:
        yield from _plain(block["hint"], "hint")
    if not 1 <= len(block["block_id"]) <= 255:
        yield "block_id too long"
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            if not 1 <= element["max_length"] <= 3000 or len(element.get("initial_value", "")) > 3000:
                yield "text too long"
        case "radio_buttons" | "checkboxes":
            yield from _options(element["options"], 10)
        case "static_select" | "multi_static_select":
            groups = element.get("option_groups")
            if groups is not None and not 1 <= len(groups) <= 100:
                yield "not 1 to 100 groups"
            for options in [group["options"] for group in groups] if groups else [element["options"]]:
                yield from _options(options, 100)
        case "datepicker" | "timepicker" | "users_select":
            pass
        case other:
            yield f"no element {other}"
    yield from _initial(element)


def _initial(element: Json) -> Iterator[str]:
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if any(option not in offered(element) for option in chosen) or element.get("initial_options") == []:
        yield "an initial option that is not offered"


def _options(options: list[Json], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"not 1 to {most} options"
    for option in options:
        yield from _plain(option["text"], "option")


def _plain(text: Json, place: str) -> Iterator[str]:
    if text["type"] != "plain_text" or not 1 <= len(text["text"]) <= LONGEST[place]:
        yield f"{place}: not 1 to {LONGEST[place]} characters of plain text"


def offered(element: Json) -> list[Json]:
    """Return all options of a menu, of its groups too."""
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    return [option for group in groups for option in group["options"]]
