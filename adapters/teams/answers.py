"""What goes back for a press or a form: the body of an invoke, and what is put into the chat besides."""

from dataclasses import dataclass

from adapters.teams.forms import card_dialog, dialog, form_page
from adapters.teams.parse import IN_DIALOG, Inbound, Way
from adapters.teams.render import CARD, Page, pages
from adapters.teams.text import Json
from bot.language import translator
from bot.messages import Answer, Card, Form, Pressed, Say_in, Submitted, card


@dataclass(frozen=True, slots=True)
class Response:
    """`body` answers an invoke, `in_place` is drawn over the pressed message, `also` are new messages."""

    body: Json | None = None
    in_place: Page | None = None
    also: tuple[Page, ...] = ()


def respond(inbound: Inbound, answer: Answer) -> Response:
    """Return how an answer looks on Teams, for the way in which the question came.

    Beside `errors` the answer has to show the form itself, since Teams wants it drawn anew with them; where it does
    not, they are said in a card.
    """
    say = translator(inbound.event.sender.language)
    if inbound.way in IN_DIALOG:
        return _in_dialog(inbound, answer, say)
    drawn, shown = _drawn(inbound, answer, say), _shown(answer, say)
    if inbound.way is Way.ACTION:
        return Response(_over_card(drawn, say), also=(*drawn[1:], *shown))
    if drawn and inbound.replies_to and inbound.way is Way.MESSAGE:
        return Response(in_place=drawn[0], also=(*drawn[1:], *shown))
    return Response(also=(*drawn, *shown))


def _drawn(inbound: Inbound, answer: Answer, say: Say_in) -> list[Page]:
    """Return what takes the place of the message whose button was pressed; none where it stays as it is."""
    event = inbound.event
    if answer.errors:
        return [form_page(_form(inbound, answer.show), say, answer.errors)] if isinstance(answer.show, Form) else []
    if answer.redrawn:
        return pages(answer.redrawn, _delivery(inbound))
    return pages(card(say("Thank you, noted."))) if isinstance(event, Submitted) else []


def _shown(answer: Answer, say: Say_in) -> list[Page]:
    """Return what is said in messages of their own."""
    match answer.show:
        case Form() as form:
            return [] if answer.errors else [form_page(form, say)]
        case Card() as shown:
            return pages(shown)
    return pages(_problems(answer)) if answer.errors else []


def _over_card(drawn: list[Page], say: Say_in) -> Json:
    if drawn:
        return {"statusCode": 200, "type": CARD, "value": drawn[0].content}
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": say("Thank you, noted."),
    }


def _in_dialog(inbound: Inbound, answer: Answer, say: Say_in) -> Response:
    shown = answer.show or (_problems(answer) if answer.errors else None)
    if shown is None and isinstance(inbound.event, Pressed):
        shown = answer.redrawn
    match shown:
        case Form():
            return Response(dialog(_form(inbound, shown), say, answer.errors))
        case Card():
            body, rest = card_dialog(shown, _delivery(inbound))
            return Response(body, also=tuple(rest))
    if inbound.way in (Way.FETCH, Way.MENU):
        return Response({"task": {"type": "message", "value": say("Thank you, noted.")}})
    return Response()


def _form(inbound: Inbound, form: Form) -> Form:
    """Return a form to fill in; with what was sent in still in it, where it is the same one."""
    event = inbound.event
    return form.filled(event.values) if isinstance(event, Submitted) and event.form == form.name else form


def _problems(answer: Answer) -> Card:
    return card(" ".join(answer.errors.values()))


def _delivery(inbound: Inbound) -> str:
    return inbound.event.card if isinstance(inbound.event, Pressed) else ""
