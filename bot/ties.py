"""`mentronome admin tie`: Slack and Teams of one company, so that a pair may sit in both."""

from collections.abc import Callable
from typing import Any

import click

from bot.domain.people import Platform


class Place(click.ParamType[tuple[Platform, str]]):
    """A workspace as one types it: 'slack:T0123ABC' or 'teams:' and the id of the tenant."""

    name = "platform:id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Platform, str]:
        """Read it, or say how it looks."""
        platform, _, id_ = str(value).partition(":")
        if platform not in (Platform.SLACK, Platform.TEAMS) or not id_:
            self.fail("write slack: and the workspace's id, or teams: and the tenant's id", param, ctx)
        return Platform(platform), id_


def tied(opened: Callable[[], Any], first: tuple[Platform, str], second: tuple[Platform, str]) -> None:
    """Tie the second to the company of the first in the database that `opened` opens; else one line says why not."""
    from bot.store.tying import CannotTie, tie

    database, _ = opened()
    try:
        tie(database, first, second)
    except CannotTie as error:
        raise click.ClickException(str(error)) from None
    click.echo("Both are of one company now. Who has one address in both is asked whether they are one person.")
