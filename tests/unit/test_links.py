"""Links hold ids, lead where they were made for, and stop on time; whatever else is followed leads nowhere."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import SealedLinks
from bot.ports import LinkKind, Ticket
from bot.store.sealing import Sealer

KEY = b"k" * 32
BASE = "https://mentoring.example"
MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TICKET = Ticket(LinkKind.CALENDAR, "o" * 32, "m" * 32, "p" * 32, MONDAY + timedelta(days=8))


def links(*keys: bytes) -> SealedLinks:
    return SealedLinks(Sealer(keys or [KEY]), BASE)


def token(ticket: Ticket = TICKET, *keys: bytes) -> str:
    return links(*keys).url(ticket).removeprefix(f"{BASE}/l/")


@given(st.text(), st.text(), st.text(), st.integers(1, 10**9))
def test_a_link_leads_back_to_its_ticket(organization: str, subject: str, reader: str, seconds: int) -> None:
    ticket = Ticket(LinkKind.CALENDAR, organization, subject, reader, MONDAY + timedelta(seconds=seconds))
    assert links().read(token(ticket), MONDAY) == ticket


def test_it_is_one_plain_part_of_a_path_whether_the_base_ends_in_a_slash_or_not() -> None:
    url = SealedLinks(Sealer([KEY]), f"{BASE}/").url(TICKET)
    assert url.startswith(f"{BASE}/l/")
    assert url.removeprefix(f"{BASE}/l/").replace("-", "").replace("_", "").isalnum()
    assert len(url) < 300


def test_nothing_of_the_ticket_can_be_read_in_it_and_two_of_the_same_differ() -> None:
    first, second = token(), token()
    assert first != second
    assert not any(part in first for part in ("calendar", "mmmm", "pppp"))


def test_it_ends_on_time() -> None:
    made = token()
    assert links().read(made, TICKET.expires_at - timedelta(seconds=1)) == TICKET
    assert links().read(made, TICKET.expires_at) is None


@pytest.mark.parametrize("place", range(0, 200, 13))
def test_a_changed_sign_leads_nowhere(place: int) -> None:
    made = token()
    changed = made[:place] + ("A" if made[place] != "A" else "B") + made[place + 1 :]
    assert links().read(changed, MONDAY) is None


@given(st.text() | st.text("abcXYZ019-_=", max_size=250) | st.binary().map(lambda raw: raw.hex()))
def test_whatever_else_is_followed_leads_nowhere_and_breaks_nothing(forged: str) -> None:
    assert links().read(forged, MONDAY) is None


def test_a_cut_one_leads_nowhere_nor_does_one_with_signs_too_many() -> None:
    made = token()
    assert [links().read(made[:length], MONDAY) for length in range(len(made))] == [None] * len(made)
    assert [links().read(f"{made[:9]}{sign * 4}{made[9:]}", MONDAY) for sign in "A!\n="] == [None] * 4


def test_one_sealed_with_a_key_that_is_not_ours_leads_nowhere_and_an_older_key_still_reads() -> None:
    assert links().read(token(TICKET, b"x" * 32), MONDAY) is None
    assert links(b"n" * 32, KEY).read(token(), MONDAY) == TICKET


def sealed(kind: str, purpose: str) -> str:
    content = [kind, TICKET.organization_id, TICKET.subject_id, TICKET.reader_id, int(TICKET.expires_at.timestamp())]
    return base64.urlsafe_b64encode(Sealer([KEY]).seal(json.dumps(content), purpose)).decode().rstrip("=")


def test_only_what_was_sealed_as_a_link_and_is_of_a_known_kind_leads_anywhere() -> None:
    assert links().read(sealed("calendar", "link"), MONDAY) == TICKET
    assert links().read(sealed("calendar", "some row"), MONDAY) is None
    assert links().read(sealed("of a later version", "link"), MONDAY) is None
