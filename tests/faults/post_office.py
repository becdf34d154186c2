"""A chat platform behind a real socket, with a memory that outlives those who post; and the messenger that posts.

What becomes of a letter is up to `fate`: the office takes it, or the answer is lost, or the letter itself, or it is
refused. It remembers under which delivery each message came and can be asked for it.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import urlopen

import httpx

from bot.domain.ids import new_id
from bot.messages import Card
from bot.ports import InDoubt, Parcel, SendFailed
from bot.store.codec import card_from_json, card_to_json

BUSY_FOR = 90
"""Seconds that the office asks for when it has too much to do."""


class Fate(Enum):
    """What becomes of a letter: only of the first two does the office know afterwards."""

    TAKEN = "taken"
    ANSWER_LOST = "answer lost"
    LOST = "lost"
    BUSY = "busy"
    REFUSED = "refused"


@dataclass(frozen=True)
class Post:
    """One message that arrived; `redraws` is the message that it stands in place of."""

    id: str
    address: str
    delivery_id: str
    redraws: str | None
    card: Card


@dataclass
class PostOffice:
    """What arrived, in the order of arrival; which deliveries were asked for; how many such questions it refuses."""

    arrived: list[Post] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    fate: Callable[[str], Fate] = lambda address: Fate.TAKEN
    port: int = 0
    busy_lookups: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: int = 0

    def take(self, address: str, letter: dict[str, Any]) -> tuple[Fate, str]:
        """Decide on a letter, keep it unless it is lost or refused, and return the id of the message."""
        with self._lock:
            fate = self.fate(address)
            message_id = letter["redraws"] or new_id()
            if fate in (Fate.TAKEN, Fate.ANSWER_LOST):
                card = card_from_json(letter["card"])
                self.arrived.append(Post(message_id, address, letter["delivery_id"], letter["redraws"], card))
            return fate, message_id

    def find(self, delivery_id: str) -> str | None:
        """Return the id of the message that a delivery brought, if it arrived."""
        with self._lock:
            self.asked_for.append(delivery_id)
            return next((post.id for post in self.arrived if post.delivery_id == delivery_id), None)

    def at(self, address: str) -> list[Post]:
        """Return what arrived at one address, the oldest first."""
        return [post for post in self.arrived if post.address == address]

    def has_settled(self) -> bool:
        """Tell whether all that was under way to the office when this was called has been dealt with.

        Connections are accepted in the order in which they came, so that an answer to one's own question shows that
        those before it were accepted; it counts itself only until it is closed.
        """
        with urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            answer.read()
        return self._open == 0

    def opened(self, by: int) -> None:
        with self._lock:
            self._open += by


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, office: PostOffice) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.office = office

    def process_request(self, request: Any, client_address: Any) -> None:
        self.office.opened(+1)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.office.opened(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever posted was killed while speaking: the letter never arrived."""


class _Counter(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        fate, message_id = self.server.office.take(self.path.strip("/"), json.loads(body))
        match fate:
            case Fate.TAKEN:
                self._answer(200, message_id)
            case Fate.BUSY:
                self._answer(429, "busy")
            case Fate.REFUSED:
                self._answer(403, "blocked")
            case Fate.LOST | Fate.ANSWER_LOST:
                self.close_connection = True

    def do_GET(self) -> None:
        delivery_id, office = self.path.strip("/"), self.server.office
        if delivery_id and office.busy_lookups:
            office.busy_lookups -= 1
            self._answer(429, "busy")
            return
        found = office.find(delivery_id) if delivery_id else "open"
        self._answer(200 if found else 404, found or "")

    def log_message(self, *args: object) -> None:
        """Keep the terminal clean."""

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Keep an office open for as long as the block lasts."""
    office = PostOffice()
    server = _Server(office)
    office.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Postman:
    """The messenger of the office's platform."""

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False)

    async def send(self, parcel: Parcel) -> str:
        letter = {"delivery_id": parcel.delivery_id, "redraws": parcel.replaces, "card": card_to_json(parcel.card)}
        try:
            answer = await self._client.post(f"/{parcel.account.address}", json=letter)
        except httpx.TransportError as error:
            raise InDoubt from error
        if answer.status_code == 429:
            raise SendFailed("busy", BUSY_FOR)
        if answer.status_code == 403:
            raise SendFailed("blocked")
        return answer.text

    async def find(self, parcel: Parcel) -> str | None:
        answer = await self._client.get(f"/{parcel.delivery_id}")
        if answer.status_code == 429:
            raise SendFailed("busy", BUSY_FOR)
        return answer.text if answer.status_code == 200 else None
