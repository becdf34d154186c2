"""What there is in the fake Slack: messages, windows, and the ways in which a call goes wrong."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """Slack's answer is an error code."""


class TooFast(Exception):
    """Slack's answer is 429; it says after how many whole seconds it listens again."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass
class Fault:
    """How the next call of a method goes wrong.

    `code` is answered with `status` instead of doing anything; `lost` does it and breaks the connection; `silent`
    does it and never answers; `raw` is answered as it is.
    """

    code: str = ""
    status: int = 200
    retry_after: int | None = None
    lost: bool = False
    silent: bool = False
    raw: str = ""


@dataclass
class Message:
    """A message of the app in a conversation, as it stands now."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    metadata: Json = field(default_factory=dict)


@dataclass
class View:
    """A window on a person's screen; `hash` is new with each change.

    `written` is what was put into its fields, by `block_id`, as one reads it, and was not sent yet.
    """

    id: str
    hash: str
    content: Json
    written: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Channel:
    """A channel: who is in it, by Slack's ids, and whether the app is one of them."""

    id: str
    name: str
    members: list[str]
    private: bool = False
    with_app: bool = True
