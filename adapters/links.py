"""Hands out what a link leads to, over HTTP, to whoever has the link."""

from collections.abc import Awaitable, Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.language import translator
from bot.ports import Download

Opens = Callable[[str], Awaitable[Download | None]]
"""Returns what the token of a link leads to; None where it leads nowhere."""

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mentronome</title>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem">
<p>{sentence}</p>
"""


def link_routes(opens: Opens) -> list[BaseRoute]:
    """Return the route of all links: `/l/` and a token.

    A link that leads nowhere is answered 404 with one kind sentence, whether it has expired, is forged, or what it
    led to is not there any more. Nothing is to be kept by anything on the way.
    """

    async def followed(request: Request) -> Response:
        found = await opens(request.path_params["token"])
        response = _nothing(request) if found is None else _file(found)
        response.headers["Cache-Control"] = "no-store"
        return response

    return [Route("/l/{token}", followed, methods=["GET"])]


def _file(found: Download) -> Response:
    disposition = {"Content-Disposition": f"attachment; filename={found.filename}"}
    return Response(found.content, media_type=found.media_type, headers=disposition)


def _nothing(request: Request) -> Response:
    """The browser tells its reader's language, which nothing else here does."""
    t = translator(request.headers.get("accept-language", "")[:2])
    sentence = t("This link does not work any more. The bot will gladly give you a new one in your conversation.")
    return HTMLResponse(_PAGE.format(language=t.language, sentence=escape(sentence)), status_code=404)
