"""The app package, against Microsoft's own schema of it."""

import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from click.testing import CliRunner

from adapters.teams.manifest import MENU, PERSONAL, TEAM, NotAnAppId, manifest, package
from bot.__main__ import cli
from bot.engine.tables import Tables
from bot.language import translator

URL, APP_ID = "https://mentoring.example", "2d5c1b1e-7d5f-4a53-9d2b-6f6f3c0a9a01"
SCHEMAS = Path(__file__).parent / "schema"


def opened(packed: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(packed)) as files:
        return {name: files.read(name) for name in files.namelist()}


def valid(document: Any, schema: str) -> None:
    """Hold a document against a published schema, which is of draft 4."""
    found = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(found).validate(document)


def test_the_package_holds_what_teams_wants_and_nothing_else() -> None:
    files = opened(package(URL, APP_ID))
    assert set(files) == {"manifest.json", "de.json", "color.png", "outline.png"}
    valid(json.loads(files["manifest.json"]), "MicrosoftTeams.schema.json")
    valid(json.loads(files["de.json"]), "MicrosoftTeams.Localization.schema.json")
    assert package(URL, APP_ID) == package(URL, APP_ID)


def test_the_manifest_names_the_bot_its_places_and_no_permission() -> None:
    found = manifest(URL, APP_ID.upper(), "https://example.com/privacy")
    (bot,) = found["bots"]
    assert (found["id"], bot["botId"], found["composeExtensions"][0]["botId"]) == (APP_ID, APP_ID, APP_ID)
    assert bot["scopes"] == ["personal", "team"]
    assert found["validDomains"] == ["mentoring.example"]
    assert found["developer"]["privacyUrl"] == "https://example.com/privacy"
    assert found["developer"]["termsOfUseUrl"] == URL
    assert not {"permissions", "webApplicationInfo", "authorization"} & found.keys()


def test_every_command_on_the_list_is_one_that_the_bot_understands() -> None:
    understood = {word for command in Tables().commands for word in command.words} | {"help"}
    for language in ("en", "de"):
        for listed in manifest(URL, APP_ID, language=language)["bots"][0]["commandLists"]:
            assert 0 < len(listed["commands"]) <= 10
            assert all(0 < len(one["title"]) <= 32 for one in listed["commands"])
            assert all(0 < len(one["description"]) <= 128 for one in listed["commands"])
    assert {*PERSONAL, *TEAM} <= understood


def test_german_readers_get_german_texts() -> None:
    german = json.loads(opened(package(URL, APP_ID))["de.json"])
    assert german["bots[0].commandLists[0].commands[0].title"] == "start"
    assert german["composeExtensions[0].commands[1].title"] == translator("de")("Send a win") != "Send a win"
    assert german["bots[0].commandLists[0].commands[0].description"] == "alles, was gerade läuft, auf einer Karte"
    told = [path for path in german if path.endswith(".description")]
    assert len(told) == len(PERSONAL) + len(TEAM) + len(MENU) + 2


@pytest.mark.parametrize(("name", "size"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_are_as_large_as_teams_wants_them(name: str, size: int) -> None:
    width, height, pixels = _decoded(opened(package(URL, APP_ID))[name])
    assert (width, height) == (size, size)
    if name == "color.png":
        assert {alpha for *_, alpha in pixels} == {255}
        assert len({tuple(colour) for *colour, _ in pixels}) > 4
    else:
        assert {tuple(colour) for *colour, alpha in pixels if alpha} == {(255, 255, 255)}
        assert {0, 255} <= {alpha for *_, alpha in pixels}


def _decoded(png: bytes) -> tuple[int, int, list[tuple[int, ...]]]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    begin = png.index(b"IDAT") + 4
    rows = zlib.decompress(png[begin : begin + int.from_bytes(png[begin - 8 : begin - 4])])
    pixels = [
        tuple(rows[at : at + 4])
        for row in range(0, len(rows), 4 * width + 1)
        for at in range(row + 1, row + 4 * width + 1, 4)
    ]
    return width, height, pixels


def test_an_app_id_that_is_none_is_refused() -> None:
    with pytest.raises(NotAnAppId, match="application id"):
        package(URL, "mentronome")


def test_the_command_writes_the_package(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    asked = ["manifest", "teams", "--url", URL, "--app-id", APP_ID, "--out", str(out)]
    result = CliRunner().invoke(cli, asked)
    assert (result.exit_code, "app.zip" in result.output) == (0, True)
    assert out.read_bytes() == package(URL, APP_ID)


@pytest.mark.parametrize(
    ("url", "app_id", "mend"),
    [("http://here", APP_ID, "https://"), ("https://", APP_ID, "https://"), (URL, "7", "application id")],
)
def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path, url: str, app_id: str, mend: str) -> None:
    asked = ["manifest", "teams", "--url", url, "--app-id", app_id, "--out", str(tmp_path / "app.zip")]
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 1
    assert mend in result.output
    assert not list(tmp_path.iterdir())
