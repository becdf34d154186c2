"""Settings: the environment (and `.env`) read once into one frozen object.

Everything that is wrong is told at once, one line each with its mend. Importing this module reads nothing.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.secret_key import NEW_KEY, decoded, kept

PREFIX = "MENTRONOME_"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


class SettingsError(Exception):
    """Settings that cannot be used; its text is one line for each fault, with the mend."""


def _database(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/"):
        return url
    raise ValueError("write sqlite:////folder/file.db or postgresql://user:password@host/name")


def _web(url: str) -> str:
    parts = urlsplit(url)
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)):
        return url
    raise ValueError("write an address that begins with https:// (or http:// on this machine)")


def _keys(value: SecretStr) -> SecretStr:
    decoded(value.get_secret_value())
    return value


def _listed(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _code(default: object) -> str:
    text = ",".join(default) if isinstance(default, tuple) else str(default).lower()
    return "" if default is None else f"`{text}`"


def _setting(default: Any, meaning: str, shown: str = "", in_repr: bool = True) -> Any:
    """One setting: its default, what it means, and how the README shows the default if not as it is."""
    return Field(default, description=meaning, repr=in_repr, examples=[shown or _code(default)])


Web = Annotated[str, AfterValidator(_web)]
Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "text", "json"]
Days = Annotated[int, Field(gt=0)]
Hosts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Settings(BaseModel):
    """All that an operator can set; frozen, and safe to print: its repr holds no secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = _setting(Path("data"), "Folder of the SQLite file and the secret key.", "`./data`")
    database_url: Annotated[str, AfterValidator(_database)] = _setting(
        "sqlite:///data/mentronome.db",
        "The database: `sqlite:////folder/file.db` or `postgresql://user:password@host/name`.",
        shown="`mentronome.db` in the data folder",
        in_repr=False,
    )
    secret_key: Annotated[SecretStr, AfterValidator(_keys)] = _setting(
        SecretStr(""),
        "Seals what people write: 32 bytes in base64. Several, comma-separated: the first seals, all open.",
        shown="on SQLite kept in `secret.key` in the data folder; on PostgreSQL required",
    )
    tombstones: Path = _setting(
        Path("data") / "tombstones",
        "File of the ids of those whose data were erased; keep it when you restore the database from a backup.",
        shown="on SQLite `tombstones` in the data folder; on PostgreSQL required",
    )
    keep_content_days: Days = _setting(182, "Days after a mentorship's end until what was written in it is erased.")
    keep_leavers_days: Days = _setting(30, "Days after somebody left the company until they are erased.")
    public_url: Web = _setting(
        "",
        "How people's browsers reach this service; links in messages begin with it.",
        shown="the playground's own address; empty for `run`, which then offers no links",
    )
    log_level: Level = _setting("info", "Least level logged: `debug`, `info`, `warning`, `error`.")
    log_format: Format = _setting("auto", "`text`, `json`, or `auto`: text on a terminal, else JSON.")
    slack_bot_token: SecretStr | None = _setting(None, "Slack: the bot's token (`xoxb-…`), for one workspace.")
    slack_app_token: SecretStr | None = _setting(None, "Slack: an app token (`xapp-…`); with it Socket Mode is used.")
    slack_signing_secret: SecretStr | None = _setting(None, "Slack: the app's signing secret, for HTTP.")
    slack_client_id: str | None = _setting(None, "Slack: the app's client id, to be installed in several workspaces.")
    slack_client_secret: SecretStr | None = _setting(None, "Slack: the app's client secret.")
    slack_api_url: Web = _setting("https://slack.com/api/", "Slack: address of the web API.")
    teams_app_id: str | None = _setting(None, "Teams: the bot's application (client) id.")
    teams_app_password: SecretStr | None = _setting(None, "Teams: a client secret of that application.")
    teams_managed_identity: bool = _setting(
        False, "Teams: on a machine in Azure, use its managed identity; there is no client secret then."
    )
    teams_tenant_id: str | None = _setting(None, "Teams: id of the Entra tenant that the bot belongs to.")
    teams_openid_metadata_url: Web = _setting(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "Teams: where the keys of incoming tokens are found.",
    )
    teams_login_url: Web = _setting("https://login.microsoftonline.com/", "Teams: where tokens come from.")
    teams_service_hosts: Hosts = _setting(("smba.trafficmanager.net",), "Teams: its hosts, comma-separated.")
    teams_local: bool = _setting(
        False, "Teams: for development, also send to this machine by plain http, and take what comes without a token."
    )

    @property
    def on_slack(self) -> bool:
        """Whether Slack is configured."""
        return self.slack_bot_token is not None or self.slack_client_id is not None

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is an SQLite file rather than PostgreSQL."""
        return self.database_url.startswith("sqlite:")

    @property
    def secret_keys(self) -> tuple[bytes, ...]:
        """The keys, 32 bytes each: the first seals, all open. Raises ValueError where none is set."""
        return decoded(self.secret_key.get_secret_value())


# What makes sense only together.
SLACK_OAUTH = ("slack_client_id", "slack_client_secret", "public_url")

ON_POSTGRESQL = {
    "secret_key": f"PostgreSQL needs one, the same for every copy of the bot; {NEW_KEY}",
    "tombstones": "PostgreSQL needs one; name a file that all copies of the bot share, and that no backup overwrites",
}


def load(environ: Mapping[str, str] | None = None, data_dir: Path | None = None) -> Settings:
    """Read the settings from `environ`, or from the process's environment over `.env` in the working folder.

    `data_dir` wins over both. An empty variable counts as unset. On SQLite the data folder is made, and
    in it a secret key where none is given. Raises SettingsError with every fault at once.
    """
    if environ is None:
        environ = {**{k: v for k, v in dotenv_values(".env").items() if v}, **os.environ}
    given = {
        name.removeprefix(PREFIX).lower(): value.strip()
        for name, value in environ.items()
        if name.startswith(PREFIX) and value.strip()
    }
    folder = (data_dir or Path(given.get("data_dir", "data"))).expanduser().absolute()
    values: dict[str, Any] = {"database_url": f"sqlite:///{folder / 'mentronome.db'}"}
    values["tombstones"] = folder / "tombstones"
    values |= {name: value for name, value in given.items() if name in Settings.model_fields}
    values["data_dir"] = folder
    faults = [*_misspelt(given), *_halves(given), *_of_slack(given), *_of_teams(given)]
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        faults += [_line(fault["loc"][0], fault["msg"]) for fault in error.errors()]
    if values["database_url"].startswith("postgres"):
        faults += [_line(name, message) for name, message in ON_POSTGRESQL.items() if name not in given]
    if faults:
        raise SettingsError("\n".join(faults))
    return _with_folder(settings) if settings.on_sqlite else settings


def settings_table() -> str:
    """The settings as a Markdown table of variable, default and meaning, for the README."""
    rows = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        shown = "".join(map(str, field.examples or ()))
        rows.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows) + "\n"


def _line(name: object, message: str) -> str:
    return f"{PREFIX}{str(name).upper()}: {message.removeprefix('Value error, ')}."


def _misspelt(given: Mapping[str, str]) -> list[str]:
    """Names that are nearly a setting; others are let be, since Kubernetes makes some of its own."""
    unknown = [name for name in given if name not in Settings.model_fields]
    near = [(name, difflib.get_close_matches(name, Settings.model_fields, 1, 0.85)) for name in unknown]
    return [_line(name, f"there is no such setting; {PREFIX}{hit[0].upper()} is meant") for name, hit in near if hit]


def _halves(given: Mapping[str, str]) -> list[str]:
    return [
        _line(name, f"missing, since {PREFIX}{present[0].upper()} is set; set all of them, or none")
        for group in (SLACK_OAUTH,)
        if (present := [name for name in group if name in given and name != "public_url"])
        for name in group
        if name not in given
    ]


def _of_slack(given: Mapping[str, str]) -> list[str]:
    """Slack needs a token or a way to get some, and one of the two ways in which its requests come."""
    whose = [name for name in ("slack_bot_token", "slack_client_id") if name in given]
    ways = [name for name in ("slack_signing_secret", "slack_app_token") if name in given]
    if len(whose) > 1:
        return [_line("slack_bot_token", f"unset it, or {PREFIX}SLACK_CLIENT_ID: one workspace, or several")]
    if whose and not ways:
        more = f"missing, since {PREFIX}{whose[0].upper()} is set; or set {PREFIX}SLACK_APP_TOKEN for Socket Mode"
        return [_line("slack_signing_secret", more)]
    if ways and not whose and "slack_client_secret" not in given:
        return [_line("slack_bot_token", f"missing, since {PREFIX}{ways[0].upper()} is set")]
    return []


def _of_teams(given: Mapping[str, str]) -> list[str]:
    """Teams needs an app, its tenant, and one way for the bot to prove that it is this app."""
    ways = ("teams_app_password", "teams_managed_identity")
    given = {name: value for name, value in given.items() if value.lower() not in ("false", "0", "no", "off")}
    present = [name for name in ("teams_app_id", "teams_tenant_id", *ways, "teams_local") if name in given]
    if not present:
        return []
    if all(name in given for name in ways):
        return [_line(ways[0], f"unset it, or {PREFIX}{ways[1].upper()}: a secret, or the machine's identity")]
    needed = ("teams_app_id", "teams_tenant_id", *(() if ways[1] in given else ways[:1]))
    missing = f"missing, since {PREFIX}{present[0].upper()} is set"
    return [_line(name, missing) for name in needed if name not in given]


def _with_folder(settings: Settings) -> Settings:
    """Make the data folder, and give the settings the key kept in it where none was given."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError("it is not writable")
        if settings.secret_key.get_secret_value():
            return settings
        key = kept(folder / "secret.key", Path(settings.database_url.removeprefix("sqlite:///")))
    except OSError as error:
        reason = error.strerror or error
        raise SettingsError(
            _line("data_dir", f"{folder} cannot be used ({reason}); choose a folder of yours")
        ) from None
    except ValueError as error:
        raise SettingsError(_line("secret_key", str(error))) from None
    return settings.model_copy(update={"secret_key": SecretStr(key)})
