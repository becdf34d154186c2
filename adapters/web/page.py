"""The playground's page: clock, conversations, and what is coming."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from nicegui import ui

from adapters.web.clock import ClockBar
from adapters.web.coming import Coming
from adapters.web.desk import Desk
from adapters.web.elements import block, words
from adapters.web.ports import PersonLine, Stage

STYLE = Path(__file__).with_name("playground.css").read_text(encoding="utf-8")
ACCENT = "#1f5f5b"
"""The colour of what is ticked and written into; the same as in the style sheet."""

AT_FIRST = 3
"""So many conversations are shown until others are chosen."""

LOOK_EVERY = 1.0
"""Seconds between two looks whether the clock or the plan is to be shown anew."""


async def show(stage: Stage, who: str) -> None:
    """Draw the page for one visitor; `who` holds the ids of whose conversations to show, with commas between."""
    people = await asyncio.to_thread(stage.people)
    ui.add_head_html(f"<style>{STYLE}</style>")
    ui.colors(primary=ACCENT)
    stale = asyncio.Event()
    stale.set()
    with block("playground"):
        with block("top", "header"):
            words("Mentronome playground", "h1")
            clock = ClockBar(stage, stale.set)
        with block("stage", "main"):
            desk = Desk(stage, people, _chosen(people, who))
            coming = Coming(stage)

    def heard(address: str) -> None:
        stale.set()
        desk.refresh(address)

    async def look() -> None:
        clock.refresh()
        if stale.is_set():
            stale.clear()
            await coming.refresh()
            await desk.look()

    loop = asyncio.get_running_loop()

    def heard_anywhere(address: str) -> None:
        loop.call_soon_threadsafe(heard, address)

    stop = stage.rooms.listen(heard_anywhere)
    ui.context.client.on_delete(stop)
    ui.timer(LOOK_EVERY, look)


def _chosen(people: Sequence[PersonLine], who: str) -> Sequence[PersonLine]:
    by_id = {person.id: person for person in people}
    named = [by_id[person_id] for person_id in who.split(",") if person_id in by_id]
    return named or people[:AT_FIRST]
