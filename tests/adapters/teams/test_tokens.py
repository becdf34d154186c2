"""Only the Bot Connector gets in, and the bot proves itself with one token."""

import asyncio
import base64
import hmac
import json
from collections.abc import Callable

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette

from adapters.teams.app import Teams
from adapters.teams.tokens import OutgoingToken, by_identity, by_secret, proof
from bot.ports import SendFailed
from tests.adapters.teams.fakes import HandClock, Script
from tests.adapters.teams.microsoft import APP_ID, PASSWORD, TENANT, Microsoft, SigningKey, private_key
from tests.adapters.teams.user import TeamsUser


async def status(app: Starlette, ana: TeamsUser, authorization: str | None, **fields: object) -> int:
    """Send Ana's words with a header, and return the HTTP status."""
    headers = {} if authorization is None else {"Authorization": authorization}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        activity = {**ana.activity(type="message", text="hello"), **fields}
        return (await client.post("/api/messages", json=activity, headers=headers)).status_code


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(content: object) -> str:
    return encoded(json.dumps(content).encode())


def claims_of(header: str) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(header.removeprefix("Bearer "), options={"verify_signature": False})
    return claims


def unsigned(microsoft: Microsoft) -> str:
    return f"Bearer {part({'alg': 'none', 'kid': 'key-1'})}.{part(claims_of(microsoft.bearer()))}."


def signed_with_the_public_key(microsoft: Microsoft) -> str:
    """The classic forgery: our public key, taken for a shared secret."""
    public = private_key(1).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{part({'alg': 'HS256', 'kid': 'key-1'})}.{part(claims_of(microsoft.bearer()))}"
    return f"Bearer {signed}.{encoded(hmac.digest(public, signed.encode(), 'sha256'))}"


def deep(microsoft: Microsoft) -> str:
    return "Bearer " + base64.urlsafe_b64encode(b'{"a":' + b"[" * 20_000).decode() + ".e30.x"


def hours(microsoft: Microsoft, number: float) -> int:
    return int(microsoft._clock.now().timestamp() + number * 3600)


