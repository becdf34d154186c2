"""What the bot's outbox may expect of Teams: one attempt, and an honest account of how it went."""

import httpx
import pytest

from adapters.teams import connector, conversations
from adapters.teams.address import Address
from adapters.teams.app import Teams
from adapters.teams.connector import ServiceHosts
from adapters.teams.tokens import by_secret
from bot.domain.people import Account, Platform, Workspace
from bot.messages import Button, Card, Quote, Section, card
from bot.ports import InDoubt, Parcel, SendFailed, Team
from tests.adapters.teams.directory import Entry
from tests.adapters.teams.fakes import HandClock, Script
from tests.adapters.teams.microsoft import APP_ID, TENANT, Microsoft, Trouble
from tests.adapters.teams.reading import read

CHAT = "a:1pZ-ana/of+sales"
WORKSPACE = Workspace("w", "o", Platform.TEAMS, TENANT, "Sample")


def parcel(microsoft: Microsoft, said: Card, *, replaces: str | None = None, service_url: str = "") -> Parcel:
    address = Address(CHAT, service_url or microsoft.service_url, TENANT).dump()
    account = Account("a", "o", "w", "p", Platform.TEAMS, "aad-ana", address)
    return Parcel("d1", account, WORKSPACE, said, replaces)


def texts(microsoft: Microsoft) -> list[str]:
    return [read(posted.card).text for posted in microsoft.chats.get(CHAT, [])]


async def test_a_card_reaches_a_stored_address_out_of_the_blue(teams: Teams, microsoft: Microsoft) -> None:
    said = card("Did you meet?", Button("Yes", "meeting.held", "m1", rev=2))
    message_id = await teams.messenger.send(parcel(microsoft, said))
    (posted,) = microsoft.chats[CHAT]
    assert posted.id == message_id
    assert texts(microsoft) == ["Did you meet?"]
    assert posted.activity["summary"] == "About your mentoring"
    assert "text" not in posted.activity
    (action,) = read(posted.card).actions
    assert action["data"] == {"action": "meeting.held", "subject": "m1", "value": "", "rev": 2, "card": "d1"}


async def test_a_message_is_drawn_anew_in_its_place(teams: Teams, microsoft: Microsoft) -> None:
    message_id = await teams.messenger.send(parcel(microsoft, card("Did you meet?")))
    assert await teams.messenger.send(parcel(microsoft, card("You met."), replaces=message_id)) == message_id
    assert texts(microsoft) == ["You met."]


async def test_where_an_update_is_refused_nothing_changes_and_nothing_new_is_said(
    teams: Teams, microsoft: Microsoft
) -> None:
    message_id = await teams.messenger.send(parcel(microsoft, card("Did you meet?")))
    microsoft.refuses_updates = True
    for old in (message_id, "never-there"):
        with pytest.raises(SendFailed) as failure:
            await teams.messenger.send(parcel(microsoft, card("You met."), replaces=old))
        assert (failure.value.code, failure.value.retry_after) == ("update_refused", None)
    assert texts(microsoft) == ["Did you meet?"]


@pytest.mark.parametrize("status", [408, 412, 429, 500, 502, 503, 504])
async def test_what_passes_is_worth_another_try(teams: Teams, microsoft: Microsoft, status: int) -> None:
    microsoft.trouble.append(Trouble(status, {"Retry-After": "17"}))
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(parcel(microsoft, card("Hello")))
    assert 17 <= (failure.value.retry_after or 0) <= 17 * 1.25
    assert failure.value.busy == (status not in (408, 500))
    assert microsoft.calls["post"] == 1
    assert await teams.messenger.send(parcel(microsoft, card("Hello")))


@pytest.mark.parametrize("wait", ["", "soon", "nan", "-3", "1e99", "Wed, 21 Oct 2026 07:28:00 GMT"])
async def test_a_wait_that_makes_no_sense_becomes_one_that_does(
    teams: Teams, microsoft: Microsoft, wait: str
) -> None:
    microsoft.trouble.append(Trouble(429, {"Retry-After": wait}))
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(parcel(microsoft, card("Hello")))
    assert failure.value.code == "throttled"
    assert failure.value.retry_after is not None
    assert 0 <= failure.value.retry_after <= 3600 * 1.25


@pytest.mark.parametrize(
    ("status", "code"), [(400, "bad_request"), (404, "not_found"), (413, "too_large"), (302, "http_302")]
)
async def test_what_stays_so_is_not_tried_again(teams: Teams, microsoft: Microsoft, status: int, code: str) -> None:
    microsoft.trouble.append(Trouble(status, {"Location": "https://example.com/"} if status == 302 else {}))
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(parcel(microsoft, card("Hello")))
    assert (failure.value.code, failure.value.retry_after) == (code, None)


