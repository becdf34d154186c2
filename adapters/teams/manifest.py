"""The app package for Teams: what the app is and may be asked, in English and German, with its icons.

It asks for no permission, and for nothing of Microsoft Graph: names and addresses of a team's members come to a bot
that was added to it by itself. All limits are those of the manifest's schema 1.20.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.teams.icons import color_icon, outline_icon
from adapters.teams.text import Json
from bot.flows import FLOWS
from bot.language import N_, Translator, translator

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.20/MicrosoftTeams.schema.json"
VERSION = "1.0.0"
"""The version of the package; Teams offers an update only where it is higher."""

NAME = "Mentronome"
PERSONAL = ("home", "agenda", "status", "move", "meet", "note", "goals", "record", "away")
TEAM = ("home", "agenda", "status")
"""The words that Teams offers beside 'help', which are typed like any others; it takes ten a list."""

HELP = N_("help: everything I understand")
SHORT = N_("Keeps workplace mentoring going.")
FULL = N_(
    "Mentronome keeps a mentoring pair going: it books the check-ins, asks for topics before and thoughts after, and "
    "helps to mend it when a meeting slips. Whoever runs the programme sees dates and counts, never words."
)

AGENDA, WIN = "add_to_agenda", "send_a_win"
"""The ids of the two entries in Teams' menus. They are permanent."""

MENU = (
    (AGENDA, N_("Add to our agenda"), N_("Talk about this message when you meet next."), ["message"]),
    (WIN, N_("Send a win"), N_("Something went well? Tell your partner."), ["compose", "commandBox", "message"]),
)
LANGUAGES = ("en", "de")

_TEXT = re.compile(r"^(name|description)\.|\.(title|description)$")


class NotAnAppId(ValueError):
    """An app id that is none: Entra's application (client) ids are GUIDs."""


def package(url: str, app_id: str, privacy_url: str = "", terms_url: str = "") -> bytes:
    """Return the app package as a zip, the same for the same arguments.

    `url` is the service's own public address; the other two lead to what the company says of privacy and of use, for
    which `url` stands where they are ''. Raises NotAnAppId.
    """
    english, german = (manifest(url, app_id, privacy_url, terms_url, language) for language in LANGUAGES)
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        for name, content in (
            ("manifest.json", _text(english)),
            ("de.json", _text(_localized(german))),
            ("color.png", color_icon()),
            ("outline.png", outline_icon()),
        ):
            packed.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return written.getvalue()


def manifest(url: str, app_id: str, privacy_url: str = "", terms_url: str = "", language: str = "en") -> Json:
    """Return the manifest with its texts in one language. Raises NotAnAppId."""
    try:
        guid = str(UUID(app_id))
    except ValueError:
        raise NotAnAppId(
            f"{app_id!r} is no application id: it looks like 00000000-0000-0000-0000-000000000000"
        ) from None
    t = translator(language)
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.20",
        "version": VERSION,
        "id": guid,
        "developer": {
            "name": NAME,
            "websiteUrl": url,
            "privacyUrl": privacy_url or url,
            "termsOfUseUrl": terms_url or url,
        },
        "name": {"short": NAME},
        "description": {"short": t(SHORT), "full": t(FULL)},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1F3A5F",
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "de", "file": "de.json"}],
        },
        "defaultInstallScope": "personal",
        "bots": [
            {
                "botId": guid,
                "scopes": ["personal", "team"],
                "commandLists": [
                    {"scopes": ["personal"], "commands": list(_commands(PERSONAL, t))},
                    {"scopes": ["team"], "commands": list(_commands(TEAM, t))},
                ],
            }
        ],
        "composeExtensions": [{"botId": guid, "commands": list(_menu(t))}],
        "validDomains": [urlsplit(url).hostname or ""],
    }


def _commands(words: Sequence[str], t: Translator) -> Iterator[Json]:
    """Yield commands by their words, with what the flows themselves say of them."""
    helps = {command.words[0]: command.help for flow in FLOWS for command in flow.commands}
    for word, said in (*((word, helps[word]) for word in words), ("help", HELP)):
        yield {"title": t(word), "description": t(said).partition(": ")[2]}


def _menu(t: Translator) -> Iterator[Json]:
    for id_, title, description, context in MENU:
        yield {
            "id": id_,
            "type": "action",
            "title": t(title),
            "description": t(description),
            "context": context,
            "fetchTask": True,
        }


def _localized(texts: Json) -> Json:
    """Return the texts of a manifest by their JSON path, as the file of a language has them."""
    schema = SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema")
    shown = {path: text for path, text in _paths(texts) if _TEXT.search(path)}
    return {"$schema": schema} | shown


def _paths(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _paths(inner, f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _paths(inner, f"{path}[{number}]")
    elif isinstance(part, str):
        yield path, part


def _text(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
