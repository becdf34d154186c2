"""`mentronome manifest`: what a platform wants to know of the app before it can be installed."""

import json
from pathlib import Path

import click


@click.group()
def manifest() -> None:
    """Write what a platform needs to install the app."""


@manifest.command()
@click.option("--url", required=True, metavar="HTTPS://…", help="How Teams and people's browsers reach this service.")
@click.option("--app-id", required=True, metavar="GUID", help="The bot's application (client) id.")
@click.option(
    "--privacy-url", default="", metavar="HTTPS://…", help="Your page on privacy; --url where none is given."
)
@click.option("--terms-url", default="", metavar="HTTPS://…", help="Your terms of use; --url where none is given.")
@click.option(
    "--out",
    default=Path("mentronome-teams.zip"),
    show_default=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
)
def teams(url: str, app_id: str, privacy_url: str, terms_url: str, out: Path) -> None:
    """Write the app package that is uploaded to Teams: manifest, command list, icons."""
    from adapters.teams.manifest import NotAnAppId, package

    for address in filter(None, (url, privacy_url, terms_url)):
        if not address.startswith("https://") or len(address) < len("https://x"):
            raise click.ClickException(f"Teams takes only addresses that begin with https://, not {address!r}.")
    try:
        out.write_bytes(package(url, app_id, privacy_url, terms_url))
    except NotAnAppId as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out}. Upload it in the Teams admin centre; docs/teams.md says how.")


@manifest.command()
@click.option("--url", default="", metavar="HTTPS://…", help="How Slack and people's browsers reach this service.")
@click.option("--socket", is_flag=True, help="For Socket Mode, where nothing needs to be reached.")
def slack(url: str, socket: bool) -> None:
    """Print the app manifest, which is pasted where an app is created in Slack."""
    from adapters.slack.manifest import manifest as of_slack

    if not url.startswith("https://") and (url or not socket):
        raise click.ClickException("Say how Slack reaches this service by --url https://…, or choose --socket.")
    click.echo(json.dumps(of_slack(url, socket=socket), indent=2))
