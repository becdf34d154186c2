"""Puts the playground on an HTTP application."""

from typing import cast

from starlette.applications import Starlette

from adapters.web.ports import Stage

TITLE = "Mentronome playground"
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='#1f5f5b'/>"
    "<circle cx='11' cy='16' r='5' fill='#fff'/><circle cx='21' cy='16' r='5' fill='#f2c879'/></svg>"
)


def mount(app: Starlette, stage: Stage) -> None:
    """Serve the playground at `/` of an application, behind the routes that it has.

    To be called once in a process, before the application starts.
    """
    from fastapi import FastAPI
    from nicegui import ui

    from adapters.web.page import show

    @ui.page("/", title=TITLE, favicon=ICON)
    async def playground(who: str = "") -> None:
        await show(stage, who)

    # NiceGUI asks for FastAPI, and uses of it what Starlette has: a mount and the lifespan.
    ui.run_with(cast(FastAPI, app), dark=False, language="en-US", tailwind=False, show_welcome_message=False)
