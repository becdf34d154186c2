"""The command line: play, serve, migrate, bring people in, and see what could not be sent."""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.domain.people import Platform
from bot.manifests import manifest
from bot.settings import Settings, SettingsError, load
from bot.ties import Place, tied

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentronome")
def cli() -> None:
    """Mentronome keeps workplace mentoring going, in Slack and Microsoft Teams."""


@cli.command()
@click.option("--data", type=FOLDER, help="Folder of the playground's data; ./data where none is given.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--empty", is_flag=True, help="Begin without the sample company.")
def demo(data: Path | None, host: str, port: int, empty: bool) -> None:
    """Serve the playground: a company in the browser, with a clock to turn."""
    from bot.serve import demo as serve_demo

    settings = _settings(data)
    if not settings.on_sqlite:
        raise click.ClickException("The playground plays on SQLite; unset MENTRONOME_DATABASE_URL for it.")
    _serve(lambda: serve_demo(settings, host, port, empty=empty))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
def run(host: str, port: int) -> None:
    """Serve the configured platforms."""
    from bot.serve import run as serve_run

    settings = _settings(None)
    _serve(lambda: serve_run(settings, host, port))


@cli.command()
def migrate() -> None:
    """Bring the database of the platforms to this version's tables."""
    from bot.app import open_database

    _guarded(lambda: open_database(_settings(None), "platform"))
    click.echo("The database is up to date.")


@cli.command()
def doctor() -> None:
    """Tell for each setting what works, what is missing, and the mend; with exit code 1 where something is wrong."""
    from bot.doctor import examine

    async def tell() -> bool:
        well = True
        async for finding in examine(settings):
            click.echo(finding)
            well = well and finding.works
        return well

    settings = _settings(None)
    if not asyncio.run(tell()):
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("--people", default=200, show_default=True, type=click.IntRange(min=2))
@click.option("--weeks", default=8, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=1, show_default=True, help="Who works there and how they behave.")
def simulate(people: int, weeks: int, seed: int) -> None:
    """Let a made-up company live through some weeks, and hold every message against the promises.

    The exit code is 1 where a promise was broken, or something could not be done.
    """
    from bot.simulation.life import simulate as live

    logs.configure("warning")
    with (
        tempfile.TemporaryDirectory(prefix="mentronome-simulation-") as folder,
        click.progressbar(length=weeks * 7, label="Days") as days,
    ):
        report = asyncio.run(live(Path(folder), people, weeks, seed, lambda: days.update(1)))
    click.echo("\n".join(report.lines()))
    if not report.flawless:
        raise click.exceptions.Exit(1)


@cli.group()
def admin() -> None:
    """For whoever operates the bot."""


@admin.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=FOLDER, help="Folder of the playground's data; ./data where none is given.")
@click.option("--admin", "admins", multiple=True, metavar="E-MAIL", help="Who runs the programme; may be repeated.")
def import_people(file: Path, data: Path | None, admins: tuple[str, ...]) -> None:
    """Bring the people of a CSV file into the playground, or change those that are known."""
    from bot.app import open_database
    from bot.clock import MovableClock
    from bot.serve import COMPANY
    from bot.store.importing import import_roster, playground

    settings = _settings(data)

    def bring_in() -> object:
        database, _ = open_database(settings, "demo")
        workspace = playground(database, COMPANY)
        now = MovableClock(settings.data_dir / "clock").now()
        return import_roster(database, workspace.organization_id, workspace, file.read_bytes(), now, admins)

    click.echo(_guarded(bring_in))


@admin.command()
@click.argument("who", metavar="E-MAIL")
def appoint(who: str) -> None:
    """Let a person run the programme, by e-mail address or by the platform's id of them; they appoint others."""
    from bot.app import open_database
    from bot.clock import SystemClock
    from bot.store.appointing import appoint as appointed

    database, _ = _guarded(lambda: open_database(_settings(None), "platform"))
    found = appointed(database, who, SystemClock().now())
    if not found:
        raise click.ClickException(
            "Nobody is known by this. Let them write to the bot once, or wait for the directory."
        )
    if len(found) > 1:
        raise click.ClickException("Several people are meant; give the platform's id of the person.")
    click.echo(f"{found[0]} runs the programme now.")


