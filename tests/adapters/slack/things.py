"""What there is in the fake Slack: messages, windows, and the ways in which a call goes wrong."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """Slack's answer is an error code."""


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
    """A window on a person's screen; `hash` is new with each change."""

    id: str
    hash: str
    content: Json


@dataclass
class Channel:
    """A channel: who is in it, by Slack's ids, and whether the app is one of them."""

    id: str
    name: str
    members: list[str]
    private: bool = False
    with_app: bool = True