FORGERIES: dict[str, Callable[[Microsoft], str | None]] = {
    "expired": lambda m: m.bearer(exp=hours(m, -0.1)),
    "without exp": lambda m: m.bearer(leave_out="exp"),
    "exp as text": lambda m: m.bearer(exp="never"),
    "exp not a number": lambda m: m.bearer(exp=float("nan")),
    "not valid yet": lambda m: m.bearer(nbf=hours(m, 0.5)),
    "for another bot": lambda m: m.bearer(aud="another-app"),
    "without audience": lambda m: m.bearer(leave_out="aud"),
    "another issuer": lambda m: m.bearer(iss="https://example.com"),
    "an issuer that is no text": lambda m: m.bearer(iss=7),
    "without issuer": lambda m: m.bearer(leave_out="iss"),
    "the emulator's issuer": lambda m: m.bearer(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
    "another bot's issuer": lambda m: m.bearer(iss=f"https://login.microsoftonline.com/{TENANT}/v2.0"),
    "for another service url": lambda m: m.bearer(serviceurl="https://smba.trafficmanager.net/amer/"),
    "without service url": lambda m: m.bearer(leave_out="serviceurl"),
    "unsigned": unsigned,
    "signed with the public key": signed_with_the_public_key,
    "signed by an unknown key": lambda m: m.bearer(key=SigningKey("key-9", 9)),
    "signed by another key of the same name": lambda m: m.bearer(key=SigningKey("key-1", 9)),
    "garbage": lambda m: "Bearer garbage",
    "garbage in three parts": lambda m: "Bearer YQ.YQ.YQ",
    "a header nested too deep": deep,
    "no token": lambda m: "Bearer ",
    "another scheme": lambda m: m.bearer().replace("Bearer", "Basic"),
    "no header, though the service is elsewhere": lambda m: None,
}


async def test_what_the_bot_connector_signs_gets_in(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, script: Script
) -> None:
    assert await status(app, ana, microsoft.bearer()) == 200
    assert len(script.accepted) == 1


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_nothing_else_does(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, script: Script, forgery: str
) -> None:
    authorization = FORGERIES[forgery](microsoft)
    fields = {"serviceUrl": "https://smba.trafficmanager.net/emea/"} if authorization is None else {}
    assert await status(app, ana, authorization, **fields) == 401
    assert not script.accepted


async def test_a_token_without_limits_of_time_ahead_may_be_a_little_late(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, clock: HandClock
) -> None:
    """Clocks differ: five minutes are forgiven, six are not."""
    token = microsoft.bearer()
    clock.pass_(minutes=64)
    assert await status(app, ana, token) == 200
    clock.pass_(minutes=2)
    assert await status(app, ana, token) == 401


@pytest.mark.parametrize("channel", ["directline", None, 7, {"msteams": 1}])
async def test_a_key_vouches_for_its_channels_only(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, script: Script, channel: object
) -> None:
    assert await status(app, ana, microsoft.bearer(), channelId=channel) == 401
    microsoft.keys = [SigningKey("key-2", 2, endorsements=())]
    assert await status(app, ana, microsoft.bearer()) == 401
    assert not script.accepted


async def test_a_genuine_token_for_a_host_we_do_not_know_is_refused(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, script: Script
) -> None:
    elsewhere = "https://smba.example.com/emea/"
    assert await status(app, ana, microsoft.bearer(serviceurl=elsewhere), serviceUrl=elsewhere) == 401
    known = "https://smba.trafficmanager.net/emea/"
    assert await status(app, ana, microsoft.bearer(serviceurl=known), serviceUrl=known) == 200
    assert len(script.accepted) == 1


async def test_a_new_key_an_hour_later_is_looked_up(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, clock: HandClock
) -> None:
    for _ in range(3):
        assert await status(app, ana, microsoft.bearer()) == 200
    assert microsoft.calls["keys"] == 1
    clock.pass_(hours=1)
    microsoft.keys.append(SigningKey("key-2", 2))
    assert await status(app, ana, microsoft.bearer()) == 200
    assert microsoft.calls["keys"] == 2


async def test_made_up_keys_do_not_make_us_ask_all_the_time(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, clock: HandClock
) -> None:
    assert await status(app, ana, microsoft.bearer()) == 200
    for number in range(5):
        assert await status(app, ana, microsoft.bearer(key=SigningKey(f"made-up-{number}", 9))) == 401
    assert microsoft.calls["keys"] == 2
    clock.pass_(minutes=1)
    microsoft.keys.append(SigningKey("key-2", 2))
    assert await status(app, ana, microsoft.bearer()) == 200


async def test_withdrawn_keys_are_forgotten_after_a_day(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, clock: HandClock
) -> None:
    withdrawn = microsoft.keys[0]
    assert await status(app, ana, microsoft.bearer()) == 200
    microsoft.keys = [SigningKey("key-2", 2)]
    clock.pass_(hours=24)
    assert await status(app, ana, microsoft.bearer(key=withdrawn)) == 401


async def test_while_the_keys_cannot_be_had_known_keys_are_good_and_others_are_not(
    app: Starlette, ana: TeamsUser, microsoft: Microsoft, clock: HandClock
) -> None:
    microsoft.keys_down = True
    assert await status(app, ana, microsoft.bearer()) == 401
    microsoft.keys_down = False
    clock.pass_(minutes=1)
    assert await status(app, ana, microsoft.bearer()) == 200
    microsoft.keys_down = True
    clock.pass_(hours=25)
    assert await status(app, ana, microsoft.bearer()) == 200
    assert await status(app, ana, microsoft.bearer(key=SigningKey("key-2", 2))) == 401


async def test_developing_on_ones_own_machine_needs_no_token_but_a_wrong_one_is_still_wrong(
    app: Starlette, ana: TeamsUser, script: Script
) -> None:
    assert await status(app, ana, None) == 200
    assert await status(app, ana, "Bearer garbage") == 401
    for elsewhere in ("http://127.0.0.1.example.com/", "http://127.0.0.1@example.com/", "http://10.0.0.1/", None, 7):
        assert await status(app, ana, None, serviceUrl=elsewhere) == 401
    assert len(script.accepted) == 1


# The bot's own token


@pytest.fixture
def token(microsoft: Microsoft, http: httpx.AsyncClient, clock: HandClock) -> OutgoingToken:
    return OutgoingToken(by_secret(APP_ID, PASSWORD, TENANT, f"{microsoft.url}/login"), http, clock)


async def test_one_token_serves_until_it_is_about_to_run_out(
    microsoft: Microsoft, token: OutgoingToken, clock: HandClock
) -> None:
    assert set(await asyncio.gather(*(token.get() for _ in range(5)))) == {"token-1"}
    clock.pass_(minutes=50)
    assert await token.get() == "token-1"
    clock.pass_(minutes=5)
    assert await token.get() == "token-2"
    token.forget()
    assert await token.get() == "token-3"
    assert microsoft.calls["login"] == 3


async def test_no_token_means_trying_again_later(microsoft: Microsoft, token: OutgoingToken) -> None:
    microsoft.login_down = True
    with pytest.raises(SendFailed, match="no_token") as failure:
        await token.get()
    assert failure.value.retry_after
    microsoft.login_down = False
    assert await token.get() == "token-1"


async def test_a_machine_in_azure_proves_itself_by_its_identity(
    microsoft: Microsoft, http: httpx.AsyncClient, clock: HandClock
) -> None:
    token = OutgoingToken(by_identity(APP_ID, f"{microsoft.url}/metadata/identity/oauth2/token"), http, clock)
    assert await token.get() == "token-1"
    assert await token.get() == "token-1"
    clock.pass_(hours=24)
    assert await token.get() == "token-2"


async def test_with_no_secret_the_identity_is_asked(microsoft: Microsoft) -> None:
    told = httpx.MockTransport(lambda asked: httpx.Response(200, text=f"{asked.method} {asked.url.host}"))
    async with httpx.AsyncClient(transport=told) as http:
        answers = [await proof(APP_ID, secret, TENANT, f"{microsoft.url}/login")(http) for secret in ("", PASSWORD)]
    assert [answer.text for answer in answers] == ["GET 169.254.169.254", "POST 127.0.0.1"]


def test_without_an_app_id_there_is_no_bot(microsoft: Microsoft, http: httpx.AsyncClient, clock: HandClock) -> None:
    with pytest.raises(ValueError, match="app id"):
        Teams(
            app_id="",
            asking=by_secret("", PASSWORD, TENANT, f"{microsoft.url}/login"),
            openid_url=f"{microsoft.url}/openid",
            service_hosts=(),
            local=False,
            receiver=Script(),
            http=http,
            clock=clock,
        )