async def test_somebody_who_has_blocked_the_bot_is_told_apart(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.blocked.add(CHAT)
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(parcel(microsoft, card("Hello")))
    assert (failure.value.code, failure.value.retry_after) == ("blocked", None)


async def test_a_lost_answer_is_doubt_and_is_never_repeated_by_itself(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.trouble.append(Trouble())
    with pytest.raises(InDoubt):
        await teams.messenger.send(parcel(microsoft, card("Hello")))
    assert texts(microsoft) == ["Hello"]
    assert microsoft.calls["post"] == 1
    assert await teams.messenger.find(parcel(microsoft, card("Hello"))) is None


async def test_a_lost_answer_to_an_update_is_not_repeated_either(teams: Teams, microsoft: Microsoft) -> None:
    message_id = await teams.messenger.send(parcel(microsoft, card("Did you meet?")))
    microsoft.trouble.append(Trouble())
    with pytest.raises(InDoubt):
        await teams.messenger.send(parcel(microsoft, card("You met."), replaces=message_id))
    assert microsoft.calls["put"] == 1


async def test_an_answer_that_does_not_come_in_time_is_doubt(
    teams: Teams, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connector, "TIMEOUT", 0.05)
    microsoft.trouble.append(Trouble(silent=True))
    with pytest.raises(InDoubt):
        await teams.messenger.send(parcel(microsoft, card("Hello")))


async def test_what_never_left_is_no_doubt(teams: Teams, microsoft: Microsoft) -> None:
    nobody_listens = parcel(microsoft, card("Hello"), service_url="http://127.0.0.1:1/emea/")
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(nobody_listens)
    assert failure.value.code == "unreachable"
    assert failure.value.retry_after


async def test_a_refused_token_is_replaced(teams: Teams, microsoft: Microsoft) -> None:
    await teams.messenger.send(parcel(microsoft, card("Hello")))
    microsoft.tokens = ["withdrawn"]
    with pytest.raises(SendFailed, match="unauthorized") as failure:
        await teams.messenger.send(parcel(microsoft, card("Again")))
    assert failure.value.retry_after
    await teams.messenger.send(parcel(microsoft, card("Again")))
    assert texts(microsoft) == ["Hello", "Again"]
    assert microsoft.calls["login"] == 2


@pytest.mark.parametrize("address", ["", "nonsense", "[]", '{"conversation": 7}'])
async def test_an_account_without_an_address_cannot_be_written_to(
    teams: Teams, microsoft: Microsoft, address: str
) -> None:
    unknown = parcel(microsoft, card("Hello"))
    unknown.account.address = address
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(unknown)
    assert (failure.value.code, failure.value.retry_after) == ("no_address", None)


async def test_neither_words_nor_the_token_go_to_a_host_we_do_not_know(teams: Teams, microsoft: Microsoft) -> None:
    with pytest.raises(SendFailed, match="unknown_host"):
        await teams.messenger.send(parcel(microsoft, card("Hello"), service_url="https://example.com/"))
    assert not microsoft.calls["login"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://smba.trafficmanager.net.example.com/",
        "https://smba.trafficmanager.net@example.com/",
        "https://example.com\\@smba.trafficmanager.net/",
        "https://example.com#smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/emea/",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/{conversationId.__class__}/",
        "https://smba.trafficmanager.net/emea/?x=",
        "https://smba.trafficmanager.net/emea/\n",
        "ftp://127.0.0.1/",
        "http://127.0.0.1:8000/",
        "",
    ],
)
def test_hosts_that_only_look_familiar_are_refused(url: str) -> None:
    assert not ServiceHosts(["smba.trafficmanager.net"], local=False).allow(url)


def test_known_hosts_are_allowed_and_this_machine_only_where_it_is_set() -> None:
    hosts = ServiceHosts(["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"], local=False)
    assert hosts.allow("https://smba.trafficmanager.net/emea/8f2f6a34-54b4-4d2d/")
    assert hosts.allow("https://SMBA.infra.gcc.teams.microsoft.com")
    for here in ("http://127.0.0.1:9000/emea/", "http://localhost/", "http://[::1]:3978/"):
        assert not hosts.allow(here)
        assert ServiceHosts([], local=True).allow(here)


async def test_what_is_too_long_for_one_message_goes_on_in_the_next(teams: Teams, microsoft: Microsoft) -> None:
    topics = tuple(Quote(f"Topic {number}: " + "so much to say " * 120, "Ana") for number in range(30))
    brief = Card((Section("Before you meet", quotes=topics),), footer=(Button("Why this?", "why", ""),))
    message_id = await teams.messenger.send(parcel(microsoft, brief))
    assert len(texts(microsoft)) > 1
    assert microsoft.chats[CHAT][-1].id == message_id
    everything = "\n".join(texts(microsoft))
    assert all(quote.words in everything for quote in topics)
    last = microsoft.chats[CHAT][-1]
    assert [action["title"] for action in read(last.card).actions] == ["Why this?"]


async def test_a_message_that_grows_too_long_is_drawn_anew_and_goes_on_below(
    teams: Teams, microsoft: Microsoft
) -> None:
    message_id = await teams.messenger.send(parcel(microsoft, card("Short")))
    grown = Card((Section("Long", quotes=tuple(Quote("so much to say " * 130) for _ in range(30))),))
    last_id = await teams.messenger.send(parcel(microsoft, grown, replaces=message_id))
    ids = [posted.id for posted in microsoft.chats[CHAT]]
    assert ids[0] == message_id
    assert ids[-1] == last_id
    assert texts(microsoft)[0].startswith("Long")


async def test_without_the_local_setting_this_machine_is_as_foreign_as_any(
    microsoft: Microsoft, http: httpx.AsyncClient, clock: HandClock
) -> None:
    strict = Teams(
        app_id=APP_ID,
        asking=by_secret(APP_ID, "secret", TENANT, f"{microsoft.url}/login"),
        openid_url=f"{microsoft.url}/openid",
        service_hosts=("smba.trafficmanager.net",),
        local=False,
        receiver=Script(),
        http=http,
        clock=clock,
    )
    with pytest.raises(SendFailed, match="unknown_host"):
        await strict.messenger.send(parcel(microsoft, card("Hello")))


# Out of the blue


def roster_parcel(microsoft: Microsoft, said: Card) -> Parcel:
    """A message to somebody who is known by the roster of a team alone."""
    known = parcel(microsoft, said)
    known.account.address = Address("", microsoft.service_url, TENANT, "29:aad-eva").dump()
    return known


async def test_somebody_who_never_wrote_is_written_to_in_a_new_chat(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    microsoft.directory.teams["19:team@thread.tacv2"] = ["29:aad-eva"]
    for text in ("Hello", "Again"):
        await teams.messenger.send(roster_parcel(microsoft, card(text)))
    assert [read(posted.card).text for posted in microsoft.chats["a:aad-eva"]] == ["Hello", "Again"]
    assert microsoft.calls["create"] == 1


async def test_who_has_the_app_nowhere_cannot_be_reached(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(roster_parcel(microsoft, card("Hello")))
    assert (failure.value.code, failure.value.retry_after) == ("blocked", None)
    microsoft.directory.installed.add("29:aad-eva")
    assert await teams.messenger.send(roster_parcel(microsoft, card("Hello")))


async def test_a_chat_that_cannot_be_opened_just_now_is_opened_later(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    microsoft.directory.installed.add("29:aad-eva")
    microsoft.trouble.append(Trouble(429, {"Retry-After": "3"}))
    with pytest.raises(SendFailed) as failure:
        await teams.messenger.send(roster_parcel(microsoft, card("Hello")))
    assert 3 <= (failure.value.retry_after or 0) < 4
    assert await teams.messenger.send(roster_parcel(microsoft, card("Hello")))


async def test_only_so_many_opened_chats_are_remembered(
    teams: Teams, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "REMEMBERED", 1)
    for name in ("eva", "ben", "eva"):
        microsoft.directory.add(Entry(f"aad-{name}", name))
        microsoft.directory.installed.add(f"29:aad-{name}")
        known = roster_parcel(microsoft, card("Hello"))
        known.account.address = Address("", microsoft.service_url, TENANT, f"29:aad-{name}").dump()
        await teams.messenger.send(known)
    assert microsoft.calls["create"] == 3


async def test_an_answer_that_nobody_can_read_is_asked_for_again_later(
    teams: Teams, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    microsoft.directory.installed.add("29:aad-eva")
    microsoft.nonsense = True
    with pytest.raises(SendFailed, match="unreadable") as failure:
        await teams.messenger.send(roster_parcel(microsoft, card("Hello")))
    assert failure.value.retry_after
    assert not await teams.rosters.read(
        Team("teams", TENANT, "a:aad-eva", parcel(microsoft, card("")).account.address)
    )