@admin.command("tie")
@click.argument("first", type=Place())
@click.argument("second", type=Place())
def tie_workspaces(first: tuple[Platform, str], second: tuple[Platform, str]) -> None:
    """Let SECOND, where nobody has used the bot yet, be of FIRST's company: slack:T0123ABC, teams:TENANT-ID."""
    from bot.app import open_database

    tied(lambda: _guarded(lambda: open_database(_settings(None), "platform")), first, second)


@admin.command()
@click.option("--data", type=FOLDER, help="Folder of the data; ./data where none is given.")
@click.option("--playground", is_flag=True, help="Look into the playground's database.")
def letters(data: Path | None, playground: bool) -> None:
    """Show what could not be sent: ids, reasons and dates, never words."""
    from bot.app import open_database
    from bot.store.queues import Deliveries

    settings = _settings(data)
    database, sealer = _guarded(lambda: open_database(settings, "demo" if playground else "platform"))
    dead = Deliveries(database, sealer).dead_letters()
    for letter in dead:
        click.echo(letter)
    click.echo(f"{len(dead)} could not be sent." if dead else "Everything was sent.")


@admin.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--company", help="Id of the company, where several have somebody of this address.")
@click.option("--data", type=FOLDER, help="Folder of the data; ./data where none is given.")
@click.option("--playground", is_flag=True, help="Do it in the playground's database.")
@click.confirmation_option("--yes", prompt="Nobody can bring it back. Erase all that is stored on this person?")
def erase(email: str, company: str | None, data: Path | None, playground: bool) -> None:
    """Erase all that is stored on a person who has asked for it; partners are told that the mentoring has ended."""
    _let_go(email, company, data, playground=playground, erased=True)
    click.echo("Erased.")


@admin.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--company", help="Id of the company, where several have somebody of this address.")
@click.option("--data", type=FOLDER, help="Folder of the data; ./data where none is given.")
@click.option("--playground", is_flag=True, help="Do it in the playground's database.")
def leaver(email: str, company: str | None, data: Path | None, playground: bool) -> None:
    """Note that a person has left the company; all that is stored on them is erased some time later."""
    days = _let_go(email, company, data, playground=playground, erased=False)
    click.echo(f"Noted. What is stored on this person is erased in {days} days.")


cli.add_command(manifest)


def main() -> None:
    """Run the command line; a known trouble is one line with its mend."""
    cli()


def _settings(data: Path | None) -> Settings:
    try:
        settings = load(data_dir=data)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    logs.configure(settings.log_level, settings.log_format)
    return settings


def _let_go(email: str, company: str | None, data: Path | None, *, playground: bool, erased: bool) -> int:
    """Let one person leave, at once erased or not; return for how many days what is stored on leavers is kept."""
    from bot.app import App, kept, open_database
    from bot.clock import MovableClock, SystemClock
    from bot.store.keeping import by_email

    settings = _settings(data)
    database, sealer = _guarded(lambda: open_database(settings, "demo" if playground else "platform"))
    found = [one for one in by_email(database, email) if company in (None, one[0])]
    if not found:
        raise click.ClickException("Nobody has this address.")
    if len(found) > 1:
        companies = ", ".join(organization_id for organization_id, _ in found)
        raise click.ClickException(
            f"Several companies have somebody of this address; name one by --company: {companies}"
        )
    clock = MovableClock(settings.data_dir / "clock") if playground else SystemClock()
    app = App(database, sealer, clock, {}, settings.public_url, *kept(settings))
    app.engine.let_go(*found[0], erase=erased)
    app.store.scrub()
    return settings.keep_leavers_days


def _serve(start: Callable[[], Coroutine[Any, Any, None]]) -> None:
    _guarded(lambda: asyncio.run(start()))


def _guarded(work: Callable[[], Any]) -> Any:
    """Do some work; turn what an operator can mend into one line."""
    from adapters.http import CannotListen
    from bot.roster import UnreadableRoster
    from bot.serve import NothingToServe
    from bot.store.purpose import WrongDatabase

    try:
        return work()
    except (CannotListen, NothingToServe, UnreadableRoster, WrongDatabase) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
