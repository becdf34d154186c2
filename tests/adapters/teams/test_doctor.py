"""What the doctor finds of Teams: everything well, and each thing that can be wrong with its mend."""

import httpx
import pytest
from starlette.applications import Starlette

from adapters.teams.doctor import examine
from adapters.teams.tokens import by_secret
from bot.findings import Finding
from tests.adapters.teams.fakes import HandClock
from tests.adapters.teams.microsoft import APP_ID, PASSWORD, TENANT, Microsoft, SigningKey

HERE = "https://mentoring.example"


@pytest.fixture
def clock() -> HandClock:
    """A clock that is right, since Microsoft's login tells the real time."""
    from bot.clock import SystemClock

    return HandClock(SystemClock().now())


class Patient:
    """A configuration to look at, in front of a bot that runs at `HERE`."""

    def __init__(self, microsoft: Microsoft, app: Starlette, clock: HandClock) -> None:
        self.microsoft, self.app, self.clock = microsoft, app, clock
        self.app_id, self.password, self.openid, self.url = APP_ID, PASSWORD, f"{microsoft.url}/openid", HERE

    async def findings(self) -> dict[str, Finding]:
        async with httpx.AsyncClient(mounts={HERE: httpx.ASGITransport(self.app)}) as http:
            asking = by_secret(self.app_id, self.password, TENANT, f"{self.microsoft.url}/login")
            found = examine(self.app_id, asking, self.openid, self.url, http, self.clock)
            return {finding.about: finding async for finding in found}


@pytest.fixture
def patient(microsoft: Microsoft, app: Starlette, clock: HandClock) -> Patient:
    return Patient(microsoft, app, clock)


async def test_all_is_well(patient: Patient) -> None:
    found = await patient.findings()
    assert list(found) == ["App id", "Token", "Clock", "Signing keys", "Endpoint"]
    assert all(finding.works and not finding.mend for finding in found.values())


async def test_a_secret_that_has_run_out(patient: Patient) -> None:
    patient.password = "of last year"
    token = (await patient.findings())["Token"]
    assert (token.works, "401" in token.told, "make a new one" in token.mend) == (False, True, True)


async def test_an_object_id_in_place_of_the_app_id(patient: Patient) -> None:
    patient.app_id = "mentronome"
    found = await patient.findings()
    assert not found["App id"].works
    assert "Application (client) ID" in found["App id"].mend


async def test_a_login_that_cannot_be_reached(patient: Patient) -> None:
    patient.microsoft.url = "http://127.0.0.1:1"
    found = await patient.findings()
    assert "ConnectError" in found["Token"].told
    assert "proxy" in found["Token"].mend


async def test_a_clock_that_is_wrong(patient: Patient, clock: HandClock) -> None:
    clock.pass_(minutes=7)
    found = (await patient.findings())["Clock"]
    assert (found.works, "NTP" in found.mend) == (False, True)
    assert 400 < float(found.told.split()[0]) < 440


async def test_keys_that_cannot_be_had_or_do_not_vouch_for_teams(patient: Patient) -> None:
    patient.microsoft.keys = [SigningKey("key-1", 1, endorsements=("webchat",))]
    assert not (await patient.findings())["Signing keys"].works
    patient.microsoft.keys_down = True
    assert not (await patient.findings())["Signing keys"].works


async def test_an_endpoint_that_is_not_set_does_not_run_or_lets_anybody_in(patient: Patient) -> None:
    patient.url = ""
    endpoint = (await patient.findings())["Endpoint"]
    assert (endpoint.works, "PUBLIC_URL" in endpoint.mend) == (True, True)
    patient.url = "http://127.0.0.1:1"
    endpoint = (await patient.findings())["Endpoint"]
    assert (endpoint.works, "mentronome run" in endpoint.mend) == (True, True)
    patient.url, patient.app = HERE, Starlette()
    endpoint = (await patient.findings())["Endpoint"]
    assert (endpoint.works, "404" in endpoint.told) == (False, True)
